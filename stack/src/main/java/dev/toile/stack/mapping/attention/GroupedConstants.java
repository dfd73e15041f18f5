package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Constant;

/**
 * What a software stack makes of decoding with all query heads of a key-value head in one CTA and the context split over
 * CTAs.
 *
 * @param floor launch
 * @param shortFloor more of it for vectors of at most 64
 * @param ctaCycles of a CTA
 * @param elementCycles more of it per query head of the group and element of its vectors
 * @param crowding engines' worth of sequences and key-value heads at which a CTA takes half of {@code ctaCycles}
 * @param rate bytes that the first CTA of an engine streams in a cycle: what it has in flight over the latency of loads
 * @param stream share of the memory bandwidth; above one where keys and values do not all come from memory
 * @param cacheShare share of 64 bytes a cycle and engine for what stays in the cache
 * @param joinCycles of a reduction over parts
 * @param partCycles more of it per part
 * @param leastWaves that a call takes
 * @param leastTokens of a CTA
 * @param wholeContext whether the split follows the whole context although a window hides most of it
 * @param wholeWaves whether the last wave is paid in full
 */
public record GroupedConstants(
        @Constant(unit = "s", meaning = "launch of grouped heads", high = 5e-5)
        double floor,

        @Constant(unit = "s", meaning = "more of it for head vectors of at most 64", high = 1e-5)
        double shortFloor,

        @Constant(unit = "cycle", meaning = "a CTA", high = 2e4)
        double ctaCycles,

        @Constant(unit = "cycle", meaning = "more of it per query head and element", high = 10)
        double elementCycles,

        @Constant(
                unit = "1",
                meaning = "sequences and key-value heads per engine that halve the cost of a CTA",
                high = 2,
                without = 0)
        double crowding,

        @Constant(unit = "byte/cycle", meaning = "stream of one engine", low = 2, high = 200, without = 64)
        double rate,

        @Constant(unit = "1", meaning = "share of the memory bandwidth", low = 0.3, high = 2)
        double stream,

        @Constant(unit = "1", meaning = "share of 64 B/cycle and engine of the cache", fitted = false)
        double cacheShare,

        @Constant(unit = "cycle", meaning = "joining the parts of a split context", fitted = false)
        double joinCycles,

        @Constant(unit = "cycle", meaning = "more of it per part", high = 2e3)
        double partCycles,

        @Constant(unit = "1", meaning = "least waves of a call", fitted = false)
        double leastWaves,

        int leastTokens,
        boolean wholeContext,
        boolean wholeWaves) {}
