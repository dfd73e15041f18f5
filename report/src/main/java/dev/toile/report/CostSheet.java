package dev.toile.report;

import dev.toile.report.sheet.Cell;
import dev.toile.report.sheet.Sheet;
import dev.toile.report.sheet.Sheet.Row;
import dev.toile.report.sheet.Style;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one candidate as live cells, money first: each row's formula reads the rows of its inputs, down to the
 * sheet of inputs. What Toile chose or counted stands as a fixed number and is labelled so.
 */
final class CostSheet {

    private static final String VALUE_COLUMN = "B";

    private final String sheetName;
    private final String candidate;
    private final InputCells inputs;
    private final Explanation explanation;

    /** Rows by the ids of their figures, in their order, and how deep each stands below its root. */
    private final Map<Integer, Integer> depths = new LinkedHashMap<>();

    private final Map<Integer, Integer> rows = new LinkedHashMap<>();

    /**
     * Lays out the rows, and adds what they rest on to the inputs.
     *
     * @param number of the sheet among those of its kind, from 1
     */
    CostSheet(int number, String candidate, Explanation explanation, InputCells inputs) {
        this.sheetName = "Cost " + number;
        this.candidate = candidate;
        this.explanation = explanation;
        this.inputs = inputs;
        explanation.roots().entrySet().stream()
                .sorted(Comparator.comparing(root -> !isMoney(root.getKey())))
                .forEach(root -> place(root.getValue(), 0));
        depths.keySet().forEach(id -> rows.put(id, head().size() + rows.size() + 1));
        depths.keySet().stream()
                .map(id -> explanation.nodes().get(id).figure())
                .filter(InputCells::isInput)
                .forEach(figure -> inputs.add(figure, candidate));
    }

    private static boolean isMoney(String name) {
        return Figures.unit(name).map(unit -> unit.symbol().startsWith("USD")).orElse(false);
    }

    /** A figure stands where it is first read, above what it reads itself. */
    private void place(int id, int depth) {
        if (depths.putIfAbsent(id, depth) == null) {
            explanation.nodes().get(id).inputs().forEach(input -> place(input, depth + 1));
        }
    }

    /** The cell of a figure of the results, in SI units; null when it is none of a number. */
    @Nullable
    String address(String figure) {
        Integer id = explanation.roots().get(figure);
        boolean finite = id != null
                && Double.isFinite(explanation.nodes().get(id).figure().value());
        return finite ? "'" + sheetName + "'!" + VALUE_COLUMN + rows.get(id) : null;
    }

    Sheet sheet() {
        List<Row> sheet = new ArrayList<>(head());
        depths.forEach((id, depth) -> sheet.add(row(explanation.nodes().get(id), depth)));
        return new Sheet(sheetName, List.of(52, 18, 12, 12, 60, 60, 40), head().size(), sheet);
    }

    private List<Row> head() {
        return List.of(
                Row.of(new Cell.Text(candidate, Style.TITLE)),
                Row.of(Cell.text("Every number in SI units, below the figure that reads it first. Change inputs on the"
                        + " sheet " + InputCells.SHEET + ".")),
                Row.of(
                        new Cell.Text("Figure", Style.HEAD),
                        new Cell.Text("Value", Style.HEAD),
                        new Cell.Text("SI unit", Style.HEAD),
                        new Cell.Text("Kind", Style.HEAD),
                        new Cell.Text("How", Style.HEAD),
                        new Cell.Text("What it is", Style.HEAD),
                        new Cell.Text("Note", Style.HEAD)));
    }

    private Row row(Explanation.Node node, int depth) {
        Figure figure = node.figure();
        Style style = depth == 0 ? Style.RESULT : Style.PLAIN;
        Cell value;
        String kind;
        if (!Double.isFinite(figure.value())) {
            value = new Cell.Text(figure.unit().format(figure.value()), Style.FIXED);
            kind = "fixed";
        } else if (InputCells.isInput(figure)) {
            value = new Cell.Formula(inputs.address(figure), figure.value(), style);
            kind = "input";
        } else if (isLive(figure)) {
            value = new Cell.Formula(formula(node), figure.value(), style);
            kind = "formula";
        } else {
            value = new Cell.Value(figure.value(), Style.FIXED);
            kind = "fixed";
        }
        String how = figure.formula() == null
                ? InputCells.where(figure)
                : figure.formula().text();
        return new Row(
                depth,
                List.of(
                        new Cell.Text("   ".repeat(depth) + figure.name(), style),
                        value,
                        Cell.text(figure.unit().symbol()),
                        Cell.text(kind),
                        Cell.text(how),
                        Cell.text(figure.label()),
                        Cell.text(figure.note())));
    }

    /** Whether a spreadsheet can compute it: it knows no infinite numbers. */
    private static boolean isLive(Figure figure) {
        return figure.formula() != null && figure.inputs().stream().allMatch(input -> Double.isFinite(input.value()));
    }

    private String formula(Explanation.Node node) {
        Figure figure = node.figure();
        List<String> addresses = IntStream.range(0, figure.inputs().size())
                .mapToObj(i -> VALUE_COLUMN + rows.get(node.inputs().get(i)))
                .toList();
        if (figure.formula() == null) {
            throw new IllegalArgumentException(figure.name() + " has no formula");
        }
        return new SpreadsheetFormula(figure.formula(), figure.inputs(), addresses).text();
    }
}
