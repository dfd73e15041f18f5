package dev.toile.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The operations of one pass of a candidate under the roofs of its chip. */
final class RooflinePlot {

    static final String HINT =
            "How much arithmetic an operation does for each byte of memory traffic, and how fast it gets done. The"
                + " roofs are what the chip could do at best. The larger a mark, the more of the pass’s time it takes;"
                + " circles wait for memory, squares for arithmetic; diamonds reach less than a third of their roof,"
                + " for overheads such as launches.";

    /** Operations that take less of the time have no name in the drawing. */
    private static final double SMALLEST = 0.01;
    /** Operations that take less of the time are not drawn, but stand in the table. */
    private static final double DRAWN = 0.005;

    /** Room for the names of the roofs, pixels. */
    private static final double ROOF_NAMES = 92;

    private final Series series;
    private final Plots.Roofline roofline;

    RooflinePlot(Series series, Plots.Roofline roofline) {
        this.series = series;
        this.roofline = roofline;
    }

    private String pass() {
        return roofline.pass().replace('-', ' ');
    }

    String html() {
        if (roofline.points().isEmpty() || roofline.roofs().isEmpty()) {
            return "";
        }
        String network = roofline.network() > 0
                ? "the network takes %s of the %s, ".formatted(Quantity.percent(roofline.network()), pass())
                : "";
        String rest = "Beside these operations, %snorms and other plain moves of bytes take %s%s."
                .formatted(network, Quantity.percent(roofline.bytes()), network.isEmpty() ? " of the " + pass() : "");
        String title = pass().substring(0, 1).toUpperCase(Locale.ROOT) + pass().substring(1);
        return "<h5>" + Markup.text(title) + "</h5>\n<div class=\"pair\">\n" + PlotFigure.of(rest, this::drawing)
                + values() + "</div>\n";
    }

    private double highest() {
        return roofline.roofs().stream().mapToDouble(Plots.Roof::peak).max().orElseThrow();
    }

    private String drawing(Frame sheet) {
        Frame frame = sheet.withRight(ROOF_NAMES);
        Svg svg = new Svg(frame, "Roofline of the " + pass() + " of " + series.name());
        List<Plots.Operation> bySize = roofline.points().stream()
                .filter(point -> point.share() >= DRAWN)
                .sorted(Comparator.comparingDouble(Plots.Operation::share).reversed())
                .toList();
        DoubleStream intensities = bySize.stream().mapToDouble(Plots.Operation::intensity);
        double ridge = highest() / roofline.bandwidth();
        Axis x = Axis.log(
                DoubleStream.concat(intensities, DoubleStream.of(ridge / 6, ridge * 6)),
                frame.left(),
                frame.innerRight());
        DoubleStream rates = bySize.stream().mapToDouble(Plots.Operation::rate);
        Axis y = Axis.log(
                DoubleStream.concat(rates, DoubleStream.of(highest() / 12, highest() * 1.2)),
                frame.innerBottom(),
                frame.top());
        svg.axes(
                x,
                y,
                frame.narrow() ? "flop per byte" : "arithmetic intensity, flop per byte of memory traffic",
                "reached rate, flop/s",
                PlotFigure::si,
                PlotFigure::si);
        Labels labels = new Labels(svg);
        roofs(svg, x, y, labels);
        for (Plots.Operation point : bySize) {
            point(svg, x, y, point);
            labels.avoid(x.at(point.intensity()), y.at(point.rate()), radius(point) + 1);
        }
        for (Plots.Operation point : bySize) {
            if (point.share() >= SMALLEST) {
                labels.write("", x.at(point.intensity()), y.at(point.rate()), radius(point), point.name());
            }
        }
        return svg.done();
    }

    private void roofs(Svg svg, Axis x, Axis y, Labels labels) {
        Frame frame = svg.frame();
        double foot = Math.max(x.low(), y.low() / roofline.bandwidth());
        double ridge = highest() / roofline.bandwidth();
        svg.line("roof", x.at(foot), y.at(foot * roofline.bandwidth()), x.at(ridge), y.at(highest()));
        String memory = Quantity.of(roofline.bandwidth(), "B/s", null, "").text() + " memory";
        avoid(labels, x.at(foot), y.at(foot * roofline.bandwidth()), x.at(ridge), y.at(highest()));
        slanted(svg, x.at(foot), y.at(foot * roofline.bandwidth()), x.at(ridge), y.at(highest()), memory);
        for (Plots.Roof roof : roofline.roofs()) {
            double at = y.at(roof.peak());
            svg.line("roof", x.at(roof.peak() / roofline.bandwidth()), at, frame.innerRight(), at);
            avoid(labels, x.at(roof.peak() / roofline.bandwidth()), at, frame.innerRight(), at);
            svg.text("roofname", frame.innerRight() + 6, at - 2, "start", roof.math());
            String peak = Quantity.of(roof.peak(), "flop/s", null, "").text();
            svg.text("roofname", frame.innerRight() + 6, at + 13, "start", peak);
            labels.avoid(frame.innerRight() + 4, at - 14, frame.width(), at + 16);
        }
    }

    /** Names keep off the roofs. */
    private static void avoid(Labels labels, double x1, double y1, double x2, double y2) {
        int steps = 1 + (int) (Math.hypot(x2 - x1, y2 - y1) / 10);
        for (int i = 0; i <= steps; i++) {
            double share = i / (double) steps;
            labels.avoid(x1 + share * (x2 - x1), y1 + share * (y2 - y1), 2);
        }
    }

    /** Along the memory roof, above its foot. */
    private static void slanted(Svg svg, double x1, double y1, double x2, double y2, String text) {
        double length = Math.hypot(x2 - x1, y2 - y1);
        double share = Math.clamp((Frame.textWidth(text) / 2 + 30) / length, 0.2, 0.6);
        double px = x1 + share * (x2 - x1);
        double py = y1 + share * (y2 - y1);
        svg.raw(String.format(
                Locale.ROOT,
                "<text aria-hidden=\"true\" class=\"label roofname\" text-anchor=\"middle\""
                        + " transform=\"translate(%.1f %.1f) rotate(%.1f) translate(0 -6)\">%s</text>\n",
                px,
                py,
                Math.toDegrees(Math.atan2(y2 - y1, x2 - x1)),
                Markup.text(text)));
    }

    private static double radius(Plots.Operation point) {
        return 3.5 + 14 * Math.sqrt(point.share());
    }

    private void point(Svg svg, Axis x, Axis y, Plots.Operation point) {
        String why = series.why(point.why());
        int shape = switch (point.bound()) {
            case "compute" -> 1;
            case "overhead" -> 3;
            default -> 0;
        };
        svg.point("operation " + series.style(), says(point), why)
                .mark(shape, x.at(point.intensity()), y.at(point.rate()), radius(point))
                .end();
    }

    private String says(Plots.Operation point) {
        return "%s, %s: %s at %s flop/B, %s of the %s, bound by %s"
                .formatted(
                        point.name(),
                        point.math(),
                        rate(point),
                        PlotFigure.count(point.intensity()),
                        Quantity.percent(point.share()),
                        pass(),
                        point.bound());
    }

    private static String rate(Plots.Operation point) {
        return Quantity.of(point.rate(), "flop/s", null, "").text();
    }

    /** All operations beside the drawing: what it shows, in digits, the longest first. */
    private String values() {
        StringBuilder out =
                new StringBuilder("<div class=\"beside scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
        out.append(Markup.text("Operations of the " + pass() + " of " + series.name()))
                .append("\"><table class=\"points\">\n<thead><tr><th scope=\"col\">Operation</th>");
        for (String head : List.of("time", "flop/B", "rate", "of its roof")) {
            out.append("<th scope=\"col\" class=\"number\">").append(head).append("</th>");
        }
        out.append("<th scope=\"col\">bound by</th></tr></thead>\n<tbody>\n");
        roofline.points().stream()
                .sorted(Comparator.comparingDouble(Plots.Operation::share).reversed())
                .forEach(point -> {
                    out.append("<tr><th scope=\"row\">")
                            .append(Markup.text(point.name()))
                            .append("</th>");
                    for (String cell : List.of(
                            Quantity.percent(point.share()),
                            PlotFigure.count(point.intensity()),
                            PlotFigure.si(point.rate()),
                            Quantity.percent(point.rate() / roof(point)))) {
                        out.append("<td class=\"number\">")
                                .append(Markup.text(cell))
                                .append("</td>");
                    }
                    out.append("<td>").append(Markup.text(point.bound())).append("</td></tr>\n");
                });
        return out.append("</tbody></table></div>\n").toString();
    }

    private double roof(Plots.Operation point) {
        double peak = roofline.roofs().stream()
                .filter(roof -> roof.math().equals(point.math()))
                .mapToDouble(Plots.Roof::peak)
                .findFirst()
                .orElse(highest());
        return Math.min(peak, point.intensity() * roofline.bandwidth());
    }
}
