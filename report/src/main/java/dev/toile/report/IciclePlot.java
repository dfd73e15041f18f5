package dev.toile.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A total taken apart from left to right: the height of a piece is its share. Pieces that are not taken apart have
 * their names on the right, so that the thin ones have one too.
 */
final class IciclePlot {

    private static final double LINE = 17;
    /** Room for the column of shares, pixels. */
    private static final double SHARE = 62;
    /** A part with more than this share gives its colours to its parts: else nearly all would look alike. */
    private static final double LARGEST_COLOURED = 0.35;

    private final Series series;
    private final Plots.Composed composed;
    private final Map<String, String> colours;
    private final ColumnScale scale;

    /** A piece on the sheet. */
    private record Piece(Plots.Node node, int depth, double top, double bottom, String style, boolean leaf) {
        double middle() {
            return (top + bottom) / 2;
        }
    }

    /**
     * The icicle of one candidate.
     *
     * @param colours by the names of the parts that carry one; names are added, so that it is shared by all candidates
     */
    IciclePlot(Series series, Plots.Composed composed, Map<String, String> colours) {
        this.series = series;
        this.composed = composed;
        this.colours = colours;
        // One unit for the whole, and two digits for a hundredth of it.
        double whole = composed.whole().value();
        ColumnScale alone = ColumnScale.of(List.of(quantity(whole)));
        int decimals = (int) Math.max(0, Math.ceil(2.5 - Math.log10(whole / alone.divisor())));
        this.scale = alone.decimals() < 0 ? alone : new ColumnScale(alone.unit(), alone.divisor(), decimals);
    }

    String html() {
        return PlotFigure.of("", this::drawing) + values();
    }

    private String drawing(Frame sheet) {
        List<Piece> sized = pieces(1);
        long leaves = sized.stream().filter(Piece::leaf).count();
        Frame frame = sheet.withHeight(Math.max(320, leaves * LINE + 40));
        Svg svg = new Svg(frame, composed.title() + ", " + series.name());
        double top = 24;
        double height = frame.height() - top - 8;
        int depth = sized.stream().mapToInt(Piece::depth).max().orElse(0);
        double first = frame.narrow() ? 26 : 56;
        double each = Math.min(frame.narrow() ? 40 : 116, (frame.narrow() ? 108 : 306) / Math.max(1.0, depth));
        double right = first + depth * each;
        svg.text("title", 0, 13, "start", text(composed.whole().value()));
        svg.text("title", frame.width(), 13, "end", "share");
        if (!frame.narrow()) {
            svg.text("title", frame.width() - SHARE, 13, "end", scale.unit());
        }
        List<Piece> pieces = pieces(height);
        for (Piece piece : pieces) {
            double left = piece.depth() == 0 ? 0 : first + (piece.depth() - 1) * each;
            double end = piece.leaf() ? right : piece.depth() == 0 ? first : left + each;
            piece(svg, piece, left, top, end);
        }
        names(svg, pieces.stream().filter(Piece::leaf).toList(), right, top);
        return svg.done();
    }

    private List<Piece> pieces(double height) {
        List<Piece> out = new ArrayList<>();
        cut(composed.whole(), 0, 0, height, "", out);
        return out;
    }

    private void cut(Plots.Node node, int depth, double top, double height, String inherited, List<Piece> out) {
        boolean leaf = node.parts().isEmpty();
        String style = inherited;
        boolean tooLarge = node.value() > LARGEST_COLOURED * composed.whole().value();
        if (style.isEmpty() && depth > 0 && (leaf || !tooLarge)) {
            style = colours.computeIfAbsent(node.name(), _ -> "i" + (colours.size() % 8 + 1));
        }
        out.add(new Piece(node, depth, top, top + height, style.isEmpty() ? "i0" : style, leaf));
        double at = top;
        for (Plots.Node part : sorted(node)) {
            double share = height * part.value() / node.value();
            cut(part, depth + 1, at, share, style, out);
            at += share;
        }
    }

    private static List<Plots.Node> sorted(Plots.Node node) {
        return node.parts().stream()
                .sorted(Comparator.comparingDouble(Plots.Node::value).reversed())
                .toList();
    }

    private void piece(Svg svg, Piece piece, double left, double top, double right) {
        String why = series.why(piece.node().why());
        svg.point("piece " + piece.style(), says(piece.node()), why)
                .rectangle("fill", left, top + piece.top(), right - left, piece.bottom() - piece.top());
        double height = piece.bottom() - piece.top();
        double room = right - left - 12;
        double middle = top + piece.middle();
        String name = Frame.fitting(piece.node().name(), room);
        if (!piece.leaf() && room < 40) {
            standing(svg, piece, (left + right) / 2, middle, height);
        } else if (!piece.leaf() && height >= 34) {
            svg.text("inside", left + 7, middle - 3, "start", name);
            svg.text("inside", left + 7, middle + 13, "start", Frame.fitting(share(piece.node()), room));
        } else if (!piece.leaf() && height >= LINE) {
            svg.text("inside", left + 7, middle + 4.5, "start", name);
        }
        svg.end();
    }

    /** On a phone, columns are narrower than words are long. */
    private static void standing(Svg svg, Piece piece, double x, double y, double height) {
        String name = Frame.fitting(piece.node().name(), height - 10);
        if (name.length() > 1) {
            svg.raw("<text aria-hidden=\"true\" class=\"inside\" text-anchor=\"middle\""
                    + " transform=\"translate(%s %s) rotate(-90)\">%s</text>"
                            .formatted(Svg.number(x + 4.5), Svg.number(y), Markup.text(name)));
        }
    }

    private void names(Svg svg, List<Piece> leaves, double right, double top) {
        double[] wanted =
                leaves.stream().mapToDouble(leaf -> top + leaf.middle()).toArray();
        double[] places = Spread.apart(wanted, LINE, top + LINE / 2, svg.frame().height() - LINE / 2);
        double edge = svg.frame().width();
        for (int i = 0; i < places.length; i++) {
            Plots.Node node = leaves.get(i).node();
            svg.path(
                    "thread",
                    "M" + Svg.number(right) + " " + Svg.number(wanted[i]) + "L" + Svg.number(right + 12) + " "
                            + Svg.number(places[i]));
            svg.text("amount", edge, places[i] + 4.5, "end", share(node));
            double amounts = SHARE;
            if (!svg.frame().narrow()) {
                String amount = scale.text(quantity(node.value()));
                svg.text("amount", edge - SHARE, places[i] + 4.5, "end", amount);
                amounts += Frame.textWidth(amount);
            }
            double room = edge - right - 22 - amounts;
            svg.text("name", right + 15, places[i] + 4.5, "start", Frame.fitting(node.name(), room));
        }
    }

    private String share(Plots.Node node) {
        return Quantity.percent(node.value() / composed.whole().value());
    }

    private Quantity quantity(double value) {
        return Quantity.of(value, composed.unit(), null, "");
    }

    private String text(double value) {
        return quantity(value).text();
    }

    private String says(Plots.Node node) {
        return "%s: %s, %s of the whole".formatted(node.name(), text(node.value()), share(node));
    }

    private String values() {
        List<List<String>> rows = new ArrayList<>();
        rows(composed.whole(), "", rows);
        return DataTable.folded(
                composed.title() + ", " + series.name(), List.of("Part", composed.unit(), "of the whole"), rows);
    }

    private void rows(Plots.Node node, String indent, List<List<String>> rows) {
        rows.add(List.of(indent + node.name(), text(node.value()), share(node)));
        sorted(node).forEach(part -> rows(part, indent + "\u2003", rows));
    }
}
