package dev.toile.stack.mapping.attention;

/** Whether the data of a call are still in the cache from the call before. */
public enum Warmth {
    /** The same call again and again, as benchmarks replay it: what fits into the cache stays there. */
    WARM,
    /** Other layers ran in between, as in serving: weights, keys and values come from memory. */
    COLD
}
