package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import java.util.List;

/**
 * The bands of a square die: host interface above, links below, memory interfaces left and right, and between them cores,
 * shared memory with the network, and cores again. Lengths in m; a few arithmetic operations from the areas.
 *
 * @param side of the die
 * @param top height of the band above
 * @param bottom height of the band below
 * @param memoryWidth of both memory columns together
 * @param cores height of both bands of cores together
 * @param middle height of the band of shared memory and network
 */
record Outline(double side, double top, double bottom, double memoryWidth, double cores, double middle) {

    private static final Source SOURCE = Source.definition("floorplan of the design");

    static Outline of(ChipArea area) {
        ChipDesign d = area.design();
        double side = area.side();
        double host = 0;
        double peers = 0;
        for (Links each : d.base() == null ? d.links() : List.<Links>of()) {
            double both = each.lanes()
                    * (each.generation().phyArea()
                            + each.generation().controllerTransistors()
                                    / d.process().logicDensity());
            if (each.purpose().equals(ChipDesign.HOST)) {
                host += both;
            } else {
                peers += both;
            }
        }
        double top = (area.other() + host) / d.dies() / side;
        double bottom = (peers + area.dieToDie()) / d.dies() / side;
        double height = side - top - bottom;
        double memory = (area.memoryPhy() + area.memoryController()) / d.dies() / height;
        double width = side - memory;
        return new Outline(
                side,
                top,
                bottom,
                memory,
                area.cores() / d.dies() / width,
                (area.shared() + area.noc()) / d.dies() / width);
    }

    double width() {
        return side - memoryWidth;
    }

    /**
     * Mean way between a core and shared memory along the axes: two points at random on a width are a third of it apart; a
     * band of cores and the middle band lie side by side, their centres half of both heights apart.
     */
    double distance() {
        return width() / 3 + (cores / 2 + middle) / 2;
    }

    /** The tree behind {@link #distance()}. */
    Figure explain() {
        Unit metre = Unit.prefixed("m");
        return Figure.of(
                "noc-distance",
                "mean way between a core and shared memory",
                distance(),
                metre,
                "width / 3 + (cores / 2 + middle) / 2",
                Figure.leaf("width", "width between the memory interfaces", width(), metre, SOURCE),
                Figure.leaf("cores", "height of both bands of cores", cores, metre, SOURCE),
                Figure.leaf("middle", "height of shared memory and network", middle, metre, SOURCE));
    }
}
