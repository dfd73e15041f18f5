package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;

/**
 * The memory of a package.
 *
 * @param generation of the stacks or devices
 * @param stacks in use
 * @param sites with an interface on the dies; those beyond the stacks are spare
 * @param interfaces PHYs and controllers on the dies
 * @param bandwidth bytes/s of one stack as run
 * @param capacity bytes of one stack
 * @param given where these come from when they are not the generation's
 */
public record MemorySystem(
        MemoryGeneration generation,
        double stacks,
        double sites,
        double interfaces,
        double bandwidth,
        double capacity,
        Provenance given) {

    /** So many stacks as the generation has them, one interface each. */
    public static MemorySystem of(MemoryGeneration generation, double stacks, Provenance given) {
        return new MemorySystem(
                generation, stacks, stacks, stacks, generation.bandwidth(), generation.capacity(), given);
    }

    /** Bytes/s of all stacks. */
    public double totalBandwidth() {
        return stacks * bandwidth;
    }

    /** Bytes of all stacks. */
    public double totalCapacity() {
        return stacks * capacity;
    }

    Figure stackFigure(String quantity, double value, Unit unit) {
        boolean own = (quantity.equals("bandwidth") && bandwidth != generation.bandwidth())
                || (quantity.equals("capacity") && capacity != generation.capacity());
        return own
                ? given.figure("stack-" + quantity, quantity + " of one stack as run", value, unit)
                : generation.figure(quantity, value, unit);
    }
}
