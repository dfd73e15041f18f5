package dev.toile.stack.mapping;

import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;

/** Kernels that a software stack launches alike: each family has its own floor and its own attained share of peak. */
public enum KernelFamily {
    /** Dense matrix multiplication at 16 bit. */
    MATMUL,
    /** Dense matrix multiplication at 8 bit or less, with the quantisation of its input. */
    QUANTISED_MATMUL,
    /** Attention over a prompt. */
    PREFILL_ATTENTION,
    /** Attention over a prompt in 8-bit arithmetic. */
    QUANTISED_PREFILL_ATTENTION,
    /** Attention of one new token per sequence. */
    DECODE_ATTENTION,
    /** Expert matrix multiplications with routing and permutation. */
    GROUPED_MATMUL,
    /** Norms, activations, residuals. */
    ELEMENTWISE;

    /**
     * The family that runs an operation.
     *
     * @param operation what runs
     * @param math the format in which the chip multiplies it
     */
    public static KernelFamily of(Operation operation, DataType math) {
        boolean quantised = math.bytes() < DataType.BF16.bytes();
        return switch (operation) {
            case Operation.Matmul _ -> quantised ? QUANTISED_MATMUL : MATMUL;
            case Operation.Experts _ -> GROUPED_MATMUL;
            case Operation.BatchedMatmul _ -> quantised ? QUANTISED_MATMUL : MATMUL;
            case Operation.Attention attention ->
                attention.decode() ? DECODE_ATTENTION : quantised ? QUANTISED_PREFILL_ATTENTION : PREFILL_ATTENTION;
            case Operation.Elementwise _ -> ELEMENTWISE;
            case Operation.Collective collective ->
                throw new IllegalArgumentException(collective.name() + " belongs to the network floor");
        };
    }
}
