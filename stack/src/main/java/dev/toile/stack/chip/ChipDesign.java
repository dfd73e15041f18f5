package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A chip to be built: its parts, from which area, power, yield and cost follow as sums.
 *
 * <p>The dies are equal and share the parts evenly. The peak rate of a type is {@code 2 units macs rate clock}. A design
 * is also the provenance of the {@link Chip} it makes, so that whoever has the chip can ask for its parts.
 *
 * @param name of the chip
 * @param process node of the dies
 * @param dies in one package
 * @param units working cores in one package
 * @param spareCores cores that may be defective and switched off
 * @param core around each tensor unit
 * @param shared memory of all cores and the network to it
 * @param memory off the dies
 * @param links serial links by purpose
 * @param dieToDie bytes/s between dies, one direction, of all cuts; 0 for one die
 * @param base dies under the compute dies with the interfaces on them; null when the compute dies have their own
 * @param packaging that carries the dies
 * @param clock Hz
 * @param clockGating share of the clock tree that stops where there is no work
 * @param fixedClock whether the clock never gives way, so that the design power covers all parts at work at once
 * @param powerLimit watts that the package is held to; infinite for as many as it takes
 * @param volume packages over which the one-time cost is spread
 * @param silicon node-independent constants
 * @param given where the choices above come from
 */
public record ChipDesign(
        String name,
        ProcessNode process,
        double dies,
        double units,
        double spareCores,
        Core core,
        SharedMemory shared,
        MemorySystem memory,
        List<Links> links,
        double dieToDie,
        @Nullable BaseDies base,
        Packaging packaging,
        double clock,
        double clockGating,
        boolean fixedClock,
        double powerLimit,
        double volume,
        Silicon silicon,
        Provenance given)
        implements Provenance {

    static final Source RULE = Source.definition("convention of the chip floor");

    /** The purpose of the links that a chip's peers are reached by. */
    public static final String SCALE_UP = "scale-up";

    /** The purpose of the link to the host. */
    public static final String HOST = "host";

    /** Copies the links. */
    public ChipDesign {
        links = List.copyOf(links);
    }

    /** The chip that comes out. */
    public Chip chip() {
        ChipArea area = area();
        ChipPower power = new ChipPower(this, area);
        ChipCost cost = new ChipCost(this, area);
        EnumMap<DataType, Double> peak = new EnumMap<>(DataType.class);
        EnumMap<DataType, Double> energy = new EnumMap<>(DataType.class);
        for (DataType type : DataType.values()) {
            if (core.rates().has(type)) {
                peak.put(type, peak(type));
                energy.put(type, power.flopEnergy(type));
            }
        }
        double made = cost.total();
        return new Chip(
                name,
                engines(),
                clock,
                ByType.of(peak),
                lastLevel(),
                memory.totalCapacity(),
                memory.totalBandwidth(),
                bandwidth(SCALE_UP),
                power.total(),
                power.idle(),
                ByType.of(energy),
                power.memoryEnergy(),
                linkEnergy() / silicon.regulatorEfficiency(),
                area.total(),
                made / (1 - silicon.partnerMargin()),
                made,
                this);
    }

    /** Bytes nearest to memory that all cores share: on the base dies, where those have some. */
    private double lastLevel() {
        return base != null && base.sram() > 0 ? base.sram() : shared.usable();
    }

    /** A systolic array has a shape the mapper must fit tiles to; dot-product units are described by their tiles. */
    private Engines engines() {
        boolean array = core.flow() == Core.Flow.SYSTOLIC;
        double memory = core.localMemory() + shared.usable() / units;
        return new Engines(
                units,
                array ? core.rows() : 0,
                array ? core.columns() : 0,
                array ? memory : core.localMemory(),
                core.exponentials());
    }

    /** Dense peak, flop/s; NaN for a format the tensor units lack. */
    public double peak(DataType type) {
        return 2 * units * core.macs() * core.rates().get(type) * clock;
    }

    /** Cores on all dies, spare ones included. */
    public double cores() {
        return units + spareCores;
    }

    /** Bytes/s of the links of a purpose, one direction. */
    public double bandwidth(String purpose) {
        double sum = 0;
        for (Links each : links) {
            if (each.purpose().equals(purpose)) {
                sum += each.bandwidth();
            }
        }
        return sum;
    }

    private double linkEnergy() {
        for (Links each : links) {
            if (each.purpose().equals(SCALE_UP)) {
                return each.generation().energy();
            }
        }
        return links.isEmpty() ? 0 : links.getFirst().generation().energy();
    }

    /** Areas by part. */
    public ChipArea area() {
        return ChipArea.of(this);
    }

    /** Power by part. */
    public ChipPower power() {
        return new ChipPower(this, area());
    }

    /** Cost by part. */
    public ChipCost cost() {
        return new ChipCost(this, area());
    }

    /** Reasons why this chip cannot be made; empty when it can. */
    public List<String> obstacles() {
        return DesignCheck.obstacles(this);
    }

    /** Whether it is over a limit that it will not get under with more of any part. */
    public boolean outgrown() {
        return DesignCheck.of(this).stream().anyMatch(check -> check.growing() && !check.holds());
    }

    Figure givenFigure(String quantity, String label, double value, Unit unit) {
        return given.figure(quantity, label + " of " + name, value, unit);
    }

    @Override
    public Figure figure(String figure, String label, double value, Unit unit) {
        if (figure.startsWith("peak-")) {
            return peakFigure(DataType.valueOf(figure.substring(5).toUpperCase(Locale.ROOT)));
        }
        if (figure.startsWith("flop-energy-")) {
            DataType type = DataType.valueOf(figure.substring(12).toUpperCase(Locale.ROOT));
            return new FlopFigures(power()).flop(type);
        }
        return switch (figure) {
            case "memory-bandwidth" -> perStack(figure, label, value, unit, "bandwidth", memory.bandwidth());
            case "memory-capacity" -> perStack(figure, label, value, unit, "capacity", memory.capacity());
            case "memory-energy" -> new EnergyFigures(power()).memory().as(figure);
            case "link-energy" -> linkEnergyFigure(value, unit);
            case "clock" -> clockFigure();
            case "chip-power" -> power().explain();
            case "idle-power" -> power().explainIdle();
            case "chip-area" -> area().explain();
            case "chip-cost" -> cost().explain();
            case "chip-price" -> cost().explainPrice();
            default -> given.figure(figure, label, value, unit);
        };
    }

    private Figure linkEnergyFigure(double value, Unit unit) {
        double lane = linkEnergy();
        for (Links each : links) {
            if (each.generation().energy() == lane) {
                return Figure.of(
                        "link-energy",
                        "energy per byte on the links, losses of its supply included",
                        value,
                        unit,
                        "lane-energy / regulator-efficiency",
                        each.generation().figure("energy", lane, unit).as("lane-energy"),
                        regulator());
            }
        }
        return ruleFigure("link-energy", "no links", 0);
    }

    Figure regulator() {
        return silicon.figure("regulator-efficiency", silicon.regulatorEfficiency(), Unit.SHARE);
    }

    Figure clockFigure() {
        return clock == process.clock()
                ? process.clockFigure()
                : given.figure("clock", "clock of " + name, clock, Unit.HERTZ);
    }

    private Figure perStack(String name, String label, double value, Unit unit, String quantity, double each) {
        return Figure.of(
                name,
                label,
                value,
                unit,
                "stacks * stack-" + quantity,
                givenFigure("stacks", "memory stacks", memory.stacks(), Unit.ONE),
                memory.stackFigure(quantity, each, unit));
    }

    Figure peakFigure(DataType type) {
        return Figure.of(
                "peak-" + type.name().toLowerCase(Locale.ROOT),
                "dense " + type + " peak of " + name,
                peak(type),
                Unit.FLOP_PER_SECOND,
                "2 * tensor-units * macs * rate * clock",
                givenFigure("tensor-units", "working tensor units", units, Unit.ONE),
                macs(),
                givenFigure(
                        "rate",
                        "rate of " + type + " over the widest type",
                        core.rates().get(type),
                        Unit.ONE),
                clockFigure());
    }

    private Figure macs() {
        return Figure.of(
                "macs",
                "multiply-accumulates of a unit in a cycle",
                core.macs(),
                Unit.ONE,
                "rows * columns * depth / cycles",
                givenFigure("rows", "rows", core.rows(), Unit.ONE),
                givenFigure("columns", "columns", core.columns(), Unit.ONE),
                givenFigure("depth", "depth", core.depth(), Unit.ONE),
                givenFigure("cycles", "cycles of an instruction", core.cycles(), Unit.ONE));
    }

    static Figure ruleFigure(String name, String label, double value) {
        return Figure.leaf(name, label, value, Unit.ONE, RULE);
    }
}
