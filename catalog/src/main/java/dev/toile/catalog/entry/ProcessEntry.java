package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.process.ProcessNode;

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
        @Unit("m") @Range(minExclusive = true) Sourced feature,
        @Unit("1/m2") @Range(minExclusive = true) Sourced logicDensity,
        @Unit("byte/m2") @Range(minExclusive = true) Sourced sramDensity,
        @Unit("USD") Sourced waferPrice,
        @Unit("1/m2") Sourced defectDensity,
        @Unit("USD") Sourced designCost,
        @Unit("USD") Sourced maskCost,
        @Unit("1") @Range(minExclusive = true) Sourced energyScale,
        @Unit("J/byte") @Range(minExclusive = true) Sourced smallSramEnergy,
        @Unit("J/byte") @Range(minExclusive = true) Sourced largeSramEnergy,
        @Unit("J/byte/m") Sourced wireEnergy,
        @Unit("W/m2") Sourced leakage,
        @Unit("1") @Range(minExclusive = true, max = 5) Sourced voltage,
        @Unit("1") @Range(max = 5) Sourced threshold,
        @Unit("Hz") @Range(minExclusive = true) Sourced clock) {

    /** The node of the stack. */
    public ProcessNode node() {
        Citations citations = new Citations("the process node " + name)
                .add("feature", feature)
                .add("logic-density", logicDensity)
                .add("sram-density", sramDensity)
                .add("wafer-price", waferPrice)
                .add("defect-density", defectDensity)
                .add("design-cost", designCost)
                .add("mask-cost", maskCost)
                .add("energy-scale", energyScale)
                .add("small-sram-energy", smallSramEnergy)
                .add("large-sram-energy", largeSramEnergy)
                .add("wire-energy", wireEnergy)
                .add("leakage", leakage)
                .add("voltage", voltage)
                .add("threshold", threshold)
                .add("clock", clock);
        return new ProcessNode(
                name,
                feature.mid(),
                logicDensity.mid(),
                sramDensity.mid(),
                waferPrice.mid(),
                defectDensity.mid(),
                designCost.mid(),
                maskCost.mid(),
                energyScale.mid(),
                smallSramEnergy.mid(),
                largeSramEnergy.mid(),
                wireEnergy.mid(),
                leakage.mid(),
                voltage.mid(),
                threshold.mid(),
                clock.mid(),
                citations.provenance());
    }
}
