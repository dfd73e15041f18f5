package dev.toile.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What a million output tokens cost when the fleet has more or less to do. */
final class LoadPlot {

    private static final String HINT =
            "The fleet stays as it is, the traffic varies: capital, staff and repair are paid in any case, power above"
                    + " idle only while tokens flow. The mark is the load of this study’s own traffic.";

    private static final double GAP = 16;

    /** A candidate with its curve. */
    private record Curve(Series series, Plots.Load load) {
        double last() {
            return load.points().getLast().cost();
        }
    }

    private final List<Curve> curves;

    private LoadPlot(List<Curve> curves) {
        this.curves = curves;
    }

    /** The plot with its tables; empty when no candidate has a curve. */
    static String of(List<Series> series) {
        List<Curve> curves = new ArrayList<>();
        for (Series each : series) {
            Plots.Load load = each.plots().load();
            if (load != null && !load.points().isEmpty()) {
                curves.add(new Curve(each, load));
            }
        }
        return curves.isEmpty() ? "" : new LoadPlot(curves).html();
    }

    private String html() {
        return "<p class=\"hint\">" + HINT + "</p>\n<div class=\"pair\">\n" + PlotFigure.of("", this::drawing)
                + ownLoads() + "</div>\n" + values();
    }

    private String drawing(Frame sheet) {
        double longest = curves.stream()
                .filter(curve -> curve.series().named())
                .mapToDouble(curve -> Frame.textWidth(curve.series().label()))
                .max()
                .orElse(0);
        Frame frame = sheet.withRight(longest + 14);
        Svg svg = new Svg(frame, "Cost against load, " + curves.size() + " curves");
        Axis x = new Axis(0, 1, false, frame.left(), frame.innerRight());
        DoubleStream costs =
                curves.stream().flatMap(curve -> curve.load().points().stream()).mapToDouble(Plots.Loaded::cost);
        Axis y = Axis.log(costs, frame.innerBottom(), frame.top());
        svg.axes(
                x,
                y,
                frame.narrow() ? "load" : "share of the fleet’s capacity in use",
                frame.narrow() ? "USD per million output tokens" : "cost of a million output tokens, USD",
                share -> Math.round(share * 100) + " %",
                PlotFigure::count);
        curves.reversed().forEach(curve -> curve(svg, x, y, curve));
        names(svg, y);
        return svg.done();
    }

    private static void curve(Svg svg, Axis x, Axis y, Curve curve) {
        StringBuilder path = new StringBuilder();
        for (Plots.Loaded point : curve.load().points()) {
            path.append(path.isEmpty() ? "M" : "L")
                    .append(Svg.number(x.at(point.load())))
                    .append(' ')
                    .append(Svg.number(y.at(point.cost())));
        }
        String style = curve.series().style();
        svg.path("curve " + style, path.toString());
        for (Plots.Loaded point : curve.load().points()) {
            svg.raw("<circle role=\"img\" class=\"point dot %s\" aria-label=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2.4\"/>\n"
                    .formatted(
                            style,
                            Markup.text(says(curve, point)),
                            Svg.number(x.at(point.load())),
                            Svg.number(y.at(point.cost()))));
        }
        Plots.Loaded own = curve.load().own();
        String why = curve.series().why("usd-per-million-tokens");
        svg.point("own " + style, says(curve, own) + ", this study’s traffic", why)
                .mark(
                        curve.series().shape(),
                        x.at(Math.min(1, own.load())),
                        y.at(own.cost()),
                        curve.series().named() ? 6.5 : 4)
                .end();
    }

    /** Names at the right ends, pushed apart where curves end close together. */
    private void names(Svg svg, Axis y) {
        List<Curve> named = curves.stream()
                .filter(curve -> curve.series().named())
                .sorted(Comparator.comparingDouble(Curve::last).reversed())
                .toList();
        double[] wanted =
                named.stream().mapToDouble(curve -> y.at(curve.last())).toArray();
        double[] places =
                Spread.apart(wanted, GAP, svg.frame().top(), svg.frame().innerBottom());
        double right = svg.frame().innerRight();
        for (int i = 0; i < places.length; i++) {
            svg.line("thread", right, wanted[i], right + 8, places[i]);
            svg.label(
                    "name",
                    right + 10,
                    places[i] + 4.5,
                    "start",
                    named.get(i).series().label());
        }
    }

    private static String says(Curve curve, Plots.Loaded point) {
        return "%s at %s load: %s"
                .formatted(
                        curve.series().name(),
                        Quantity.percent(point.load()),
                        usd(point.cost()).text());
    }

    private static Quantity usd(double cost) {
        return Quantity.of(cost, "USD/Mtoken", null, "");
    }

    private String ownLoads() {
        ColumnScale scale = ColumnScale.of(curves.stream()
                .flatMap(curve -> Stream.of(curve.load().own().cost(), curve.last()))
                .map(LoadPlot::usd)
                .toList());
        StringBuilder out = new StringBuilder("<div class=\"beside\">\n<table class=\"points\">\n");
        out.append("<caption>USD per million output tokens</caption>\n<thead><tr><th scope=\"col\">Candidate</th>")
                .append("<th scope=\"col\" class=\"number\">own load</th>")
                .append("<th scope=\"col\" class=\"number\">cost</th>")
                .append("<th scope=\"col\" class=\"number\">at full load</th></tr></thead>\n<tbody>\n");
        List<Curve> named =
                curves.stream().filter(curve -> curve.series().named()).toList();
        for (Curve curve : named) {
            Plots.Loaded own = curve.load().own();
            out.append("<tr><th scope=\"row\">").append(curve.series().swatch());
            out.append(curve.series().rank())
                    .append(' ')
                    .append(Markup.text(curve.series().name()));
            out.append("</th><td class=\"number\">")
                    .append(Quantity.percent(own.load()))
                    .append("</td><td class=\"number\">")
                    .append(Explained.number(
                            curve.series().candidate(),
                            "usd-per-million-tokens",
                            "Cost",
                            scale.text(usd(own.cost())),
                            usd(own.cost())))
                    .append("</td><td class=\"number\">")
                    .append(scale.text(usd(curve.last())))
                    .append("</td></tr>\n");
        }
        return out.append("</tbody></table>\n")
                .append(Series.greyed(curves.size() - named.size()))
                .append("</div>\n")
                .toString();
    }

    private String values() {
        List<String> heads = new ArrayList<>(List.of("Candidate"));
        curves.getFirst().load().points().stream()
                .filter(point -> Math.round(point.load() * 100) % 10 == 0)
                .forEach(point -> heads.add(Quantity.percent(point.load())));
        List<List<String>> rows = curves.stream()
                .map(curve -> {
                    List<String> row = new ArrayList<>(List.of(curve.series().name()));
                    curve.load().points().stream()
                            .filter(point -> Math.round(point.load() * 100) % 10 == 0)
                            .forEach(point -> row.add(usd(point.cost()).text()));
                    return List.copyOf(row);
                })
                .toList();
        return DataTable.folded("Cost at each load", heads, rows);
    }
}
