package dev.toile.stack.mapping;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.operation.Operation;

/**
 * One operation on one chip and what it costs.
 *
 * @param <O> the kind of operation
 * @param operation what runs
 * @param chip where
 * @param seconds of one call
 * @param traffic bytes over the memory interface
 * @param law that says so and can explain it
 */
public record Mapping<O extends Operation>(O operation, Chip chip, double seconds, double traffic, Law<O> law) {

    static <O extends Operation> Mapping<O> of(O operation, Chip chip, Law<O> law) {
        return new Mapping<>(operation, chip, law.seconds(operation), law.traffic(operation), law);
    }

    /** Joules at the tensor units; the zeros that pad a tile switch little and are not counted. */
    public double tensorJoules() {
        double flops = operation instanceof Operation.Elementwise ? 0 : operation.flops();
        return flops == 0 ? 0 : flops * chip.flopEnergyFor(operation.math());
    }

    /** Joules of the memory. */
    public double memoryJoules() {
        return traffic * chip.memoryEnergy();
    }

    /** The tree behind {@link #seconds()}. */
    public Figure explain() {
        return law.explain(operation);
    }
}
