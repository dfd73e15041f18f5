package dev.toile.report;

import dev.toile.report.sheet.Cell;
import dev.toile.report.sheet.Sheet;
import dev.toile.report.sheet.Sheet.Row;
import dev.toile.report.sheet.Style;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sheet of everything that the results rest on: the numbers that may be changed, each once for all candidates that
 * read it, and below them the study as it was written.
 */
final class InputCells {

    static final String SHEET = "Inputs";

    private static final String SI_COLUMN = "E";
    private static final List<String> HEADS =
            List.of("Input", "What it is", "Value", "Unit", "In SI", "SI unit", "Where from", "Note", "Read by");

    private static final double DAY = 86_400;

    private static final List<Row> TITLE = List.of(
            Row.of(new Cell.Text("Inputs", Style.TITLE)),
            Row.of(Cell.text("Change a value in column C: the sheets Results and Cost follow. Plans stay as they were"
                    + " chosen (batch, parallelism, tiles); to have them chosen again, change the study and run it.")),
            Row.of(HEADS.stream().map(head -> new Cell.Text(head, Style.HEAD)).toArray(Cell[]::new)));

    private final Map<Figure, Set<String>> readers = new LinkedHashMap<>();
    private final Map<Figure, Integer> rows = new LinkedHashMap<>();

    /** Whether a figure is an input: stated by somebody, neither defined nor chosen by Toile. */
    static boolean isInput(Figure figure) {
        Source source = figure.source();
        return figure.formula() == null
                && source != null
                && !source.equals(Source.definition(source.title()))
                && Double.isFinite(figure.value());
    }

    /** Adds an input of a candidate. All have to be known before the first address is asked for. */
    void add(Figure figure, String candidate) {
        readers.computeIfAbsent(figure, _ -> new LinkedHashSet<>()).add(candidate);
        rows.computeIfAbsent(figure, _ -> TITLE.size() + rows.size() + 1);
    }

    /** The cell that holds an input in SI units. */
    String address(Figure figure) {
        Integer row = rows.get(figure);
        if (row == null) {
            throw new IllegalArgumentException(figure.name() + " is not among the inputs");
        }
        return SHEET + "!" + SI_COLUMN + row;
    }

    Collection<Figure> figures() {
        return rows.keySet();
    }

    Sheet sheet(List<StudyValue> study) {
        List<Row> sheet = new ArrayList<>(TITLE);
        rows.forEach((figure, row) -> sheet.add(input(figure, row)));
        sheet.add(Row.of());
        sheet.add(Row.of(new Cell.Text("The study as written", Style.TITLE)));
        sheet.add(Row.of(
                new Cell.Text("Key", Style.HEAD),
                new Cell.Text("Value", Style.HEAD),
                new Cell.Text("Where", Style.HEAD)));
        for (StudyValue value : study) {
            sheet.add(Row.of(Cell.text(value.path()), Cell.text(value.text()), Cell.text(value.where())));
        }
        return new Sheet(SHEET, List.of(34, 44, 16, 12, 16, 12, 60, 40, 40), TITLE.size(), sheet);
    }

    private Row input(Figure figure, int row) {
        Unit unit = figure.unit();
        boolean share = unit.style() == Unit.Style.PERCENT;
        boolean days = unit.equals(Unit.SECOND) && figure.value() >= 2 * DAY;
        double scale = days ? 1 / DAY : unit.scale();
        String here = "C" + row;
        String inSi = days ? here + "*" + (long) DAY : scale == 1 ? here : here + "/" + scale;
        return Row.of(
                Cell.text(figure.name()),
                Cell.text(figure.label()),
                new Cell.Value(rounded(figure.value() * scale), share ? Style.INPUT_SHARE : Style.INPUT),
                Cell.text(share ? "" : days ? "days" : unit.publishedSymbol()),
                new Cell.Formula(inSi, figure.value(), Style.PLAIN),
                Cell.text(unit.symbol()),
                Cell.text(where(figure)),
                Cell.text(figure.note()),
                Cell.text(String.join(", ", readers.getOrDefault(figure, Set.of()))));
    }

    static String where(Figure figure) {
        Source source = figure.source();
        if (source == null) {
            return "";
        }
        StringBuilder where = new StringBuilder(source.title());
        for (String part : List.of(source.date(), source.url())) {
            if (!part.isEmpty()) {
                where.append(", ").append(part);
            }
        }
        return where.toString();
    }

    /** Without the last digit's noise of a conversion: 60, not 60.00000000000001. */
    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(15)).doubleValue();
    }
}
