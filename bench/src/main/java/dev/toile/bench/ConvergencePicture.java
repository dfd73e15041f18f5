package dev.toile.bench;

import dev.toile.app.bench.SearchHypervolume;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Share of the hypervolume against trials: the median of the seeds as a line, the quartiles as a band. */
final class ConvergencePicture {

    private static final String[] COLOURS = {"#b3372e", "#2d6a9f", "#8a8578", "#2f7d4f", "#8b5fa8"};
    private static final double LEFT = 60;
    private static final double RIGHT = 700;
    private static final double TOP = 20;
    private static final double BOTTOM = 360;
    /** Lowest share that is drawn. */
    private static final double LOWEST = 0.6;

    private ConvergencePicture() {}

    static String of(long budget, Map<String, List<List<Double>>> runs) {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 430\" ")
                .append("font-family=\"sans-serif\" font-size=\"13\">\n")
                .append("<rect width=\"720\" height=\"430\" fill=\"#fff\"/>\n");
        for (int percent = (int) (100 * LOWEST); percent <= 100; percent += 10) {
            double y = y(percent / 100.0);
            svg.append(String.format(Locale.ROOT, "<path d=\"M%.0f %.1fH%.0f\" stroke=\"#ddd\"/>%n", LEFT, y, RIGHT))
                    .append(String.format(
                            Locale.ROOT,
                            "<text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>%n",
                            LEFT - 8,
                            y + 4,
                            percent));
        }
        for (int part = 0; part <= 4; part++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%,d</text>%n",
                    LEFT + part / 4.0 * (RIGHT - LEFT),
                    BOTTOM + 18,
                    (long) (budget * (part / 4.0))));
        }
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\">trials</text>%n", RIGHT, BOTTOM + 34));
        int series = 0;
        for (Map.Entry<String, List<List<Double>>> entry : runs.entrySet()) {
            String colour = COLOURS[series % COLOURS.length];
            List<List<Double>> all = entry.getValue();
            svg.append(String.format(
                            Locale.ROOT,
                            "<path d=\"%s%sZ\" fill=\"%s\" fill-opacity=\"0.15\"/>%n",
                            line(all, 0.25, "M", false),
                            line(all, 0.75, "L", true),
                            colour))
                    .append(String.format(
                            Locale.ROOT,
                            "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                            line(all, 0.5, "M", false),
                            colour))
                    .append(String.format(
                            Locale.ROOT,
                            "<text x=\"%.0f\" y=\"%.0f\" fill=\"%s\">%s</text>%n",
                            LEFT + series % 3 * 225,
                            BOTTOM + 52 + Math.floor(series / 3.0) * 17,
                            colour,
                            entry.getKey()));
            series++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String line(List<List<Double>> runs, double quantile, String first, boolean back) {
        StringBuilder path = new StringBuilder();
        int parts = runs.getFirst().size();
        for (int i = 0; i < parts; i++) {
            int part = back ? parts - 1 - i : i;
            double share = SearchHypervolume.quantile(
                    runs.stream().map(run -> run.get(part)).toList(), quantile);
            double x = LEFT + (part + 1.0) / parts * (RIGHT - LEFT);
            path.append(i == 0 ? first : "L").append(String.format(Locale.ROOT, "%.1f %.1f", x, y(share)));
        }
        return path.toString();
    }

    private static double y(double share) {
        return BOTTOM - (Math.max(share, LOWEST) - LOWEST) / (1 - LOWEST) * (BOTTOM - TOP);
    }
}
