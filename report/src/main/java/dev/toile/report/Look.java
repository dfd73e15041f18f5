package dev.toile.report;

import org.dhatim.fastexcel.StyleSetter;

/** How a cell of a workbook looks. */
enum Look {
    /** As spreadsheets do by default. */
    PLAIN,
    /** The heading of a sheet or of a part of it. */
    TITLE,
    /** The head of a column. */
    HEAD,
    /** A result that people look for. */
    RESULT,
    /** A number that is meant to be changed. */
    INPUT,
    /** A share that is meant to be changed. */
    INPUT_SHARE,
    /** A number that no formula moves. */
    FIXED;

    private static final String BLUE = "0000FF";
    private static final String GREY = "606060";
    private static final String LIGHT_YELLOW = "FFF8DC";
    private static final String LIGHT_GREY = "E6E6E6";

    void apply(StyleSetter style) {
        switch (this) {
            case PLAIN -> {}
            case TITLE -> style.bold().fontSize(14);
            case HEAD -> style.bold().fillColor(LIGHT_GREY);
            case RESULT -> style.bold();
            case INPUT -> style.fontColor(BLUE).fillColor(LIGHT_YELLOW);
            case INPUT_SHARE -> style.fontColor(BLUE).fillColor(LIGHT_YELLOW).format("0.###%");
            case FIXED -> style.italic().fontColor(GREY);
        }
    }
}
