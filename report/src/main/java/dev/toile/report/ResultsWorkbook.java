package dev.toile.report;

import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/**
 * Results as a workbook for planners: inputs, results, a cost sheet of live formulas for each of the best candidates,
 * and sources. A number changed on the sheet of inputs moves every figure that rests on it.
 *
 * @param results to be written
 * @param study its values as written
 */
public record ResultsWorkbook(StudyResults results, List<StudyValue> study) {

    /** Candidates that get a cost sheet; nobody reads more, and each takes some 400 rows. */
    private static final int MOST_COST_SHEETS = 12;

    /** Copies the list. */
    public ResultsWorkbook {
        study = List.copyOf(study);
    }

    /**
     * Writes the file; the same results give the same bytes.
     *
     * @throws IOException when it cannot be written
     */
    public void write(Path file, Explanations explanations) throws IOException {
        InputCells inputs = new InputCells();
        // By rank, which needs no look-up: an entry's hash code would go through its whole evaluation.
        List<CostSheet> costs = new ArrayList<>();
        for (int i = 0; i < results.entries().size() && costs.size() < MOST_COST_SHEETS; i++) {
            StudyResults.Entry entry = results.entries().get(i);
            if (ResultsTable.feasible(entry)) {
                costs.add(new CostSheet(costs.size() + 1, entry.name(), explanations.at(i), inputs));
            }
        }
        WorkbookFile.write(file, workbook -> {
            inputs.write(workbook, study);
            writeResults(workbook, costs);
            for (CostSheet cost : costs) {
                cost.write(workbook);
            }
            writeSources(workbook, inputs);
        });
    }

    private void writeResults(Workbook workbook, List<CostSheet> costs) throws IOException {
        List<String> figures = new ResultsTable(results).figures();
        try (SheetWriter sheet = new SheetWriter(workbook, "Results", List.of(6, 52, 10, 20))) {
            sheet.title(results.study());
            sheet.text(results.model() + ": " + String.join("; ", results.workload()))
                    .end();
            sheet.text("Figures follow the sheet Inputs for the best " + MOST_COST_SHEETS
                            + " candidates; those of others are fixed.")
                    .end();
            List<String> heads = new ArrayList<>(List.of("Rank", "Candidate", "Can work", "Why not"));
            figures.forEach(figure -> heads.add(heading(figure)));
            sheet.heads(heads);
            sheet.freeze();
            int rank = 0;
            for (StudyResults.Entry entry : results.entries()) {
                CostSheet cost = null;
                if (entry.evaluation() instanceof Evaluation.Infeasible(var _, String reason)) {
                    sheet.blank().text(entry.name(), Look.RESULT).text("no").text(reason);
                } else {
                    cost = rank < costs.size() ? costs.get(rank) : null;
                    rank++;
                    sheet.number(rank, Look.PLAIN)
                            .text(entry.name(), Look.RESULT)
                            .text("yes")
                            .blank();
                }
                for (String figure : figures) {
                    figure(sheet, entry, figure, cost);
                }
                sheet.end();
            }
        }
    }

    private static String heading(String figure) {
        String symbol = Figures.unit(figure).orElse(Unit.ONE).publishedSymbol();
        return symbol.equals("1") ? figure : figure + " [" + symbol + "]";
    }

    private static void figure(SheetWriter sheet, StudyResults.Entry entry, String figure, @Nullable CostSheet cost) {
        Unit unit = Figures.unit(figure).orElse(Unit.ONE);
        double value = Figures.value(entry.evaluation(), figure);
        String address = cost == null ? null : cost.address(figure);
        if (Double.isNaN(value)) {
            sheet.blank();
        } else if (Double.isInfinite(value)) {
            sheet.text(unit.format(value));
        } else if (address == null) {
            sheet.number(unit.published(value), Look.FIXED);
        } else {
            sheet.formula(unit.scale() == 1 ? address : address + "*" + unit.scale(), Look.PLAIN);
        }
    }

    private static void writeSources(Workbook workbook, InputCells inputs) throws IOException {
        Map<String, Source> sources = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (Figure figure : inputs.figures()) {
            Source source = figure.source();
            if (source != null) {
                String key = InputCells.where(figure);
                sources.put(key, source);
                counts.merge(key, 1, Integer::sum);
            }
        }
        try (SheetWriter sheet = new SheetWriter(workbook, "Sources", List.of(90, 12, 70, 14))) {
            sheet.title("Sources");
            sheet.heads(List.of("Source", "Date", "Where to read it", "Inputs from it"));
            sheet.freeze();
            sources.forEach((key, source) -> sheet.text(source.title())
                    .text(source.date())
                    .text(source.url())
                    .number(counts.getOrDefault(key, 0), Look.PLAIN)
                    .end());
        }
    }
}
