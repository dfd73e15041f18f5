package dev.toile.report;

import dev.toile.stack.chip.Floorplan;
import dev.toile.stack.chip.Floorplan.Block;
import dev.toile.stack.chip.Floorplan.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A floorplan as a drawing that looks like the block diagram of a die photo: blocks to scale, areas written on them,
 * memory stacks beside the die, a legend that adds up. It carries its own colours, light and dark, so that the file stands
 * alone.
 *
 * @param plan to be drawn
 * @param title above it
 */
public record FloorplanDrawing(Floorplan plan, String title) {

    private static final double DIE = 540;
    private static final double LEFT = 110;
    private static final double TOP = 64;
    private static final double WIDTH = DIE + 2 * LEFT;
    private static final double LEGEND_ROW = 24;

    /** Smallest side of a block, in pixels, that takes a label. */
    private static final double ROOM = 15;

    /** Smallest share of the die that the legend names. */
    private static final double LEAST = 1e-3;

    private static final String STYLE = """
        <style>
        .fp { --fp-paper: #fbf8f1; --fp-ink: #1f2430; --fp-faint: #5d594f; --fp-edge: #1f2430;
          --fp-core: #8fb0de; --fp-spare-core: #d9dde6; --fp-shared: #e9c46a; --fp-network: #b9a6d3;
          --fp-memory-phy: #7fbf9f; --fp-memory-controller: #b7dcc6; --fp-link: #e59d83; --fp-die-to-die: #d38bb0;
          --fp-other: #cfc8b8; font-family: system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
        @media (prefers-color-scheme: dark) { .fp { --fp-paper: #181d28; --fp-ink: #ece5d6; --fp-faint: #aaa595;
          --fp-edge: #0b0e14; --fp-core: #37598f; --fp-spare-core: #313a4b; --fp-shared: #7d5f12; --fp-network: #58447a;
          --fp-memory-phy: #23694a; --fp-memory-controller: #365a49; --fp-link: #8f4128; --fp-die-to-die: #7a3159;
          --fp-other: #4b4a47; } }
        @media print { .fp { --fp-paper: #fff; --fp-ink: #000; --fp-faint: #333; } }
        .fp text { fill: var(--fp-ink); font-size: 13px; }
        .fp .fp-title { font-size: 17px; font-weight: 600; }
        .fp .fp-faint { fill: var(--fp-faint); }
        .fp .fp-block { stroke: var(--fp-edge); stroke-width: 0.7; stroke-opacity: 0.55; }
        .fp .fp-stack { fill: none; stroke: var(--fp-faint); stroke-dasharray: 4 3; }
        .fp .fp-die { fill: none; stroke: var(--fp-ink); stroke-width: 1.6; }
        @media (max-width: 520px) { .fp text { font-size: 16px; } .fp .fp-title { font-size: 21px; }
          .fp .fp-share { display: none; } }
        .fp .fp-plate { fill: var(--fp-paper); fill-opacity: 0.82; }
        </style>
        """;

    /** The drawing as a file of its own. */
    public String file() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg();
    }

    /** Width in the units of the drawing. */
    double width() {
        return WIDTH;
    }

    /** Height in the units of the drawing. */
    double height() {
        return TOP + DIE + 40 + LEGEND_ROW * Math.ceil(areas().size() / 2.0) + 12;
    }

    /** The drawing as an element of a page. */
    public String svg() {
        Map<Kind, Double> areas = areas();
        double height = height();
        StringBuilder out = new StringBuilder();
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"fp\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(Svg.number(WIDTH), Svg.number(height), Markup.text(says(areas))));
        out.append(STYLE);
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"var(--fp-paper)\"/>\n");
        text(out, "fp-title", LEFT, 26, "start", title);
        text(out, "fp-faint", LEFT, 48, "start", size());
        plan.blocks().forEach(block -> rectangle(out, block));
        stacks(out);
        out.append("<rect class=\"fp-die\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
                .formatted(Svg.number(LEFT), Svg.number(TOP), Svg.number(DIE), Svg.number(high(plan.height()))));
        labels(out);
        legend(out, areas);
        return out.append("</svg>\n").toString();
    }

    private String size() {
        return String.format(
                Locale.ROOT,
                "one die: %.1f mm x %.1f mm = %s",
                plan.width() * 1e3,
                plan.height() * 1e3,
                squareMillimetres(plan.width() * plan.height()));
    }

    private Map<Kind, Double> areas() {
        Map<Kind, Double> areas = new EnumMap<>(Kind.class);
        plan.blocks().forEach(block -> areas.merge(block.kind(), block.area(), Double::sum));
        areas.values().removeIf(area -> area < LEAST * plan.width() * plan.height());
        return areas;
    }

    private String says(Map<Kind, Double> areas) {
        StringBuilder says = new StringBuilder("Floorplan of " + title + ", " + size());
        areas.forEach((kind, area) ->
                says.append("; ").append(words(kind)).append(' ').append(squareMillimetres(area)));
        return says.toString();
    }

    private double across(double metres) {
        return metres / plan.width() * DIE;
    }

    private double high(double metres) {
        return metres / plan.width() * DIE;
    }

    private void rectangle(StringBuilder out, Block b) {
        out.append("<rect class=\"fp-block\" fill=\"var(--fp-%s)\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
                .formatted(
                        name(b.kind()),
                        Svg.number(LEFT + across(b.x())),
                        Svg.number(TOP + high(b.y())),
                        Svg.number(across(b.width())),
                        Svg.number(high(b.height()))));
    }

    /** A memory stack beside every interface, 10 mm square on the scale of the die at most. */
    private void stacks(StringBuilder out) {
        for (Block b : plan.blocks()) {
            if (b.kind() != Kind.MEMORY_PHY) {
                continue;
            }
            boolean left = b.x() < plan.width() / 2;
            double size = Math.min(Math.min(across(0.010), LEFT - 16), high(b.height()) - 6);
            double x = left ? LEFT - 8 - size : LEFT + DIE + 8;
            double y = TOP + high(b.y() + b.height() / 2) - size / 2;
            out.append("<rect class=\"fp-stack\" rx=\"3\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
                    .formatted(Svg.number(x), Svg.number(y), Svg.number(size), Svg.number(size)));
            if (size > 4 * ROOM) {
                text(out, "fp-faint", x + size / 2, y + size / 2 + 4, "middle", b.name());
            }
        }
    }

    private void labels(StringBuilder out) {
        bands(out, Kind.CORE);
        for (Block b : plan.blocks()) {
            double width = across(b.width());
            double height = high(b.height());
            boolean cell = b.kind() == Kind.CORE || b.kind() == Kind.SPARE_CORE;
            if (cell || Math.min(width, height) < ROOM) {
                continue;
            }
            String label = b.name() + " " + squareMillimetres(b.area());
            double x = LEFT + across(b.x() + b.width() / 2);
            double y = TOP + high(b.y() + b.height() / 2);
            if (length(label) < width - 6) {
                text(out, "", x, y + 4.5, "middle", label);
            } else if (length(label) < height - 6) {
                out.append("<text text-anchor=\"middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>\n"
                        .formatted(Svg.number(x + 4.5), Svg.number(y), Markup.text(label)));
            } else if (length(b.name()) < width - 6) {
                text(out, "", x, y + 4.5, "middle", b.name());
            }
        }
    }

    /** One label over each half of the cores: they are too many to name. */
    private void bands(StringBuilder out, Kind kind) {
        for (boolean upper : new boolean[] {true, false}) {
            List<Block> half = plan.blocks().stream()
                    .filter(b -> b.kind() == kind || b.kind() == Kind.SPARE_CORE)
                    .filter(b -> b.y() + b.height() / 2 < plan.height() / 2 == upper)
                    .toList();
            if (half.isEmpty()) {
                continue;
            }
            double x = LEFT
                    + across(half.stream()
                            .mapToDouble(b -> b.x() + b.width() / 2)
                            .average()
                            .orElseThrow());
            double y = TOP
                    + high(half.stream()
                            .mapToDouble(b -> b.y() + b.height() / 2)
                            .average()
                            .orElseThrow());
            double area = half.stream().mapToDouble(Block::area).sum();
            String label = half.size() == 1
                    ? "half of the cores, " + squareMillimetres(area)
                    : half.size() + " cores, " + squareMillimetres(area);
            double width = 1.25 * length(label) + 12;
            out.append("<rect class=\"fp-plate\" rx=\"4\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"24\"/>\n"
                    .formatted(Svg.number(x - width / 2), Svg.number(y - 12), Svg.number(width)));
            text(out, "", x, y + 4.5, "middle", label);
        }
    }

    private void legend(StringBuilder out, Map<Kind, Double> areas) {
        double all = plan.width() * plan.height();
        double top = TOP + high(plan.height()) + 30;
        int at = 0;
        for (Map.Entry<Kind, Double> each : areas.entrySet()) {
            double x = LEFT + (at % 2) * DIE / 2;
            int row = at / 2;
            double y = top + row * LEGEND_ROW;
            out.append("<rect class=\"fp-block\" fill=\"var(--fp-%s)\" x=\"%s\" y=\"%s\" width=\"14\" height=\"14\"/>\n"
                    .formatted(name(each.getKey()), Svg.number(x), Svg.number(y)));
            String share = String.format(Locale.ROOT, "%.1f %%", 100 * each.getValue() / all);
            text(out, "", x + 22, y + 12, "start", words(each.getKey()));
            // The share is what a narrow screen has no room for.
            out.append(
                    "<text class=\"fp-faint\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s<tspan class=\"fp-share\">, %s</tspan></text>\n"
                            .formatted(
                                    Svg.number(x + DIE / 2 - 18),
                                    Svg.number(y + 12),
                                    squareMillimetres(each.getValue()),
                                    share));
            at++;
        }
    }

    private static void text(StringBuilder out, String style, double x, double y, String anchor, String text) {
        out.append("<text%s x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(
                        style.isEmpty() ? "" : " class=\"" + style + "\"",
                        Svg.number(x),
                        Svg.number(y),
                        anchor,
                        Markup.text(text)));
    }

    /** Pixels that a text takes at 13 px, about. */
    private static double length(String text) {
        return 6.8 * text.length();
    }

    private static String squareMillimetres(double area) {
        double mm2 = area * 1e6;
        return String.format(Locale.ROOT, mm2 < 10 ? "%.1f mm²" : "%.0f mm²", mm2);
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case CORE -> "cores";
            case SPARE_CORE -> "spare cores";
            case SHARED -> "shared memory";
            case NETWORK -> "on-chip network";
            case MEMORY_PHY -> "memory PHYs";
            case MEMORY_CONTROLLER -> "memory control";
            case LINK -> "serial links";
            case DIE_TO_DIE -> "die to die";
            case OTHER -> "host, clocks, test";
        };
    }
}
