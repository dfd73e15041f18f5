package dev.toile.stack.serving;

import dev.toile.stack.figure.Unit;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.workload.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * Prompts and decoding share every step: continuous batching with chunked prefill (Agrawal et al., "Sarathi-Serve",
 * OSDI 2024), as a mean field.
 *
 * <p>A step of b sequences carries {@code b / output} prompts on average, so TPOT is the time of that mixed step. A
 * prompt waits at a server that works off {@code budget - b} prompt tokens a step.
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

    /**
     * One layout.
     *
     * @param demand what has to be served
     * @param parallelism of a replica
     */
    public Colocated(Demand demand, Parallelism parallelism) {
        this.demand = demand;
        this.parallelism = parallelism;
        this.steps = demand.costs().under(parallelism);
        this.mixture = Mixture.of(demand.traffic());
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
        MemoryFit fit = fit(BUDGETS[0]);
        int most = fitting(fit);
        if (most < 1) {
            return new Attempt.Fails(0, -fit.cacheCapacity(), () -> tooLarge(fit));
        }
        if (rateToBeat > 0 && rate(most, mixedSeconds(most)) < rateToBeat) {
            return slower(most, rateToBeat);
        }
        Operating top = operate(most);
        if (top.meets()) {
            return top.works("memory");
        }
        int low = rateToBeat > 0 ? sequencesFor(rateToBeat, most) : 1;
        Operating first = low == most ? top : operate(low);
        return first.meets() ? halve(first, low, top, most) : first.miss();
    }

    private Attempt.Fails slower(int most, double rateToBeat) {
        return new Attempt.Fails(
                2,
                Double.POSITIVE_INFINITY,
                () -> "even " + most + " sequences a step serve fewer than "
                        + Unit.REQUEST_PER_SECOND.format(rateToBeat) + " under " + parallelism.label());
    }

    /** Between a number of sequences that keeps the promises and one that does not. */
    private Attempt halve(Operating meets, int from, Operating misses, int to) {
        int low = from;
        int high = to - 1;
        Operating best = meets;
        Operating failed = misses;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            Operating tried = operate(middle);
            if (tried.meets()) {
                low = middle;
                best = tried.rate() > best.rate() ? tried : best;
            } else {
                high = middle - 1;
                failed = tried;
            }
        }
        return best.works(failed.missed());
    }

    /**
     * What users see with so many sequences a step, whether or not that keeps the promises. TTFT is unknown where TPOT
     * already breaks its promise, and where no step budget has room for prompts.
     */
    public Latency latency(double sequences) {
        return operate(sequences).latency();
    }

    /** Sequences whose contexts fit beside the weights. */
    private int fitting(MemoryFit fit) {
        double most = fit.sequences(mixture.context(), mixture.contextDeviation());
        double allowed = Math.min(demand.mostSequences(), MOST_SEQUENCES);
        return (int) Math.floor(Math.min(most / parallelism.pipeline(), allowed));
    }

    /** The fewest sequences that reach a rate, as the step time of the whole replica has it; at most {@code most}. */
    private int sequencesFor(double rate, int most) {
        int low = 1;
        int high = most;
        while (low < high) {
            int middle = (low + high) / 2;
            if (rate(middle, mixedSeconds(middle)) < rate) {
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
        var timer = demand.timer();
        return new MemoryFit(timer.model(), timer.precision(), parallelism, timer.chip(), demand.profile(), budget);
    }

    static String tooLarge(MemoryFit fit) {
        return fit.weights() > fit.chip().memoryCapacity() * fit.profile().memoryFraction()
                ? "weights of " + Unit.BYTE.format(fit.weights()) + " a chip under "
                        + fit.parallelism().label() + " do not fit in "
                        + Unit.BYTE.format(fit.chip().memoryCapacity())
                : "no sequence's KV cache fits beside " + Unit.BYTE.format(fit.weights()) + " of weights under "
                        + fit.parallelism().label();
    }

    private double seconds(double sequences, double promptTokens) {
        return steps.seconds(mixture.shape(sequences, promptTokens));
    }

    private double mixedSeconds(double sequences) {
        return steps.seconds(mixture.steady(sequences));
    }

    private Operating operate(double sequences) {
        double prompts = mixture.promptTokens(sequences);
        double mixed = seconds(sequences, prompts);
        double promptless = seconds(sequences, 0);
        double crowd = seconds(sequences + Z99 * Math.sqrt(sequences), prompts) - mixed;
        double unlucky = Z99 * (mixed - promptless) * Math.sqrt((1 + mixture.promptVariation()) / sequences);
        Operating alone = new Operating(this, sequences, BUDGETS[0], mixed, crowd, unlucky, Ttft.UNKNOWN);
        return alone.tpotP99() > demand.serviceLevel().tpotP99() ? alone : withBudget(alone, prompts);
    }

    /** The first step budget that keeps the promise on TTFT, or the one that comes closest. */
    private Operating withBudget(Operating alone, double prompts) {
        double sequences = alone.sequences();
        @Nullable Operating closest = null;
        for (double budget : BUDGETS) {
            boolean room = prompts < 0.98 * (budget - sequences);
            if (room && fitting(fit(budget)) >= sequences) {
                Operating tried = alone.with(budget, ttft(sequences, alone.seconds(), budget));
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
        Traffic traffic = demand.traffic();
        double prompt = mixture.prompt();
        double room = budget - sequences;
        double full = seconds(sequences, room);
        double interval = full / parallelism.pipeline();
        double arrivals = sequences / (mixture.output() * tpot) * parallelism.pipeline();
        double service = prompt / room * interval;
        Queue queue = new Queue(arrivals * service, service, mixture.promptVariation());
        double own = Math.max(seconds(sequences, Math.min(prompt, room)), service);
        double longPrompt = traffic.prompt().p99() / traffic.prompt().mean() * prompt;
        double chunks = Math.ceil(longPrompt / room);
        double ownP99 = chunks > 1
                ? full + (chunks - 1) * interval
                : Math.max(own, seconds(sequences, Math.min(longPrompt, room)));
        return new Ttft(tpot / 2 / parallelism.pipeline(), queue, own, ownP99);
    }
}
