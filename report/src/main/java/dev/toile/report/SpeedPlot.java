package dev.toile.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** Speed of a user against throughput of a chip: a curve for each candidate, its own operating point on it. */
final class SpeedPlot {

    private static final String HINT =
            "Each curve is one candidate’s replica with ever more sequences in a batch: from one, where a user is"
                    + " served fastest (right), to all that memory holds (left). The large mark is the operating point;"
                    + " where the line is dashed, a promise of the service level is broken.";

    /** A candidate with its curve. */
    private record Curve(Series series, Plots.Operating operating) {
        Plots.Speed own() {
            return operating.points().get(operating.chosen());
        }
    }

    private final List<Curve> curves;

    private SpeedPlot(List<Curve> curves) {
        this.curves = curves;
    }

    /** The plot with its tables, and why some candidates or all have no curve; empty when there are no candidates. */
    static String of(List<Series> series) {
        List<Curve> curves = new ArrayList<>();
        StringBuilder without = new StringBuilder();
        for (Series each : series) {
            Plots.Operating operating = each.plots().operating();
            if (operating != null) {
                curves.add(new Curve(each, operating));
            } else {
                without.append("<p class=\"hint\">")
                        .append(Markup.text(each.name() + " has no curve: " + reason(each.candidate())))
                        .append("</p>\n");
            }
        }
        return (curves.isEmpty() ? "" : new SpeedPlot(curves).html()) + without;
    }

    private static String reason(Results.Candidate candidate) {
        return candidate.figures().containsKey("iteration-time")
                ? "a training run has no users who wait for tokens."
                : "no step of it is modelled, because its rates were measured or are not known.";
    }

    private String html() {
        return "<p class=\"hint\">" + HINT + "</p>\n<div class=\"pair\">\n"
                + PlotFigure.of("", this::drawing)
                + operatingPoints()
                + "</div>\n"
                + values();
    }

    private DoubleStream all(java.util.function.ToDoubleFunction<Plots.Speed> value) {
        return curves.stream()
                .flatMap(curve -> curve.operating().points().stream())
                .mapToDouble(value);
    }

    private String drawing(Frame frame) {
        Svg svg = new Svg(frame, "Speed of a user against throughput of a chip, " + curves.size() + " curves");
        Axis x = Axis.log(all(Plots.Speed::user), frame.left(), frame.innerRight());
        Axis y = Axis.log(all(Plots.Speed::chip), frame.innerBottom(), frame.top());
        promise(svg, x);
        svg.axes(
                x,
                y,
                frame.narrow() ? "output token/s of one user" : "speed of one user, output token/s",
                frame.narrow() ? "output token/s per chip" : "throughput of one chip, output token/s",
                PlotFigure::count,
                PlotFigure::count);
        Labels labels = new Labels(svg);
        // The best candidate last, so that it is on top.
        curves.reversed().forEach(curve -> curve(svg, x, y, curve));
        for (Curve curve : curves) {
            avoid(labels, x, y, curve);
        }
        for (Curve curve : curves) {
            if (curve.series().named()) {
                Plots.Speed end = curve.operating().points().getLast();
                String style = curve.series().style();
                labels.write(
                        style,
                        x.at(end.user()),
                        y.at(end.chip()),
                        0,
                        curve.series().label());
            }
        }
        return svg.done();
    }

    /** Names keep off the curves, not only off their points. */
    private static void avoid(Labels labels, Axis x, Axis y, Curve curve) {
        List<Plots.Speed> points = curve.operating().points();
        for (int i = 1; i < points.size(); i++) {
            double fromX = x.at(points.get(i - 1).user());
            double fromY = y.at(points.get(i - 1).chip());
            double toX = x.at(points.get(i).user());
            double toY = y.at(points.get(i).chip());
            int steps = 1 + (int) (Math.hypot(toX - fromX, toY - fromY) / 8);
            for (int step = 0; step <= steps; step++) {
                double share = step / (double) steps;
                labels.avoid(fromX + share * (toX - fromX), fromY + share * (toY - fromY), 3);
            }
        }
        labels.avoid(x.at(curve.own().user()), y.at(curve.own().chip()), 8);
    }

    /** Left of the promise, users wait longer for their tokens than they were promised. */
    private void promise(Svg svg, Axis x) {
        Double tpot = curves.getFirst().operating().tpot();
        if (tpot == null || 1 / tpot <= x.low() || 1 / tpot >= x.high()) {
            return;
        }
        Frame frame = svg.frame();
        double at = x.at(1 / tpot);
        svg.rectangle("broken", frame.left(), frame.top(), at - frame.left(), frame.innerBottom() - frame.top());
        svg.line("limit", at, frame.top() - 6, at, frame.innerBottom());
        String text = "TPOT above " + PlotFigure.seconds(tpot);
        boolean inside = at - Frame.textWidth(text) - 8 > frame.left();
        svg.text("limit", at + (inside ? -6 : 6), frame.innerBottom() - 9, inside ? "end" : "start", text);
    }

    private static void curve(Svg svg, Axis x, Axis y, Curve curve) {
        List<Plots.Speed> points = curve.operating().points();
        StringBuilder kept = new StringBuilder();
        StringBuilder broken = new StringBuilder();
        for (int i = 1; i < points.size(); i++) {
            Plots.Speed from = points.get(i - 1);
            Plots.Speed to = points.get(i);
            boolean fine = from.missed() == null && to.missed() == null;
            (fine ? kept : broken).append(move(x, y, from, "M")).append(move(x, y, to, "L"));
        }
        String style = curve.series().style();
        svg.path("curve " + style, kept.toString());
        svg.path("curve missed " + style, broken.toString());
        for (int i = 0; i < points.size(); i++) {
            Plots.Speed point = points.get(i);
            double px = x.at(point.user());
            double py = y.at(point.chip());
            if (i == curve.operating().chosen()) {
                String why = curve.series().why("tokens-per-second-per-chip");
                svg.point("own " + style, says(curve, point), why)
                        .mark(curve.series().shape(), px, py, curve.series().named() ? 6.5 : 4)
                        .end();
            } else {
                svg.raw(
                        "<circle role=\"img\" class=\"point dot %s\" aria-label=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2.4\"/>\n"
                                .formatted(style, Markup.text(says(curve, point)), Svg.number(px), Svg.number(py)));
            }
        }
    }

    private static String move(Axis x, Axis y, Plots.Speed point, String command) {
        return command + Svg.number(x.at(point.user())) + " " + Svg.number(y.at(point.chip()));
    }

    private static String says(Curve curve, Plots.Speed point) {
        String missed = point.missed();
        return "%s, batch %s: %s a user, %s a chip%s"
                .formatted(
                        curve.series().name(),
                        PlotFigure.count(point.batch()),
                        PlotFigure.tokens(point.user()),
                        PlotFigure.tokens(point.chip()),
                        missed == null ? "" : "; " + words(missed));
    }

    private static String words(String missed) {
        return missed.equals("prompts") ? "no room for prompts" : "misses " + missed;
    }

    private String operatingPoints() {
        List<Curve> named =
                curves.stream().filter(curve -> curve.series().named()).toList();
        List<Quantity> users =
                named.stream().map(curve -> tokens(curve.own().user())).toList();
        List<Quantity> chips =
                named.stream().map(curve -> tokens(curve.own().chip())).toList();
        ColumnScale user = ColumnScale.of(users);
        ColumnScale chip = ColumnScale.of(chips);
        StringBuilder out = new StringBuilder("<div class=\"beside\">\n<table class=\"points\">\n");
        out.append("<caption>Operating points</caption>\n<thead><tr><th scope=\"col\">Candidate</th>")
                .append("<th scope=\"col\" class=\"number\">a user <small>%s</small></th>".formatted(user.unit()))
                .append("<th scope=\"col\" class=\"number\">a chip <small>%s</small></th>".formatted(chip.unit()))
                .append("<th scope=\"col\" class=\"number\">batch</th><th scope=\"col\">bound by</th>")
                .append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < named.size(); i++) {
            Curve curve = named.get(i);
            Results.Candidate candidate = curve.series().candidate();
            out.append("<tr><th scope=\"row\">").append(curve.series().swatch());
            out.append(curve.series().rank())
                    .append(' ')
                    .append(Markup.text(curve.series().name()));
            out.append(" <small>")
                    .append(Markup.text(curve.operating().layout()))
                    .append("</small></th>");
            cell(out, candidate, "tpot-p50", user.text(users.get(i)), users.get(i));
            cell(out, candidate, "tokens-per-second-per-chip", chip.text(chips.get(i)), chips.get(i));
            Quantity batch = Quantity.of(curve.own().batch(), "1", null, "batch");
            cell(out, candidate, "batch", batch.text(), batch);
            out.append("<td>").append(Markup.text(curve.operating().bound())).append("</td></tr>\n");
        }
        return out.append("</tbody></table>\n")
                .append(Series.greyed(curves.size() - named.size()))
                .append("</div>\n")
                .toString();
    }

    private static Quantity tokens(double rate) {
        return Quantity.of(rate, "token/s", null, "");
    }

    private static void cell(
            StringBuilder out, Results.Candidate candidate, String figure, String shown, Quantity whole) {
        out.append("<td class=\"number\">")
                .append(Explained.number(candidate, figure, FigureName.words(figure), shown, whole))
                .append("</td>");
    }

    private String values() {
        List<List<String>> rows = new ArrayList<>();
        for (Curve curve : curves) {
            for (int i = 0; i < curve.operating().points().size(); i++) {
                Plots.Speed point = curve.operating().points().get(i);
                String missed = point.missed();
                rows.add(List.of(
                        curve.series().name() + (i == curve.operating().chosen() ? ", operating point" : ""),
                        PlotFigure.count(point.batch()),
                        PlotFigure.tokens(point.user()),
                        PlotFigure.tokens(point.chip()),
                        latency(point.ttft()),
                        latency(point.tpot()),
                        missed == null ? "kept" : words(missed)));
            }
        }
        return DataTable.folded(
                "Speed and throughput at each batch",
                List.of("Candidate", "batch", "a user", "a chip", "TTFT P99", "TPOT P99", "service level"),
                rows);
    }

    private static String latency(@org.jspecify.annotations.Nullable Double seconds) {
        return seconds == null ? "–" : PlotFigure.seconds(Objects.requireNonNull(seconds));
    }
}
