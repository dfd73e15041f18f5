package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Constant;

/** What a software stack makes of decoding over latents, which all heads share. */
public sealed interface LatentDecodeConstants {

    /** Seconds of the shortest call. */
    double floor();

    /**
     * One sequence is one CTA pair: no split of the context, so that long contexts of few sequences leave engines idle.
     *
     * @param second time of two CTAs on one engine over that of one
     * @param floor launch
     * @param ctaCycles of a CTA
     * @param tensor share of an engine's peak while it multiplies
     */
    record Unsplit(
            @Constant(unit = "1", meaning = "time of two CTAs on an engine over one", low = 1, high = 2)
            double second,

            @Constant(unit = "s", meaning = "launch of latent decoding", high = 5e-5)
            double floor,

            @Constant(unit = "cycle", meaning = "a CTA", high = 2e4)
            double ctaCycles,

            @Constant(unit = "1", meaning = "share of the dense peak", low = 0.1, high = 1)
            double tensor)
            implements LatentDecodeConstants {}

    /**
     * The context is split over all engines.
     *
     * @param splitCycles more for each doubling of the context beyond {@code splitFrom}
     * @param floor launch
     * @param splitFrom tokens from which on contexts are split
     * @param stream share of the memory bandwidth
     * @param sixteen with a 16-bit cache
     * @param eight with an 8-bit cache
     * @param leastWaves that a call takes
     * @param cacheShare share of 64 bytes a cycle and engine at which tiles of heads read the latents again
     * @param narrowHeads heads of a tile where there are fewer than {@code wideFrom}
     * @param wideFrom heads from which on a tile has 64, whose CTAs read latents together
     * @param overlapped whether the cost of CTAs hides behind the stream
     */
    record Split(
            @Constant(unit = "cycle", meaning = "each doubling of the context", high = 1e4)
            double splitCycles,

            @Constant(unit = "s", meaning = "launch of latent decoding", high = 5e-5)
            double floor,

            int splitFrom,

            @Constant(unit = "1", meaning = "share of the memory bandwidth", low = 0.3, high = 1)
            double stream,

            Format sixteen,
            Format eight,

            @Constant(unit = "1", meaning = "least waves of a call", high = 1)
            double leastWaves,

            @Constant(
                    unit = "1",
                    meaning = "share of 64 B/cycle and engine at which caches feed tiles",
                    low = 0.05,
                    high = 1)
            double cacheShare,

            int narrowHeads,
            int wideFrom,
            boolean overlapped)
            implements LatentDecodeConstants {}

    /**
     * What depends on the format of the cache.
     *
     * @param ctaCycles of a CTA
     * @param headCycles more of it per head of its tile
     * @param tensor share of the dense peak
     */
    record Format(
            @Constant(unit = "cycle", meaning = "a CTA", high = 3e4)
            double ctaCycles,

            @Constant(unit = "cycle", meaning = "more of it per head of its tile", high = 1e3)
            double headCycles,

            @Constant(unit = "1", meaning = "share of the dense peak", low = 0.1, high = 1)
            double tensor) {}
}
