package dev.toile.stack.serving;

import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.workload.StepShape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What steps that prompts and decoding share cost under one layout, and what users see of them: by a number of sequences
 * and a step budget.
 */
final class MixedSteps {

    private static final double Z99 = 2.3263478740408408;

    /** Share of a step that does not grow with its sequences, at least: some of it never does. */
    private static final double LEAST_FIXED = 0.05;

    /** Most tokens of one step of an attention replica: the step budgets that servers are run with, the usual one first. */
    private static final double[] BUDGETS = {2048, 1024, 4096, 512, 8192};

    private static final double LARGEST = Arrays.stream(BUDGETS).max().orElseThrow();

    /** Share of a budget's room for prompts that may be asked for in the mean. */
    private static final double STABLE = 0.98;

    private static final int MOST_SEQUENCES = 1_000_000;

    private final Demand demand;
    private final Parallelism parallelism;
    private final StepCosts.Terms steps;
    private final Mixture mixture;

    /** Sequences that fit beside the buffers of each step budget, where that was asked for. */
    private final int[] fitting = new int[BUDGETS.length];

    private final boolean[] known = new boolean[BUDGETS.length];

    MixedSteps(Demand demand, Parallelism parallelism, Mixture mixture) {
        this.demand = demand;
        this.parallelism = parallelism;
        this.steps = demand.costs().under(parallelism);
        this.mixture = mixture;
    }

    /**
     * A step without prompts.
     *
     * @param seconds of it
     * @param crowd seconds that the sequences of a crowded moment add
     */
    private record Decoding(double seconds, double crowd) {}

    /**
     * A step with as many prompts as come, whatever its budget does to the tails.
     *
     * @param chunk tokens of a prompt that it takes
     * @param seconds of it
     * @param waits seconds for which it waits for other attention replicas
     */
    private record Mixed(double chunk, double seconds, double waits) {

        double all() {
            return seconds + waits;
        }
    }

    Demand demand() {
        return demand;
    }

    Parallelism parallelism() {
        return parallelism;
    }

    StepCosts.Terms terms() {
        return steps;
    }

    Mixture mixture() {
        return mixture;
    }

    MemoryFit fit(double budget) {
        return steps.memory(demand.profile(), budget);
    }

    /** What is held beside the usual step budget. */
    MemoryFit fit() {
        return fit(BUDGETS[0]);
    }

    /** Sequences whose contexts fit beside the weights and the buffers of the usual step budget. */
    int fitting() {
        return fitting(0);
    }

    private int fitting(int budget) {
        if (!known[budget]) {
            double most = fit(BUDGETS[budget]).sequences(mixture.context(), mixture.contextDeviation());
            double allowed = Math.min(demand.mostSequences(), MOST_SEQUENCES);
            fitting[budget] = (int) Math.floor(Math.min(most / parallelism.pipeline(), allowed));
            known[budget] = true;
        }
        return fitting[budget];
    }

    /** Requests per second of a replica. */
    double rate(double sequences, double tpot) {
        double inFlight = sequences * parallelism.attentionReplicas() * parallelism.pipeline();
        return inFlight / (mixture.output() * tpot);
    }

    /** A step in the steady state under the largest budget, whose chunks cost the least. */
    StepShape quickest(double sequences) {
        return mixture.shape(sequences, mixture.promptTokens(sequences), LARGEST);
    }

    private double seconds(double sequences, double promptTokens, double budget) {
        return steps.seconds(mixture.shape(sequences, promptTokens, budget));
    }

    /** Whether TPOT is sure to break its promise; most often that is clear before attention is counted. */
    boolean isTooSlow(double sequences) {
        double promised = demand.serviceLevel().tpotP99();
        StepShape shape = quickest(sequences);
        return steps.secondsWithoutContext(shape) > promised || steps.seconds(shape) > promised;
    }

    /** What so many sequences come to under the first step budget that keeps the promises, or the one that comes closest. */
    Operating operate(double sequences) {
        Decoding decoding = decoding(sequences);
        double prompts = mixture.promptTokens(sequences);
        @Nullable Mixed mixed = null;
        @Nullable Operating closest = null;
        for (int i = 0; i < BUDGETS.length; i++) {
            double budget = BUDGETS[i];
            if (prompts < STABLE * (budget - sequences) && fitting(i) >= sequences) {
                if (mixed == null || mixed.chunk() != mixture.chunk(sequences, budget)) {
                    mixed = mixed(sequences, budget);
                }
                Operating tried = operate(sequences, budget, mixed, decoding);
                if (tried.meets()) {
                    return tried;
                }
                closest = closest == null || tried.isCloserThan(closest) ? tried : closest;
            }
        }
        return closest != null ? closest : withoutRoom(sequences, BUDGETS[0]);
    }

    /** What so many sequences come to under a step budget. */
    Operating operate(double sequences, double budget) {
        return mixture.promptTokens(sequences) < STABLE * (budget - sequences)
                ? operate(sequences, budget, mixed(sequences, budget), decoding(sequences))
                : withoutRoom(sequences, budget);
    }

    private Operating withoutRoom(double sequences, double budget) {
        Mixed mixed = mixed(sequences, budget);
        return operating(sequences, budget, mixed, decoding(sequences), Double.POSITIVE_INFINITY);
    }

    /** TTFT is left unknown where TPOT breaks its promise already when no more prompts come than usual. */
    private Operating operate(double sequences, double budget, Mixed mixed, Decoding decoding) {
        double full = seconds(sequences, budget - sequences, budget);
        Operating point = operating(sequences, budget, mixed, decoding, full);
        return point.crowded() ? point : point.with(ttft(sequences, mixed.all(), budget, full));
    }

    /**
     * Prompts come by the second and not by the step: a step that anything makes longer meets more of them, and is longer
     * by {@code stretch} for all that decoding adds. But no step takes longer than one that uses all of its budget.
     */
    private Operating operating(double sequences, double budget, Mixed mixed, Decoding decoding, double full) {
        double stretch = mixed.all() / decoding.seconds();
        // What all replicas of a step meet evens out among them.
        double met = sequences * parallelism.attentionReplicas();
        double variation = (1 + mixture.promptVariation()) / met * stretch * stretch;
        double unlucky = (mixed.all() - decoding.seconds()) * mixture.luck().onTop(variation);
        return new Operating(
                this,
                sequences,
                budget,
                mixed.seconds(),
                mixed.waits(),
                decoding.crowd() * stretch,
                Math.clamp(full - mixed.all(), 0, Math.max(0, unlucky)),
                Ttft.UNKNOWN);
    }

    private Mixed mixed(double sequences, double budget) {
        double prompts = mixture.promptTokens(sequences);
        return new Mixed(
                mixture.chunk(sequences, budget),
                seconds(sequences, prompts, budget),
                waits(sequences, prompts, budget));
    }

    /**
     * The sequences of a crowded moment are more than a Poisson number would have it, for the more there are the longer
     * all stay: with steps of {@code t0 + t1 n} their number is negative binomial and its variance the mean over {@code
     * t0 / (t0 + t1 n)}.
     */
    private Decoding decoding(double sequences) {
        double alone = seconds(sequences, 0, BUDGETS[0]);
        double deviation = Math.sqrt(sequences);
        double more = Math.max(0, seconds(sequences + Z99 * deviation, 0, BUDGETS[0]) - alone);
        double growing = more / Z99 * deviation / alone;
        return new Decoding(alone, more / Math.sqrt(Math.max(LEAST_FIXED, 1 - growing)));
    }

    /**
     * Seconds for which a step waits in the mean while another attention replica works on more chunks of prompts: chunks
     * come by chance, and whichever replica has the most, all wait for what it does by itself; the chunk of a long prompt
     * costs more than that of a short one. The step as it is on average holds the mean number of mean chunks already.
     */
    private double waits(double sequences, double prompts, double budget) {
        int replicas = parallelism.attentionReplicas();
        if (replicas == 1 || prompts == 0) {
            return 0;
        }
        double chunk = mixture.chunk(sequences, budget);
        double room = Math.max(1, Math.floor(budget / mixture.each()));
        double mean = prompts / chunk;
        double some = Slowest.anyHasSome(mean, room, replicas);
        double most = Slowest.mostOverMean(mean, room, replicas) * mean;
        double busy = replicas * Slowest.anyHasSome(mean, room, 1) / some;
        double longest = Slowest.overMean(mixture.lengthVariation() / Math.max(1, most / some), busy);
        double slowest = some * promptsOfOwn(sequences, most / some * chunk, budget, longest);
        return Math.max(0, slowest - promptsOfOwn(sequences, prompts, budget, 1));
    }

    /**
     * Seconds that so many prompt tokens add to what an attention replica does by itself.
     *
     * @param longer contexts than those of a mean prompt, so many times
     */
    private double promptsOfOwn(double sequences, double prompts, double budget, double longer) {
        StepShape mixed = mixture.shape(sequences, prompts, budget);
        double without = steps.secondsWithoutContext(mixture.shape(sequences, 0, budget));
        return longer * steps.promptSeconds(mixed) + steps.ownShare() * (steps.secondsWithoutContext(mixed) - without);
    }

    /** A prompt queues for the tokens that decoding leaves of each step's budget; the pipeline takes a step a stage. */
    private Ttft ttft(double sequences, double tpot, double budget, double full) {
        double prompt = mixture.prompt();
        double room = budget - sequences;
        double interval = full / parallelism.pipeline();
        double arrivals = sequences / (mixture.output() * tpot) * parallelism.pipeline();
        double service = prompt / room * interval;
        Queue queue = new Queue(arrivals * service, service, mixture.promptVariation());
        double own = Math.max(seconds(sequences, Math.min(prompt, room), budget), service);
        double longPrompt = mixture.longPrompt();
        double chunks = Math.ceil(longPrompt / room);
        double ownP99 = chunks > 1
                ? full + (chunks - 1) * interval
                : Math.max(own, seconds(sequences, Math.min(longPrompt, room), budget));
        return new Ttft(tpot / 2 / parallelism.pipeline(), queue, own, ownP99);
    }
}
