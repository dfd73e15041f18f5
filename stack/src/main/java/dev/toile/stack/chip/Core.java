package dev.toile.stack.chip;

import dev.toile.stack.operation.DataType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The core around one tensor unit: multiply-accumulators, vector lanes, memories and the slots that issue instructions.
 *
 * @param flow how operands reach the multipliers
 * @param rows of the unit: depth of a systolic array, rows of outputs of a dot-product unit
 * @param columns of outputs
 * @param depth products that one instruction adds up per output; 1 for a systolic array
 * @param cycles of one instruction; 1 for a systolic array
 * @param rates multiply-accumulates of a type per cycle over those of the widest
 * @param vectorLanes of 32 bits, each with an integer and a floating point unit
 * @param doubleUnits 64-bit multiply-accumulators, vector and tensor together
 * @param narrowUnits multiply-accumulators of 4- and 6-bit floating point that share nothing with the wider ones; 0 where
 *     a wide multiplier splits into narrow ones
 * @param issueSlots instruction streams issued side by side
 * @param registers bytes of register files
 * @param localMemory bytes of L1 or scratchpad, accumulators of a systolic array included
 * @param exponentials that the special function units evaluate in a cycle
 */
public record Core(
        Flow flow,
        double rows,
        double columns,
        double depth,
        double cycles,
        ByType rates,
        double vectorLanes,
        double doubleUnits,
        double narrowUnits,
        double issueSlots,
        double registers,
        double localMemory,
        double exponentials) {

    /** How operands reach the multipliers. */
    public enum Flow {
        /** Weights stay in the cells, inputs and partial sums move from cell to cell. */
        SYSTOLIC,
        /** Trees of products and sums between register files. */
        DOT_PRODUCT
    }

    /** Bits that multiply a value of six bits: E2M3 with its hidden bit (OCP Microscaling Formats 1.0, section 5.3). */
    static final double NARROW_SIGNIFICAND = 4;

    /** Bytes of a partial sum: 32 bits. */
    static final double SUM_BYTES = 4;

    /** Multiply-accumulators: products of one instruction over its cycles. */
    public double macs() {
        return rows * columns * depth / cycles;
    }

    /** The widest of the types by its significand; it sizes the multipliers. Of two alike, the one with an exponent. */
    public DataType widest() {
        @Nullable DataType widest = null;
        for (DataType type : DataType.values()) {
            if (rates.has(type) && (widest == null || width(type) > width(widest))) {
                widest = type;
            }
        }
        return Objects.requireNonNull(widest, "a tensor unit multiplies at least one type");
    }

    private static double width(DataType type) {
        return significand(type) + (isInteger(type) ? 0 : 0.5);
    }

    /** Bits that a multiplier of this type multiplies: the significand with its hidden bit. */
    static double significand(DataType type) {
        return switch (type) {
            case FP64 -> 53;
            case FP32 -> 24;
            case FP16 -> 11;
            case BF16, INT8 -> 8;
            case FP8, FP8_BLOCK, MXFP8, INT4 -> 4;
            case FP4, MXFP4 -> 2;
        };
    }

    static boolean isInteger(DataType type) {
        return type == DataType.INT8 || type == DataType.INT4;
    }

    /** Partial sums that the core keeps at hand: half of the memory next to the multipliers. */
    double accumulators() {
        return Math.max(1, (flow == Flow.SYSTOLIC ? localMemory : registers) / (2 * SUM_BYTES));
    }

    /**
     * Bytes per multiply-accumulate that the unit reads and writes next to it: each input serves as many outputs as the
     * instruction has, and each sum is read and written once per depth.
     */
    double operandBytes(DataType type) {
        double element = type.bytes();
        return switch (flow) {
            case SYSTOLIC -> element / columns + 2 * SUM_BYTES / rows;
            case DOT_PRODUCT ->
                element * (1 / rows + 1 / columns) + 2 * SUM_BYTES / (depth * Math.max(1, rates.get(type)));
        };
    }

    /** Bytes per multiply-accumulate from the local memory: square tiles of one issue slot's accumulators. */
    double localBytes(DataType type) {
        double slots = Math.max(1, issueSlots);
        return flow == Flow.SYSTOLIC ? 0 : 2 * type.bytes() / Math.sqrt(Math.max(1, accumulators() / slots));
    }

    /**
     * Bytes per multiply-accumulate from shared memory: a square tile as large as half of the larger memory of the core
     * holds sums. Where that is the local memory, sums pass through it, or one operand stays there: the bound is the same.
     */
    double sharedBytes(DataType type) {
        double sums = Math.max(accumulators(), localMemory / (2 * SUM_BYTES));
        return 2 * type.bytes() / Math.sqrt(sums);
    }
}
