package dev.toile.stack.chip;

import dev.toile.stack.process.ProcessNode;
import org.jspecify.annotations.Nullable;

/**
 * Area of all base dies of a design by part, m2; all zero for a design without them.
 *
 * @param shared memory-side cache
 * @param noc network between cache, interfaces and bond
 * @param memoryPhy interfaces to the memory stacks
 * @param memoryController their controllers
 * @param linkPhy serial lanes
 * @param linkController their controllers
 * @param between links between the base dies
 * @param bond to the compute dies
 * @param other clocking, test, seal ring, system control
 * @param blank silicon that only carries: a base die is no smaller than what is bonded on it
 * @param side m, of one base die if it were square
 */
public record BaseArea(
        double shared,
        double noc,
        double memoryPhy,
        double memoryController,
        double linkPhy,
        double linkController,
        double between,
        double bond,
        double other,
        double blank,
        double side) {

    /** No base dies. */
    static final BaseArea NONE = new BaseArea(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * The areas of a design's base dies.
     *
     * @param d the design
     * @param carried m2 of all compute dies
     */
    static BaseArea of(ChipDesign d, double carried) {
        BaseDies b = d.base();
        if (b == null) {
            return NONE;
        }
        Silicon s = d.silicon();
        double density = b.process().logicDensity();
        double shared = ChipArea.memoryArea(s, b.process(), b.sram(), b.kind());
        double memoryPhy = d.memory().interfaces() * d.memory().generation().phyArea();
        double memoryController =
                d.memory().interfaces() * d.memory().generation().controllerTransistors() / density;
        double linkPhy = ChipArea.lanePhys(d);
        double linkController = ChipArea.laneControllers(d, b.process());
        double between = b.between() * s.dieToDieArea();
        double bond = b.bandwidth() * s.stacking().area();
        double other = b.dies() * s.otherArea();
        double rest = shared + memoryPhy + memoryController + linkPhy + linkController + between + bond + other;
        double perSide = nocPerSide(b, s);
        double content = (perSide + Math.sqrt(perSide * perSide + 4 * rest / b.dies())) / 2;
        double noc = b.dies() * perSide * content;
        double blank = Math.max(0, carried - rest - noc);
        double side = Math.sqrt((rest + noc + blank) / b.dies());
        return new BaseArea(
                shared, noc, memoryPhy, memoryController, linkPhy, linkController, between, bond, other, blank, side);
    }

    static double nocPerSide(BaseDies b, Silicon s) {
        return b.topology().span()
                * b.bytesPerCycle()
                * s.nocTransistors()
                / b.process().logicDensity()
                / b.dies();
    }

    /** All base dies. */
    public double total() {
        return content() + blank;
    }

    /** What is on them, without silicon that only carries. */
    double content() {
        return shared + noc + memoryPhy + memoryController + linkPhy + linkController + between + bond + other;
    }

    /** Area in which transistors leak and clocks run. */
    public double digital() {
        return content() - memoryPhy - linkPhy;
    }

    /** Area of all of them in which a defect kills: macros are repaired, blank silicon has no circuits. */
    double critical(@Nullable BaseDies b, boolean spareStacks) {
        if (b == null) {
            return 0;
        }
        ProcessNode p = b.process();
        return content() - b.sram() / p.sramDensity() - (spareStacks ? memoryPhy + memoryController : 0);
    }
}
