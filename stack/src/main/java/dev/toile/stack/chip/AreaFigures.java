package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The trees behind the parts of an area.
 *
 * @param area to be explained
 */
record AreaFigures(ChipArea area) {

    /** Of all dies. */
    List<Figure> parts() {
        List<Figure> parts = compute();
        if (design().base() != null) {
            parts.addAll(new BaseFigures(area).parts());
        }
        return parts;
    }

    /** Of the compute dies. */
    List<Figure> compute() {
        List<Figure> parts = rest();
        parts.add(1, noc());
        return parts;
    }

    private List<Figure> rest() {
        List<Figure> parts = new ArrayList<>(List.of(cores(), shared()));
        if (design().base() == null) {
            parts.add(memoryPhy());
            parts.add(memoryController(design().process(), area.memoryController()));
            for (Links each : design().links()) {
                parts.add(linkPhy(each));
                parts.add(linkController(each, design().process()));
            }
        }
        parts.add(dieToDie());
        parts.add(other());
        return parts;
    }

    private ChipDesign design() {
        return area.design();
    }

    private Silicon silicon() {
        return design().silicon();
    }

    private Figure constant(String name, double value, Unit unit) {
        return silicon().figure(name, value, unit);
    }

    private Figure given(String name, String label, double value) {
        return design().givenFigure(name, label, value, Unit.ONE);
    }

    private Figure cores() {
        return Figure.of(
                "core-area",
                "cores, spare ones included",
                area.cores(),
                Unit.AREA,
                "cores * (core-transistors / logic-density + core-memory / sram-density * scratchpad-overhead)",
                given("cores", "cores on the dies, spare ones included", design().cores()),
                coreTransistors(),
                design().process().logicDensityFigure(),
                design().givenFigure(
                                "core-memory",
                                "registers and local memory of a core",
                                design().core().registers() + design().core().localMemory(),
                                Unit.BYTE),
                design().process().sramDensityFigure(),
                constant("scratchpad-overhead", silicon().scratchpadOverhead(), Unit.ONE));
    }

    private Figure coreTransistors() {
        Core c = design().core();
        return Figure.of(
                "core-transistors",
                "transistors of a core's logic",
                ChipArea.coreTransistors(design()),
                Unit.ONE,
                "macs * mac-transistors"
                        + " + vector-lanes * (integer-transistors + multiplier-transistors * (24 / 53) ^ 2)"
                        + " + double-units * multiplier-transistors"
                        + " + narrow-units * multiplier-transistors * (4 / 53) ^ 2"
                        + " + issue-slots * issue-transistors",
                given("macs", "multiply-accumulates of a core in a cycle", c.macs()),
                mac(),
                given("vector-lanes", "vector lanes of a core", c.vectorLanes()),
                constant("integer-transistors", silicon().integerTransistors(), Unit.ONE),
                constant("multiplier-transistors", silicon().multiplierTransistors(), Unit.ONE),
                given("double-units", "64-bit multipliers of a core", c.doubleUnits()),
                given("narrow-units", "multipliers of a core for 4 and 6 bits alone", c.narrowUnits()),
                given("issue-slots", "issue slots of a core", c.issueSlots()),
                constant("issue-transistors", silicon().issueTransistors(), Unit.ONE));
    }

    private Figure mac() {
        DataType widest = design().core().widest();
        boolean cells = design().core().flow() == Core.Flow.SYSTOLIC;
        boolean adders = cells && !Core.isInteger(widest);
        List<Figure> inputs = new ArrayList<>(List.of(
                constant("multiplier-transistors", silicon().multiplierTransistors(), Unit.ONE),
                ChipDesign.ruleFigure("significand", "bits that " + widest + " multiplies", Core.significand(widest))));
        if (cells) {
            inputs.add(constant("register-transistors", silicon().registerTransistors(), Unit.ONE));
        }
        if (adders) {
            inputs.add(constant("adder-transistors", silicon().adderTransistors(), Unit.ONE));
        }
        return Figure.of(
                "mac-transistors",
                "transistors of a multiply-accumulator",
                ChipArea.macTransistorsOf(design()),
                Unit.ONE,
                "multiplier-transistors * (significand / 53) ^ 2" + (cells ? " + register-transistors" : "")
                        + (adders ? " + adder-transistors" : ""),
                inputs.toArray(Figure[]::new));
    }

    private Figure noc() {
        return Figure.of(
                "noc-area",
                "on-chip network",
                area.noc(),
                Unit.AREA,
                "compute-dies * noc-per-side * side",
                area.dies(),
                nocPerSide(),
                side());
    }

    /** Side of a die with the network. */
    Figure side() {
        return Figure.of(
                "side",
                "side of a square die",
                area.side(),
                Unit.plain("m"),
                "(noc-per-side + sqrt(noc-per-side ^ 2 + 4 * rest / compute-dies)) / 2",
                nocPerSide(),
                Figure.sum("rest", "area without the network", area.compute() - area.noc(), Unit.AREA, rest()),
                area.dies());
    }

    private Figure nocPerSide() {
        SharedMemory shared = design().shared();
        return Figure.of(
                "noc-per-side",
                "area of the network per side of a die",
                area.nocPerSide(),
                Unit.plain("m"),
                "span * bytes-per-cycle * noc-transistors / logic-density / compute-dies",
                ChipDesign.ruleFigure(
                        "span",
                        "sides of the die that each wire spans",
                        shared.topology().span()),
                given("bytes-per-cycle", "bytes the cores read from shared memory in a cycle", shared.bytesPerCycle()),
                constant("noc-transistors", silicon().nocTransistors(), Unit.plain("1/B/m")),
                design().process().logicDensityFigure(),
                area.dies());
    }

    private Figure shared() {
        boolean cache = design().shared().kind() == SharedMemory.Kind.CACHE;
        List<Figure> inputs = new ArrayList<>(List.of(
                design().givenFigure("sram", "shared SRAM", design().shared().bytes(), Unit.BYTE),
                design().process().sramDensityFigure(),
                constant("scratchpad-overhead", silicon().scratchpadOverhead(), Unit.ONE)));
        if (cache) {
            inputs.add(constant("cache-transistors", silicon().cacheTransistors(), Unit.plain("1/B")));
            inputs.add(design().process().logicDensityFigure());
        }
        return Figure.of(
                "sram-area",
                cache ? "shared cache" : "shared SRAM",
                area.shared(),
                Unit.AREA,
                "sram / sram-density * scratchpad-overhead"
                        + (cache ? " + sram * cache-transistors / logic-density" : ""),
                inputs.toArray(Figure[]::new));
    }

    Figure memoryPhy() {
        MemoryGeneration m = design().memory().generation();
        return Figure.of(
                "memory-phy-area",
                "memory PHYs",
                design().memory().interfaces() * m.phyArea(),
                Unit.AREA,
                "memory-interfaces * stack-phy-area",
                interfaces(),
                m.figure("phy-area", m.phyArea(), Unit.AREA));
    }

    Figure memoryController(ProcessNode node, double value) {
        MemoryGeneration m = design().memory().generation();
        return Figure.of(
                "memory-controller-area",
                "memory controllers",
                value,
                Unit.AREA,
                "memory-interfaces * stack-controller-transistors / logic-density",
                interfaces(),
                m.figure("controller-transistors", m.controllerTransistors(), Unit.ONE),
                node.logicDensityFigure());
    }

    private Figure interfaces() {
        return given(
                "memory-interfaces",
                "memory interfaces on the dies",
                design().memory().interfaces());
    }

    Figure linkPhy(Links links) {
        LinkGeneration g = links.generation();
        return Figure.of(
                links.purpose() + "-phy-area",
                links.purpose() + " lanes",
                links.lanes() * g.phyArea(),
                Unit.AREA,
                "lanes * lane-phy-area",
                given("lanes", links.purpose() + " lanes", links.lanes()),
                g.figure("phy-area", g.phyArea(), Unit.AREA));
    }

    Figure linkController(Links links, ProcessNode node) {
        LinkGeneration g = links.generation();
        return Figure.of(
                links.purpose() + "-controller-area",
                links.purpose() + " controllers",
                links.lanes() * g.controllerTransistors() / node.logicDensity(),
                Unit.AREA,
                "lanes * lane-controller-transistors / logic-density",
                given("lanes", links.purpose() + " lanes", links.lanes()),
                g.figure("controller-transistors", g.controllerTransistors(), Unit.ONE),
                node.logicDensityFigure());
    }

    private Figure dieToDie() {
        if (design().base() != null) {
            return new BaseFigures(area).bond("bond-area", "bond of the compute dies", area.dieToDie());
        }
        return Figure.of(
                "die-to-die-area",
                "links between dies",
                area.dieToDie(),
                Unit.AREA,
                "die-to-die * die-to-die-area-per-bandwidth",
                design().givenFigure("die-to-die", "bandwidth between dies", design().dieToDie(), Unit.BYTE_PER_SECOND),
                constant("die-to-die-area", silicon().dieToDieArea(), Unit.plain("m2*s/B"))
                        .as("die-to-die-area-per-bandwidth"));
    }

    private Figure other() {
        return Figure.of(
                "other-area",
                "host interface, clocking, test, seal ring",
                area.other(),
                Unit.AREA,
                "compute-dies * other-area-per-die",
                area.dies(),
                (design().base() == null
                                ? constant("other-area", silicon().otherArea(), Unit.AREA)
                                : constant("chiplet-area", silicon().stacking().chipletArea(), Unit.AREA))
                        .as("other-area-per-die"));
    }
}
