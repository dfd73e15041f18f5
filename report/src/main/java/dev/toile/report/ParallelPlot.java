package dev.toile.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The choices of each design on the front beside what they come to: parallel coordinates, a line a choice. */
final class ParallelPlot {

    private static final String HINT =
            "Each line from top to bottom is a design on the front: its choices, then its objectives. Point at it to"
                    + " see it whole.";

    private static final double ROW = 52;
    private static final int DRAWN = 60;

    private final Searched search;
    private final Objectives objectives;
    private final Map<String, Series> byName = new HashMap<>();
    private final List<Searched.Tried> front;

    private ParallelPlot(Searched search, Objectives objectives, List<Series> series) {
        this.search = search;
        this.objectives = objectives;
        series.forEach(one -> byName.put(one.name(), one));
        this.front = search.points().stream()
                .filter(Searched.Tried::front)
                .limit(DRAWN)
                .toList();
    }

    /** One drawing for each search with more than one choice; empty when there is none. */
    static String of(Results results, List<Series> series) {
        StringBuilder out = new StringBuilder();
        Objectives objectives = Objectives.of(results);
        for (Searched search : results.searches()) {
            ParallelPlot plot = new ParallelPlot(search, objectives, series);
            if (search.axes().size() > 1 && !plot.front.isEmpty()) {
                out.append("<h4>").append(Markup.text(search.candidate())).append("</h4>\n");
                out.append(PlotFigure.of("", plot::drawing));
            }
        }
        return out.isEmpty() ? "" : "<p class=\"hint\">" + HINT + "</p>\n" + out;
    }

    private String drawing(Frame sheet) {
        int rows = search.axes().size() + objectives.names().size();
        Frame frame = new Frame(sheet.name(), sheet.width(), rows * ROW + 34, 12, 12, 26, 8);
        Svg svg = new Svg(frame, "Choices and objectives of " + front.size() + " designs on the front");
        for (Searched.Tried design : front.reversed()) {
            design(svg, design);
        }
        // Last, so that the lines do not cross the words.
        for (int row = 0; row < rows; row++) {
            scale(svg, row);
        }
        return svg.done();
    }

    private double y(Svg svg, int row) {
        return svg.frame().top() + row * ROW + 4;
    }

    private void scale(Svg svg, int row) {
        Frame frame = svg.frame();
        double y = y(svg, row);
        svg.line("grid", frame.left(), y, frame.innerRight(), y);
        boolean choice = row < search.axes().size();
        String name = choice
                ? search.axes().get(row).name()
                : objectives.name(row - search.axes().size());
        svg.label("title", frame.left(), y - 8, "start", name);
        if (choice) {
            List<String> options = search.axes().get(row).options();
            double free = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < options.size(); i++) {
                double x = at(svg, i, options.size());
                double half = Frame.textWidth(options.get(i)) / 2;
                double middle =
                        Math.clamp(x, frame.left() + half, Math.max(frame.left() + half, frame.innerRight() - half));
                if (middle - half > free + 6) {
                    svg.label("tick", middle, y + 15, "middle", options.get(i));
                    free = middle + half;
                }
            }
        } else {
            double[] range = range(row - search.axes().size());
            svg.label(
                    "tick",
                    frame.left(),
                    y + 15,
                    "start",
                    objectives.text(row - search.axes().size(), range[0]));
            svg.label(
                    "tick",
                    frame.innerRight(),
                    y + 15,
                    "end",
                    objectives.text(row - search.axes().size(), range[1]));
        }
    }

    private static double at(Svg svg, double place, int places) {
        double inner = svg.frame().innerRight() - svg.frame().left() - 16;
        return svg.frame().left() + 8 + (places < 2 ? 0.5 : place / (places - 1)) * inner;
    }

    private double[] range(int objective) {
        var values = front.stream()
                .mapToDouble(design -> design.values().get(objective))
                .summaryStatistics();
        return new double[] {values.getMin(), values.getMax()};
    }

    private void design(Svg svg, Searched.Tried design) {
        StringBuilder path = new StringBuilder();
        for (int row = 0; row < search.axes().size(); row++) {
            int option = design.options().get(row);
            if (option >= 0) {
                to(path, at(svg, option, search.axes().get(row).options().size()), y(svg, row));
            }
        }
        for (int k = 0; k < objectives.names().size(); k++) {
            double[] range = range(k);
            double share = range[1] == range[0] ? 0.5 : (design.values().get(k) - range[0]) / (range[1] - range[0]);
            to(path, at(svg, share, 2), y(svg, search.axes().size() + k));
        }
        Series series = design.entry() == null ? null : byName.get(design.entry());
        List<String> said = new ArrayList<>(List.of(search.candidate(), SearchPlots.choices(search, design) + ":"));
        said.add(objectives.all(design.values()));
        svg.point(
                        "design " + (series == null ? "s0" : series.style()),
                        String.join(" ", said),
                        series == null ? "" : series.why(objectives.names().getFirst()))
                .path("curve", path.toString())
                .end();
    }

    private static void to(StringBuilder path, double x, double y) {
        path.append(path.isEmpty() ? "M" : "L")
                .append(Svg.number(x))
                .append(' ')
                .append(Svg.number(y));
    }
}
