package dev.toile.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the simulation says of the finalists, beside what the closed form planned. */
final class SimulatedSection {

    private static final List<String> FIGURES = List.of(
            "requests-per-second", "ttft-p99", "tpot-p99", "chips", "usd-per-million-tokens", "joules-per-token");

    private SimulatedSection() {}

    /** The section; empty when nothing was simulated. */
    static String of(Results results) {
        if (results.simulated().isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("<section aria-labelledby=\"simulated-title\">\n"
            + "<h2 id=\"simulated-title\">Finalists, simulated</h2>\n"
            + "<p class=\"hint\">The same layouts, request by request: the rate of a replica that keeps the promises,"
            + " and the fleet that follows from it. In brackets the simulation over the closed form that ranked the"
            + " candidates.</p>\n"
            + "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of simulated finalists\"><table"
            + " class=\"points\">\n"
            + "<thead><tr><th scope=\"col\">Candidate</th>");
        FIGURES.forEach(name -> out.append("<th scope=\"col\" class=\"number\">")
                .append(Markup.text(head(name)))
                .append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (Map<String, JsonNode> each : results.simulated()) {
            JsonNode name = each.get("name");
            out.append("<tr><th scope=\"row\">")
                    .append(Markup.text(name == null ? "" : name.asText()))
                    .append("</th>");
            FIGURES.forEach(figure -> out.append("<td class=\"number\">")
                    .append(Markup.text(cell(figure, each.get(figure))))
                    .append("</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n</section>").toString();
    }

    private static String head(String name) {
        return switch (name) {
            case "requests-per-second" -> "requests/s of a replica";
            case "ttft-p99" -> "TTFT P99";
            case "tpot-p99" -> "TPOT P99";
            case "usd-per-million-tokens" -> "USD/Mtoken";
            case "joules-per-token" -> "J/token";
            default -> name;
        };
    }

    private static String cell(String name, @Nullable JsonNode pair) {
        double simulated = pair == null ? Double.NaN : pair.path("simulated").asDouble(Double.NaN);
        double planned = pair == null ? Double.NaN : pair.path("closed-form").asDouble(Double.NaN);
        if (Double.isNaN(simulated)) {
            return "none";
        }
        String text = name.endsWith("p99") ? PlotFigure.seconds(simulated) : PlotFigure.count(simulated);
        return Double.isNaN(planned) ? text : text + " (%+.0f %%)".formatted(100 * (simulated / planned - 1));
    }
}
