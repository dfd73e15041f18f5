package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Constant;

/**
 * What a software stack makes of decoding with one CTA per query head. It is one kernel on all measured generations: cycles
 * and the share of the memory bandwidth are the same round numbers for all of them, and a fit of each to each chip earned no
 * more than 0.15 points of mean error, all together.
 *
 * @param floor launch
 * @param eightBytes bytes per element of an 8-bit cache, conversion included
 * @param latencyCycles until the first 64 tokens of vectors of length 128 are through
 * @param longCycles when the context does not fit into one CTA
 * @param longElements context times vector length that fit
 * @param headCycles of a query head on its engine
 * @param tokenCycles more of it with 16 or more tokens
 * @param hiddenCycles of that work in the shadow of the launch
 * @param crowdedCycles at least, once each engine has more than {@code crowd} query heads
 * @param crowd query heads per engine that start at once
 * @param cacheShare share of 64 bytes a cycle and engine at which heads read the keys of their group again
 * @param stream share of the memory bandwidth
 */
public record PerHeadConstants(
        @Constant(unit = "s", meaning = "launch of one CTA per query head", high = 5e-5)
        double floor,

        @Constant(unit = "byte", meaning = "bytes per element of an 8-bit cache, with conversion", low = 1, high = 2)
        double eightBytes,

        @Constant(unit = "cycle", meaning = "latency of the first 64 tokens of length 128", fitted = false)
        double latencyCycles,

        @Constant(unit = "cycle", meaning = "joining parts of a context too long for one CTA", fitted = false)
        double longCycles,

        int longElements,

        @Constant(unit = "cycle", meaning = "a query head on its engine", fitted = false)
        double headCycles,

        @Constant(unit = "cycle", meaning = "more of it with 16 or more tokens", fitted = false)
        double tokenCycles,

        @Constant(unit = "cycle", meaning = "work of heads in the shadow of the launch", fitted = false)
        double hiddenCycles,

        @Constant(unit = "cycle", meaning = "least time of heads that do not all start at once", fitted = false)
        double crowdedCycles,

        int crowd,

        @Constant(
                unit = "1",
                meaning = "share of 64 B/cycle and engine at which caches feed heads",
                low = 0.05,
                high = 1)
        double cacheShare,

        @Constant(unit = "1", meaning = "share of the memory bandwidth", fitted = false)
        double stream) {}
