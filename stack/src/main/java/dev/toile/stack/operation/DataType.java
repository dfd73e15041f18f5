package dev.toile.stack.operation;

/** A number format of weights, activations or the KV cache. */
public enum DataType {
    /** IEEE double precision. */
    FP64(8),
    /** IEEE single precision. */
    FP32(4),
    /** IEEE half precision. */
    FP16(2),
    /** Brain floating point, 8 exponent bits. */
    BF16(2),
    /** 8-bit floating point, E4M3 or E5M2. */
    FP8(1),
    /** FP8 with one scale for every block of 128 values, 128 x 128 in weights (DeepSeek-V3); the scales are negligible. */
    FP8_BLOCK(1),
    /** FP8 with one 8-bit scale for every 32 values (OCP MX): 8.25 bits each. */
    MXFP8(1.03125),
    /** 8-bit integer. */
    INT8(1),
    /** 4-bit floating point with one 8-bit scale for every 16 values (NVFP4): 4.5 bits each. */
    FP4(0.5625),
    /** 4-bit floating point with one 8-bit scale for every 32 values (OCP MX): 4.25 bits each. */
    MXFP4(0.53125),
    /** 4-bit integer with one 16-bit scale for every 128 values (GPTQ, AWQ): 4.125 bits each. */
    INT4(0.515625);

    private final double bytes;

    DataType(double bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one element, block scales included. */
    public double bytes() {
        return bytes;
    }
}
