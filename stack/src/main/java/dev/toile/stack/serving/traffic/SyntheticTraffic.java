package dev.toile.stack.serving.traffic;

import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.workload.Traffic;
import java.util.SplittableRandom;

/**
 * Requests that know nothing of each other.
 *
 * @param arrivals when they come
 * @param prompt their lengths
 * @param output lengths of the answers
 * @param cachedShare share of each prompt whose keys and values are known to be in the cache
 */
public record SyntheticTraffic(Arrivals arrivals, TokenLengths prompt, TokenLengths output, double cachedShare) {

    /** What a study states of its traffic, at a rate: Poisson arrivals, gamma-distributed lengths. */
    public static SyntheticTraffic of(Traffic traffic, double rate) {
        return new SyntheticTraffic(
                new Arrivals.Poisson(rate),
                new TokenLengths.Gamma(traffic.prompt()),
                new TokenLengths.Gamma(traffic.output()),
                traffic.cachedShare());
    }

    /**
     * So many of them. Arrivals, prompts and outputs have sources of their own, so that changing one leaves the others.
     *
     * @param count of requests
     * @param seed of all random numbers
     */
    public Requests requests(int count, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        double[] times = arrivals.times(count, seeds.split());
        SplittableRandom ofPrompts = seeds.split();
        SplittableRandom ofOutputs = seeds.split();
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        for (int i = 0; i < count; i++) {
            prompts[i] = prompt.draw(ofPrompts);
            outputs[i] = output.draw(ofOutputs);
        }
        Requests requests = Requests.of(times, prompts, outputs);
        return cachedShare > 0 ? requests.withCached(cachedShare) : requests;
    }
}
