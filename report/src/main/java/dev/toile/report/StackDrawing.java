package dev.toile.report;

/**
 * A compute die and the base die under it, side by side, each as its own floorplan.
 *
 * @param compute the upper die
 * @param base the lower die
 */
public record StackDrawing(FloorplanDrawing compute, FloorplanDrawing base) {

    /** The drawing as a file of its own. */
    public String file() {
        double height = Math.max(compute.height(), base.height());
        double width = compute.width() + base.width();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"fp\" viewBox=\"0 0 %s %s\">\n"
                        .formatted(Svg.number(width), Svg.number(height))
                + "<rect width=\"100%\" height=\"100%\" fill=\"var(--fp-paper)\"/>\n"
                + at(compute, 0)
                + at(base, compute.width())
                + "</svg>\n";
    }

    private static String at(FloorplanDrawing drawing, double x) {
        return "<svg x=\"%s\" y=\"0\" width=\"%s\" height=\"%s\">\n"
                        .formatted(Svg.number(x), Svg.number(drawing.width()), Svg.number(drawing.height()))
                + drawing.svg()
                + "</svg>\n";
    }
}
