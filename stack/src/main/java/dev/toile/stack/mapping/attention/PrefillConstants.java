package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Constant;

/**
 * What a software stack makes of attention over prompts on a generation of chips.
 *
 * @param sixteen in 16-bit arithmetic
 * @param eight in 8-bit arithmetic
 * @param keyPasses reads and writes of keys and values over their bytes: the cache is written, then read
 * @param exponentials evaluated per score
 * @param tileCycles of a tile of 64 queries: prologue and epilogue
 * @param sequenceCycles of a sequence and head
 * @param tail share of the longest tile's time in which the other engines wait
 * @param masked what windows cost more
 * @param padded length of head vectors from which on 8-bit kernels pad to {@code paddedTo}; 0 when they do not
 * @param paddedTo length to which they pad
 * @param favoured length of head vectors with a 16-bit kernel of its own; 0 when there is none
 * @param favouredFloor launches of that kernel
 * @param favouredSequenceCycles of a sequence and head under that kernel
 */
public record PrefillConstants(
        Format sixteen,
        Format eight,

        @Constant(unit = "1", meaning = "passes over keys and values", fitted = false)
        double keyPasses,

        @Constant(unit = "1", meaning = "exponentials per score", low = 0.5, high = 3)
        double exponentials,

        @Constant(unit = "cycle", meaning = "prologue and epilogue of a tile of 64 queries", high = 1e4)
        double tileCycles,

        @Constant(unit = "cycle", meaning = "start of a sequence and head", high = 2e4)
        double sequenceCycles,

        @Constant(unit = "1", meaning = "share of the longest tile in which the others wait", high = 4, without = 0)
        double tail,

        Masked masked,
        int padded,
        int paddedTo,
        int favoured,

        @Constant(unit = "s", meaning = "launches of the kernel for the favoured head length", high = 5e-5)
        double favouredFloor,

        @Constant(unit = "cycle", meaning = "start of a sequence and head, favoured head length", high = 2e4)
        double favouredSequenceCycles) {

    /**
     * What depends on the width of the arithmetic.
     *
     * @param floor launches: pre-processing, cache write, attention
     * @param queryPasses reads and writes of queries and outputs over their 16-bit bytes
     * @param tensor share of the dense peak
     */
    public record Format(
            @Constant(unit = "s", meaning = "launches of a prefill call", high = 5e-5)
            double floor,

            @Constant(unit = "1", meaning = "passes over queries and outputs", low = 0.3, high = 8)
            double queryPasses,

            @Constant(unit = "1", meaning = "share of the dense peak", low = 0.1, high = 1)
            double tensor) {}

    /**
     * Kernels that compute the mask of a window for every score.
     *
     * @param below window under which they run; 0 when masks cost nothing
     * @param sixteen exponentials' worth of work per score in 16-bit arithmetic
     * @param eight the same in 8-bit arithmetic
     */
    public record Masked(
            int below,

            @Constant(unit = "1", meaning = "exponentials per masked score, 16 bit", low = 0.5, high = 12)
            double sixteen,

            @Constant(unit = "1", meaning = "exponentials per masked score, 8 bit", low = 0.5, high = 12)
            double eight) {}
}
