package dev.toile.report;

import dev.toile.report.sheet.Cell;
import dev.toile.report.sheet.Sheet;
import dev.toile.report.sheet.Sheet.Row;
import dev.toile.report.sheet.Style;
import dev.toile.report.sheet.Workbook;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** The file. */
    public byte[] bytes(Explanations explanations) {
        InputCells inputs = new InputCells();
        // By rank, which needs no look-up: an entry's hash code would go through its whole evaluation.
        List<CostSheet> costs = new ArrayList<>();
        for (int i = 0; i < results.entries().size() && costs.size() < MOST_COST_SHEETS; i++) {
            StudyResults.Entry entry = results.entries().get(i);
            if (ResultsTable.feasible(entry)) {
                costs.add(new CostSheet(costs.size() + 1, entry.name(), explanations.at(i), inputs));
            }
        }
        List<Sheet> sheets = new ArrayList<>();
        sheets.add(inputs.sheet(study));
        sheets.add(resultsSheet(costs));
        costs.forEach(cost -> sheets.add(cost.sheet()));
        sheets.add(sources(inputs));
        return new Workbook(sheets).bytes();
    }

    private Sheet resultsSheet(List<CostSheet> costs) {
        List<String> figures = new ResultsTable(results).figures();
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(new Cell.Text(results.study(), Style.TITLE)));
        rows.add(Row.of(Cell.text(results.model() + ": " + String.join("; ", results.workload()))));
        rows.add(Row.of(Cell.text("Figures follow the sheet Inputs for the best " + MOST_COST_SHEETS
                + " candidates; those of others are fixed.")));
        List<Cell> head = new ArrayList<>();
        for (String text : List.of("Rank", "Candidate", "Can work", "Why not")) {
            head.add(new Cell.Text(text, Style.HEAD));
        }
        figures.forEach(figure -> head.add(new Cell.Text(heading(figure), Style.HEAD)));
        rows.add(new Row(0, head));
        int rank = 0;
        for (StudyResults.Entry entry : results.entries()) {
            List<Cell> cells = new ArrayList<>();
            boolean infeasible = entry.evaluation() instanceof Evaluation.Infeasible;
            cells.add(infeasible ? Cell.BLANK : new Cell.Value(++rank, Style.PLAIN));
            cells.add(new Cell.Text(entry.name(), Style.RESULT));
            cells.add(Cell.text(infeasible ? "no" : "yes"));
            cells.add(
                    Cell.text(entry.evaluation() instanceof Evaluation.Infeasible(var _, String reason) ? reason : ""));
            CostSheet cost = !infeasible && rank <= costs.size() ? costs.get(rank - 1) : null;
            figures.forEach(figure -> cells.add(figure(entry, figure, cost)));
            rows.add(new Row(0, cells));
        }
        return new Sheet(
                "Results",
                List.of(6, 52, 10, 20),
                rows.size() - results.entries().size(),
                rows);
    }

    private static String heading(String figure) {
        String symbol = Figures.unit(figure).orElse(Unit.ONE).publishedSymbol();
        return symbol.equals("1") ? figure : figure + " [" + symbol + "]";
    }

    private static Cell figure(StudyResults.Entry entry, String figure, @Nullable CostSheet cost) {
        Unit unit = Figures.unit(figure).orElse(Unit.ONE);
        double value = Figures.value(entry.evaluation(), figure);
        if (Double.isNaN(value)) {
            return Cell.BLANK;
        }
        if (Double.isInfinite(value)) {
            return Cell.text(unit.format(value));
        }
        String address = cost == null ? null : cost.address(figure);
        if (address == null) {
            return new Cell.Value(unit.published(value), Style.FIXED);
        }
        String formula = unit.scale() == 1 ? address : address + "*" + unit.scale();
        return new Cell.Formula(formula, unit.published(value), Style.PLAIN);
    }

    private static Sheet sources(InputCells inputs) {
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
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(new Cell.Text("Sources", Style.TITLE)));
        rows.add(Row.of(
                new Cell.Text("Source", Style.HEAD),
                new Cell.Text("Date", Style.HEAD),
                new Cell.Text("Where to read it", Style.HEAD),
                new Cell.Text("Inputs from it", Style.HEAD)));
        sources.forEach((key, source) -> rows.add(Row.of(
                Cell.text(source.title()),
                Cell.text(source.date()),
                Cell.text(source.url()),
                new Cell.Value(counts.getOrDefault(key, 0), Style.PLAIN))));
        return new Sheet("Sources", List.of(90, 12, 70, 14), 2, rows);
    }
}
