package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;

/**
 * What a built chip is made of: constants that do not belong to one process node. SI units.
 *
 * @param multiplierTransistors of a 64-bit floating point multiply-accumulator; narrower ones shrink with the square of
 *     their significand
 * @param integerTransistors of a 32-bit integer unit
 * @param adderTransistors of the 32-bit accumulator in a floating point cell of a systolic array
 * @param registerTransistors of the registers in a cell of a systolic array
 * @param issueTransistors of an issue slot: fetch, decode, scheduling, operand collection, load and store, texture
 * @param scratchpadOverhead area of software-managed memory over that of its macros
 * @param cacheTransistors logic of a cache per byte, besides that
 * @param nocTransistors per byte per cycle and m of network
 * @param otherArea m2 for host interface, clocking, test and seal ring of a die
 * @param dieToDieArea m2 per byte/s between dies, one direction, both ends
 * @param dieToDieEnergy joules per byte
 * @param dieToDieShoreline m per byte/s
 * @param memoryShoreline m of die edge that one memory interface takes
 * @param flopEnergy joules per flop at N7, arithmetic only
 * @param registerEnergy joules per byte of a register in a systolic cell at N7, clock included
 * @param clockPower watts per m2 and Hz of the clock tree and what it toggles without work
 * @param workingClockShare of the gated clock tree that runs during a large product
 * @param voltageGuard share of the supply voltage that is kept against droops and spread
 * @param exponentialsPerMac exponentials a tensor unit's special function units evaluate per 16-bit multiply-accumulate
 * @param reticle m2 of the largest die
 * @param interposerPrice USD per m2
 * @param interposerLimit m2 of the largest interposer
 * @param interposerOverhead interposer over the dies and stacks on it
 * @param stackArea m2 of one memory stack
 * @param substratePrice USD per package
 * @param testPrice USD per package
 * @param assemblyYield share of assembled packages of one die without stacks that work
 * @param attachYield share of attached dies and stacks that survive
 * @param testCoverage share of bad dies that the wafer test finds
 * @param clusterAlpha of the yield model
 * @param harvest share of tensor units that are spare when a design does not say
 * @param partnerMargin gross margin of the design partner
 * @param wafer m, diameter
 * @param edge m, unusable rim
 * @param airFlux W/m2 of die that air carries away
 * @param liquidFlux W/m2 of die that cold plates carry away
 * @param stacking what it takes to bond one die on another
 * @param regulatorEfficiency watts at the dies and stacks over watts at the module's input, at which makers state power
 * @param provenance where these numbers come from
 */
public record Silicon(
        double multiplierTransistors,
        double integerTransistors,
        double adderTransistors,
        double registerTransistors,
        double issueTransistors,
        double scratchpadOverhead,
        double cacheTransistors,
        double nocTransistors,
        double otherArea,
        double dieToDieArea,
        double dieToDieEnergy,
        double dieToDieShoreline,
        double memoryShoreline,
        ByType flopEnergy,
        double registerEnergy,
        double clockPower,
        double workingClockShare,
        double voltageGuard,
        double exponentialsPerMac,
        double reticle,
        double interposerPrice,
        double interposerLimit,
        double interposerOverhead,
        double stackArea,
        double substratePrice,
        double testPrice,
        double assemblyYield,
        double attachYield,
        double testCoverage,
        double clusterAlpha,
        double harvest,
        double partnerMargin,
        double wafer,
        double edge,
        double airFlux,
        double liquidFlux,
        Stacking stacking,
        double regulatorEfficiency,
        Provenance provenance) {

    /** One of these constants as a figure. */
    public Figure figure(String name, double value, Unit unit) {
        return provenance.figure(name, name.replace('-', ' '), value, unit);
    }
}
