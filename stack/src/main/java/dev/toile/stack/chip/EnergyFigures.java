package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The trees behind power and energies of a design.
 *
 * @param power to be explained
 */
record EnergyFigures(ChipPower power) {

    private ChipDesign design() {
        return power.design();
    }

    private Silicon silicon() {
        return design().silicon();
    }

    private Core core() {
        return design().core();
    }

    private FlopFigures flops() {
        return new FlopFigures(power);
    }

    Figure total() {
        boolean limited = power.total() < power.unlimited();
        boolean fixed = design().fixedClock();
        List<Figure> inputs = new ArrayList<>(
                fixed
                        ? List.of(idle(), clockTree(), gating(), tensor(), vector(), streaming())
                        : List.of(idle(), workingClock(), tensor(), productMemory(), streaming()));
        if (limited) {
            inputs.add(design().givenFigure("power-limit", "power limit", design().powerLimit(), Unit.WATT));
        }
        String hardest = fixed
                ? "idle-power + clock-power * clock-gating + tensor-power + vector-power + streaming-power"
                : "idle-power + working-clock + max(tensor-power + product-memory-power, streaming-power)";
        return Figure.of(
                "chip-power",
                fixed
                        ? "power of " + design().name() + " with all parts at work at its fixed clock"
                        : "power of " + design().name() + " at its hardest sustained work",
                power.total(),
                Unit.WATT,
                limited ? "min(power-limit, " + hardest + ")" : hardest,
                inputs.toArray(Figure[]::new));
    }

    Figure idle() {
        return Figure.of(
                "idle-power",
                "leakage, running clocks, memory at rest and lanes that idle",
                power.idle(),
                Unit.WATT,
                "leakage-power + clock-power * (1 - clock-gating) + stacks * stack-power / regulator-efficiency"
                        + " + link-power",
                leakage(),
                clockTree(),
                gating(),
                design().givenFigure(
                                "stacks", "memory stacks", design().memory().stacks(), Unit.ONE),
                design().memory()
                        .generation()
                        .figure("power", design().memory().generation().power(), Unit.WATT),
                regulator(),
                links());
    }

    private Figure regulator() {
        return design().regulator();
    }

    private Figure gating() {
        return design().givenFigure(
                        "clock-gating", "clock tree that stops without work", design().clockGating(), Unit.SHARE);
    }

    private Figure digital() {
        ChipArea area = power.area();
        List<Figure> parts = new AreaFigures(area)
                .compute().stream()
                        .filter(part -> !part.name().endsWith("-phy-area"))
                        .toList();
        return Figure.sum("digital-area", "dies without PHYs", area.digital(), Unit.AREA, parts);
    }

    private Figure leakage() {
        BaseDies b = design().base();
        List<Figure> inputs = new ArrayList<>(List.of(design().process().leakageFigure(), digital(), regulator()));
        if (b != null) {
            inputs.add(b.process().leakageFigure().as("base-leakage"));
            inputs.add(new BaseFigures(power.area()).digital());
        }
        return Figure.of(
                "leakage-power",
                "leakage",
                power.leakage(),
                Unit.WATT,
                b == null
                        ? "leakage * digital-area / regulator-efficiency"
                        : "(leakage * digital-area + base-leakage * base-digital-area) / regulator-efficiency",
                inputs.toArray(Figure[]::new));
    }

    private Figure clockTree() {
        List<Figure> inputs = new ArrayList<>(List.of(
                silicon()
                        .figure("clock-power", silicon().clockPower(), Unit.prefixed("W/m2/Hz"))
                        .as("clock-power-per-area"),
                digital(),
                design().clockFigure(),
                regulator()));
        boolean based = design().base() != null;
        if (based) {
            BaseFigures base = new BaseFigures(power.area());
            inputs.add(base.digital());
            inputs.add(base.clock());
        }
        return Figure.of(
                "clock-power",
                "clock tree when all of it runs",
                power.clockTree(),
                Unit.WATT,
                based
                        ? "clock-power-per-area * (digital-area * clock + base-digital-area * base-clock)"
                                + " / regulator-efficiency"
                        : "clock-power-per-area * digital-area * clock / regulator-efficiency",
                inputs.toArray(Figure[]::new));
    }

    private Figure workingClock() {
        return Figure.of(
                "working-clock",
                "clock tree that only work sets going",
                power.workingClock(),
                Unit.WATT,
                "clock-power * clock-gating * working-clock-share",
                clockTree(),
                gating(),
                silicon().figure("working-clock-share", silicon().workingClockShare(), Unit.SHARE));
    }

    private Figure links() {
        List<Figure> parts = new ArrayList<>();
        for (Links each : design().links()) {
            LinkGeneration g = each.generation();
            parts.add(Figure.of(
                    each.purpose() + "-power",
                    each.purpose() + " lanes",
                    each.power() / silicon().regulatorEfficiency(),
                    Unit.WATT,
                    "lanes * lane-bandwidth * lane-energy / regulator-efficiency",
                    design().givenFigure("lanes", each.purpose() + " lanes", each.lanes(), Unit.ONE),
                    g.figure("bandwidth", g.bandwidth(), Unit.BYTE_PER_SECOND),
                    g.figure("energy", g.energy(), Unit.JOULE_PER_BYTE),
                    regulator()));
        }
        BaseDies base = design().base();
        double between = design().dieToDie() + (base == null ? 0 : base.between());
        parts.add(Figure.of(
                "die-to-die-power",
                "links between dies",
                between * silicon().dieToDieEnergy() / silicon().regulatorEfficiency(),
                Unit.WATT,
                "die-to-die * die-to-die-energy / regulator-efficiency",
                design().givenFigure("die-to-die", "bandwidth between dies", between, Unit.BYTE_PER_SECOND),
                silicon().figure("die-to-die-energy", silicon().dieToDieEnergy(), Unit.JOULE_PER_BYTE),
                regulator()));
        return Figure.sum("link-power", "all lanes on", power.links(), Unit.WATT, parts);
    }

    private Figure tensor() {
        DataType type = power.work();
        return Figure.of(
                "tensor-power",
                "tensor units at the " + type + " peak, fed",
                power.tensor(),
                Unit.WATT,
                "peak * flop-energy",
                design().peakFigure(type).as("peak"),
                flops().flop(type).as("flop-energy"));
    }

    private Figure productMemory() {
        DataType type = power.work();
        return Figure.of(
                "product-memory-power",
                "memory traffic of a large product",
                power.productMemory(),
                Unit.WATT,
                "min(peak * 3 * element-bytes / (2 * product), memory-bandwidth) * memory-energy",
                design().peakFigure(type).as("peak"),
                ChipDesign.ruleFigure("element-bytes", "bytes of one " + type + " value", type.bytes()),
                ChipDesign.ruleFigure("product", "edge of a large product", ChipPower.PRODUCT),
                memoryBandwidth(),
                memory());
    }

    private Figure memoryBandwidth() {
        return Figure.leaf(
                "memory-bandwidth",
                "bandwidth of all stacks",
                design().memory().totalBandwidth(),
                Unit.BYTE_PER_SECOND,
                ChipDesign.RULE);
    }

    /** Energy of memory traffic up to the compute dies. */
    Figure memory() {
        MemoryGeneration m = design().memory().generation();
        List<Figure> inputs =
                new ArrayList<>(List.of(m.figure("energy", m.energy(), Unit.JOULE_PER_BYTE), regulator()));
        if (design().base() != null) {
            inputs.add(base());
        }
        return Figure.of(
                "memory-energy",
                "energy per byte of memory traffic, losses of its supply included",
                power.memoryEnergy(),
                Unit.JOULE_PER_BYTE,
                design().base() == null
                        ? "stack-energy / regulator-efficiency"
                        : "(stack-energy + base-energy) / regulator-efficiency",
                inputs.toArray(Figure[]::new));
    }

    private Figure base() {
        BaseDies b = Objects.requireNonNull(design().base(), "a design with base dies");
        return Figure.of(
                "base-energy",
                "energy per byte across the base dies and up to the compute dies",
                power.baseEnergy(),
                Unit.JOULE_PER_BYTE,
                "macro-energy + wire-energy * base-side + (base-dies - 1) / base-dies * die-to-die-energy +"
                        + " bond-energy",
                b.process().sramEnergyFigure("macro-energy", ProcessNode.LARGE_SRAM),
                b.process().wireEnergyFigure(),
                Figure.leaf(
                        "base-side",
                        "side of a base die",
                        power.area().base().side(),
                        Unit.prefixed("m"),
                        ChipDesign.RULE),
                new BaseFigures(power.area()).count(),
                silicon().figure("die-to-die-energy", silicon().dieToDieEnergy(), Unit.JOULE_PER_BYTE),
                silicon().figure("bond-energy", silicon().stacking().energy(), Unit.JOULE_PER_BYTE));
    }

    private Figure streaming() {
        return Figure.of(
                "streaming-power",
                "memory at full bandwidth with the way to the cores",
                power.streaming(),
                Unit.WATT,
                "memory-bandwidth * (memory-energy + shared-energy / regulator-efficiency)",
                memoryBandwidth(),
                memory(),
                flops().shared(),
                regulator());
    }

    private Figure vector() {
        ProcessNode p = design().process();
        return Figure.of(
                "vector-power",
                "vector lanes at their peak",
                power.vector(),
                Unit.WATT,
                "tensor-units * vector-lanes * clock * (2 * arithmetic-energy * energy-scale + lane-bytes *"
                        + " operand-energy) / regulator-efficiency",
                design().givenFigure("tensor-units", "working tensor units", design().units(), Unit.ONE),
                design().givenFigure("vector-lanes", "vector lanes of a core", core().vectorLanes(), Unit.ONE),
                design().clockFigure(),
                silicon()
                        .figure("flop-energy-fp32", silicon().flopEnergy().get(DataType.FP32), Unit.JOULE_PER_FLOP)
                        .as("arithmetic-energy"),
                p.energyScaleFigure(),
                ChipDesign.ruleFigure(
                        "lane-bytes", "bytes of three operands and a result of 32 bits", ChipPower.VECTOR_BYTES),
                p.sramEnergyFigure("operand-energy", ProcessNode.SMALL_SRAM),
                regulator());
    }
}
