package dev.toile.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The candidates in their order, with the figures that decide. Plain HTML: the scripts add sorting and make each
 * number a button. The roles repeat what the elements mean, because a phone shows the rows as cards and browsers drop
 * a table's meaning together with its display.
 */
final class RankedTable {

    private static final List<String> COLUMNS =
            List.of("tokens-per-second-per-chip", "ttft-p99", "tpot-p99", "batch", "chips", "it-power", "capex", "mfu");

    private final Results results;
    private final Map<String, ColumnScale> columns = new LinkedHashMap<>();
    private final List<String> notes;

    private RankedTable(Results results) {
        this.results = results;
        Set<String> names = new LinkedHashSet<>(results.objectives());
        names.addAll(COLUMNS);
        for (String name : names) {
            List<Quantity> column = new ArrayList<>();
            for (Results.Candidate candidate : results.feasible()) {
                Results.Value value = candidate.figures().get(name);
                if (value != null) {
                    column.add(value.of(name));
                }
            }
            // A column that nobody fills, such as batch in a training study, is left out.
            if (!column.isEmpty()) {
                columns.put(name, ColumnScale.of(column));
            }
        }
        notes = results.candidates().stream()
                .flatMap(candidate -> candidate.notes().stream())
                .distinct()
                .toList();
    }

    static String of(Results results) {
        return new RankedTable(results).table();
    }

    private String table() {
        StringBuilder out = new StringBuilder();
        out.append("<div class=\"scroll\" role=\"region\" aria-label=\"Ranked table\" tabindex=\"0\">\n")
                .append("<table role=\"table\" class=\"ranked\" id=\"ranked\" aria-labelledby=\"ranking-title\">\n")
                .append("<thead role=\"rowgroup\"><tr role=\"row\">")
                .append("<th role=\"columnheader\" scope=\"col\" data-key=\"name\">Candidate</th>");
        String sorted =
                results.objectives().isEmpty() ? "" : results.objectives().getFirst();
        columns.forEach((name, scale) -> {
            out.append("<th role=\"columnheader\" scope=\"col\" class=\"number\" data-key=\"")
                    .append(Markup.text(name))
                    .append(name.equals(sorted) ? "\" aria-sort=\"" + direction(name) : "")
                    .append("\" title=\"")
                    .append(Markup.text(results.label(name)))
                    .append("\">")
                    .append(Markup.text(FigureName.shortly(name)));
            if (!scale.unit().isEmpty()) {
                out.append(" <small>").append(Markup.text(scale.unit())).append("</small>");
            }
            out.append("</th>");
        });
        out.append("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        for (int i = 0; i < results.candidates().size(); i++) {
            row(out, i, results.candidates().get(i));
        }
        out.append("</tbody>\n</table>\n</div>\n");
        notes(out);
        return out.toString();
    }

    private void row(StringBuilder out, int index, Results.Candidate candidate) {
        out.append(candidate.feasible() ? "<tr role=\"row\">" : "<tr role=\"row\" class=\"infeasible\">");
        out.append("<th role=\"rowheader\" scope=\"row\"><a href=\"#c")
                .append(index)
                .append("\">")
                .append(Markup.text(candidate.name()))
                .append("</a>");
        candidate.notes().stream()
                .mapToInt(note -> notes.indexOf(note) + 1)
                .sorted()
                .forEach(number -> out.append(
                        "<sup><a href=\"#n%d\" aria-label=\"note %d\">%d</a></sup>".formatted(number, number, number)));
        out.append("<span class=\"tags\">").append(Markup.text(candidate.kind()));
        if (results.front().contains(candidate.name())) {
            out.append(" <span class=\"front\" title=\"No other candidate is better by every objective\">front</span>");
        }
        out.append("</span></th>");
        if (candidate.feasible()) {
            columns.forEach((name, scale) ->
                    cell(out, candidate, name, scale, results.objectives().contains(name)));
        } else {
            String reason = candidate.reason();
            out.append("<td role=\"cell\" class=\"reason\" colspan=\"%d\">".formatted(Math.max(1, columns.size())))
                    .append(Markup.text(reason == null ? "It cannot do the job." : reason))
                    .append("</td>");
        }
        out.append("</tr>\n");
    }

    private static void cell(
            StringBuilder out, Results.Candidate candidate, String name, ColumnScale scale, boolean objective) {
        Results.Value value = candidate.figures().get(name);
        out.append("<td role=\"cell\" class=\"number\" data-label=\"")
                .append(Markup.text(FigureName.shortly(name)))
                .append("\" data-key=\"")
                .append(Markup.text(name))
                .append('"');
        if (value == null) {
            out.append(">–</td>");
            return;
        }
        Quantity quantity = value.of(name);
        if (quantity.known()) {
            out.append(" data-value=\"").append(quantity.value()).append('"');
            if (!scale.unit().isEmpty()) {
                out.append(" data-unit=\"").append(Markup.text(scale.unit())).append('"');
            }
        }
        out.append('>')
                .append(Explained.number(candidate, name, FigureName.shortly(name), scale.text(quantity), quantity));
        Double from = value.low();
        Double to = value.high();
        if (objective && from != null && to != null) {
            String low = scale.text(Quantity.of(from, value.unit(), value.style(), name));
            String high = scale.text(Quantity.of(to, value.unit(), value.style(), name));
            out.append("<small class=\"band\">")
                    .append(Markup.text(low + " to " + high))
                    .append("</small>");
        }
        out.append("</td>");
    }

    /** Which way the data are sorted, read off the first and the last feasible candidate. */
    private String direction(String objective) {
        List<Results.Candidate> feasible = results.feasible();
        Double first = value(feasible.getFirst(), objective);
        Double last = value(feasible.getLast(), objective);
        return first != null && last != null && first > last ? "descending" : "ascending";
    }

    private static @Nullable Double value(Results.Candidate candidate, String name) {
        Results.Value value = candidate.figures().get(name);
        return value == null ? null : value.value();
    }

    private void notes(StringBuilder out) {
        if (notes.isEmpty()) {
            return;
        }
        out.append("<ol class=\"notes\" aria-label=\"Notes\">\n");
        for (int i = 0; i < notes.size(); i++) {
            out.append("<li id=\"n%d\">".formatted(i + 1))
                    .append(Markup.text(notes.get(i)))
                    .append("</li>\n");
        }
        out.append("</ol>\n");
    }
}
