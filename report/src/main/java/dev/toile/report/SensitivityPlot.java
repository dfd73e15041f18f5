package dev.toile.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which choice moves which objective: the best design with one choice changed, and importance over all trials. */
final class SensitivityPlot {

    private static final String HINT =
            "From the best design, one choice at a time takes its other options. The line is the best design; options"
                    + " that cannot work are not drawn.";

    private static final double ROW = 26;

    private final Searched search;
    private final Objectives objectives;

    private SensitivityPlot(Searched search, Objectives objectives) {
        this.search = search;
        this.objectives = objectives;
    }

    /** One block for each search; empty when there is none. */
    static String of(Results results) {
        StringBuilder out = new StringBuilder();
        Objectives objectives = Objectives.of(results);
        for (Searched search : results.searches()) {
            SensitivityPlot plot = new SensitivityPlot(search, objectives);
            if (search.axes().size() > 1 && plot.working().size() > 1) {
                out.append("<h4>").append(Markup.text(search.candidate())).append("</h4>\n<div class=\"pair\">\n");
                out.append(PlotFigure.of("", plot::drawing));
                out.append("<div class=\"beside\">").append(plot.importance()).append("</div></div>\n");
                out.append(plot.values());
            }
        }
        return out.isEmpty() ? "" : "<p class=\"hint\">" + HINT + "</p>\n" + out;
    }

    private List<Searched.Step> working() {
        return search.steps().stream().filter(step -> step.values() != null).toList();
    }

    private List<Integer> rows() {
        return search.steps().stream().map(Searched.Step::axis).distinct().toList();
    }

    private double best() {
        return working().stream()
                .mapToDouble(step -> value(step, 0))
                .filter(value -> search.points().stream()
                        .anyMatch(point -> point.front() && point.values().getFirst() == value))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double value(Searched.Step step, int objective) {
        return Objects.requireNonNull(step.values()).get(objective);
    }

    private String drawing(Frame sheet) {
        List<Integer> rows = rows();
        double names = rows.stream()
                .mapToDouble(row -> Frame.textWidth(search.axes().get(row).name()))
                .max()
                .orElse(0);
        double height = sheet.top() + rows.size() * ROW + sheet.bottom();
        Frame frame =
                new Frame(sheet.name(), sheet.width(), height, names + 12, sheet.right(), sheet.top(), sheet.bottom());
        Svg svg = new Svg(frame, objectives.name(0) + " when one choice of the best design changes");
        Axis x = Axis.log(working().stream().mapToDouble(step -> value(step, 0)), frame.left(), frame.innerRight());
        for (double tick : x.ticks(frame.narrow() ? 4 : 7)) {
            svg.line("grid", x.at(tick), frame.top(), x.at(tick), frame.innerBottom());
            svg.text("tick", x.at(tick), frame.innerBottom() + 18, "middle", PlotFigure.count(tick));
        }
        svg.text("title", frame.innerRight(), frame.innerBottom() + 38, "end", objectives.title(0));
        if (Double.isFinite(best())) {
            svg.line("limit", x.at(best()), frame.top() - 6, x.at(best()), frame.innerBottom());
        }
        for (int row = 0; row < rows.size(); row++) {
            row(svg, x, rows.get(row), frame.top() + row * ROW + 12);
        }
        return svg.done();
    }

    private void row(Svg svg, Axis x, int axis, double y) {
        Searched.Choice choice = search.axes().get(axis);
        List<Searched.Step> steps =
                working().stream().filter(step -> step.axis() == axis).toList();
        double low = steps.stream().mapToDouble(step -> value(step, 0)).min().orElse(x.low());
        double high = steps.stream().mapToDouble(step -> value(step, 0)).max().orElse(x.low());
        svg.text("name", 2, y + 4.5, "start", choice.name());
        svg.line("axis", x.at(low), y, x.at(high), y);
        for (Searched.Step step : steps) {
            svg.raw("<circle role=\"img\" class=\"point dot i1\" aria-label=\"%s\" cx=\"%s\" cy=\"%s\" r=\"4\"/>\n"
                    .formatted(
                            Markup.text(choice.name() + "=" + choice.options().get(step.option()) + ": "
                                    + objectives.all(Objects.requireNonNull(step.values()))),
                            Svg.number(x.at(value(step, 0))),
                            Svg.number(y)));
        }
    }

    private String importance() {
        if (search.importance().isEmpty()) {
            return "<p class=\"hint\">Too few designs were tried to tell what hangs on each choice in general.</p>\n";
        }
        StringBuilder out = new StringBuilder("<table class=\"points\">\n<caption>What each choice decides, over all"
                + " trials</caption>\n<thead><tr><th scope=\"col\">Choice</th>");
        for (int k = 0; k < objectives.names().size(); k++) {
            out.append("<th scope=\"col\" class=\"number\">")
                    .append(Markup.text(objectives.name(k)))
                    .append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        search.importance().stream()
                .sorted((a, b) ->
                        Double.compare(b.shares().getFirst(), a.shares().getFirst()))
                .forEach(each -> {
                    out.append("<tr><th scope=\"row\">")
                            .append(Markup.text(search.axes().get(each.axis()).name()))
                            .append("</th>");
                    each.shares()
                            .forEach(share -> out.append("<td class=\"number\">")
                                    .append(Quantity.percent(share))
                                    .append("</td>"));
                    out.append("</tr>\n");
                });
        return out.append(
                        "</tbody></table>\n<p class=\"hint\">Permutation importance of a random forest that learned the"
                                + " trials: the error that shuffling a choice adds, as a share of all choices.</p>\n")
                .toString();
    }

    private String values() {
        List<String> heads = new ArrayList<>(List.of("Choice"));
        for (int k = 0; k < objectives.names().size(); k++) {
            heads.add(objectives.name(k));
        }
        List<List<String>> rows = new ArrayList<>();
        for (Searched.Step step : search.steps()) {
            Searched.Choice choice = search.axes().get(step.axis());
            List<String> row = new ArrayList<>(
                    List.of(choice.name() + "=" + choice.options().get(step.option())));
            for (int k = 0; k < objectives.names().size(); k++) {
                row.add(step.values() == null ? "cannot work" : objectives.text(k, value(step, k)));
            }
            rows.add(row);
        }
        return DataTable.folded("The best design of " + search.candidate() + " with one choice changed", heads, rows);
    }
}
