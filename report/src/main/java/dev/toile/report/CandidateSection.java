package dev.toile.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toile.stack.chip.Floorplan;
import java.util.Locale;

/** Everything about one candidate, folded: its notes, all its figures, its design. */
final class CandidateSection {

    private CandidateSection() {}

    static String allOf(Results results) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < results.candidates().size(); i++) {
            section(out, i, results.candidates().get(i));
        }
        return out.toString();
    }

    private static void section(StringBuilder out, int index, Results.Candidate candidate) {
        out.append("<details class=\"candidate\" id=\"c%d\">\n<summary><h3>".formatted(index))
                .append(Markup.text(candidate.name()))
                .append("</h3> <span class=\"tags\">")
                .append(Markup.text(candidate.kind()))
                .append(candidate.feasible() ? "" : ", cannot do the job")
                .append("</span></summary>\n");
        String reason = candidate.reason();
        if (reason != null) {
            out.append("<p class=\"reason\">").append(Markup.text(reason)).append("</p>\n");
        }
        candidate
                .notes()
                .forEach(note -> out.append("<p class=\"note\">")
                        .append(Markup.text(note))
                        .append("</p>\n"));
        figures(out, candidate);
        bands(out, candidate);
        Floorplan plan = candidate.floorplan();
        if (plan != null) {
            out.append("<h4>Floorplan</h4>\n<div class=\"floorplan\">\n")
                    .append(new FloorplanDrawing(plan, candidate.name()).svg())
                    .append("</div>\n");
        }
        JsonNode design = candidate.design();
        if (design != null && !design.isEmpty()) {
            out.append("<h4>Design</h4>\n<div class=\"design\">");
            value(out, design);
            out.append("</div>\n");
        }
        out.append("</details>\n");
    }

    private static void figures(StringBuilder out, Results.Candidate candidate) {
        if (candidate.figures().isEmpty()) {
            return;
        }
        out.append("<h4>Figures</h4>\n<dl class=\"figures\">\n");
        candidate.figures().forEach((name, value) -> {
            Quantity quantity = value.of(name);
            String label = candidate
                    .explanation()
                    .root(name)
                    .map(Results.Node::label)
                    .filter(text -> !text.isEmpty())
                    .orElseGet(() -> FigureName.words(name));
            out.append("<div><dt>")
                    .append(Markup.text(label))
                    .append(" <code>")
                    .append(Markup.text(name))
                    .append("</code></dt><dd>")
                    .append(Explained.number(candidate, name, label, quantity.text(), quantity))
                    .append(band(value.band(name)))
                    .append("</dd></div>\n");
        });
        out.append("</dl>\n");
    }

    private static String band(String text) {
        return text.isEmpty() ? "" : "<small class=\"band\">" + Markup.text(text) + "</small>";
    }

    /** The bands of the steps by class of operations, and where they come from. */
    private static void bands(StringBuilder out, Results.Candidate candidate) {
        Results.Bands bands = candidate.bands();
        if (bands == null) {
            return;
        }
        out.append("<h4>How sure the times are</h4>\n<p class=\"note\">Small ranges hold %s of measurements, %s.</p>\n"
                .formatted(Quantity.percent(bands.share()), Markup.text(bands.note())));
        for (Results.StepBand step : bands.steps()) {
            out.append("<div class=\"scroll\"><table class=\"bands\"><caption>%s: %s times as long</caption>\n"
                            .formatted(Markup.text(step.step().replace('-', ' ')), factors(step.low(), step.high())))
                    .append("<thead><tr><th scope=\"col\">Operations</th><th scope=\"col\">Share</th>")
                    .append("<th scope=\"col\">Times</th><th scope=\"col\">From</th></tr></thead>\n<tbody>\n");
            for (Results.ClassBand each : step.classes()) {
                out.append("<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(
                                Markup.text(each.of()),
                                Quantity.percent(each.share()),
                                factors(each.low(), each.high()),
                                Markup.text(each.reason())));
            }
            out.append("</tbody></table></div>\n");
        }
    }

    private static String factors(double low, double high) {
        return String.format(Locale.ROOT, "%.2f to %.2f", low, high);
    }

    private static void value(StringBuilder out, JsonNode node) {
        if (node.isObject()) {
            out.append("<dl>");
            for (var entry : node.properties()) {
                boolean nested = entry.getValue().isContainerNode() && !plainList(entry.getValue());
                out.append(nested ? "<div class=\"nested\"><dt>" : "<div><dt>")
                        .append(Markup.text(entry.getKey()))
                        .append("</dt><dd>");
                value(out, entry.getValue());
                out.append("</dd></div>");
            }
            out.append("</dl>");
        } else if (plainList(node)) {
            String separator = "";
            for (JsonNode item : node) {
                out.append(separator).append(Markup.text(scalar(item)));
                separator = ", ";
            }
        } else if (node.isArray()) {
            out.append("<ol>");
            for (JsonNode item : node) {
                out.append("<li>");
                value(out, item);
                out.append("</li>");
            }
            out.append("</ol>");
        } else {
            out.append(Markup.text(scalar(node)));
        }
    }

    /** Numbers as people write them: 72, 0.35, 3.35e12. */
    private static String scalar(JsonNode node) {
        if (!node.isNumber()) {
            return node.isNull() ? "–" : node.asText();
        }
        double size = Math.abs(node.doubleValue());
        return size == 0 || (size >= 1e-4 && size < 1e7)
                ? node.decimalValue().stripTrailingZeros().toPlainString()
                : node.asText().toLowerCase(Locale.ROOT);
    }

    private static boolean plainList(JsonNode node) {
        if (!node.isArray()) {
            return false;
        }
        for (JsonNode item : node) {
            if (item.isContainerNode()) {
                return false;
            }
        }
        return true;
    }
}
