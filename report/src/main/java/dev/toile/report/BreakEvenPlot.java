package dev.toile.report;

import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** From which volume on building beats buying. */
final class BreakEvenPlot {

    private BreakEvenPlot() {}

    static String of(@Nullable BreakEven even) {
        if (even == null || even.points().size() < 2) {
            return "";
        }
        return "<p class=\"hint\">" + Markup.text(sentence(even)) + "</p>\n"
                + PlotFigure.of(
                        "The one-time cost of the built chip (masks, design) is spread over so many packages; bought"
                                + " machines cost the same at any volume.",
                        frame -> drawing(frame, even))
                + DataTable.folded(
                        "Cost of the built design by volume",
                        List.of("packages", even.built()),
                        even.points().stream()
                                .map(point -> List.of(PlotFigure.count(point.volume()), usd(point.cost())))
                                .toList());
    }

    private static String usd(double cost) {
        return Quantity.of(cost, "USD/Mtoken", null, "").text();
    }

    private static String sentence(BreakEven even) {
        Double volume = even.volume();
        if (volume != null) {
            return "%s is cheaper than %s (%s) from about %s packages on."
                    .formatted(even.built(), even.bought(), usd(even.cost()), PlotFigure.count(volume));
        }
        boolean always = even.points().getFirst().cost() <= even.cost();
        return always
                ? "%s is cheaper than %s (%s) at every volume from %s packages on."
                        .formatted(
                                even.built(),
                                even.bought(),
                                usd(even.cost()),
                                PlotFigure.count(even.points().getFirst().volume()))
                : "%s is dearer than %s (%s) at every volume up to %s packages."
                        .formatted(
                                even.built(),
                                even.bought(),
                                usd(even.cost()),
                                PlotFigure.count(even.points().getLast().volume()));
    }

    private static String drawing(Frame frame, BreakEven even) {
        Svg svg = new Svg(frame, "Cost against the number of chips built");
        Axis x =
                Axis.log(even.points().stream().mapToDouble(BreakEven.Point::volume), frame.left(), frame.innerRight());
        DoubleStream costs = DoubleStream.concat(
                DoubleStream.of(even.cost()), even.points().stream().mapToDouble(BreakEven.Point::cost));
        Axis y = Axis.log(costs, frame.innerBottom(), frame.top());
        svg.axes(
                x,
                y,
                "packages that share the one-time cost",
                frame.narrow() ? "USD per million output tokens" : "cost of a million output tokens, USD",
                PlotFigure::count,
                PlotFigure::count);
        svg.line("limit", frame.left(), y.at(even.cost()), frame.innerRight(), y.at(even.cost()));
        String bought = Frame.fitting(even.bought(), frame.innerRight() - frame.left());
        svg.label("limit", frame.innerRight() - 4, y.at(even.cost()) - 6, "end", bought);
        StringBuilder path = new StringBuilder();
        for (BreakEven.Point point : even.points()) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(Svg.number(x.at(point.volume())))
                    .append(' ')
                    .append(Svg.number(y.at(point.cost())));
        }
        svg.path("curve s1", path.toString());
        for (BreakEven.Point point : even.points()) {
            svg.raw("<circle role=\"img\" class=\"point dot s1\" aria-label=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2.6\"/>\n"
                    .formatted(
                            Markup.text(
                                    "%s packages: %s".formatted(PlotFigure.count(point.volume()), usd(point.cost()))),
                            Svg.number(x.at(point.volume())),
                            Svg.number(y.at(point.cost()))));
        }
        return svg.done();
    }
}
