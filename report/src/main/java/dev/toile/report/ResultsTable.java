package dev.toile.report;

import dev.toile.report.table.Column;
import dev.toile.report.table.CsvTable;
import dev.toile.report.table.ParquetTable;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Results as a flat table, one row a candidate, for programs that compare many runs.
 *
 * <p>Columns: who and whether it can work; then every figure in SI units, with the unit in the column's name, such as
 * {@code it-power [W]}; then the design in words, such as {@code design.chip.memory}.
 *
 * @param results to be written
 */
public record ResultsTable(StudyResults results) {

    /** The table as CSV. */
    public String csv() {
        return new CsvTable(columns()).text();
    }

    /**
     * Writes the table as Parquet, with the study, the seed and Toile's version as metadata of the file.
     *
     * @throws IOException when it cannot be written
     */
    public void parquet(Path file) throws IOException {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("study", results.study());
        about.put("seed", String.valueOf(results.seed()));
        about.put("toile", results.version());
        new ParquetTable(columns(), about).write(file);
    }

    List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(texts("name", StudyResults.Entry::name));
        columns.add(texts(
                "kind", entry -> entry.evaluation().candidate().kind().name().toLowerCase(Locale.ROOT)));
        columns.add(new Column.Flags("feasible", each(ResultsTable::feasible)));
        columns.add(texts(
                "reason",
                entry -> entry.evaluation() instanceof Evaluation.Infeasible(var _, String reason) ? reason : null));
        columns.add(new Column.Wholes("rank", ranks()));
        columns.add(new Column.Flags("front", each(entry -> results.front().contains(entry.name()))));
        for (String figure : figures()) {
            columns.add(new Column.Numbers(heading(figure), each(entry -> value(entry, figure))));
        }
        List<Map<String, String>> designs =
                results.entries().stream().map(ResultsTable::design).toList();
        Set<String> keys = new LinkedHashSet<>();
        designs.forEach(design -> keys.addAll(design.keySet()));
        for (String key : keys) {
            List<@Nullable String> values = new ArrayList<>();
            designs.forEach(design -> values.add(design.get(key)));
            columns.add(new Column.Texts("design." + key, values));
        }
        return List.copyOf(columns);
    }

    /** Names of all figures that any candidate has, in the order of the report. */
    List<String> figures() {
        Set<String> names = new LinkedHashSet<>();
        results.entries().forEach(entry -> names.addAll(Figures.names(entry.evaluation())));
        return List.copyOf(names);
    }

    static boolean feasible(StudyResults.Entry entry) {
        return !(entry.evaluation() instanceof Evaluation.Infeasible);
    }

    private static String heading(String figure) {
        String symbol = Figures.unit(figure).orElse(Unit.ONE).symbol();
        return symbol.equals("1") ? figure : figure + " [" + symbol + "]";
    }

    private static @Nullable Double value(StudyResults.Entry entry, String figure) {
        double value = Figures.value(entry.evaluation(), figure);
        return Double.isNaN(value) ? null : value;
    }

    /** 1 for the best; none for a candidate that cannot work. */
    private List<@Nullable Long> ranks() {
        List<@Nullable Long> ranks = new ArrayList<>();
        long rank = 0;
        for (StudyResults.Entry entry : results.entries()) {
            ranks.add(feasible(entry) ? Long.valueOf(++rank) : null);
        }
        return ranks;
    }

    private Column texts(String name, Function<StudyResults.Entry, @Nullable String> value) {
        return new Column.Texts(name, each(value));
    }

    private <T extends @Nullable Object> List<T> each(Function<StudyResults.Entry, T> value) {
        List<T> values = new ArrayList<>();
        results.entries().forEach(entry -> values.add(value.apply(entry)));
        return values;
    }

    private static Map<String, String> design(StudyResults.Entry entry) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", new DesignSummary(entry).map(), flat);
        return flat;
    }

    private static void flatten(String path, Object value, Map<String, String> flat) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> flatten(path.isEmpty() ? "" + key : path + "." + key, inner, flat));
        } else {
            flat.put(path, String.valueOf(value));
        }
    }
}
