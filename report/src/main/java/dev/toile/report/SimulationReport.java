package dev.toile.report;

import dev.toile.stack.evaluation.SimulatedService.Figure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Simulations as one HTML page that opens from disk, needs no script and asks nobody for anything.
 *
 * @param results to be shown
 */
public record SimulationReport(SimulationResults results) {

    private static final List<String> STYLES = List.of("report.css", "report-parts.css", "plots.css", "simulation.css");
    private static final List<String> LATENCIES = List.of("ttft", "tpot", "itl", "e2e", "queue");
    private static final List<String> COLUMNS = List.of("mean", "p50", "p90", "p95", "p99", "p99.9");
    /** How far loads may be apart that latencies are compared at. */
    private static final double SAME_LOAD = 0.1;

    private static final List<String> COMPARED = List.of("ttft-p50", "ttft-p99", "tpot-p50", "tpot-p99");

    /** The page. Equal results give equal text. */
    public String html() {
        StringBuilder out = new StringBuilder();
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n"
                        + "<meta http-equiv=\"Content-Security-Policy\" ")
                .append("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; ")
                .append("form-action 'none'\">\n<link rel=\"icon\" href=\"data:,\">\n<title>")
                .append(Markup.text(results.study()))
                .append(", simulated – Toile</title>\n<style>\n");
        STYLES.forEach(style -> out.append(resource(style)).append("\n\n"));
        out.append("</style>\n</head>\n<body>\n<header class=\"page\">\n<p class=\"mark\">Toile <small>")
                .append(Markup.text(results.version()))
                .append("</small></p>\n<h1>")
                .append(Markup.text(results.study()))
                .append("</h1>\n<p class=\"workload\">")
                .append(Markup.text(requests()))
                .append("</p>\n</header>\n<main>\n");
        section(out, "answer", "What users feel", latencies());
        section(out, "distributions", "How latencies are spread", new SimulationPlots(results).distributions());
        section(out, "load", "What a replica can take", capacity() + new SimulationPlots(results).knee());
        section(out, "time", "What happened over time", new SimulationPlots(results).series());
        section(out, "map", "Which requests, how many", new SimulationPlots(results).maps());
        section(out, "engines", "What the machines did", machines());
        out.append("</main>\n").append(footer()).append("</body>\n</html>\n");
        return out.toString();
    }

    private String requests() {
        return results.model() + ". "
                + (results.trace().isEmpty()
                        ? String.join("; ", results.workload()) + ". Requests made up with seed " + results.seed()
                        : "Requests of " + results.trace())
                + ".";
    }

    private static void section(StringBuilder out, String id, String title, String content) {
        if (!content.isEmpty()) {
            out.append("<section aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">%s</h2>\n"
                            .formatted(id, id, Markup.text(title)))
                    .append(content)
                    .append("</section>\n");
        }
    }

    private String latencies() {
        StringBuilder out = new StringBuilder();
        for (SimulationResults.Entry entry : results.entries()) {
            List<Figure> figures = entry.service().figures();
            out.append("<h3>").append(Markup.text(entry.name())).append("</h3>\n<p class=\"what\">");
            out.append(Markup.text(entry.layout())).append("</p>\n");
            List<String> heads = new ArrayList<>(List.of(""));
            COLUMNS.forEach(column -> heads.add(column.replace('p', 'P')));
            List<List<String>> rows = new ArrayList<>();
            for (String latency : LATENCIES) {
                List<String> row = new ArrayList<>(List.of(title(latency)));
                COLUMNS.forEach(column -> row.add(text(figures, latency + "-" + column)));
                rows.add(row);
            }
            out.append(table(heads, rows));
            out.append("<p class=\"hint\">")
                    .append(Markup.text(closedForm(entry)))
                    .append("</p>\n");
        }
        for (String reason : results.reasons()) {
            out.append("<p>Not simulated: ").append(Markup.text(reason)).append("</p>\n");
        }
        return out.toString();
    }

    private static String closedForm(SimulationResults.Entry entry) {
        double load = entry.service().value("offered-requests-per-second") / plannedRate(entry);
        boolean comparable = Math.abs(load - 1) <= SAME_LOAD;
        List<String> parts = new ArrayList<>();
        for (String name : COMPARED) {
            double planned = entry.planned(name);
            if (Double.isFinite(planned)) {
                String text = name.replace("-p", " P").toUpperCase(Locale.ROOT) + " " + PlotFigure.seconds(planned);
                double error = planned / entry.service().value(name) - 1;
                parts.add(comparable ? text + " (%+.0f %%)".formatted(100 * error) : text);
            }
        }
        return parts.isEmpty()
                ? ""
                : "The closed form that planned it, at full load: " + String.join(", ", parts)
                        + (comparable
                                ? "; in brackets how far it is from the simulation."
                                : "; the simulation ran at %.0f %% of that load.".formatted(100 * load));
    }

    /** Requests per second that the closed form gives the simulated replicas. */
    private static double plannedRate(SimulationResults.Entry entry) {
        return entry.service().fleet().plan().decoding().requestsPerSecond()
                * entry.service().costs().getLast().replicas();
    }

    private static String title(String latency) {
        return switch (latency) {
            case "e2e" -> "end to end";
            case "queue" -> "waiting";
            default -> latency.toUpperCase(Locale.ROOT);
        };
    }

    private String capacity() {
        List<List<String>> rows = new ArrayList<>();
        for (SimulationResults.Entry entry : results.entries()) {
            double planned = plannedRate(entry);
            double found = entry.capacity().rate();
            rows.add(List.of(
                    entry.name(),
                    PlotFigure.count(found),
                    PlotFigure.count(planned),
                    found == 0 ? "" : "%+.0f %%".formatted(100 * (planned / found - 1))));
        }
        return table(
                List.of("Candidate", "simulated, requests/s", "closed form, requests/s", "closed form over simulation"),
                rows);
    }

    private String machines() {
        StringBuilder out = new StringBuilder();
        for (SimulationResults.Entry entry : results.entries()) {
            List<List<String>> rows = new ArrayList<>();
            for (Figure figure : entry.service().figures()) {
                if (LATENCIES.stream().noneMatch(latency -> figure.name().startsWith(latency + "-"))) {
                    rows.add(List.of(
                            figure.name().replace('-', ' '), figure.unit().format(figure.value())));
                }
            }
            out.append(DataTable.folded(entry.name(), List.of("Figure", "value"), rows));
        }
        return out.toString();
    }

    private static String table(List<String> heads, List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table class=\"points\">\n<thead><tr>");
        for (int i = 0; i < heads.size(); i++) {
            out.append("<th scope=\"col\"").append(i == 0 ? ">" : " class=\"number\">");
            out.append(Markup.text(heads.get(i))).append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.append(i == 0 ? "<th scope=\"row\">" : "<td class=\"number\">")
                        .append(Markup.text(row.get(i)))
                        .append(i == 0 ? "</th>" : "</td>");
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n").toString();
    }

    private static String text(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .map(figure -> figure.unit().format(figure.value()))
                .findFirst()
                .orElse("");
    }

    private String footer() {
        return """
            <footer class="page">
            <h2>How to read this</h2>
            <ul>
            <li>TTFT is the first token less the arrival, waiting included. TPOT is a request’s time per token after the
            first; ITL is every single gap between two tokens. End to end is the last token less the arrival.</li>
            <li>A request is good when it keeps all that was promised; attainment is the share of good requests, goodput
            their rate.</li>
            <li>The capacity is the highest rate at which the P99s keep the promise, found by bisection with the same
            requests at every rate.</li>
            </ul>
            <p>Generated by Toile %s.</p>
            </footer>
            """.formatted(Markup.text(results.version()));
    }

    private static String resource(String name) {
        try (InputStream in = SimulationReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the report's own file " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
