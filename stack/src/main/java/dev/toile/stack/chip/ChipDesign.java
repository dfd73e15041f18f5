package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A chip to be built: its parts, from which area, power and cost follow as sums.
 *
 * <p>The compute dies are equal and share the parts evenly. Peak rates are {@code 2 units rows columns clock} at 16
 * bit, twice that at 8 bit, four times at 4 bit. With spare tensor units a defect in a core does not kill the die: at
 * about one defect a die and several spares, the chance that the spares run out is negligible, so only the area
 * outside the cores counts as critical.
 *
 * @param name of the chip
 * @param process node of the compute dies
 * @param dies compute dies in one package
 * @param tensorUnits working tensor units in one package
 * @param rows of one unit's array
 * @param columns of one unit's array
 * @param sram bytes of shared SRAM
 * @param memory generation of the stacks
 * @param stacks memory stacks
 * @param scaleUp bytes/s, one direction
 * @param scaleOut bytes/s, one direction, host link included
 * @param volume packages over which the one-time cost is spread
 * @param silicon node-independent constants
 * @param given where the choices above come from
 */
public record ChipDesign(
        String name,
        ProcessNode process,
        double dies,
        double tensorUnits,
        double rows,
        double columns,
        double sram,
        MemoryGeneration memory,
        double stacks,
        double scaleUp,
        double scaleOut,
        double volume,
        Silicon silicon,
        Provenance given) {

    private static final Map<DataType, Double> RATE =
            Map.of(DataType.BF16, 1.0, DataType.FP16, 1.0, DataType.FP8, 2.0, DataType.INT8, 2.0, DataType.FP4, 4.0);

    /** The chip that comes out. */
    public Chip chip() {
        EnumMap<DataType, Double> peak = new EnumMap<>(DataType.class);
        EnumMap<DataType, Double> energy = new EnumMap<>(DataType.class);
        RATE.forEach((type, rate) -> {
            peak.put(type, peak(type));
            energy.put(type, flopEnergy(type));
        });
        ChipPower power = new ChipPower(this);
        ChipCost cost = new ChipCost(this, area());
        return new Chip(
                name,
                new Engines(
                        tensorUnits, rows, columns, sram / tensorUnits, rows * columns * silicon.exponentialsPerMac()),
                process.clock(),
                ByType.of(peak),
                sram,
                stacks * memory.capacity(),
                stacks * memory.bandwidth(),
                scaleUp,
                power.total(),
                power.idle(),
                ByType.of(energy),
                memory.energy(),
                silicon.serdesEnergy(),
                area().total(),
                cost.price(),
                cost.total(),
                this::explain);
    }

    /** Dense peak, flop/s; NaN for a format the tensor units lack. */
    public double peak(DataType type) {
        Double rate = RATE.get(type);
        return rate == null ? Double.NaN : 2 * tensorUnits * rows * columns * process.clock() * rate;
    }

    /** Energy of a flop at the tensor unit with its operands, joules. */
    public double flopEnergy(DataType type) {
        double arithmetic = silicon.flopEnergy().get(type) * (1 + silicon.flopOverhead());
        double operands = silicon.sramBytesPerFlop() * type.bytes() / 2 * silicon.sramEnergy();
        return (arithmetic + operands) * process.energyScale();
    }

    /** Areas by part. */
    public ChipArea area() {
        return new ChipArea(this);
    }

    Figure givenFigure(String quantity, String label, double value, Unit unit) {
        return given.figure(quantity, label + " of " + name, value, unit);
    }

    /** Reasons why this chip cannot be made; empty when it can. */
    public List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        double die = area().total() / dies;
        if (die > silicon.reticle()) {
            obstacles.add("each compute die would be " + Unit.AREA.format(die) + ", over the reticle limit of "
                    + Unit.AREA.format(silicon.reticle()));
        }
        double interposer = area().interposer();
        if (interposer > silicon.interposerLimit()) {
            obstacles.add("the interposer would be " + Unit.AREA.format(interposer) + ", over the limit of "
                    + Unit.AREA.format(silicon.interposerLimit()));
        }
        return obstacles;
    }

    private Figure explain(String figure, String label, double value, Unit unit) {
        if (figure.startsWith("peak-")) {
            return peakFigure(DataType.valueOf(figure.substring(5).toUpperCase(Locale.ROOT)));
        }
        if (figure.startsWith("flop-energy-")) {
            return flopEnergyFigure(DataType.valueOf(figure.substring(12).toUpperCase(Locale.ROOT)));
        }
        return switch (figure) {
            case "memory-bandwidth" -> perStack(figure, label, value, unit, "bandwidth", memory.bandwidth());
            case "memory-capacity" -> perStack(figure, label, value, unit, "capacity", memory.capacity());
            case "memory-energy" -> memory.figure("energy", value, unit).as(figure);
            case "link-energy" -> silicon.figure("serdes-energy", value, unit).as(figure);
            case "clock" -> process.clockFigure();
            case "chip-power" -> new ChipPower(this).explain();
            case "idle-power" -> new ChipPower(this).explainIdle();
            case "chip-area" -> area().explain();
            case "chip-cost" -> new ChipCost(this, area()).explain();
            case "chip-price" -> new ChipCost(this, area()).explainPrice();
            default -> given.figure(figure, label, value, unit);
        };
    }

    private Figure perStack(String name, String label, double value, Unit unit, String quantity, double each) {
        return Figure.of(
                name,
                label,
                value,
                unit,
                "stacks * stack-" + quantity,
                givenFigure("stacks", "memory stacks", stacks, Unit.ONE),
                memory.figure(quantity, each, unit));
    }

    private Figure peakFigure(DataType type) {
        double rate = RATE.getOrDefault(type, Double.NaN);
        return Figure.of(
                "peak-" + type.name().toLowerCase(Locale.ROOT),
                "dense " + type + " peak of " + name,
                peak(type),
                Unit.FLOP_PER_SECOND,
                "2 * tensor-units * rows * columns * clock * rate",
                givenFigure("tensor-units", "working tensor units", tensorUnits, Unit.ONE),
                givenFigure("rows", "array rows", rows, Unit.ONE),
                givenFigure("columns", "array columns", columns, Unit.ONE),
                process.clockFigure(),
                ruleFigure("rate", "rate of " + type + " over 16 bit", rate));
    }

    private Figure flopEnergyFigure(DataType type) {
        return Figure.of(
                "flop-energy-" + type.name().toLowerCase(Locale.ROOT),
                type + " energy per flop, operands included",
                flopEnergy(type),
                Unit.JOULE_PER_FLOP,
                "(arithmetic-energy * (1 + flop-overhead) + sram-bytes-per-flop * element-bytes / 2 * sram-energy)"
                        + " * energy-scale",
                silicon.figure(
                                "flop-energy-" + type.name().toLowerCase(Locale.ROOT),
                                silicon.flopEnergy().get(type),
                                Unit.JOULE_PER_FLOP)
                        .as("arithmetic-energy"),
                silicon.figure("flop-overhead", silicon.flopOverhead(), Unit.ONE),
                silicon.figure("sram-bytes-per-flop", silicon.sramBytesPerFlop(), Unit.plain("B/flop")),
                ruleFigure("element-bytes", "bytes of one " + type + " value", type.bytes()),
                silicon.figure("sram-energy", silicon.sramEnergy(), Unit.JOULE_PER_BYTE),
                process.energyScaleFigure());
    }

    static Figure ruleFigure(String name, String label, double value) {
        return Figure.leaf(name, label, value, Unit.ONE, Source.definition("convention of the chip floor"));
    }
}
