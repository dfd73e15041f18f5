package dev.toile.stack.mapping.attention;

/**
 * Which kernel a software stack runs for which shape.
 *
 * @param eightBit whether an 8-bit cache means 8-bit arithmetic, whatever the queries come in; without it such a cache is
 *     widened to 16 bit before it is read
 * @param mostGrouped query heads per key-value head that kernels for groups can take; more run one CTA per query head
 * @param groupsOfOne whether kernels for groups serve a single query head, too
 * @param gainFactor CTAs a kernel for groups needs per engine to be chosen, inverted; 0 when it is always chosen
 * @param gainsInEight whether that holds for 8-bit caches, too, since the same kernel serves them; else one of their own
 *     is always chosen
 * @param otherFrom length of head vectors from which on other kernels run; 0 when there are none
 * @param otherWindowedFrom the same under a window
 */
public record Dispatch(
        boolean eightBit,
        int mostGrouped,
        boolean groupsOfOne,
        int gainFactor,
        boolean gainsInEight,
        int otherFrom,
        int otherWindowedFrom) {

    /** Tokens of one part below which the software does not split a context. */
    static final double PART = 128;

    /** Whether the kernels for long vectors run. */
    boolean other(double dim, boolean windowed) {
        return otherFrom > 0 && dim >= (windowed ? otherWindowedFrom : otherFrom);
    }

    /**
     * Whether all query heads of a key-value head share a CTA.
     *
     * @param group query heads of a key-value head
     * @param rows sequences times key-value heads
     * @param context tokens
     * @param eight whether the arithmetic is in 8 bit
     * @param units engines of the chip
     */
    boolean grouped(double group, double rows, double context, boolean eight, double units) {
        if (group > mostGrouped || (group <= 1 && !groupsOfOne)) {
            return false;
        }
        // Published rule of TensorRT-LLM, kEnableMinBlockFactor = 4 and kMinHistoryTokensPerBlock = 128.
        boolean always = gainFactor == 0 || (eight && !gainsInEight);
        return always || gainFactor * rows * Math.max(1, Math.floor(context / PART)) >= units;
    }
}
