package dev.toile.stack.mapping.matmul;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.DataType;

/**
 * Bytes and rates of the operands of a product on one chip.
 *
 * @param weights format as stored
 * @param math format in which both are multiplied
 * @param weightBytes of one weight as stored
 * @param inputBytes of one input element as multiplied
 * @param peak dense flop/s at which they are multiplied
 * @param widePeak dense flop/s at 16 bit
 */
record Operands(DataType weights, DataType math, double weightBytes, double inputBytes, double peak, double widePeak) {

    static Operands of(Chip chip, DataType weights, DataType activations) {
        DataType math = chip.mathType(activations);
        double input = Math.max(activations.bytes(), math.bytes());
        return new Operands(weights, math, weights.bytes(), input, chip.peak().get(math), chip.peakFor(DataType.BF16));
    }

    /** The pair of formats for which software has kernels. */
    MatmulFormat format() {
        return MatmulFormat.of(weights, math);
    }
}
