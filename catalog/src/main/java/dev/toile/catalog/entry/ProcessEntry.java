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
 * @param logicDensity transistors per area of dense logic, as achieved on real dies
 * @param sramDensity bits per area of an SRAM macro, periphery included
 * @param waferPrice price of one processed 300 mm wafer
 * @param defectDensity defects per area, D0
 * @param designCost one-time cost of design, verification and the mask set of a large chip
 * @param energyScale energy per operation relative to N7 at equal speed
 * @param clock highest clock of a tensor unit at nominal voltage
 */
@Doc("A process node: densities, wafer price, defects, energy")
public record ProcessEntry(
        String name,
        @Unit("1/m2") @Range(minExclusive = true) Sourced logicDensity,
        @Unit("byte/m2") @Range(minExclusive = true) Sourced sramDensity,
        @Unit("USD") Sourced waferPrice,
        @Unit("1/m2") Sourced defectDensity,
        @Unit("USD") Sourced designCost,
        @Unit("1") @Range(minExclusive = true) Sourced energyScale,
        @Unit("Hz") @Range(minExclusive = true) Sourced clock) {

    /** The node of the stack. */
    public ProcessNode node() {
        Citations citations = new Citations("the process node " + name)
                .add("logic-density", logicDensity)
                .add("sram-density", sramDensity)
                .add("wafer-price", waferPrice)
                .add("defect-density", defectDensity)
                .add("design-cost", designCost)
                .add("energy-scale", energyScale)
                .add("clock", clock);
        return new ProcessNode(
                name,
                logicDensity.mid(),
                sramDensity.mid(),
                waferPrice.mid(),
                defectDensity.mid(),
                designCost.mid(),
                energyScale.mid(),
                clock.mid(),
                citations.provenance());
    }
}
