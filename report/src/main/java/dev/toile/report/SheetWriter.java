package dev.toile.report;

import java.io.IOException;
import java.util.List;
import org.dhatim.fastexcel.StyleSetter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes one sheet of a workbook cell after cell, from the left, row after row, from the top. */
final class SheetWriter implements AutoCloseable {

    /** The most characters that a spreadsheet takes in one cell. */
    private static final int MOST_CHARACTERS = 32_767;

    /** Levels of outline that spreadsheets know. */
    private static final int MOST_LEVELS = 7;

    private final Worksheet sheet;
    private int row;
    private int column;

    /**
     * A sheet to the right of those there are; they have to be closed.
     *
     * @param widths of the first columns, in characters
     */
    SheetWriter(Workbook workbook, String name, List<Integer> widths) {
        sheet = workbook.newWorksheet(name);
        sheet.rowSumsBelow(false);
        for (int i = 0; i < widths.size(); i++) {
            sheet.width(i, widths.get(i));
        }
    }

    /** Words as they are. */
    SheetWriter text(String text) {
        return text(text, Look.PLAIN, 0);
    }

    SheetWriter text(String text, Look look) {
        return text(text, look, 0);
    }

    SheetWriter text(String text, Look look, int indent) {
        if (!text.isEmpty()) {
            sheet.inlineString(
                    row, column, text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text);
        }
        return look(look, indent);
    }

    /**
     * A number.
     *
     * @throws IllegalArgumentException when a spreadsheet cannot hold it
     */
    SheetWriter number(double value, Look look) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a spreadsheet cannot hold " + value);
        }
        sheet.value(row, column, value);
        return look(look, 0);
    }

    /** A number that follows from other cells by a formula in the spreadsheet's language, without the equals sign. */
    SheetWriter formula(String formula, Look look) {
        sheet.formula(row, column, formula);
        return look(look, 0);
    }

    SheetWriter blank() {
        column++;
        return this;
    }

    /** A row with nothing but a heading. */
    void title(String text) {
        text(text, Look.TITLE).end();
    }

    /** A row of heads of columns. */
    void heads(List<String> heads) {
        heads.forEach(head -> text(head, Look.HEAD));
        end();
    }

    /** Keeps the rows so far in sight. */
    void freeze() {
        sheet.freezePane(0, row);
    }

    /** Ends the row. */
    void end() {
        row++;
        column = 0;
    }

    /** Ends the row, which can be folded away below those of lower levels. */
    void end(int level) {
        for (int i = 0; i < Math.min(level, MOST_LEVELS); i++) {
            sheet.groupRows(row, row);
        }
        end();
    }

    private SheetWriter look(Look look, int indent) {
        if (look != Look.PLAIN || indent > 0) {
            StyleSetter style = sheet.style(row, column);
            look.apply(style);
            if (indent > 0) {
                style.horizontalAlignment("left").indent(indent);
            }
            style.set();
        }
        column++;
        return this;
    }

    @Override
    public void close() throws IOException {
        sheet.finish();
    }
}
