package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The trees behind the energy of a flop and of a byte on its way to a core.
 *
 * @param power to be explained
 */
record FlopFigures(ChipPower power) {

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

    private Figure regulator() {
        return design().regulator();
    }

    /** Energy of a byte between shared memory and a core. */
    Figure shared() {
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
                        + " + shared-bytes * shared-energy) / 2 / regulator-efficiency",
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
                        "bytes per multiply-accumulate from shared memory, tiles as large as the core's larger memory",
                        core().sharedBytes(type),
                        BYTES_PER_MAC,
                        ChipDesign.RULE),
                shared(),
                regulator());
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
