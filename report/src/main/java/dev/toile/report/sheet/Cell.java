package dev.toile.report.sheet;

/** What stands in one cell. */
public sealed interface Cell {

    /** A cell with nothing in it. */
    Cell BLANK = new Text("", Style.PLAIN);

    /** How it looks. */
    Style style();

    /**
     * Words.
     *
     * @param text to be shown; characters that XML cannot hold are replaced
     * @param style of the cell
     */
    record Text(String text, Style style) implements Cell {}

    /**
     * A number that somebody may type over.
     *
     * @param value finite
     * @param style of the cell
     */
    record Value(double value, Style style) implements Cell {
        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException when a spreadsheet cannot hold it
         */
        public Value {
            refuseUnlessFinite(value);
        }
    }

    /**
     * A number that follows from other cells.
     *
     * @param formula in the spreadsheet's language, without the equals sign
     * @param value what it comes to, for programs that do not compute
     * @param style of the cell
     */
    record Formula(String formula, double value, Style style) implements Cell {
        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException when a spreadsheet cannot hold it
         */
        public Formula {
            refuseUnlessFinite(value);
        }
    }

    /** Words as they are. */
    static Cell text(String text) {
        return new Text(text, Style.PLAIN);
    }

    private static void refuseUnlessFinite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a spreadsheet cannot hold " + value);
        }
    }
}
