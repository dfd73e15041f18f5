package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.List;

/**
 * Area of all dies of a design by part, m2.
 *
 * <p>Logic and SRAM shrink with the node, each by its own density; PHYs and analogue do not, so they are areas, not
 * transistor counts (the split of LLMCompass's cost model, Zhang et al., ISCA 2024, section 3.4). The network's wires
 * span the die: its area goes with the side, which makes the side the root of a quadratic equation.
 *
 * @param design whose area this is
 * @param cores tensor and vector units, registers, local memories, spare cores included
 * @param noc on-chip network
 * @param shared the memory that all cores share
 * @param memoryPhy interfaces to the memory stacks
 * @param memoryController their controllers
 * @param linkPhy serial lanes
 * @param linkController their controllers
 * @param dieToDie links between dies
 * @param other host interface, clocking, test, seal ring
 * @param side m, of one die if it were square
 */
public record ChipArea(
        ChipDesign design,
        double cores,
        double noc,
        double shared,
        double memoryPhy,
        double memoryController,
        double linkPhy,
        double linkController,
        double dieToDie,
        double other,
        double side) {

    /** The areas of a design. */
    static ChipArea of(ChipDesign d) {
        Silicon s = d.silicon();
        double density = d.process().logicDensity();
        double cores = d.cores() * coreArea(d);
        double shared = sharedArea(d);
        MemoryGeneration m = d.memory().generation();
        double memoryPhy = d.memory().interfaces() * m.phyArea();
        double memoryController = d.memory().interfaces() * m.controllerTransistors() / density;
        double linkPhy = 0;
        double linkController = 0;
        for (Links each : d.links()) {
            linkPhy += each.lanes() * each.generation().phyArea();
            linkController += each.lanes() * each.generation().controllerTransistors() / density;
        }
        double dieToDie = d.dieToDie() * s.dieToDieArea();
        double other = d.dies() * s.otherArea();
        double rest = cores + shared + memoryPhy + memoryController + linkPhy + linkController + dieToDie + other;
        double perSide = nocPerSide(d);
        double side = (perSide + Math.sqrt(perSide * perSide + 4 * rest / d.dies())) / 2;
        double noc = d.dies() * perSide * side;
        return new ChipArea(
                d, cores, noc, shared, memoryPhy, memoryController, linkPhy, linkController, dieToDie, other, side);
    }

    private static double nocPerSide(ChipDesign d) {
        SharedMemory shared = d.shared();
        return shared.topology().span()
                * shared.bytesPerCycle()
                * d.silicon().nocTransistors()
                / d.process().logicDensity()
                / d.dies();
    }

    /** Transistors of the logic of one core. */
    static double coreTransistors(ChipDesign d) {
        Core c = d.core();
        Silicon s = d.silicon();
        return c.macs() * macTransistors(d)
                + c.vectorLanes() * (s.integerTransistors() + multiplier(s, DataType.FP32))
                + c.doubleUnits() * s.multiplierTransistors()
                + c.issueSlots() * s.issueTransistors();
    }

    private static double macTransistors(ChipDesign d) {
        Silicon s = d.silicon();
        DataType widest = d.core().widest();
        double cell = d.core().flow() == Core.Flow.SYSTOLIC
                ? s.registerTransistors() + (Core.isInteger(widest) ? 0 : s.adderTransistors())
                : 0;
        return multiplier(s, widest) + cell;
    }

    private static double multiplier(Silicon s, DataType type) {
        double share = Core.significand(type) / Core.significand(DataType.FP64);
        return s.multiplierTransistors() * share * share;
    }

    /** One core with its memories, m2. */
    static double coreArea(ChipDesign d) {
        ProcessNode p = d.process();
        double memory = d.core().registers() + d.core().localMemory();
        return coreTransistors(d) / p.logicDensity()
                + memory / p.sramDensity() * d.silicon().scratchpadOverhead();
    }

    private static double sharedArea(ChipDesign d) {
        Silicon s = d.silicon();
        double macros = d.shared().bytes() / d.process().sramDensity() * s.scratchpadOverhead();
        return d.shared().kind() == SharedMemory.Kind.CACHE
                ? macros
                        + d.shared().bytes()
                                * s.cacheTransistors()
                                / d.process().logicDensity()
                : macros;
    }

    /** All dies. */
    public double total() {
        return cores + noc + shared + memoryPhy + memoryController + linkPhy + linkController + dieToDie + other;
    }

    /** One of the equal dies. */
    public double die() {
        return total() / design.dies();
    }

    /** Area in which transistors leak and clocks run: all but the PHYs. */
    public double digital() {
        return total() - memoryPhy - linkPhy;
    }

    /** One die's area in which a defect kills it. Macros are repaired by spare rows; what has spares is switched off. */
    public double criticalPerDie() {
        return (total() - tolerant()) / design.dies();
    }

    private double tolerant() {
        double cores = design.spareCores() > 0 ? this.cores : 0;
        double memory = design.memory().sites() > design.memory().stacks() ? memoryPhy + memoryController : 0;
        return cores + memory + tolerantShared();
    }

    private double tolerantShared() {
        return design.shared().bytes() > design.shared().usable()
                ? shared
                : design.shared().bytes() / design.process().sramDensity();
    }

    /** Interposer under dies and stacks; none without stacks. */
    public double interposer() {
        Silicon s = design.silicon();
        return design.packaging() == Packaging.INTERPOSER
                ? (total() + design.memory().sites() * s.stackArea()) * s.interposerOverhead()
                : 0;
    }

    /** The tree behind {@link #total()}. */
    public Figure explain() {
        return Figure.sum(
                "chip-area", "die area of " + design.name(), total(), Unit.AREA, new AreaFigures(this).parts());
    }

    /** The tree behind {@link #criticalPerDie()}. */
    public Figure explainCritical() {
        return Figure.of(
                "critical-area",
                "area of one die in which a defect kills it",
                criticalPerDie(),
                Unit.AREA,
                "(chip-area - tolerant-area) / compute-dies",
                explain(),
                Figure.leaf(
                        "tolerant-area",
                        "area with spare units, spare stacks or spare rows",
                        tolerant(),
                        Unit.AREA,
                        ChipDesign.RULE),
                dies());
    }

    /** The tree behind {@link #interposer()}. */
    public Figure explainInterposer() {
        Silicon s = design.silicon();
        if (design.packaging() != Packaging.INTERPOSER) {
            return ChipDesign.ruleFigure("interposer-area", "no interposer", 0);
        }
        return Figure.of(
                "interposer-area",
                "interposer under dies and stacks",
                interposer(),
                Unit.AREA,
                "(chip-area + sites * stack-area) * interposer-overhead",
                explain(),
                design.givenFigure(
                        "sites", "sites for memory stacks", design.memory().sites(), Unit.ONE),
                s.figure("stack-area", s.stackArea(), Unit.AREA),
                s.figure("interposer-overhead", s.interposerOverhead(), Unit.ONE));
    }

    Figure dies() {
        return design.givenFigure("compute-dies", "compute dies", design.dies(), Unit.ONE);
    }

    /** The parts with their names, in the order of a die's block diagram. */
    public List<Part> parts() {
        return List.of(
                new Part("cores", cores),
                new Part("network", noc),
                new Part(design.shared().kind() == SharedMemory.Kind.CACHE ? "shared cache" : "shared SRAM", shared),
                new Part("memory PHY", memoryPhy),
                new Part("memory controllers", memoryController),
                new Part("link PHY", linkPhy),
                new Part("link controllers", linkController),
                new Part("die to die", dieToDie),
                new Part("other", other));
    }

    /**
     * A part of the dies.
     *
     * @param name of the block
     * @param area m2
     */
    public record Part(String name, double area) {}

    double nocPerSide() {
        return nocPerSide(design);
    }

    static double macTransistorsOf(ChipDesign d) {
        return macTransistors(d);
    }
}
