package dev.toile.report.sheet;

/** How a cell looks. The order is that of the formats in the workbook's {@code styles.xml}. */
public enum Style {
    /** As spreadsheets do by default. */
    PLAIN(0, 0, 0),
    /** The heading of a sheet or of a part of it. */
    TITLE(2, 0, 0),
    /** The head of a column. */
    HEAD(1, 3, 0),
    /** A result that people look for. */
    RESULT(1, 0, 0),
    /** A number that is meant to be changed. */
    INPUT(3, 2, 0),
    /** A share that is meant to be changed. */
    INPUT_SHARE(3, 2, 164),
    /** A number that no formula moves. */
    FIXED(4, 0, 0);

    private final int font;
    private final int fill;
    private final int format;

    Style(int font, int fill, int format) {
        this.font = font;
        this.fill = fill;
        this.format = format;
    }

    private String xml() {
        return "<xf numFmtId=\"%d\" fontId=\"%d\" fillId=\"%d\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/>"
                .formatted(format, font, fill);
    }

    /** The workbook's styles: the tables that the constants above point into. */
    static String sheet() {
        StringBuilder formats = new StringBuilder();
        for (Style style : values()) {
            formats.append(style.xml());
        }
        return """
            <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\
            <numFmts count="1"><numFmt numFmtId="164" formatCode="0.###%%"/></numFmts>\
            <fonts count="5">\
            <font><sz val="11"/><name val="Calibri"/></font>\
            <font><b/><sz val="11"/><name val="Calibri"/></font>\
            <font><b/><sz val="14"/><name val="Calibri"/></font>\
            <font><sz val="11"/><color rgb="FF0000FF"/><name val="Calibri"/></font>\
            <font><i/><sz val="11"/><color rgb="FF606060"/><name val="Calibri"/></font>\
            </fonts>\
            <fills count="4">\
            <fill><patternFill patternType="none"/></fill>\
            <fill><patternFill patternType="gray125"/></fill>\
            <fill><patternFill patternType="solid"><fgColor rgb="FFFFF8DC"/></patternFill></fill>\
            <fill><patternFill patternType="solid"><fgColor rgb="FFE6E6E6"/></patternFill></fill>\
            </fills>\
            <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
            <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
            <cellXfs count="%d">%s</cellXfs>\
            <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
            </styleSheet>\
            """.formatted(values().length, formats);
    }
}
