package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An accelerator package, bought or built: what the floors above need of it.
 *
 * @param name the maker's name
 * @param engines that share the tiles of one operation
 * @param clock Hz at which the peak rates hold
 * @param peak dense peak rates, flop/s
 * @param cache bytes of last-level cache or shared SRAM
 * @param memoryCapacity bytes
 * @param memoryBandwidth bytes/s
 * @param scaleUp bytes/s of the scale-up links, one direction
 * @param power watts, thermal design power
 * @param idlePower watts without work
 * @param flopEnergy joules per flop at the tensor units, operand delivery included
 * @param memoryEnergy joules per byte of memory traffic
 * @param linkEnergy joules per byte sent over a link
 * @param area m2 of all compute dies; NaN when unknown
 * @param price USD a buyer pays; for a built chip its cost over one less the design partner's margin
 * @param cost USD to make one good package; NaN when only the price is known
 * @param provenance where these numbers come from
 */
public record Chip(
        String name,
        Engines engines,
        double clock,
        ByType peak,
        double cache,
        double memoryCapacity,
        double memoryBandwidth,
        double scaleUp,
        double power,
        double idlePower,
        ByType flopEnergy,
        double memoryEnergy,
        double linkEnergy,
        double area,
        double price,
        double cost,
        Provenance provenance) {

    /** Tensor engines that share the tiles of one operation. */
    public double units() {
        return engines.count();
    }

    /**
     * The format in which the chip multiplies values of a type: the type itself, or the next wider one that the
     * chip supports (weights are then widened on the way to the tensor units).
     */
    public DataType mathType(DataType type) {
        DataType found = found(type);
        if (found == null) {
            throw new IllegalArgumentException(name + " has no peak rate for " + type + " nor for a wider format");
        }
        return found;
    }

    /** Whether the chip multiplies values of a type, if need be in a wider format. */
    public boolean multiplies(DataType type) {
        return found(type) != null;
    }

    private @Nullable DataType found(DataType type) {
        DataType wider = type;
        while (!peak.has(wider)) {
            switch (wider) {
                case MXFP4 -> wider = DataType.FP4;
                case FP4, FP8_BLOCK, MXFP8 -> wider = DataType.FP8;
                case INT4, FP8, INT8 -> wider = DataType.BF16;
                case BF16 -> wider = DataType.FP16;
                case FP16 -> wider = DataType.FP32;
                case FP32, FP64 -> {
                    return null;
                }
            }
        }
        return wider;
    }

    /** The same chip on other scale-up links. */
    public Chip withScaleUp(double bytesPerSecond) {
        return new Chip(
                name,
                engines,
                clock,
                peak,
                cache,
                memoryCapacity,
                memoryBandwidth,
                bytesPerSecond,
                power,
                idlePower,
                flopEnergy,
                memoryEnergy,
                linkEnergy,
                area,
                price,
                cost,
                provenance);
    }

    /** Dense peak rate for values of a type, flop/s. */
    public double peakFor(DataType type) {
        return peak.get(mathType(type));
    }

    /** Energy of one flop on values of a type, joules. */
    public double flopEnergyFor(DataType type) {
        return flopEnergy.get(mathType(type));
    }

    /** The tree behind {@link #peakFor}. */
    public Figure peakFigure(DataType type) {
        DataType math = mathType(type);
        String id = "peak-" + math.name().toLowerCase(Locale.ROOT);
        return provenance.figure(id, "dense " + math + " peak of " + name, peak.get(math), Unit.FLOP_PER_SECOND);
    }

    /** The tree behind {@link #flopEnergyFor}. */
    public Figure flopEnergyFigure(DataType type) {
        DataType math = mathType(type);
        String id = "flop-energy-" + math.name().toLowerCase(Locale.ROOT);
        return provenance.figure(id, math + " energy per flop of " + name, flopEnergy.get(math), Unit.JOULE_PER_FLOP);
    }

    /** Tensor engines. */
    public Figure unitsFigure() {
        return provenance.figure("units", "tensor engines of " + name, units(), Unit.ONE);
    }

    /** Clock. */
    public Figure clockFigure() {
        return provenance.figure("clock", "clock of " + name, clock, Unit.HERTZ);
    }

    /** Memory bandwidth. */
    public Figure memoryBandwidthFigure() {
        return provenance.figure(
                "memory-bandwidth", "memory bandwidth of " + name, memoryBandwidth, Unit.BYTE_PER_SECOND);
    }

    /** Memory capacity. */
    public Figure memoryCapacityFigure() {
        return provenance.figure("memory-capacity", "memory of " + name, memoryCapacity, Unit.BYTE);
    }

    /** Energy per byte of memory traffic. */
    public Figure memoryEnergyFigure() {
        return provenance.figure(
                "memory-energy", "memory energy per byte of " + name, memoryEnergy, Unit.JOULE_PER_BYTE);
    }

    /** Energy per byte over a link. */
    public Figure linkEnergyFigure() {
        return provenance.figure("link-energy", "link energy per byte of " + name, linkEnergy, Unit.JOULE_PER_BYTE);
    }

    /** Thermal design power. */
    public Figure powerFigure() {
        return provenance.figure("chip-power", "thermal design power of " + name, power, Unit.WATT);
    }

    /** Power without work. */
    public Figure idlePowerFigure() {
        return provenance.figure("idle-power", "idle power of " + name, idlePower, Unit.WATT);
    }

    /** Die area. */
    public Figure areaFigure() {
        return provenance.figure("chip-area", "compute die area of " + name, area, Unit.AREA);
    }

    /** What a buyer pays. */
    public Figure priceFigure() {
        return provenance.figure("chip-price", "price of one " + name, price, Unit.USD);
    }

    /** What it costs to make; the price where that is all that is known. */
    public double knownCost() {
        return Double.isNaN(cost) ? price : cost;
    }

    /** The tree behind {@link #knownCost()}. */
    public Figure costFigure() {
        return Double.isNaN(cost)
                ? priceFigure().as("chip-cost").noted("bought: the price is the cost")
                : provenance.figure("chip-cost", "cost of one good package of " + name, cost, Unit.USD);
    }
}
