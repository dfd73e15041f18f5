package dev.toile.stack.mapping.attention;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.BatchedMatmul;

/**
 * The least time of attention and of equal products on a chip: arithmetic at the peak, exponentials at the rate of the
 * special function units and, when they are cold, compulsory bytes at full bandwidth, side by side; no launch.
 *
 * <p>It is the roof that every other law of this package keeps ({@link Machine#roof}), with all of the bandwidth and with
 * the widest choice of arithmetic, and so a lower bound of each by construction. What a benchmark keeps warm is not known
 * (decoding on one measured chip streams 1.8 times its memory's bandwidth), so warm bytes cost nothing here.
 */
public final class IdealAttentionLaw implements Law<Operation> {

    private final Machine machine;

    /**
     * The law of a chip.
     *
     * @param chip that runs the operations
     * @param warmth of the data
     */
    public IdealAttentionLaw(Chip chip, Warmth warmth) {
        this.machine = Machine.of(chip, warmth, 1, true);
    }

    /** The format with the highest peak in which any software could multiply the operands. */
    private DataType fastest(Operation operation) {
        return switch (operation) {
            case Attention o -> faster(faster(DataType.BF16, o.math()), o.cache());
            case BatchedMatmul o -> faster(faster(DataType.BF16, o.activations()), o.weights());
            default -> throw new IllegalArgumentException(operation.name() + " is no attention");
        };
    }

    private DataType faster(DataType a, DataType b) {
        double best = machine.chip().peakFor(a);
        if (b.bytes() <= 1 && machine.chip().peakFor(DataType.FP8) > best) {
            return faster(DataType.FP8, b);
        }
        return machine.chip().peakFor(b) > best ? b : a;
    }

    @Override
    public double seconds(Operation operation) {
        return machine.roof(operation, machine.chip().peakFor(fastest(operation)));
    }

    @Override
    public double traffic(Operation operation) {
        return operation.bytes();
    }

    @Override
    public Figure explain(Operation operation) {
        return machine.roofFigure(operation, fastest(operation))
                .as(operation.name())
                .labelled(operation.name().replace('-', ' ') + ", nothing lost");
    }
}
