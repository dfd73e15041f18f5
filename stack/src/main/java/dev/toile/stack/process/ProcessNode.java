package dev.toile.stack.process;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import java.util.Locale;

/**
 * A process node as an architect meets it. SI units.
 *
 * @param name the foundry's name
 * @param feature m that the node is named after; where values between nodes are read off, not a length on the die
 * @param logicDensity transistors per m2 of dense logic, as achieved on real dies
 * @param sramDensity bytes per m2 of SRAM macro, periphery included
 * @param waferPrice USD for one processed wafer
 * @param defectDensity defects per m2
 * @param designCost USD, one time: design and verification
 * @param maskCost USD, one set of masks
 * @param energyScale energy per operation over that at N7
 * @param smallSramEnergy joules per byte from a macro of 8 KiB
 * @param largeSramEnergy joules per byte from a macro of 1 MiB
 * @param wireEnergy joules per byte and m of a repeated on-chip wire
 * @param leakage watts per m2 at working temperature
 * @param voltage V at which the clock holds
 * @param threshold V
 * @param clock Hz that a tensor unit reaches at nominal voltage
 * @param provenance where these numbers come from
 */
public record ProcessNode(
        String name,
        double feature,
        double logicDensity,
        double sramDensity,
        double waferPrice,
        double defectDensity,
        double designCost,
        double maskCost,
        double energyScale,
        double smallSramEnergy,
        double largeSramEnergy,
        double wireEnergy,
        double leakage,
        double voltage,
        double threshold,
        double clock,
        Provenance provenance) {

    private static final Source SIZE = Source.definition("size of this memory in the design");

    /** Bytes of the macro of {@link #smallSramEnergy()}. */
    public static final double SMALL_SRAM = 0x1p13;

    /** Bytes of the macro of {@link #largeSramEnergy()}. */
    public static final double LARGE_SRAM = 0x1p20;

    /**
     * A node between two: every value is a power of the feature size through those of its neighbours, so that equal ratios
     * of the name give equal ratios of the value.
     *
     * @param coarse the larger neighbour
     * @param fine the smaller neighbour
     * @param feature m
     */
    public static ProcessNode between(ProcessNode coarse, ProcessNode fine, double feature) {
        if (coarse.feature == fine.feature) {
            return fine;
        }
        double share = Math.log(coarse.feature / feature) / Math.log(coarse.feature / fine.feature);
        Mean mean = new Mean(coarse, fine, share);
        return new ProcessNode(
                String.format(Locale.ROOT, "%.3g nm", feature * 1e9),
                feature,
                mean.of(coarse.logicDensity, fine.logicDensity),
                mean.of(coarse.sramDensity, fine.sramDensity),
                mean.of(coarse.waferPrice, fine.waferPrice),
                mean.of(coarse.defectDensity, fine.defectDensity),
                mean.of(coarse.designCost, fine.designCost),
                mean.of(coarse.maskCost, fine.maskCost),
                mean.of(coarse.energyScale, fine.energyScale),
                mean.of(coarse.smallSramEnergy, fine.smallSramEnergy),
                mean.of(coarse.largeSramEnergy, fine.largeSramEnergy),
                mean.of(coarse.wireEnergy, fine.wireEnergy),
                mean.of(coarse.leakage, fine.leakage),
                mean.of(coarse.voltage, fine.voltage),
                mean.of(coarse.threshold, fine.threshold),
                mean.of(coarse.clock, fine.clock),
                mean);
    }

    /** The weighted geometric mean of two nodes' values, which knows both. */
    private record Mean(ProcessNode coarse, ProcessNode fine, double share) implements Provenance {

        double of(double a, double b) {
            return a == 0 || b == 0 ? (1 - share) * a + share * b : a * Math.pow(b / a, share);
        }

        @Override
        public Figure figure(String name, String label, double value, Unit unit) {
            double low = coarse.named(name);
            double high = fine.named(name);
            boolean zero = low == 0 || high == 0;
            return Figure.of(
                    name,
                    label + ", between " + coarse.name + " and " + fine.name,
                    value,
                    unit,
                    zero ? "(1 - share) * coarse + share * fine" : "coarse * (fine / coarse) ^ share",
                    coarse.provenance
                            .figure(name, name + " of " + coarse.name, low, unit)
                            .as("coarse"),
                    fine.provenance
                            .figure(name, name + " of " + fine.name, high, unit)
                            .as("fine"),
                    Figure.leaf(
                            "share",
                            "way from the coarse to the fine node, in the logarithm of the feature size",
                            share,
                            Unit.ONE,
                            Source.definition("between the nodes of the catalog")));
        }
    }

    private double named(String name) {
        return switch (name) {
            case "logic-density" -> logicDensity;
            case "sram-density" -> sramDensity;
            case "wafer-price" -> waferPrice;
            case "defect-density" -> defectDensity;
            case "design-cost" -> designCost;
            case "mask-cost" -> maskCost;
            case "energy-scale" -> energyScale;
            case "small-sram-energy" -> smallSramEnergy;
            case "large-sram-energy" -> largeSramEnergy;
            case "wire-energy" -> wireEnergy;
            case "leakage" -> leakage;
            case "clock" -> clock;
            default -> throw new IllegalArgumentException("a process node has no " + name);
        };
    }

    /**
     * Joules per byte from a macro of so many bytes: a power law through the two sizes that are published (word and bit
     * lines grow with the square root of the size, decoders and sense amplifiers do not). Macros beyond a MiB are banked
     * and cost no more.
     */
    public double sramEnergy(double bytes) {
        double size = Math.clamp(bytes, SMALL_SRAM / 8, LARGE_SRAM) / SMALL_SRAM;
        return smallSramEnergy * Math.pow(size, sramExponent());
    }

    private double sramExponent() {
        return Math.log(largeSramEnergy / smallSramEnergy) / Math.log(LARGE_SRAM / SMALL_SRAM);
    }

    /**
     * Clock at a voltage, Hz: the alpha-power law, {@code f ~ (V - Vt)^1.3 / V} (Sakurai and Newton, IEEE JSSC 25(2), 1990,
     * with the exponent of short channels), at the voltage that a droop leaves of the supply.
     *
     * @param volts of the supply
     * @param guard share of it that is kept against droops
     */
    public double clockAt(double volts, double guard) {
        return clock * drive(volts * (1 - guard)) / drive(voltage * (1 - guard));
    }

    private double drive(double volts) {
        return Math.pow(Math.max(0, volts - threshold), 1.3) / volts;
    }

    /** Transistors per m2. */
    public Figure logicDensityFigure() {
        return provenance.figure("logic-density", "logic density of " + name, logicDensity, Unit.PER_AREA);
    }

    /** Bytes of SRAM per m2. */
    public Figure sramDensityFigure() {
        return provenance.figure("sram-density", "SRAM density of " + name, sramDensity, Unit.BYTE_PER_AREA);
    }

    /** USD per wafer. */
    public Figure waferPriceFigure() {
        return provenance.figure("wafer-price", "price of a " + name + " wafer", waferPrice, Unit.USD);
    }

    /** Defects per m2. */
    public Figure defectDensityFigure() {
        return provenance.figure("defect-density", "defect density of " + name, defectDensity, Unit.DEFECTS_PER_AREA);
    }

    /** USD, one time. */
    public Figure designCostFigure() {
        return provenance.figure("design-cost", "design of a large " + name + " chip", designCost, Unit.USD);
    }

    /** USD, one time. */
    public Figure maskCostFigure() {
        return provenance.figure("mask-cost", "a set of " + name + " masks", maskCost, Unit.USD);
    }

    /** Energy per operation over that at N7. */
    public Figure energyScaleFigure() {
        return provenance.figure("energy-scale", "energy per operation of " + name + " over N7", energyScale, Unit.ONE);
    }

    /** The tree behind {@link #sramEnergy}. */
    public Figure sramEnergyFigure(String as, double bytes) {
        return Figure.of(
                as,
                "energy per byte from an SRAM of this size in " + name,
                sramEnergy(bytes),
                Unit.JOULE_PER_BYTE,
                "small-sram-energy * (min(max(size, 1024), 1048576) / 8192)"
                        + " ^ (log(large-sram-energy / small-sram-energy) / log(128))",
                provenance.figure(
                        "small-sram-energy", "8 KiB of SRAM in " + name, smallSramEnergy, Unit.JOULE_PER_BYTE),
                provenance.figure(
                        "large-sram-energy", "1 MiB of SRAM in " + name, largeSramEnergy, Unit.JOULE_PER_BYTE),
                Figure.leaf("size", "bytes of the SRAM", bytes, Unit.BYTE, SIZE));
    }

    /** Energy of a wire. */
    public Figure wireEnergyFigure() {
        return provenance.figure(
                "wire-energy", "energy per byte and metre in " + name, wireEnergy, Unit.prefixed("J/B/m"));
    }

    /** Watts per m2. */
    public Figure leakageFigure() {
        return provenance.figure("leakage", "leakage of " + name, leakage, Unit.plain("W/m2"));
    }

    /** Clock of a tensor unit. */
    public Figure clockFigure() {
        return provenance.figure("clock", "clock of a tensor unit in " + name, clock, Unit.HERTZ);
    }
}
