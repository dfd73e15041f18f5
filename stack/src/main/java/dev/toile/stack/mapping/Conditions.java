package dev.toile.stack.mapping;

/**
 * Under which conditions calls run.
 *
 * @param warm whether the same call ran just before, so that what fits in the cache is still there: how kernels are
 *     measured. In a model other layers come between, and weights and caches are cold.
 * @param staticScales whether the scales of 8-bit tensors are known beforehand, so that the operation before casts its
 *     output and no pass over the input is needed
 * @param sustained whether the chip has been busy for long, so that its power limit is felt at once
 * @param castCache whether attention casts a cache of 8 bits to 16 as it reads it, and is no faster than with one of 16
 */
public record Conditions(boolean warm, boolean staticScales, boolean sustained, boolean castCache) {

    /** Of software whose attention computes on the cache as it is. */
    public Conditions(boolean warm, boolean staticScales, boolean sustained) {
        this(warm, staticScales, sustained, false);
    }

    /** As kernel benchmarks run: the same call again and again, for a moment. */
    public static final Conditions BENCHMARK = new Conditions(true, false, false);

    /** As a deployed model runs. */
    public static final Conditions DEPLOYED = new Conditions(false, true, true);
}
