package dev.toile.report;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;

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

    private static final int ROWS_OF_HEAD = 3;

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
        rows.computeIfAbsent(figure, _ -> ROWS_OF_HEAD + rows.size() + 1);
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

    void write(Workbook workbook, List<StudyValue> study) throws IOException {
        List<Integer> widths = List.of(34, 44, 16, 12, 16, 12, 60, 40, 40);
        try (SheetWriter sheet = new SheetWriter(workbook, SHEET, widths)) {
            sheet.title(SHEET);
            sheet.text("Change a value in column C: the sheets Results and Cost follow. Plans stay as they were"
                            + " chosen (batch, parallelism, tiles); to have them chosen again, change the study and"
                            + " run it.")
                    .end();
            sheet.heads(HEADS);
            sheet.freeze();
            rows.forEach((figure, row) -> input(sheet, figure, row));
            sheet.end();
            sheet.title("The study as written");
            sheet.heads(List.of("Key", "Value", "Where"));
            for (StudyValue value : study) {
                sheet.text(value.path()).text(value.text()).text(value.where()).end();
            }
        }
    }

    private void input(SheetWriter sheet, Figure figure, int row) {
        Unit unit = figure.unit();
        boolean share = unit.style() == Unit.Style.PERCENT;
        boolean days = unit.equals(Unit.SECOND) && figure.value() >= 2 * DAY;
        double scale = days ? 1 / DAY : unit.scale();
        String here = "C" + row;
        String inSi = days ? here + "*" + (long) DAY : scale == 1 ? here : here + "/" + scale;
        sheet.text(figure.name())
                .text(figure.label())
                .number(rounded(figure.value() * scale), share ? Look.INPUT_SHARE : Look.INPUT)
                .text(share ? "" : days ? "days" : unit.publishedSymbol())
                .formula(inSi, Look.PLAIN)
                .text(unit.symbol())
                .text(where(figure))
                .text(figure.note())
                .text(String.join(", ", readers.getOrDefault(figure, Set.of())))
                .end();
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
