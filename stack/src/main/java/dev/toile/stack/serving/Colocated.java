package dev.toile.stack.serving;

import dev.toile.stack.figure.Unit;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
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

    private static final double Z99 = 2.3263478740408408;

    /** Most tokens of one step of an attention replica: the step budgets that servers are run with. */
    private static final double[] BUDGETS = {2048, 1024, 4096, 512, 8192};

    private static final int MOST_SEQUENCES = 1_000_000;

    private final Demand demand;
    private final Parallelism parallelism;
    private final StepCosts.Terms steps;
    private final Mixture mixture;

    /** Sequences that fit beside the buffers of each step budget, where that was asked for. */
    private final int[] fitting = new int[BUDGETS.length];

    private final boolean[] known = new boolean[BUDGETS.length];

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
        this.demand = demand;
        this.parallelism = parallelism;
        this.steps = demand.costs().under(parallelism);
        this.mixture = mixture;
    }

    Demand demand() {
        return demand;
    }

    Parallelism parallelism() {
        return parallelism;
    }

    StepCosts.Terms steps() {
        return steps;
    }

    Mixture mixture() {
        return mixture;
    }

    /**
     * The plan that serves the most requests, among step budgets and numbers of sequences that fit and keep the
     * promises. Rate hardly falls with the number of sequences, so the search halves an interval of it and keeps the
     * best point it has seen.
     *
     * @param rateToBeat requests per second of a replica below which a plan is of no interest; 0 for any
     */
    public Attempt plan(double rateToBeat) {
        int most = fitting(0);
        if (most < 1) {
            MemoryFit fit = fit(BUDGETS[0]);
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
        Operating first = operate(low);
        return first.meets() ? halve(first, low, missed(top), most) : first.miss();
    }

    private static String missed(@Nullable Operating tried) {
        return tried == null ? "TPOT" : tried.missed();
    }

    /** Whether so many sequences serve fewer requests; most often that is clear before attention is counted. */
    private boolean isSlower(int sequences, double rate) {
        StepShape shape = steady(sequences);
        return rate(sequences, steps.secondsWithoutContext(shape)) < rate
                || rate(sequences, steps.seconds(shape)) < rate;
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

    /**
     * What users see with so many sequences a step, whether or not that keeps the promises. TTFT is unknown where TPOT
     * already breaks its promise, and where no step budget has room for prompts.
     */
    public Latency latency(double sequences) {
        return operate(sequences).latency();
    }

    /** Sequences whose contexts fit beside the weights and the buffers of a step budget. */
    private int fitting(int budget) {
        if (!known[budget]) {
            double most = fit(BUDGETS[budget]).sequences(mixture.context(), mixture.contextDeviation());
            double allowed = Math.min(demand.mostSequences(), MOST_SEQUENCES);
            fitting[budget] = (int) Math.floor(Math.min(most / parallelism.pipeline(), allowed));
            known[budget] = true;
        }
        return fitting[budget];
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

    /** Requests per second of a replica. */
    double rate(double sequences, double tpot) {
        double inFlight = sequences * parallelism.attentionReplicas() * parallelism.pipeline();
        return inFlight / (mixture.output() * tpot);
    }

    MemoryFit fit(double budget) {
        return steps.memory(demand.profile(), budget);
    }

    static String tooLarge(MemoryFit fit) {
        return fit.weights() > fit.chip().memoryCapacity() * fit.profile().memoryFraction()
                ? "weights of " + Unit.BYTE.format(fit.weights()) + " a chip under "
                        + fit.parallelism().label() + " do not fit in "
                        + Unit.BYTE.format(fit.chip().memoryCapacity())
                : "no sequence's KV cache fits beside " + Unit.BYTE.format(fit.weights()) + " of weights under "
                        + fit.parallelism().label();
    }

    /** Seconds of a step with so many prompt tokens, under the budget that servers are run with most often. */
    private double seconds(double sequences, double promptTokens) {
        return seconds(sequences, promptTokens, BUDGETS[0]);
    }

    private double seconds(double sequences, double promptTokens, double budget) {
        return steps.seconds(mixture.shape(sequences, promptTokens, budget));
    }

    StepShape steady(double sequences) {
        return shape(sequences, mixture.promptTokens(sequences));
    }

    StepShape shape(double sequences, double promptTokens) {
        return mixture.shape(sequences, promptTokens, BUDGETS[0]);
    }

    /**
     * A number of sequences with the latency it gives; null as soon as TPOT is sure to break its promise, which is before
     * everything was timed.
     */
    private @Nullable Operating withinTpot(double sequences) {
        double prompts = mixture.promptTokens(sequences);
        double promised = demand.serviceLevel().tpotP99();
        StepShape shape = shape(sequences, prompts);
        if (steps.secondsWithoutContext(shape) > promised) {
            return null;
        }
        double mixed = steps.seconds(shape);
        if (mixed > promised) {
            return null;
        }
        double waits = waits(sequences, prompts);
        double crowd = crowd(sequences, prompts, mixed);
        return mixed + waits + Math.abs(crowd) > promised ? null : operate(sequences, prompts, mixed, waits, crowd);
    }

    private Operating operate(double sequences) {
        double prompts = mixture.promptTokens(sequences);
        double mixed = seconds(sequences, prompts);
        return operate(sequences, prompts, mixed, waits(sequences, prompts), crowd(sequences, prompts, mixed));
    }

    private Operating operate(double sequences, double prompts, double mixed, double waits, double crowd) {
        double promptless = seconds(sequences, 0);
        // What all replicas of a step meet evens out among them.
        double met = sequences * parallelism.attentionReplicas();
        double unlucky = Z99 * (mixed + waits - promptless) * Math.sqrt((1 + mixture.promptVariation()) / met);
        Operating alone = new Operating(this, sequences, BUDGETS[0], mixed, waits, crowd, unlucky, Ttft.UNKNOWN);
        return alone.tpotP99() > demand.serviceLevel().tpotP99() ? alone : withBudget(alone, prompts);
    }

    /**
     * Seconds for which a step waits in the mean while another attention replica works on more chunks of prompts: chunks
     * come by chance, and whichever replica has the most, all wait for what it does by itself. The step as it is on
     * average holds the mean number of chunks already.
     */
    double waits(double sequences, double prompts) {
        int replicas = parallelism.attentionReplicas();
        if (replicas == 1 || prompts == 0) {
            return 0;
        }
        double chunk = mixture.chunk(sequences, BUDGETS[0]);
        double room = Math.max(1, Math.floor(BUDGETS[0] / mixture.each()));
        double mean = prompts / chunk;
        double some = Slowest.anyHasSome(mean, room, replicas);
        double most = Slowest.mostOverMean(mean, room, replicas) * mean;
        double slowest = some * promptsOfOwn(sequences, most / some * chunk);
        return Math.max(0, slowest - promptsOfOwn(sequences, prompts));
    }

    /** Seconds that so many prompt tokens add to what an attention replica does by itself. */
    private double promptsOfOwn(double sequences, double prompts) {
        StepShape mixed = shape(sequences, prompts);
        double linear = steps.secondsWithoutContext(mixed) - steps.secondsWithoutContext(shape(sequences, 0));
        return steps.promptSeconds(mixed) + steps.ownShare() * linear;
    }

    /** What the sequences of a crowded moment add to a step. */
    private double crowd(double sequences, double prompts, double mixed) {
        return seconds(sequences + Z99 * Math.sqrt(sequences), prompts) - mixed;
    }

    /** The first step budget that keeps the promise on TTFT, or the one that comes closest. */
    private Operating withBudget(Operating alone, double prompts) {
        double sequences = alone.sequences();
        @Nullable Operating closest = null;
        for (int i = 0; i < BUDGETS.length; i++) {
            double budget = BUDGETS[i];
            boolean room = prompts < 0.98 * (budget - sequences);
            if (room && fitting(i) >= sequences) {
                Operating tried = alone.with(budget, ttft(sequences, alone.seconds() + alone.waits(), budget));
                if (tried.meets()) {
                    return tried;
                }
                closest = closest == null || tried.ttft().p99() < closest.ttft().p99() ? tried : closest;
            }
        }
        return closest != null ? closest : alone;
    }

    /** A prompt queues for the tokens that decoding leaves of each step's budget; the pipeline takes a step a stage. */
    private Ttft ttft(double sequences, double tpot, double budget) {
        double prompt = mixture.prompt();
        double room = budget - sequences;
        double full = seconds(sequences, room, budget);
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
