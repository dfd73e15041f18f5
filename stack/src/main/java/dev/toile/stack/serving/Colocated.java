package dev.toile.stack.serving;

import dev.toile.stack.figure.Unit;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.workload.StepShape;
import org.jspecify.annotations.Nullable;

/**
 * Prompts and decoding share every step: continuous batching with chunked prefill (Agrawal et al., "Sarathi-Serve",
 * OSDI 2024), as a mean field.
 *
 * <p>A step of b sequences carries {@code b / output} prompts on average, so TPOT is the time of that mixed step. A
 * prompt waits at a server that works off {@code budget - b} prompt tokens a step. Where attention replicas step
 * together, all wait while one of them works on a chunk of a prompt.
 */
public final class Colocated {

    private final Parallelism parallelism;
    private final MixedSteps steps;

    /**
     * One layout.
     *
     * @param demand what has to be served
     * @param parallelism of a replica
     */
    public Colocated(Demand demand, Parallelism parallelism) {
        this(demand, parallelism, Mixture.of(demand.traffic()));
    }

    Colocated(Demand demand, Parallelism parallelism, Mixture mixture) {
        this.parallelism = parallelism;
        this.steps = new MixedSteps(demand, parallelism, mixture);
    }

    /**
     * The plan that serves the most requests, among step budgets and numbers of sequences that fit and keep the
     * promises. Rate hardly falls with the number of sequences, so the search halves an interval of it and keeps the
     * best point it has seen.
     *
     * @param rateToBeat requests per second of a replica below which a plan is of no interest; 0 for any
     */
    public Attempt plan(double rateToBeat) {
        int most = steps.fitting();
        if (most < 1) {
            MemoryFit fit = steps.fit();
            return new Attempt.Fails(0, -fit.cacheCapacity(), () -> tooLarge(fit));
        }
        if (rateToBeat > 0 && isSlower(most, rateToBeat)) {
            return slower(most, rateToBeat);
        }
        Operating top = withinTpot(most);
        if (top != null && top.meets()) {
            return top.works("memory");
        }
        int low = rateToBeat > 0 ? sequencesFor(rateToBeat, most) : 1;
        Operating first = steps.operate(low);
        return first.meets() ? halve(first, low, missed(top), most) : first.miss();
    }

    private static String missed(@Nullable Operating tried) {
        return tried == null ? "TPOT" : tried.missed();
    }

    /** Whether so many sequences serve fewer requests; most often that is clear before attention is counted. */
    private boolean isSlower(int sequences, double rate) {
        StepShape shape = steps.quickest(sequences);
        return steps.rate(sequences, steps.terms().secondsWithoutContext(shape)) < rate
                || steps.rate(sequences, steps.terms().seconds(shape)) < rate;
    }

    private Attempt.Fails slower(int most, double rateToBeat) {
        return new Attempt.Fails(
                2,
                Double.POSITIVE_INFINITY,
                () -> "even " + most + " sequences a step serve fewer than "
                        + Unit.REQUEST_PER_SECOND.format(rateToBeat) + " under " + parallelism.label());
    }

    /** Between a number of sequences that keeps the promises and one that does not. */
    private Attempt halve(Operating meets, int from, String missedAbove, int to) {
        int low = from;
        int high = to - 1;
        Operating best = meets;
        String missed = missedAbove;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            Operating tried = withinTpot(middle);
            if (tried != null && tried.meets()) {
                low = middle;
                best = tried.rate() > best.rate() ? tried : best;
            } else {
                high = middle - 1;
                missed = missed(tried);
            }
        }
        return best.works(missed);
    }

    /** Null where TPOT is sure to break its promise. */
    private @Nullable Operating withinTpot(double sequences) {
        return steps.isTooSlow(sequences) ? null : steps.operate(sequences);
    }

    /**
     * What users see with so many sequences a step, whether or not that keeps the promises. TTFT is unknown where TPOT
     * already breaks its promise, and where the budget has no room for prompts.
     *
     * @param sequences of an attention replica
     * @param budget tokens of a step
     */
    public Latency latency(double sequences, double budget) {
        return steps.operate(sequences, budget).latency();
    }

    /** The fewest sequences that reach a rate, as the step time of the whole replica has it; at most {@code most}. */
    private int sequencesFor(double rate, int most) {
        int low = 1;
        int high = most;
        while (low < high) {
            int middle = (low + high) / 2;
            if (isSlower(middle, rate)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static String tooLarge(MemoryFit fit) {
        return fit.weights() > fit.chip().memoryCapacity() * fit.profile().memoryFraction()
                ? "weights of " + Unit.BYTE.format(fit.weights()) + " a chip under "
                        + fit.parallelism().label() + " do not fit in "
                        + Unit.BYTE.format(fit.chip().memoryCapacity())
                : "no sequence's KV cache fits beside " + Unit.BYTE.format(fit.weights()) + " of weights under "
                        + fit.parallelism().label();
    }
}
