package dev.toile.report;

import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Figure;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one candidate as live cells, money first: each row's formula reads the rows of its inputs, down to the
 * sheet of inputs. What Toile chose or counted stands as a fixed number and is labelled so.
 */
final class CostSheet {

    private static final String VALUE_COLUMN = "B";
    private static final int ROWS_OF_HEAD = 3;
    private static final List<String> HEADS =
            List.of("Figure", "Value", "SI unit", "Kind", "How", "What it is", "Note");

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
        depths.keySet().forEach(id -> rows.put(id, ROWS_OF_HEAD + rows.size() + 1));
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

    void write(Workbook workbook) throws IOException {
        try (SheetWriter sheet = new SheetWriter(workbook, sheetName, List.of(52, 18, 12, 12, 60, 60, 40))) {
            sheet.title(candidate);
            sheet.text("Every number in SI units, below the figure that reads it first. Change inputs on the sheet "
                            + InputCells.SHEET + ".")
                    .end();
            sheet.heads(HEADS);
            sheet.freeze();
            depths.forEach((id, depth) -> row(sheet, explanation.nodes().get(id), depth));
        }
    }

    private void row(SheetWriter sheet, Explanation.Node node, int depth) {
        Figure figure = node.figure();
        Look look = depth == 0 ? Look.RESULT : Look.PLAIN;
        sheet.text(figure.name(), look, depth);
        String kind;
        if (!Double.isFinite(figure.value())) {
            sheet.text(figure.unit().format(figure.value()), Look.FIXED);
            kind = "fixed";
        } else if (InputCells.isInput(figure)) {
            sheet.formula(inputs.address(figure), look);
            kind = "input";
        } else if (isLive(figure)) {
            sheet.formula(formula(node), look);
            kind = "formula";
        } else {
            sheet.number(figure.value(), Look.FIXED);
            kind = "fixed";
        }
        sheet.text(figure.unit().symbol())
                .text(kind)
                .text(
                        figure.formula() == null
                                ? InputCells.where(figure)
                                : figure.formula().text())
                .text(figure.label())
                .text(figure.note())
                .end(depth);
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
