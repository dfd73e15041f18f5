package dev.toile.evidence.plot;

import java.util.Locale;

/** An SVG file under the pen: 420 pixels wide, with styles for light and dark. */
final class Drawing {

    /** A phone's width; a window has room for two. */
    static final int WIDTH = 420;

    private static final String STYLE = """
        .ground{fill:#ffffff}.rule{stroke:#d9dee3;stroke-width:1;fill:none}.axis{stroke:#8a949e;stroke-width:1;fill:none}
        .exact{stroke:#1f2933;stroke-width:1;fill:none}.band{stroke:#1f2933;stroke-width:1;stroke-dasharray:4 3;fill:none}
        .box{fill:#9fb8cc}.mid{stroke:#12344d;stroke-width:2;fill:none}.reach{stroke:#c2410c;stroke-width:1.5;fill:none}
        .c0,.c1,.c2{fill:none;stroke-width:2.2;stroke-linecap:round;stroke-opacity:.55}
        .c0{stroke:#0369a1}.c1{stroke:#c2410c}.c2{stroke:#3f7d10}
        .k0{fill:#0369a1}.k1{fill:#c2410c}.k2{fill:#3f7d10}
        text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#1f2933}.faint{fill:#5b6770}.head{font-weight:600}
        @media (prefers-color-scheme:dark){
        .ground{fill:#0d1117}.rule{stroke:#2b323a}.axis{stroke:#6b7680}.exact,.band{stroke:#e6edf3}
        .box{fill:#3b5568}.mid{stroke:#d5e6f3}.reach{stroke:#fb923c}
        .c0{stroke:#58b8f0}.c1{stroke:#fb923c}.c2{stroke:#9bd35a}.k0{fill:#58b8f0}.k1{fill:#fb923c}.k2{fill:#9bd35a}
        text{fill:#e6edf3}.faint{fill:#9aa5b1}}
        """;

    private final StringBuilder out = new StringBuilder();

    /**
     * A drawing.
     *
     * @param height in pixels
     * @param title what it shows, for those who do not see it
     */
    Drawing(int height, String title) {
        out.append(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
                                .formatted(WIDTH, height, WIDTH, height))
                .append("<title>" + escaped(title) + "</title>\n<style>\n" + STYLE + "</style>\n")
                .append("<rect class=\"ground\" width=\"%d\" height=\"%d\"/>\n".formatted(WIDTH, height));
    }

    Drawing line(String style, double x1, double y1, double x2, double y2) {
        return path(style, "M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2));
    }

    Drawing path(String style, String data) {
        out.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(style, data));
        return this;
    }

    Drawing box(String style, double x, double y, double width, double height) {
        out.append("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
                .formatted(style, number(x), number(y), number(Math.max(0.5, width)), number(height)));
        return this;
    }

    /** Text; {@code anchor} is start, middle or end. */
    Drawing text(String style, double x, double y, String anchor, String text) {
        out.append("<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(style, number(x), number(y), anchor, escaped(text)));
        return this;
    }

    /** Text that is turned to be read from below. */
    Drawing turned(double x, double y, String text) {
        out.append("<text class=\"faint\" text-anchor=\"middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>\n"
                .formatted(number(x), number(y), escaped(text)));
        return this;
    }

    String done() {
        return out.append("</svg>\n").toString();
    }

    /** Pixels to a tenth, without a needless nought. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
