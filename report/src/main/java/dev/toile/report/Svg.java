package dev.toile.report;

import java.util.function.DoubleFunction;

/** A drawing under the pen. Colours come from style sheets, so that light, dark and paper each have their own. */
final class Svg {

    private final Frame frame;
    private final StringBuilder out = new StringBuilder();

    Svg(Frame frame, String says) {
        this.frame = frame;
        out.append("<svg class=\"%s\" viewBox=\"0 0 %s %s\" role=\"group\" aria-label=\"%s\">\n"
                .formatted(frame.name(), number(frame.width()), number(frame.height()), Markup.text(says)));
    }

    Frame frame() {
        return frame;
    }

    String done() {
        return out.append("</svg>\n").toString();
    }

    Svg raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Pixels to a tenth. Not by a formatter: a page has tens of thousands of them. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        long whole = Math.abs(tenths) / 10;
        long rest = Math.abs(tenths) % 10;
        return (tenths < 0 ? "-" : "") + whole + (rest == 0 ? "" : "." + rest);
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        return path(style, "M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2));
    }

    Svg path(String style, String data) {
        out.append("<path class=\"")
                .append(style)
                .append("\" d=\"")
                .append(data)
                .append("\"/>\n");
        return this;
    }

    /** Text; {@code anchor} is start, middle or end. Hidden from screen readers, which hear the points and the table. */
    Svg text(String style, double x, double y, String anchor, String text) {
        out.append("<text aria-hidden=\"true\" class=\"").append(style);
        out.append("\" x=\"").append(number(x)).append("\" y=\"").append(number(y));
        if (!anchor.equals("start")) {
            out.append("\" text-anchor=\"").append(anchor);
        }
        out.append("\">").append(Markup.text(text)).append("</text>\n");
        return this;
    }

    /** Text over others: with an outline of the paper, which cuts lines below it. */
    Svg label(String style, double x, double y, String anchor, String text) {
        return text("label " + style, x, y, anchor, text);
    }

    /**
     * Starts something that can be pointed at. The scripts make it a button if it has an explanation.
     *
     * @param why path of its explanation; empty when there is none
     */
    Svg point(String style, String says, String why) {
        out.append("<g role=\"img\" class=\"point ").append(style);
        out.append("\" aria-label=\"").append(Markup.text(says));
        if (!why.isEmpty()) {
            out.append("\" data-why=\"").append(Markup.text(why));
        }
        out.append("\">");
        return this;
    }

    Svg end() {
        out.append("</g>\n");
        return this;
    }

    Svg rectangle(String style, double x, double y, double width, double height) {
        out.append("<rect class=\"").append(style);
        out.append("\" x=\"").append(number(x)).append("\" y=\"").append(number(y));
        out.append("\" width=\"").append(number(Math.max(0, width)));
        out.append("\" height=\"").append(number(Math.max(0, height))).append("\"/>");
        return this;
    }

    /** A mark, with an invisible larger one around it for fingers. Shapes tell series apart where colours do not. */
    Svg mark(int shape, double x, double y, double size) {
        String at = number(x) + " " + number(y);
        out.append(hit(x, y, Math.max(9, size + 3)));
        out.append("<path class=\"mark\" d=\"M")
                .append(at)
                .append(outline(shape, size))
                .append("\"/>");
        return this;
    }

    private static String hit(double x, double y, double size) {
        return "<circle class=\"hit\" cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"" + number(size) + "\"/>";
    }

    private static String outline(int shape, double r) {
        String s = number(r);
        String d = number(2 * r);
        String k = number(1.25 * r);
        return switch (shape % 4) {
            case 1 -> "m-" + s + " -" + s + "h" + d + "v" + d + "h-" + d + "z";
            case 2 -> "m0 -" + k + "l" + k + " " + number(2.2 * r) + "h-" + number(2.5 * r) + "z";
            case 3 ->
                "m0 -" + number(1.4 * r) + "l" + number(1.4 * r) + " " + number(1.4 * r) + "l-" + number(1.4 * r) + " "
                        + number(1.4 * r) + "l-" + number(1.4 * r) + " -" + number(1.4 * r) + "z";
            default -> "m-" + s + " 0a" + s + " " + s + " 0 1 0 " + d + " 0a" + s + " " + s + " 0 1 0 -" + d + " 0z";
        };
    }

    /** Both axes with their rules, numbers and titles. */
    Svg axes(Axis x, Axis y, String across, String up, DoubleFunction<String> xText, DoubleFunction<String> yText) {
        double bottom = frame.innerBottom();
        for (double tick : x.ticks(frame.narrow() ? 5 : 9)) {
            line("grid", x.at(tick), frame.top(), x.at(tick), bottom);
            text("tick", x.at(tick), bottom + 18, "middle", xText.apply(tick));
        }
        for (double tick : y.ticks(frame.narrow() ? 7 : 8)) {
            line("grid", frame.left(), y.at(tick), frame.innerRight(), y.at(tick));
            text("tick", frame.left() - 7, y.at(tick) + 4.5, "end", yText.apply(tick));
        }
        line("axis", frame.left(), bottom, frame.innerRight(), bottom);
        text("title", frame.innerRight(), bottom + 40, "end", across);
        return text("title", 2, 14, "start", up);
    }
}
