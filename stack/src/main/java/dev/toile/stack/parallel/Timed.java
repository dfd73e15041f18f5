package dev.toile.stack.parallel;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.Mapping;
import dev.toile.stack.network.CollectiveTime;
import dev.toile.stack.operation.Operation;

/** An operation with its time, on the chip or on the network. */
public sealed interface Timed {

    /** The operation's name. */
    String name();

    /** What is done. */
    Operation operation();

    /** Seconds of one call. */
    double seconds();

    /** Joules of one call on one chip. */
    double joules(Energy energy, Chip chip);

    /** Arithmetic of one call, padding not counted. */
    double flops();

    /** The tree behind {@link #seconds()}. */
    Figure explain();

    /** The tree behind {@link #joules}. */
    Figure explainJoules(Energy energy, Chip chip);

    /**
     * Work of a chip.
     *
     * @param mapping the choice the mapper made
     */
    record OnChip(Mapping<?> mapping) implements Timed {
        @Override
        public String name() {
            return mapping.operation().name();
        }

        @Override
        public Operation operation() {
            return mapping.operation();
        }

        @Override
        public double seconds() {
            return mapping.seconds();
        }

        @Override
        public double flops() {
            return mapping.operation().flops();
        }

        @Override
        public Figure explain() {
            return mapping.explain();
        }

        @Override
        public double joules(Energy energy, Chip chip) {
            return switch (energy) {
                case TENSOR -> mapping.tensorJoules();
                case MEMORY -> mapping.memoryJoules();
                case LINK -> 0;
            };
        }

        @Override
        public Figure explainJoules(Energy energy, Chip chip) {
            Source counted = Source.definition("counted from the shape of " + name());
            return energy == Energy.TENSOR
                    ? Figure.of(
                            name() + "-energy",
                            "tensor energy of one " + name(),
                            joules(energy, chip),
                            Unit.JOULE,
                            "flops * flop-energy",
                            Figure.leaf(
                                    "flops",
                                    "flops without padding",
                                    mapping.operation().flops(),
                                    Unit.FLOP,
                                    counted),
                            chip.flopEnergyFigure(mapping.operation().math()).as("flop-energy"))
                    : Figure.of(
                            name() + "-energy",
                            "memory energy of one " + name(),
                            joules(energy, chip),
                            Unit.JOULE,
                            "traffic * memory-energy-per-byte",
                            Figure.leaf(
                                    "traffic",
                                    "bytes over the memory interface",
                                    mapping.traffic(),
                                    Unit.BYTE,
                                    counted),
                            chip.memoryEnergyFigure().as("memory-energy-per-byte"));
        }
    }

    /**
     * Work of the network.
     *
     * @param collective with the algorithm that was chosen
     */
    record OnNetwork(CollectiveTime collective) implements Timed {
        @Override
        public String name() {
            return collective.collective().name();
        }

        @Override
        public Operation operation() {
            return collective.collective();
        }

        @Override
        public double seconds() {
            return collective.seconds();
        }

        @Override
        public double flops() {
            return 0;
        }

        @Override
        public Figure explain() {
            return collective.explain();
        }

        @Override
        public double joules(Energy energy, Chip chip) {
            return energy == Energy.LINK ? collective.sentBytes() * chip.linkEnergy() : 0;
        }

        @Override
        public Figure explainJoules(Energy energy, Chip chip) {
            Source counted = Source.definition("counted from " + collective.algorithm());
            return Figure.of(
                    name() + "-energy",
                    "link energy of one " + name(),
                    joules(energy, chip),
                    Unit.JOULE,
                    "sent * link-energy-per-byte",
                    Figure.leaf("sent", "bytes one chip sends", collective.sentBytes(), Unit.BYTE, counted),
                    chip.linkEnergyFigure().as("link-energy-per-byte"));
        }
    }
}
