package dev.toile.stack.mapping.matmul;

import dev.toile.stack.operation.DataType;

/** Pairs of formats that software has kernels for. */
public enum MatmulFormat {
    /** 16-bit weights and activations. */
    BF16,
    /** 8-bit floating point, one scale for each tensor. */
    FP8,
    /** 8-bit floating point, scales for blocks. */
    FP8_BLOCK,
    /** 8-bit integers. */
    INT8,
    /** 8-bit weights, widened to multiply in 16 bit. */
    WEIGHTS_8,
    /** 4-bit weights, widened to multiply in 16 bit. */
    WEIGHTS_4,
    /** 4-bit floating point with block scales. */
    FP4;

    /** Whether the scales of the input can be known before it is there: one for the whole tensor. */
    boolean staticScales() {
        return this == FP8;
    }

    /** The pair whose kernels stand in where software has none; of 16 bit, itself. */
    MatmulFormat nearest() {
        return switch (this) {
            case FP4, FP8_BLOCK -> FP8;
            case FP8 -> INT8;
            case WEIGHTS_4 -> WEIGHTS_8;
            case INT8, WEIGHTS_8, BF16 -> BF16;
        };
    }

    /**
     * The pair that serves a product.
     *
     * @param weights as stored
     * @param math format in which the chip multiplies the activations
     */
    public static MatmulFormat of(DataType weights, DataType math) {
        return switch (math) {
            case FP4, MXFP4 -> FP4;
            case FP8, MXFP8 -> weights == DataType.FP8_BLOCK ? FP8_BLOCK : FP8;
            case FP8_BLOCK -> FP8_BLOCK;
            case INT8, INT4 -> INT8;
            case BF16, FP16, FP32, FP64 -> weights.bytes() < 1 ? WEIGHTS_4 : weights.bytes() < 2 ? WEIGHTS_8 : BF16;
        };
    }
}
