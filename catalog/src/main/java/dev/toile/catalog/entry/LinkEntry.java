package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.chip.LinkGeneration;

/**
 * One generation of serial lanes in {@code links.yaml}; every value is per lane.
 *
 * @param name such as "112 Gb/s PAM4"
 * @param bandwidth of one direction
 * @param phyArea transmitter and receiver; does not shrink with the node
 * @param controllerTransistors its share of the controller
 * @param shoreline die edge that it takes
 * @param energy per byte, both ends
 */
@Doc("A generation of serial lanes, per lane")
public record LinkEntry(
        String name,
        @Unit("byte/s") @Range(minExclusive = true) Sourced bandwidth,
        @Unit("m2") Sourced phyArea,
        @Unit("1") Sourced controllerTransistors,
        @Unit("m") Sourced shoreline,
        @Unit("J/byte") Sourced energy) {

    /** The generation of the stack. */
    public LinkGeneration generation() {
        Citations citations = new Citations("the lane generation " + name)
                .add("lane-bandwidth", bandwidth)
                .add("lane-phy-area", phyArea)
                .add("lane-controller-transistors", controllerTransistors)
                .add("lane-shoreline", shoreline)
                .add("lane-energy", energy);
        return new LinkGeneration(
                name,
                bandwidth.mid(),
                phyArea.mid(),
                controllerTransistors.mid(),
                shoreline.mid(),
                energy.mid(),
                citations.provenance());
    }
}
