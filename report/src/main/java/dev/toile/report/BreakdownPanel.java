package dev.toile.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One kind of sum (time, energy, money, memory) as stacked bars, a row for each candidate. The groups of a panel, such
 * as prefill and decode, are blocks with a scale each: a decode step is a hundredth of a prefill and would not show.
 */
final class BreakdownPanel {

    private final String key;
    private final String title;
    private final Map<String, List<Row>> blocks;
    private final Palette palette;

    /** One bar. */
    private record Row(String candidate, Results.Group group, String unit) {
        String total() {
            return text(group.total());
        }

        String text(double value) {
            return Quantity.of(value, unit, null, "").text();
        }
    }

    private BreakdownPanel(String key, String title, Map<String, List<Row>> blocks) {
        this.key = key;
        this.title = title;
        this.blocks = blocks;
        this.palette = Palette.of(
                blocks.values().stream().flatMap(List::stream).map(Row::group).toList());
    }

    /** All panels by their key, in the order in which the results name them; empty when there are none. */
    static Map<String, String> byKey(Results results) {
        Map<String, String> titles = new LinkedHashMap<>();
        Map<String, Map<String, List<Row>>> panels = new LinkedHashMap<>();
        for (Results.Candidate candidate : results.candidates()) {
            candidate.breakdowns().forEach((key, breakdown) -> {
                titles.putIfAbsent(key, breakdown.title());
                Map<String, List<Row>> blocks = panels.computeIfAbsent(key, k -> new LinkedHashMap<>());
                for (Results.Group group : breakdown.groups()) {
                    if (group.total() > 0) {
                        blocks.computeIfAbsent(group.name(), k -> new ArrayList<>())
                                .add(new Row(candidate.name(), group, breakdown.unit()));
                    }
                }
            });
        }
        Map<String, String> html = new LinkedHashMap<>();
        panels.forEach((key, blocks) -> {
            if (!blocks.isEmpty()) {
                StringBuilder out = new StringBuilder();
                new BreakdownPanel(key, titles.getOrDefault(key, key), blocks).panel(out);
                html.put(key, out.toString());
            }
        });
        return html;
    }

    private void panel(StringBuilder out) {
        String id = "b-" + Markup.address(key);
        out.append("<div class=\"panel\" role=\"group\" aria-labelledby=\"%s\">\n<h4 id=\"%s\">".formatted(id, id))
                .append(Markup.text(title))
                .append("</h4>\n<ul class=\"legend\" aria-label=\"Legend\">");
        palette.legend()
                .forEach((name, style) -> out.append("<li><i class=\"swatch ")
                        .append(style)
                        .append("\"></i>")
                        .append(Markup.text(name))
                        .append("</li>"));
        out.append("</ul>\n");
        blocks.forEach((name, rows) -> {
            out.append("<h5>").append(Markup.text(name)).append("</h5>\n<div class=\"bars\">\n");
            double longest =
                    rows.stream().mapToDouble(row -> row.group().total()).max().orElse(1);
            rows.forEach(row -> bar(out, row, longest));
            out.append("</div>\n");
        });
        out.append("<details class=\"values\"><summary>Values as a table</summary>\n");
        blocks.forEach((name, rows) -> values(out, title + ": " + name, name, rows));
        out.append("</details>\n</div>\n");
    }

    private void bar(StringBuilder out, Row row, double longest) {
        double total = row.group().total();
        List<Results.Part> drawn = palette.drawn(row.group());
        StringBuilder says = new StringBuilder();
        says.append("%s, %s: %s in all".formatted(row.candidate(), row.group().name(), row.total()));
        StringBuilder segments = new StringBuilder();
        for (Results.Part part : drawn) {
            double share = part.value() / total;
            String text = "%s %s (%s)".formatted(part.name(), row.text(part.value()), Quantity.percent(share));
            says.append("; ").append(text);
            segments.append(String.format(
                    Locale.ROOT,
                    "<i class=\"segment %s\" style=\"--amount:%.3f;--share:%.3f\" title=\"%s\"></i>",
                    palette.style(part.name()),
                    100 * part.value() / longest,
                    100 * share,
                    Markup.text(text)));
        }
        out.append("<div class=\"row\"><span class=\"who\">")
                .append(Markup.text(row.candidate()))
                .append("</span><div class=\"bar\" role=\"img\" aria-label=\"")
                .append(Markup.text(says.toString()))
                .append("\">")
                .append(segments)
                .append("</div><span class=\"total\">")
                .append(Markup.text(row.total()))
                .append("</span></div>\n");
    }

    /** Every part, also those that are too small for a bar. */
    private static void values(StringBuilder out, String what, String name, List<Row> rows) {
        Map<String, Map<Row, Double>> parts = new LinkedHashMap<>();
        for (Row row : rows) {
            for (Results.Part part : row.group().parts()) {
                parts.computeIfAbsent(part.name(), k -> new LinkedHashMap<>()).merge(row, part.value(), Double::sum);
            }
        }
        String label = Markup.text(name);
        out.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table>\n"
                        .formatted(Markup.text(what)))
                .append("<thead><tr><th scope=\"col\">")
                .append(label)
                .append("</th>");
        rows.forEach(row -> out.append("<th scope=\"col\" class=\"number\">")
                .append(Markup.text(row.candidate()))
                .append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        parts.forEach((part, values) -> {
            out.append("<tr><th scope=\"row\">").append(Markup.text(part)).append("</th>");
            for (Row row : rows) {
                Double value = values.get(row);
                out.append("<td class=\"number\">")
                        .append(value == null ? "–" : Markup.text(row.text(value)))
                        .append("</td>");
            }
            out.append("</tr>\n");
        });
        out.append("<tr class=\"sum\"><th scope=\"row\">in all</th>");
        rows.forEach(row -> out.append("<td class=\"number\">")
                .append(Markup.text(row.total()))
                .append("</td>"));
        out.append("</tr>\n</tbody></table></div>\n");
    }
}
