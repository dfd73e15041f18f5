package dev.toile.report;

import dev.toile.stack.figure.Unit;
import java.util.function.Function;

/** What all plots share: a drawing for each size of window with one caption, and how numbers are written in it. */
final class PlotFigure {

    private PlotFigure() {}

    /** The figure as HTML; the drawing is made once for each frame. */
    static String of(String caption, Function<Frame, String> drawing) {
        StringBuilder out = new StringBuilder("<figure class=\"plot\">\n<div class=\"canvas\">\n");
        Frame.BOTH.forEach(frame -> out.append(drawing.apply(frame)));
        out.append("</div>\n");
        if (!caption.isEmpty()) {
            out.append("<figcaption>").append(Markup.text(caption)).append("</figcaption>\n");
        }
        return out.append("</figure>\n").toString();
    }

    /** A number for an axis, such as 300 or 2 k. */
    static String count(double value) {
        return Unit.ONE.format(value);
    }

    /** A number for an axis in SI steps, such as 50 T. */
    static String si(double value) {
        return Unit.prefixed("").format(value).strip();
    }

    static String seconds(double value) {
        return Quantity.of(value, "s", null, "").text();
    }

    static String tokens(double value) {
        return Quantity.of(value, "token/s", null, "").text();
    }
}
