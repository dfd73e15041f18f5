package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;

/**
 * A generation of serial lanes: one transmitter and one receiver with their share of the controller.
 *
 * @param name such as "112 Gb/s PAM4"
 * @param bandwidth bytes/s of one lane, one direction
 * @param phyArea m2 of one lane; does not shrink with the node
 * @param controllerTransistors of one lane
 * @param shoreline m of die edge that one lane takes
 * @param energy joules per byte
 * @param provenance where these numbers come from
 */
public record LinkGeneration(
        String name,
        double bandwidth,
        double phyArea,
        double controllerTransistors,
        double shoreline,
        double energy,
        Provenance provenance) {

    /** One number of this generation as a figure. */
    public Figure figure(String quantity, double value, Unit unit) {
        return provenance.figure(
                "lane-" + quantity, quantity.replace('-', ' ') + " of one " + name + " lane", value, unit);
    }
}
