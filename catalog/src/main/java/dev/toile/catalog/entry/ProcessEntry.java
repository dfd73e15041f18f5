package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.figure.Source;
import dev.toile.stack.process.ProcessNode;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One process node in {@code processes.yaml}.
 *
 * @param name the foundry's name, such as "TSMC N5"
 * @param feature size that the node is named after
 * @param logicDensity transistors per area of dense logic, as achieved on real dies
 * @param sramDensity bits per area of an SRAM macro, periphery included
 * @param waferPrice price of one processed 300 mm wafer
 * @param defectDensity defects per area, D0
 * @param designCost one-time cost of design and verification of a large chip
 * @param maskCost one set of masks
 * @param energyScale energy per operation relative to N7 at equal speed
 * @param smallSramEnergy energy per byte from a macro of 8 KiB
 * @param largeSramEnergy energy per byte from a macro of 1 MiB
 * @param wireEnergy energy per byte and length of a repeated wire
 * @param leakage power per area at working temperature
 * @param voltage nominal, in volts
 * @param threshold in volts
 * @param clock highest clock of a tensor unit at nominal voltage
 */
@Doc("A process node: densities, wafer price, defects, energy")
public record ProcessEntry(
        String name,
        @Unit("m") @Range(minExclusive = true) @Nullable Sourced feature,
        @Unit("1/m2") @Range(minExclusive = true) Sourced logicDensity,
        @Unit("byte/m2") @Range(minExclusive = true) Sourced sramDensity,
        @Unit("USD") Sourced waferPrice,
        @Unit("1/m2") Sourced defectDensity,
        @Unit("USD") Sourced designCost,
        @Unit("USD") @Nullable Sourced maskCost,
        @Unit("1") @Range(minExclusive = true) Sourced energyScale,

        @Unit("J/byte") @Range(minExclusive = true) @Nullable
        Sourced smallSramEnergy,

        @Unit("J/byte") @Range(minExclusive = true) @Nullable
        Sourced largeSramEnergy,

        @Unit("J/byte/m") @Nullable Sourced wireEnergy,
        @Unit("W/m2") @Nullable Sourced leakage,

        @Unit("1") @Range(minExclusive = true, max = 5) @Nullable
        Sourced voltage,

        @Unit("1") @Range(max = 5) @Nullable Sourced threshold,
        @Unit("Hz") @Range(minExclusive = true) Sourced clock) {

    // An own node that leaves these out gets N7's, as the catalog has them.
    private static final double N7_FEATURE = 7e-9;
    private static final double N7_MASK_COST = 10.5e6;
    private static final double N7_SMALL_SRAM_ENERGY = 0.9375e-12;
    private static final double N7_LARGE_SRAM_ENERGY = 1.75e-12;
    private static final double N7_WIRE_ENERGY = 0.6e-9;
    private static final double N7_LEAKAGE = 35e3;
    private static final double N7_VOLTAGE = 0.75;
    private static final double N7_THRESHOLD = 0.3;

    private static Sourced known(@Nullable Sourced given, double otherwise) {
        return given != null
                ? given
                : new Sourced(
                        otherwise,
                        otherwise,
                        otherwise,
                        Source.definition("value of N7, for a node that does not say"),
                        "");
    }

    /** The node of the stack. */
    public ProcessNode node() {
        return node(Sourced::mid);
    }

    /**
     * The node of the stack at another end of what it costs.
     *
     * @param money takes prices and defect density at one end of their range
     */
    public ProcessNode node(ToDoubleFunction<Sourced> money) {
        Citations citations = new Citations("the process node " + name)
                .add("feature", known(feature, N7_FEATURE))
                .add("logic-density", logicDensity)
                .add("sram-density", sramDensity)
                .add("wafer-price", waferPrice)
                .add("defect-density", defectDensity)
                .add("design-cost", designCost)
                .add("mask-cost", known(maskCost, N7_MASK_COST))
                .add("energy-scale", energyScale)
                .add("small-sram-energy", known(smallSramEnergy, N7_SMALL_SRAM_ENERGY))
                .add("large-sram-energy", known(largeSramEnergy, N7_LARGE_SRAM_ENERGY))
                .add("wire-energy", known(wireEnergy, N7_WIRE_ENERGY))
                .add("leakage", known(leakage, N7_LEAKAGE))
                .add("voltage", known(voltage, N7_VOLTAGE))
                .add("threshold", known(threshold, N7_THRESHOLD))
                .add("clock", clock);
        return new ProcessNode(
                name,
                known(feature, N7_FEATURE).mid(),
                logicDensity.mid(),
                sramDensity.mid(),
                money.applyAsDouble(waferPrice),
                money.applyAsDouble(defectDensity),
                money.applyAsDouble(designCost),
                money.applyAsDouble(known(maskCost, N7_MASK_COST)),
                energyScale.mid(),
                known(smallSramEnergy, N7_SMALL_SRAM_ENERGY).mid(),
                known(largeSramEnergy, N7_LARGE_SRAM_ENERGY).mid(),
                known(wireEnergy, N7_WIRE_ENERGY).mid(),
                known(leakage, N7_LEAKAGE).mid(),
                known(voltage, N7_VOLTAGE).mid(),
                known(threshold, N7_THRESHOLD).mid(),
                clock.mid(),
                citations.provenance());
    }
}
