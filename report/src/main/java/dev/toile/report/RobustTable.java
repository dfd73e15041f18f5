package dev.toile.report;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How designs fare over scenarios of prices and technology, as a table. */
final class RobustTable {

    private RobustTable() {}

    static String of(Results results) {
        Robust robust = results.robust();
        if (robust == null) {
            return "";
        }
        Objectives objectives = Objectives.of(results);
        StringBuilder out = new StringBuilder();
        out.append("<p class=\"hint\">")
                .append(
                        "%,d scenarios drew every price and technology value from its range, the same for all designs; P90"
                                .formatted(robust.scenarios()))
                .append(" is kept by nine scenarios of ten.</p>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\"")
                .append(" aria-label=\"Robustness\"><table class=\"points\">\n"
                        + "<thead><tr><th scope=\"col\">Design</th>");
        head(out, "works");
        head(out, "on the front");
        for (int k = 0; k < objectives.names().size(); k++) {
            head(out, objectives.name(k) + " P50");
            head(out, objectives.name(k) + " P90");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (Robust.Design design : robust.designs()) {
            out.append("<tr><th scope=\"row\">")
                    .append(Markup.text(design.name()))
                    .append("</th>");
            cell(out, Quantity.percent(design.works()));
            cell(out, Quantity.percent(design.front()));
            IntStream.range(0, objectives.names().size()).forEach(k -> {
                cell(out, text(objectives, k, design.p50()));
                cell(out, text(objectives, k, design.p90()));
            });
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }

    private static String text(Objectives objectives, int objective, @Nullable List<Double> values) {
        return values == null ? "–" : objectives.text(objective, values.get(objective));
    }

    private static void head(StringBuilder out, String text) {
        out.append("<th scope=\"col\" class=\"number\">")
                .append(Markup.text(text))
                .append("</th>");
    }

    private static void cell(StringBuilder out, String text) {
        out.append("<td class=\"number\">").append(Markup.text(text)).append("</td>");
    }
}
