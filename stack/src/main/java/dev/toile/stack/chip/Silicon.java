package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;

/**
 * What a built chip is made of: constants that do not belong to one process node. SI units.
 *
 * @param macTransistors transistors of one 16-bit multiply-accumulate with its registers and control
 * @param coreShare vector units, register files and sequencing over the tensor area
 * @param nocShare on-chip network over the core area
 * @param otherArea m2 for host interface, clocking, test and seal ring of a die
 * @param serdesArea m2 per byte/s of one direction
 * @param serdesTransistors link controller transistors per byte/s of one direction
 * @param serdesEnergy joules per byte
 * @param flopEnergy joules per flop at N7, arithmetic only
 * @param flopOverhead energy of operand delivery, control and clock over arithmetic
 * @param sramEnergy joules per byte read at N7
 * @param sramBytesPerFlop bytes through the shared SRAM per flop
 * @param staticShare leakage and clock power of an idle chip over the tensor units' full power, memory at rest apart
 * @param exponentialsPerMac exponentials a tensor unit's special function units evaluate per 16-bit multiply-accumulate
 * @param reticle m2 of the largest die
 * @param interposerPrice USD per m2
 * @param interposerLimit m2 of the largest interposer
 * @param interposerOverhead interposer over the dies and stacks on it
 * @param stackArea m2 of one memory stack
 * @param substratePrice USD per package
 * @param testPrice USD per package
 * @param packageYield share of assembled packages that work
 * @param clusterAlpha of the yield model
 * @param harvest share of tensor units that are spare
 * @param partnerMargin gross margin of the design partner
 * @param wafer m, diameter
 * @param edge m, unusable rim
 * @param provenance where these numbers come from
 */
public record Silicon(
        double macTransistors,
        double coreShare,
        double nocShare,
        double otherArea,
        double serdesArea,
        double serdesTransistors,
        double serdesEnergy,
        ByType flopEnergy,
        double flopOverhead,
        double sramEnergy,
        double sramBytesPerFlop,
        double staticShare,
        double exponentialsPerMac,
        double reticle,
        double interposerPrice,
        double interposerLimit,
        double interposerOverhead,
        double stackArea,
        double substratePrice,
        double testPrice,
        double packageYield,
        double clusterAlpha,
        double harvest,
        double partnerMargin,
        double wafer,
        double edge,
        Provenance provenance) {

    /** One of these constants as a figure. */
    public Figure figure(String name, double value, Unit unit) {
        return provenance.figure(name, name.replace('-', ' '), value, unit);
    }
}
