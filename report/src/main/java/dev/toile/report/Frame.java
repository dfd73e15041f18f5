package dev.toile.report;

import java.util.List;

/**
 * The sheet a plot is drawn on, in CSS pixels: one for a window, one for a phone. The page shows the one that fits, so
 * that letters keep their size.
 *
 * @param name the CSS class that shows and hides it
 * @param width in all
 * @param height in all
 * @param left margin, for the numbers of the axis
 * @param right margin, for labels
 * @param top margin
 * @param bottom margin, for the numbers of the axis and its title
 */
record Frame(String name, double width, double height, double left, double right, double top, double bottom) {

    static final double FONT = 13;
    /** The usual width of a letter over the size of the type, a little generous: the reader's font is not known. */
    private static final double LETTER = 0.56;

    static final List<Frame> BOTH =
            List.of(new Frame("wide", 680, 440, 58, 18, 30, 50), new Frame("narrow", 360, 400, 46, 12, 30, 48));

    boolean narrow() {
        return width < 500;
    }

    double innerRight() {
        return width - right;
    }

    double innerBottom() {
        return height - bottom;
    }

    Frame withRight(double margin) {
        return new Frame(name, width, height, left, margin, top, bottom);
    }

    Frame withHeight(double other) {
        return new Frame(name, width, other, left, right, top, bottom);
    }

    static double textWidth(String text) {
        return text.length() * FONT * LETTER;
    }

    /** The text, cut so that it fits. */
    static String fitting(String text, double width) {
        int most = (int) (width / (FONT * LETTER));
        return text.length() <= most
                ? text
                : most < 2 ? "" : text.substring(0, most - 1).strip() + "…";
    }
}
