package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.chip.ByType;
import dev.toile.stack.chip.Silicon;
import dev.toile.stack.chip.Stacking;
import dev.toile.stack.operation.DataType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a built chip is made of, in {@code silicon.yaml}: constants that do not belong to one process node.
 *
 * @param multiplierTransistors 64-bit floating point multiply-accumulator; narrower ones go with the square of the significand
 * @param integerTransistors 32-bit integer unit
 * @param adderTransistors 32-bit accumulator of a floating point cell in a systolic array
 * @param registerTransistors registers of a cell of a systolic array
 * @param issueTransistors an issue slot: fetch, decode, scheduling, operand collection, load and store, texture
 * @param scratchpadOverhead area of software-managed memory over that of its macros
 * @param cacheTransistors logic of a cache besides that
 * @param nocTransistors on-chip network per byte per cycle and length
 * @param otherArea host interface, clocking, test and seal ring of a die; does not shrink with the node
 * @param dieToDieArea links between dies per bandwidth, both ends
 * @param dieToDieEnergy energy between dies
 * @param dieToDieShoreline die edge of links between dies per bandwidth
 * @param memoryShoreline die edge of one memory interface
 * @param flopEnergy energy of one floating point operation at N7 by data type, arithmetic only
 * @param registerEnergy register of a systolic cell with its clock at N7
 * @param clockPower clock tree and what it toggles without work, per area of digital circuits
 * @param workingClockShare share of the gated clock tree that runs during a large product
 * @param voltageGuard share of the supply voltage that is kept against droops and spread
 * @param exponentialsPerMac exponentials a tensor unit evaluates in the time of one 16-bit multiply-accumulate of each of its cells, over those
 * @param reticle largest die one exposure can print
 * @param interposerPrice price of interposer and assembly per area
 * @param interposerLimit largest interposer in production
 * @param interposerOverhead interposer area over the area of the dies and stacks on it
 * @param stackArea footprint of one memory stack
 * @param substratePrice package substrate, lid and assembly per package
 * @param testPrice wafer sort and final test per package
 * @param assemblyYield share of packages that survive assembly
 * @param attachYield share of dies and stacks that survive their attachment
 * @param testCoverage share of bad dies that the wafer test finds
 * @param clusterAlpha cluster parameter of the negative binomial yield model
 * @param harvest share of the tensor units that are spare when a design does not say
 * @param partnerMargin gross margin of the design partner on the package price
 * @param wafer diameter of a wafer
 * @param edge ring at the wafer's edge that prints no good die
 * @param airFlux heat per die area that air carries away
 * @param liquidFlux heat per die area that cold plates carry away
 * @param bondArea area of a bond between stacked dies per bandwidth, on either die
 * @param bondEnergy energy across a bond
 * @param bondYield share of bonded dies that survive
 * @param bondPrice thinning, vias and bonding per area of the upper die
 * @param chipletArea clocking, test and seal ring of a die whose interfaces lie on another
 * @param stackedFlux heat per area that a stack of two logic dies passes to a cold plate
 * @param regulatorEfficiency power at the dies and stacks over power at the module's input
 */
@Doc("What a built chip is made of, node-independent")
public record SiliconEntry(
        @Unit("1") Sourced multiplierTransistors,
        @Unit("1") Sourced integerTransistors,
        @Unit("1") Sourced adderTransistors,
        @Unit("1") Sourced registerTransistors,
        @Unit("1") Sourced issueTransistors,
        @Unit("1") Sourced scratchpadOverhead,
        @Unit("1/byte") Sourced cacheTransistors,
        @Unit("1/byte/m") Sourced nocTransistors,
        @Unit("m2") Sourced otherArea,
        @Unit("m2*s/byte") Sourced dieToDieArea,
        @Unit("J/byte") Sourced dieToDieEnergy,
        @Unit("m*s/byte") Sourced dieToDieShoreline,
        @Unit("m") Sourced memoryShoreline,
        @Unit("J/flop") Map<DataType, Sourced> flopEnergy,
        @Unit("J/byte") Sourced registerEnergy,
        @Unit("W/m2/Hz") Sourced clockPower,
        @Unit("1") Sourced workingClockShare,
        @Unit("1") Sourced voltageGuard,
        @Unit("1") Sourced exponentialsPerMac,
        @Unit("m2") Sourced reticle,
        @Unit("USD/m2") Sourced interposerPrice,
        @Unit("m2") Sourced interposerLimit,
        @Unit("1") Sourced interposerOverhead,
        @Unit("m2") Sourced stackArea,
        @Unit("USD") Sourced substratePrice,
        @Unit("USD") Sourced testPrice,
        @Unit("1") Sourced assemblyYield,
        @Unit("1") Sourced attachYield,
        @Unit("1") Sourced testCoverage,
        @Unit("1") Sourced clusterAlpha,
        @Unit("1") Sourced harvest,
        @Unit("1") Sourced partnerMargin,
        @Unit("m") Sourced wafer,
        @Unit("m") Sourced edge,
        @Unit("W/m2") Sourced airFlux,
        @Unit("W/m2") Sourced liquidFlux,
        @Unit("m2*s/byte") Sourced bondArea,
        @Unit("J/byte") Sourced bondEnergy,
        @Unit("1") Sourced bondYield,
        @Unit("USD/m2") Sourced bondPrice,
        @Unit("m2") Sourced chipletArea,
        @Unit("W/m2") Sourced stackedFlux,
        @Unit("1") Sourced regulatorEfficiency) {

    /** The constants of the stack. */
    public Silicon silicon() {
        return silicon(Sourced::mid);
    }

    /**
     * The constants of the stack at another end of what packages cost.
     *
     * @param money takes prices at one end of their range
     */
    public Silicon silicon(ToDoubleFunction<Sourced> money) {
        EnumMap<DataType, Double> energies = new EnumMap<>(DataType.class);
        flopEnergy.forEach((type, energy) -> energies.put(type, energy.mid()));
        return new Silicon(
                multiplierTransistors.mid(),
                integerTransistors.mid(),
                adderTransistors.mid(),
                registerTransistors.mid(),
                issueTransistors.mid(),
                scratchpadOverhead.mid(),
                cacheTransistors.mid(),
                nocTransistors.mid(),
                otherArea.mid(),
                dieToDieArea.mid(),
                dieToDieEnergy.mid(),
                dieToDieShoreline.mid(),
                memoryShoreline.mid(),
                ByType.of(energies),
                registerEnergy.mid(),
                clockPower.mid(),
                workingClockShare.mid(),
                voltageGuard.mid(),
                exponentialsPerMac.mid(),
                reticle.mid(),
                money.applyAsDouble(interposerPrice),
                interposerLimit.mid(),
                interposerOverhead.mid(),
                stackArea.mid(),
                money.applyAsDouble(substratePrice),
                money.applyAsDouble(testPrice),
                assemblyYield.mid(),
                attachYield.mid(),
                testCoverage.mid(),
                clusterAlpha.mid(),
                harvest.mid(),
                partnerMargin.mid(),
                wafer.mid(),
                edge.mid(),
                airFlux.mid(),
                liquidFlux.mid(),
                new Stacking(
                        bondArea.mid(),
                        bondEnergy.mid(),
                        bondYield.mid(),
                        money.applyAsDouble(bondPrice),
                        chipletArea.mid(),
                        stackedFlux.mid()),
                regulatorEfficiency.mid(),
                citations().provenance());
    }

    private Citations citations() {
        Citations citations = new Citations("the constants of built chips")
                .add("multiplier-transistors", multiplierTransistors)
                .add("integer-transistors", integerTransistors)
                .add("adder-transistors", adderTransistors)
                .add("register-transistors", registerTransistors)
                .add("issue-transistors", issueTransistors)
                .add("scratchpad-overhead", scratchpadOverhead)
                .add("cache-transistors", cacheTransistors)
                .add("noc-transistors", nocTransistors)
                .add("other-area", otherArea)
                .add("die-to-die-area", dieToDieArea)
                .add("die-to-die-energy", dieToDieEnergy)
                .add("die-to-die-shoreline", dieToDieShoreline)
                .add("memory-shoreline", memoryShoreline)
                .add("register-energy", registerEnergy)
                .add("clock-power", clockPower)
                .add("working-clock-share", workingClockShare)
                .add("voltage-guard", voltageGuard)
                .add("exponentials-per-mac", exponentialsPerMac)
                .add("reticle", reticle)
                .add("interposer-price", interposerPrice)
                .add("interposer-limit", interposerLimit)
                .add("interposer-overhead", interposerOverhead)
                .add("stack-area", stackArea)
                .add("substrate-price", substratePrice)
                .add("test-price", testPrice)
                .add("assembly-yield", assemblyYield)
                .add("attach-yield", attachYield)
                .add("test-coverage", testCoverage)
                .add("cluster-alpha", clusterAlpha)
                .add("harvest", harvest)
                .add("partner-margin", partnerMargin)
                .add("wafer", wafer)
                .add("edge", edge)
                .add("air-flux", airFlux)
                .add("liquid-flux", liquidFlux)
                .add("bond-area", bondArea)
                .add("bond-energy", bondEnergy)
                .add("bond-yield", bondYield)
                .add("bond-price", bondPrice)
                .add("chiplet-area", chipletArea)
                .add("stacked-flux", stackedFlux)
                .add("regulator-efficiency", regulatorEfficiency);
        flopEnergy.forEach(
                (type, energy) -> citations.add("flop-energy-" + type.name().toLowerCase(Locale.ROOT), energy));
        return citations;
    }
}
