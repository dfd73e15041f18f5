package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Area of all compute dies of a design by part, m2, with that of the base dies under them.
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
 * @param dieToDie links between dies, or the bond to base dies
 * @param other host interface, clocking, test, seal ring
 * @param side m, of one die if it were square
 * @param base of the base dies; memory interfaces and lanes of a design that has them are there
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
        double side,
        BaseArea base) {

    /** The areas of a design. */
    static ChipArea of(ChipDesign d) {
        Silicon s = d.silicon();
        double density = d.process().logicDensity();
        double cores = d.cores() * coreArea(d);
        double shared = sharedArea(d);
        boolean based = d.base() != null;
        MemoryGeneration m = d.memory().generation();
        double interfaces = based ? 0 : d.memory().interfaces();
        double memoryPhy = interfaces * m.phyArea();
        double memoryController = interfaces * m.controllerTransistors() / density;
        double linkPhy = based ? 0 : lanePhys(d);
        double linkController = based ? 0 : laneControllers(d, d.process());
        double dieToDie = dieToDie(d);
        double other = d.dies() * (based ? s.stacking().chipletArea() : s.otherArea());
        double rest = cores + shared + memoryPhy + memoryController + linkPhy + linkController + dieToDie + other;
        double perSide = nocPerSide(d);
        double side = (perSide + Math.sqrt(perSide * perSide + 4 * rest / d.dies())) / 2;
        double noc = d.dies() * perSide * side;
        return new ChipArea(
                d,
                cores,
                noc,
                shared,
                memoryPhy,
                memoryController,
                linkPhy,
                linkController,
                dieToDie,
                other,
                side,
                BaseArea.of(d, rest + noc));
    }

    /** PHYs of all lanes, m2. */
    static double lanePhys(ChipDesign d) {
        double area = 0;
        for (Links each : d.links()) {
            area += each.lanes() * each.generation().phyArea();
        }
        return area;
    }

    /** Controllers of all lanes on a node, m2. */
    static double laneControllers(ChipDesign d, ProcessNode node) {
        double area = 0;
        for (Links each : d.links()) {
            area += each.lanes() * each.generation().controllerTransistors() / node.logicDensity();
        }
        return area;
    }

    private static double dieToDie(ChipDesign d) {
        BaseDies base = d.base();
        return base == null
                ? d.dieToDie() * d.silicon().dieToDieArea()
                : base.bandwidth() * d.silicon().stacking().area();
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
                + c.narrowUnits() * multiplier(s, Core.NARROW_SIGNIFICAND)
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
        return multiplier(s, Core.significand(type));
    }

    private static double multiplier(Silicon s, double significand) {
        double share = significand / Core.significand(DataType.FP64);
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
        return memoryArea(
                d.silicon(), d.process(), d.shared().bytes(), d.shared().kind());
    }

    /** So many bytes of shared memory on a node, m2. */
    static double memoryArea(Silicon s, ProcessNode p, double bytes, SharedMemory.Kind kind) {
        double macros = bytes / p.sramDensity() * s.scratchpadOverhead();
        return kind == SharedMemory.Kind.CACHE ? macros + bytes * s.cacheTransistors() / p.logicDensity() : macros;
    }

    /** All dies, base dies included. */
    public double total() {
        return compute() + base.total();
    }

    /** All compute dies. */
    public double compute() {
        return cores + noc + shared + memoryPhy + memoryController + linkPhy + linkController + dieToDie + other;
    }

    /** One of the equal compute dies. */
    public double die() {
        return compute() / design.dies();
    }

    /** One of the equal base dies; 0 without. */
    public double baseDie() {
        BaseDies b = design.base();
        return b == null ? 0 : base.total() / b.dies();
    }

    /** What the dies cover of the package: the base dies where there are some. */
    public double footprint() {
        return design.base() == null ? compute() : base.total();
    }

    /** Area of the compute dies in which transistors leak and clocks run: all but the PHYs. */
    public double digital() {
        return compute() - memoryPhy - linkPhy;
    }

    /** One die's area in which a defect kills it. Macros are repaired by spare rows; what has spares is switched off. */
    public double criticalPerDie() {
        return (compute() - tolerant()) / design.dies();
    }

    /** The same of one base die. */
    public double criticalPerBaseDie() {
        BaseDies b = design.base();
        return b == null
                ? 0
                : base.critical(b, design.memory().sites() > design.memory().stacks()) / b.dies();
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
                ? (footprint() + design.memory().sites() * s.stackArea()) * s.interposerOverhead()
                : 0;
    }

    /** The tree behind {@link #total()}. */
    public Figure explain() {
        return Figure.sum(
                "chip-area", "die area of " + design.name(), total(), Unit.AREA, new AreaFigures(this).parts());
    }

    /** The tree behind {@link #compute()}. */
    Figure explainCompute() {
        return design.base() == null
                ? explain()
                : Figure.sum(
                        "compute-area",
                        "area of the compute dies of " + design.name(),
                        compute(),
                        Unit.AREA,
                        new AreaFigures(this).compute());
    }

    /** The tree behind {@link #footprint()}. */
    Figure explainFootprint() {
        return design.base() == null
                ? explain()
                : Figure.sum(
                        "base-area",
                        "area of the base dies of " + design.name(),
                        base.total(),
                        Unit.AREA,
                        new BaseFigures(this).parts());
    }

    /** The tree behind {@link #criticalPerDie()}. */
    public Figure explainCritical() {
        return Figure.of(
                "critical-area",
                "area of one die in which a defect kills it",
                criticalPerDie(),
                Unit.AREA,
                "(compute-area - tolerant-area) / compute-dies",
                explainCompute().as("compute-area"),
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
                "(footprint + sites * stack-area) * interposer-overhead",
                explainFootprint().as("footprint"),
                design.givenFigure(
                        "sites", "sites for memory stacks", design.memory().sites(), Unit.ONE),
                s.figure("stack-area", s.stackArea(), Unit.AREA),
                s.figure("interposer-overhead", s.interposerOverhead(), Unit.ONE));
    }

    Figure dies() {
        return design.givenFigure("compute-dies", "compute dies", design.dies(), Unit.ONE);
    }

    /** The parts with their names, in the order of a die's block diagram; those of base dies behind. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>(List.of(
                new Part("cores", cores),
                new Part("network", noc),
                new Part(design.shared().kind() == SharedMemory.Kind.CACHE ? "shared cache" : "shared SRAM", shared),
                new Part("memory PHY", memoryPhy),
                new Part("memory controllers", memoryController),
                new Part("link PHY", linkPhy),
                new Part("link controllers", linkController),
                new Part("die to die", dieToDie),
                new Part("other", other)));
        if (design.base() != null) {
            parts.addAll(List.of(
                    new Part("base cache", base.shared()),
                    new Part("base network", base.noc()),
                    new Part("base memory PHY", base.memoryPhy()),
                    new Part("base memory controllers", base.memoryController()),
                    new Part("base link PHY", base.linkPhy()),
                    new Part("base link controllers", base.linkController()),
                    new Part("base die to die", base.between()),
                    new Part("base bond", base.bond()),
                    new Part("base other", base.other()),
                    new Part("base blank", base.blank())));
        }
        return List.copyOf(parts);
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
