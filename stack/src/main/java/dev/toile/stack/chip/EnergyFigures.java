package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The trees behind power and energies of a design.
 *
 * @param power to be explained
 */
record EnergyFigures(ChipPower power) {

    private static final Unit BYTES_PER_MAC = Unit.plain("B/MAC");

    private ChipDesign design() {
        return power.design();
    }

    private Silicon silicon() {
        return design().silicon();
    }

    private Core core() {
        return design().core();
    }

    Figure total() {
        boolean limited = power.total() < power.unlimited();
        List<Figure> inputs = new ArrayList<>(List.of(idle(), workingClock(), tensor(), productMemory(), streaming()));
        if (limited) {
            inputs.add(design().givenFigure("power-limit", "power limit", design().powerLimit(), Unit.WATT));
        }
        String hardest = "idle-power + working-clock + max(tensor-power + product-memory-power, streaming-power)";
        return Figure.of(
                "chip-power",
                "power of " + design().name() + " at its hardest sustained work",
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
                "leakage-power + clock-power * (1 - clock-gating) + stacks * stack-power + link-power",
                leakage(),
                clockTree(),
                gating(),
                design().givenFigure(
                                "stacks", "memory stacks", design().memory().stacks(), Unit.ONE),
                design().memory()
                        .generation()
                        .figure("power", design().memory().generation().power(), Unit.WATT),
                links());
    }

    private Figure gating() {
        return design().givenFigure(
                        "clock-gating", "clock tree that stops without work", design().clockGating(), Unit.SHARE);
    }

    private Figure digital() {
        ChipArea area = power.area();
        List<Figure> parts = new AreaFigures(area)
                .parts().stream()
                        .filter(part -> !part.name().endsWith("-phy-area"))
                        .toList();
        return Figure.sum("digital-area", "dies without PHYs", area.digital(), Unit.AREA, parts);
    }

    private Figure leakage() {
        return Figure.of(
                "leakage-power",
                "leakage",
                power.leakage(),
                Unit.WATT,
                "leakage * digital-area",
                design().process().leakageFigure(),
                digital());
    }

    private Figure clockTree() {
        return Figure.of(
                "clock-power",
                "clock tree when all of it runs",
                power.clockTree(),
                Unit.WATT,
                "clock-power-per-area * digital-area * clock",
                silicon()
                        .figure("clock-power", silicon().clockPower(), Unit.prefixed("W/m2/Hz"))
                        .as("clock-power-per-area"),
                digital(),
                design().clockFigure());
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
                    each.power(),
                    Unit.WATT,
                    "lanes * lane-bandwidth * lane-energy",
                    design().givenFigure("lanes", each.purpose() + " lanes", each.lanes(), Unit.ONE),
                    g.figure("bandwidth", g.bandwidth(), Unit.BYTE_PER_SECOND),
                    g.figure("energy", g.energy(), Unit.JOULE_PER_BYTE)));
        }
        parts.add(Figure.of(
                "die-to-die-power",
                "links between dies",
                design().dieToDie() * silicon().dieToDieEnergy(),
                Unit.WATT,
                "die-to-die * die-to-die-energy",
                design().givenFigure("die-to-die", "bandwidth between dies", design().dieToDie(), Unit.BYTE_PER_SECOND),
                silicon().figure("die-to-die-energy", silicon().dieToDieEnergy(), Unit.JOULE_PER_BYTE)));
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
                flop(type).as("flop-energy"));
    }

    private Figure productMemory() {
        DataType type = power.work();
        return Figure.of(
                "product-memory-power",
                "memory traffic of a large product",
                power.productMemory(),
                Unit.WATT,
                "min(peak * 3 * element-bytes / (2 * product), memory-bandwidth) * stack-energy",
                design().peakFigure(type).as("peak"),
                ChipDesign.ruleFigure("element-bytes", "bytes of one " + type + " value", type.bytes()),
                ChipDesign.ruleFigure("product", "edge of a large product", ChipPower.PRODUCT),
                memoryBandwidth(),
                memoryEnergy());
    }

    private Figure memoryBandwidth() {
        return Figure.leaf(
                "memory-bandwidth",
                "bandwidth of all stacks",
                design().memory().totalBandwidth(),
                Unit.BYTE_PER_SECOND,
                ChipDesign.RULE);
    }

    private Figure memoryEnergy() {
        MemoryGeneration m = design().memory().generation();
        return m.figure("energy", m.energy(), Unit.JOULE_PER_BYTE);
    }

    private Figure streaming() {
        return Figure.of(
                "streaming-power",
                "memory at full bandwidth with the way to the cores",
                power.streaming(),
                Unit.WATT,
                "memory-bandwidth * (stack-energy + shared-energy)",
                memoryBandwidth(),
                memoryEnergy(),
                shared());
    }

    private Figure shared() {
        ProcessNode p = design().process();
        return Figure.of(
                "shared-energy",
                "energy per byte between shared memory and a core",
                power.sharedEnergy(),
                Unit.JOULE_PER_BYTE,
                "macro-energy + wire-energy * detour * noc-distance",
                p.sramEnergyFigure("macro-energy", ProcessNode.LARGE_SRAM),
                p.wireEnergyFigure(),
                ChipDesign.ruleFigure(
                        "detour",
                        "way of a byte over the shortest one",
                        design().shared().topology().detour()),
                Outline.of(power.area()).explain());
    }

    /** The tree behind the energy of a flop. */
    Figure flop(DataType type) {
        ProcessNode p = design().process();
        return Figure.of(
                "flop-energy-" + type.name().toLowerCase(Locale.ROOT),
                type + " energy per flop, operands included",
                power.flopEnergy(type),
                Unit.JOULE_PER_FLOP,
                "(mac-energy + operand-bytes * operand-energy + local-bytes * local-energy"
                        + " + shared-bytes * shared-energy) / 2",
                arithmetic(type),
                operands(type),
                p.sramEnergyFigure("operand-energy", ProcessNode.SMALL_SRAM),
                Figure.leaf(
                        "local-bytes",
                        "bytes per multiply-accumulate from local memory, tiles of one slot's sums",
                        core().localBytes(type),
                        BYTES_PER_MAC,
                        ChipDesign.RULE),
                p.sramEnergyFigure("local-energy", core().localMemory()),
                Figure.leaf(
                        "shared-bytes",
                        "bytes per multiply-accumulate from shared memory, tiles of a core's sums",
                        core().sharedBytes(type),
                        BYTES_PER_MAC,
                        ChipDesign.RULE),
                shared());
    }

    private Figure arithmetic(DataType type) {
        boolean cells = core().flow() == Core.Flow.SYSTOLIC;
        List<Figure> inputs = new ArrayList<>(List.of(
                silicon()
                        .figure(
                                "flop-energy-" + type.name().toLowerCase(Locale.ROOT),
                                silicon().flopEnergy().get(type),
                                Unit.JOULE_PER_FLOP)
                        .as("arithmetic-energy"),
                design().process().energyScaleFigure()));
        if (cells) {
            inputs.add(ChipDesign.ruleFigure("element-bytes", "bytes of one " + type + " value", type.bytes()));
            inputs.add(silicon().figure("register-energy", silicon().registerEnergy(), Unit.JOULE_PER_BYTE));
        }
        return Figure.of(
                "mac-energy",
                "arithmetic of a multiply-accumulate",
                power.arithmetic(type),
                Unit.JOULE,
                cells
                        ? "(2 * arithmetic-energy + (element-bytes + 4) * register-energy) * energy-scale"
                        : "2 * arithmetic-energy * energy-scale",
                inputs.toArray(Figure[]::new));
    }

    private Figure operands(DataType type) {
        Figure element = ChipDesign.ruleFigure("element-bytes", "bytes of one " + type + " value", type.bytes());
        Figure rows = design().givenFigure("rows", "rows", core().rows(), Unit.ONE);
        Figure columns = design().givenFigure("columns", "columns", core().columns(), Unit.ONE);
        String label = "bytes per multiply-accumulate next to the multipliers";
        double value = core().operandBytes(type);
        if (core().flow() == Core.Flow.SYSTOLIC) {
            return Figure.of(
                    "operand-bytes",
                    label,
                    value,
                    BYTES_PER_MAC,
                    "element-bytes / columns + 8 / rows",
                    element,
                    columns,
                    rows);
        }
        return Figure.of(
                "operand-bytes",
                label,
                value,
                BYTES_PER_MAC,
                "element-bytes * (1 / rows + 1 / columns) + 8 / (depth * max(1, rate))",
                element,
                rows,
                columns,
                design().givenFigure("depth", "depth", core().depth(), Unit.ONE),
                design().givenFigure("rate", "rate of " + type, core().rates().get(type), Unit.ONE));
    }
}
