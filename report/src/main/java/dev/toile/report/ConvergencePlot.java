package dev.toile.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** How fast each search found what it found in the end: hypervolume against trials. */
final class ConvergencePlot {

    private ConvergencePlot() {}

    /** Empty when no search made enough trials to show. */
    static String of(Results results) {
        List<Searched> searches = results.searches().stream()
                .filter(search -> search.convergence().size() > 3)
                .toList();
        return searches.isEmpty()
                ? ""
                : "<h4>Convergence</h4>\n"
                        + PlotFigure.of(
                                "Hypervolume of the front so far, as a share of that at the end.",
                                frame -> drawing(frame, searches))
                        + values(searches);
    }

    private static String drawing(Frame frame, List<Searched> searches) {
        Svg svg = new Svg(frame, "Share of the final hypervolume against trials");
        DoubleStream trials = searches.stream()
                .flatMap(search -> search.convergence().stream())
                .mapToDouble(Searched.Converged::trials);
        Axis x = Axis.log(trials, frame.left(), frame.innerRight());
        Axis y = new Axis(0, 1, false, frame.innerBottom(), frame.top());
        svg.axes(x, y, "trials", "share of the final hypervolume", PlotFigure::count, Quantity::percent);
        int colour = 0;
        for (Searched search : searches) {
            String style = "s" + (1 + colour++ % 8);
            StringBuilder path = new StringBuilder();
            for (Searched.Converged step : search.convergence()) {
                path.append(path.isEmpty() ? "M" : "L")
                        .append(Svg.number(x.at((double) step.trials())))
                        .append(' ')
                        .append(Svg.number(y.at(step.share())));
            }
            svg.path("curve " + style, path.toString());
            for (Searched.Converged step : search.convergence()) {
                svg.raw(
                        "<circle role=\"img\" class=\"point dot %s\" aria-label=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2.4\"/>\n"
                                .formatted(
                                        style,
                                        Markup.text("%s after %,d trials: %s"
                                                .formatted(
                                                        search.candidate(),
                                                        step.trials(),
                                                        Quantity.percent(step.share()))),
                                        Svg.number(x.at((double) step.trials())),
                                        Svg.number(y.at(step.share()))));
            }
        }
        return svg.done();
    }

    private static String values(List<Searched> searches) {
        List<List<String>> rows = new ArrayList<>();
        for (Searched search : searches) {
            search.convergence()
                    .forEach(step -> rows.add(List.of(
                            search.candidate(), "%,d".formatted(step.trials()), Quantity.percent(step.share()))));
        }
        return DataTable.folded("Convergence", List.of("Candidate", "trials", "share"), rows);
    }
}
