package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.chip.ByType;
import dev.toile.stack.chip.Silicon;
import dev.toile.stack.operation.DataType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a built chip is made of, in {@code silicon.yaml}: constants that do not belong to one process node.
 *
 * @param macTransistors transistors of one multiply-accumulate of a tensor unit at 16 bit, operand registers and
 *     local control included
 * @param coreShare register files, vector and exponential units, sequencing, as a share of the tensor area
 * @param nocShare on-chip network as a share of the core area
 * @param otherArea host interface, clocking, test and seal ring; does not shrink with the node
 * @param serdesArea PHY area per bandwidth of one direction; does not shrink with the node
 * @param serdesTransistors link controller per bandwidth of one direction
 * @param serdesEnergy energy per byte over one link, both ends
 * @param flopEnergy energy of one floating point operation at N7 by data type, arithmetic only
 * @param flopOverhead energy of operand delivery, control and clock over arithmetic energy
 * @param sramEnergy energy per byte read from a large SRAM macro at N7
 * @param sramBytesPerFlop bytes that cross the shared SRAM for every flop of a tensor unit
 * @param staticShare leakage and clock tree of an idle chip as a share of its full dynamic power
 * @param exponentialsPerMac exponentials a tensor unit evaluates in the time of one 16-bit multiply-accumulate of each
 *     of its cells, over those
 * @param reticle largest die one exposure can print
 * @param interposerPrice price of interposer and assembly per area
 * @param interposerLimit largest interposer in production
 * @param interposerOverhead interposer area over the area of the dies and stacks on it
 * @param stackArea footprint of one memory stack
 * @param substratePrice package substrate, lid and assembly per package
 * @param testPrice wafer sort and final test per package
 * @param packageYield share of assembled packages that work
 * @param clusterAlpha cluster parameter of the negative binomial yield model
 * @param harvest share of the tensor units that may be defective and switched off
 * @param partnerMargin gross margin of the design partner on the package price
 * @param wafer diameter of a wafer
 * @param edge ring at the wafer's edge that prints no good die
 */
@Doc("What a built chip is made of, node-independent")
public record SiliconEntry(
        @Unit("1") Sourced macTransistors,
        @Unit("1") Sourced coreShare,
        @Unit("1") Sourced nocShare,
        @Unit("m2") Sourced otherArea,
        @Unit("m2*s/byte") Sourced serdesArea,
        @Unit("s/byte") Sourced serdesTransistors,
        @Unit("J/byte") Sourced serdesEnergy,
        @Unit("J/flop") Map<DataType, Sourced> flopEnergy,
        @Unit("1") Sourced flopOverhead,
        @Unit("J/byte") Sourced sramEnergy,
        @Unit("byte/flop") Sourced sramBytesPerFlop,
        @Unit("1") Sourced staticShare,
        @Unit("1") Sourced exponentialsPerMac,
        @Unit("m2") Sourced reticle,
        @Unit("USD/m2") Sourced interposerPrice,
        @Unit("m2") Sourced interposerLimit,
        @Unit("1") Sourced interposerOverhead,
        @Unit("m2") Sourced stackArea,
        @Unit("USD") Sourced substratePrice,
        @Unit("USD") Sourced testPrice,
        @Unit("1") Sourced packageYield,
        @Unit("1") Sourced clusterAlpha,
        @Unit("1") Sourced harvest,
        @Unit("1") Sourced partnerMargin,
        @Unit("m") Sourced wafer,
        @Unit("m") Sourced edge) {

    /** The constants of the stack. */
    public Silicon silicon() {
        Citations citations = new Citations("the constants of built chips")
                .add("mac-transistors", macTransistors)
                .add("core-share", coreShare)
                .add("noc-share", nocShare)
                .add("other-area", otherArea)
                .add("serdes-area", serdesArea)
                .add("serdes-transistors", serdesTransistors)
                .add("serdes-energy", serdesEnergy)
                .add("flop-overhead", flopOverhead)
                .add("sram-energy", sramEnergy)
                .add("sram-bytes-per-flop", sramBytesPerFlop)
                .add("static-share", staticShare)
                .add("exponentials-per-mac", exponentialsPerMac)
                .add("reticle", reticle)
                .add("interposer-price", interposerPrice)
                .add("interposer-limit", interposerLimit)
                .add("interposer-overhead", interposerOverhead)
                .add("stack-area", stackArea)
                .add("substrate-price", substratePrice)
                .add("test-price", testPrice)
                .add("package-yield", packageYield)
                .add("cluster-alpha", clusterAlpha)
                .add("harvest", harvest)
                .add("partner-margin", partnerMargin)
                .add("wafer", wafer)
                .add("edge", edge);
        Map<DataType, Double> energies = new EnumMap<>(DataType.class);
        flopEnergy.forEach((type, energy) -> {
            citations.add("flop-energy-" + type.name().toLowerCase(Locale.ROOT), energy);
            energies.put(type, energy.mid());
        });
        return new Silicon(
                macTransistors.mid(),
                coreShare.mid(),
                nocShare.mid(),
                otherArea.mid(),
                serdesArea.mid(),
                serdesTransistors.mid(),
                serdesEnergy.mid(),
                ByType.of(energies),
                flopOverhead.mid(),
                sramEnergy.mid(),
                sramBytesPerFlop.mid(),
                staticShare.mid(),
                exponentialsPerMac.mid(),
                reticle.mid(),
                interposerPrice.mid(),
                interposerLimit.mid(),
                interposerOverhead.mid(),
                stackArea.mid(),
                substratePrice.mid(),
                testPrice.mid(),
                packageYield.mid(),
                clusterAlpha.mid(),
                harvest.mid(),
                partnerMargin.mid(),
                wafer.mid(),
                edge.mid(),
                citations.provenance());
    }
}
