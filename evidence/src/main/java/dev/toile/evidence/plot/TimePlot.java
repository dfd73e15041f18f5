package dev.toile.evidence.plot;

import dev.toile.evidence.Prediction;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeSet;

/**
 * Predicted against measured times, both by decades, a colour for each chip. Points that would cover each other are drawn
 * once: at most one for a square of two pixels.
 */
public final class TimePlot {

    private static final int HEIGHT = 410;
    private static final double LEFT = 62;
    private static final double RIGHT = Drawing.WIDTH - 24.0;
    private static final double TOP = 52;
    private static final double BOTTOM = HEIGHT - 50.0;
    private static final int CELL = 2;

    private final double first;
    private final double last;
    private final Drawing drawing;

    private TimePlot(String title, double first, double last) {
        this.first = first;
        this.last = last;
        drawing = new Drawing(HEIGHT, title + ": predicted against measured time");
    }

    /**
     * The plot as an SVG file.
     *
     * @param title of what was measured
     * @param chips at most three, with comparable predictions in milliseconds
     * @param low factor on predictions below which one in ten measurements lies
     * @param high factor above which one in ten lies
     */
    public static String of(String title, SequencedMap<String, List<Prediction>> chips, double low, double high) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (List<Prediction> rows : chips.values()) {
            for (Prediction each : rows) {
                least = Math.min(least, Math.min(each.measured(), each.predicted()));
                most = Math.max(most, Math.max(each.measured(), each.predicted()));
            }
        }
        TimePlot plot = new TimePlot(title, Math.floor(Math.log10(least)), Math.ceil(Math.log10(most)));
        plot.frame(title);
        plot.diagonal("band", low);
        plot.diagonal("band", high);
        plot.diagonal("exact", 1);
        int colour = 0;
        double x = LEFT;
        for (var chip : chips.entrySet()) {
            plot.points(chip.getValue(), colour);
            x = plot.key(x, chip.getKey(), chip.getValue().size(), colour++);
        }
        return plot.drawing.done();
    }

    private double x(double milliseconds) {
        return LEFT + (Math.log10(milliseconds) - first) / (last - first) * (RIGHT - LEFT);
    }

    private double y(double milliseconds) {
        return BOTTOM - (Math.log10(milliseconds) - first) / (last - first) * (BOTTOM - TOP);
    }

    private void frame(String title) {
        drawing.text("head", 12, 20, "start", title);
        for (int decade = (int) first; decade <= last; decade++) {
            double at = Math.pow(10, decade);
            drawing.line("rule", x(at), TOP, x(at), BOTTOM);
            drawing.line("rule", LEFT, y(at), RIGHT, y(at));
            drawing.text("faint", x(at), BOTTOM + 17, "middle", seconds(decade));
            drawing.text("faint", LEFT - 6, y(at) + 4, "end", seconds(decade));
        }
        drawing.text("faint", (LEFT + RIGHT) / 2, HEIGHT - 12.0, "middle", "measured");
        drawing.turned(13, (TOP + BOTTOM) / 2, "predicted");
    }

    /** A power of ten of milliseconds. */
    private static String seconds(int decade) {
        int micro = decade + 3;
        int thousand = Math.floorDiv(micro, 3);
        String unit = thousand < 0 ? "ns" : thousand == 0 ? "us" : thousand == 1 ? "ms" : "s";
        long number = Math.round(Math.pow(10, micro - 3.0 * Math.clamp(thousand, -1, 2)));
        return String.format(Locale.ROOT, "%d %s", number, unit.replace("us", "µs"));
    }

    private void points(List<Prediction> rows, int colour) {
        TreeSet<Long> cells = new TreeSet<>();
        for (Prediction each : rows) {
            long column = Math.round(x(each.measured()) / CELL);
            long row = Math.round(y(each.predicted()) / CELL);
            cells.add(row * 1000 + column);
        }
        StringBuilder data = new StringBuilder();
        for (long cell : cells) {
            data.append('M')
                    .append(cell % 1000 * CELL)
                    .append(' ')
                    .append(cell / 1000 * CELL)
                    .append("h0");
        }
        drawing.path("c" + colour, data.toString());
    }

    private double key(double x, String chip, int rows, int colour) {
        String text = String.format(Locale.ROOT, "%s (%,d)", chip, rows);
        drawing.box("k" + colour, x, 32, 9, 9).text("", x + 13, 41, "start", text);
        return x + 24 + 6.6 * text.length();
    }

    /** Measurements at a factor of predictions, as far as the frame goes. */
    private void diagonal(String style, double factor) {
        double from = Math.pow(10, first);
        double to = Math.pow(10, last);
        double measuredFrom = Math.max(from, from * factor);
        double measuredTo = Math.min(to, to * factor);
        drawing.line(style, x(measuredFrom), y(measuredFrom / factor), x(measuredTo), y(measuredTo / factor));
    }
}
