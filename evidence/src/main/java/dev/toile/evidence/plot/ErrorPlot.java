package dev.toile.evidence.plot;

import dev.toile.evidence.Certainty;
import dev.toile.evidence.Prediction;
import dev.toile.stack.mapping.band.Band;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Where measurements lie around predictions, for each chip, regime, format and size: the middle 80 % as a bar with its
 * median, the mean of the bands as brackets around it, and how many measurements are inside their own band.
 */
public final class ErrorPlot {

    private static final double LEFT = 150;
    private static final double RIGHT = Drawing.WIDTH - 100.0;
    private static final double TOP = 62;
    private static final double LINE = 20;

    /**
     * An axis of ratios around 1.
     *
     * @param widest ratio at its end
     * @param ticks above 1; their reciprocals stand on the other side
     */
    private record Axis(double widest, List<Double> ticks) {

        /** The narrowest that shows a ratio. */
        static Axis showing(double logarithm) {
            return logarithm < Math.log(1.3)
                    ? new Axis(1.32, List.of(1.1, 1.25))
                    : logarithm < Math.log(1.6) ? new Axis(1.65, List.of(1.25, 1.5)) : new Axis(2.3, List.of(1.4, 2.0));
        }

        double x(double ratio) {
            double end = Math.log(widest);
            return LEFT + (Math.clamp(Math.log(ratio), -end, end) + end) / (2 * end) * (RIGHT - LEFT);
        }
    }

    /** Rows that are alike in one respect. */
    private record Part(String label, List<Double> ratios, double low, double high, double inside) {

        static Part heading(String label) {
            return new Part(label, List.of(), 0, 0, 0);
        }

        static Part of(String label, List<Prediction> rows) {
            List<Double> ratios = rows.stream()
                    .map(each -> each.measured() / each.predicted())
                    .sorted()
                    .toList();
            double low = 0;
            double high = 0;
            double inside = 0;
            for (Prediction each : rows) {
                Certainty known = Objects.requireNonNull(each.certainty());
                Band band = Objects.requireNonNull(known.band());
                low += band.logLow() / ratios.size();
                high += band.logHigh() / ratios.size();
                inside += each.insideBand() ? 1.0 / ratios.size() : 0;
            }
            return new Part(label, ratios, Math.exp(-low), Math.exp(high), inside);
        }

        /** The largest ratio that is drawn, or its reciprocal: a logarithm. */
        double reach() {
            return ratios.isEmpty()
                    ? 0
                    : Math.max(
                            Math.max(-Math.log(low), Math.log(high)),
                            Math.max(-Math.log(at(ratios, 0.1)), Math.log(at(ratios, 0.9))));
        }
    }

    private ErrorPlot() {}

    /**
     * The plot as an SVG file.
     *
     * @param title of what was measured
     * @param rows predictions with bands
     * @param respects heading by group of {@link Prediction#groups()}, such as {@code dtype} to Format
     */
    public static String of(String title, List<Prediction> rows, SequencedMap<String, String> respects) {
        List<Part> parts = new ArrayList<>();
        respects.forEach((group, heading) -> {
            List<Part> of = parts(rows, group);
            if (!of.isEmpty()) {
                parts.add(Part.heading(heading));
                parts.addAll(of);
            }
        });
        int height = (int) (TOP + LINE * parts.size() + 34);
        Drawing drawing = new Drawing(height, title + ": measured over predicted time, and the band of 80 %");
        drawing.text("head", 12, 20, "start", title);
        drawing.text("faint", (LEFT + RIGHT) / 2, 40, "middle", "measured / predicted");
        drawing.text("faint", RIGHT + 44, 40, "end", "in band");
        drawing.text("faint", Drawing.WIDTH - 8.0, 40, "end", "rows");
        Axis axis = Axis.showing(parts.stream().mapToDouble(Part::reach).max().orElse(0));
        tick(drawing, axis, 1, "axis", height);
        for (double tick : axis.ticks()) {
            tick(drawing, axis, tick, "rule", height);
            tick(drawing, axis, 1 / tick, "rule", height);
        }
        double y = TOP;
        for (Part part : parts) {
            y += LINE;
            if (part.ratios().isEmpty()) {
                drawing.text("head", 12, y - 5, "start", part.label());
            } else {
                row(drawing, axis, part, y - 9);
            }
        }
        drawing.text(
                "faint", 12, height - 10.0, "start", "bar: 10th to 90th percentile, median;  orange: band of 80 %");
        return drawing.done();
    }

    private static void tick(Drawing drawing, Axis axis, double ratio, String style, int height) {
        drawing.line(style, axis.x(ratio), TOP - 4, axis.x(ratio), height - 30.0);
        String text =
                String.format(Locale.ROOT, "%.2f", ratio).replaceAll("0$", "").replaceAll("\\.0$", "");
        drawing.text("faint", axis.x(ratio), TOP - 8, "middle", text);
    }

    /** Parts with at least ten rows; sizes by their power of ten. */
    private static List<Part> parts(List<Prediction> rows, String group) {
        Comparator<String> order = Comparator.comparingInt(
                        (String value) -> value.startsWith("1e") ? value.length() : 0)
                .thenComparing(Comparator.naturalOrder());
        TreeMap<String, List<Prediction>> parts = new TreeMap<>(order);
        for (Prediction each : rows) {
            String value = each.groups().get(group);
            if (value != null) {
                parts.computeIfAbsent(value, _ -> new ArrayList<>()).add(each);
            }
        }
        List<Part> out = new ArrayList<>();
        parts.forEach((value, of) -> {
            if (of.size() >= 10) {
                out.add(Part.of(value, of));
            }
        });
        return out;
    }

    private static void row(Drawing drawing, Axis axis, Part part, double y) {
        List<Double> ratios = part.ratios();
        double from = axis.x(at(ratios, 0.1));
        double middle = axis.x(at(ratios, 0.5));
        drawing.text("", LEFT - 10, y + 4, "end", part.label())
                .box("box", from, y - 5, axis.x(at(ratios, 0.9)) - from, 10)
                .line("mid", middle, y - 5, middle, y + 5)
                .path("reach", bracket(axis.x(part.low()), y, 3) + bracket(axis.x(part.high()), y, -3))
                .text("", RIGHT + 44, y + 4, "end", String.format(Locale.ROOT, "%.0f %%", 100 * part.inside()))
                .text("faint", Drawing.WIDTH - 8.0, y + 4, "end", String.format(Locale.ROOT, "%,d", ratios.size()));
    }

    private static String bracket(double x, double y, double towards) {
        return "M" + Drawing.number(x + towards) + " " + Drawing.number(y - 7) + "H" + Drawing.number(x) + "V"
                + Drawing.number(y + 7) + "H" + Drawing.number(x + towards);
    }

    private static double at(List<Double> sorted, double share) {
        double rank = share * (sorted.size() - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (rank - below) * (sorted.get(above) - sorted.get(below));
    }
}
