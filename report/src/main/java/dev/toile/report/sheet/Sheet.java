package dev.toile.report.sheet;

import java.util.List;

/**
 * One sheet of a workbook.
 *
 * @param name unique in the workbook, at most 31 characters, letters, digits and spaces
 * @param widths of the first columns, in characters
 * @param frozen rows at the top that stay in sight
 * @param rows from the top
 */
public record Sheet(String name, List<Integer> widths, int frozen, List<Row> rows) {

    /** The most characters that a spreadsheet takes in one cell. */
    private static final int MOST_CHARACTERS = 32_767;

    /** Levels of outline that spreadsheets know. */
    private static final int MOST_LEVELS = 7;

    /**
     * One row.
     *
     * @param level of the outline, 0 for a row that is never folded away
     * @param cells from the left
     */
    public record Row(int level, List<Cell> cells) {
        /** Copies the cells. */
        public Row {
            level = Math.min(level, MOST_LEVELS);
            cells = List.copyOf(cells);
        }

        /** A row that is never folded away. */
        public static Row of(Cell... cells) {
            return new Row(0, List.of(cells));
        }
    }

    /** Copies the lists. */
    public Sheet {
        widths = List.copyOf(widths);
        rows = List.copyOf(rows);
    }

    /** The name of a column, such as {@code A} for 0 and {@code AA} for 26. */
    public static String column(int index) {
        String last = String.valueOf((char) ('A' + index % 26));
        return index < 26 ? last : column(index / 26 - 1) + last;
    }

    String xml() {
        StringBuilder xml = new StringBuilder(400 * rows.size() + 1000);
        xml.append("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">")
                .append("<sheetPr><outlinePr summaryBelow=\"0\"/></sheetPr>")
                .append("<sheetViews><sheetView workbookViewId=\"0\">");
        if (frozen > 0) {
            xml.append("<pane ySplit=\"")
                    .append(frozen)
                    .append("\" topLeftCell=\"A")
                    .append(frozen + 1);
            xml.append("\" activePane=\"bottomLeft\" state=\"frozen\"/>");
        }
        xml.append("</sheetView></sheetViews>");
        int deepest = rows.stream().mapToInt(Row::level).max().orElse(0);
        xml.append("<sheetFormatPr defaultRowHeight=\"15\" outlineLevelRow=\"")
                .append(deepest)
                .append("\"/>");
        columns(xml);
        xml.append("<sheetData>");
        for (int i = 0; i < rows.size(); i++) {
            row(xml, i + 1, rows.get(i));
        }
        return xml.append("</sheetData></worksheet>").toString();
    }

    private void columns(StringBuilder xml) {
        if (widths.isEmpty()) {
            return;
        }
        xml.append("<cols>");
        for (int i = 0; i < widths.size(); i++) {
            xml.append("<col min=\"").append(i + 1).append("\" max=\"").append(i + 1);
            xml.append("\" width=\"").append(widths.get(i)).append("\" customWidth=\"1\"/>");
        }
        xml.append("</cols>");
    }

    private static void row(StringBuilder xml, int number, Row row) {
        xml.append("<row r=\"").append(number).append('"');
        if (row.level() > 0) {
            xml.append(" outlineLevel=\"").append(row.level()).append('"');
        }
        xml.append('>');
        for (int i = 0; i < row.cells().size(); i++) {
            cell(xml, column(i) + number, row.cells().get(i));
        }
        xml.append("</row>");
    }

    private static void cell(StringBuilder xml, String address, Cell cell) {
        if (cell instanceof Cell.Text(String text, Style style) && text.isEmpty() && style == Style.PLAIN) {
            return;
        }
        xml.append("<c r=\"")
                .append(address)
                .append("\" s=\"")
                .append(cell.style().ordinal());
        switch (cell) {
            case Cell.Text(String text, var _) -> {
                xml.append("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
                escape(xml, text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text);
                xml.append("</t></is></c>");
            }
            case Cell.Value(double value, var _) ->
                xml.append("\"><v>").append(value).append("</v></c>");
            case Cell.Formula(String formula, double value, var _) -> {
                xml.append("\"><f>");
                escape(xml, formula);
                xml.append("</f><v>").append(value).append("</v></c>");
            }
        }
    }

    /** XML 1.0 has no way to write most control characters, nor half a character. */
    static void escape(StringBuilder xml, String text) {
        text.codePoints().forEach(c -> {
            boolean allowed =
                    (c >= 0x20 && c < 0xD800) || c == '\t' || c == '\n' || (c >= 0xE000 && c != 0xFFFE && c != 0xFFFF);
            switch (allowed ? c : 0xFFFD) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '"' -> xml.append("&quot;");
                default -> xml.appendCodePoint(allowed ? c : 0xFFFD);
            }
        });
    }
}
