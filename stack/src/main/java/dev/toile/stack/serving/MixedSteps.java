package dev.toile.stack.serving;

import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.workload.StepShape;
import org.jspecify.annotations.Nullable;

/**
 * What steps that prompts and decoding share cost under one layout, and what users see of them: by a number of sequences
 * and a step budget.
 */
final class MixedSteps {

    private static final double Z99 = 2.3263478740408408;

    /** Share of a step that does not grow with its sequences, at least: some of it never does. */
    private static final double LEAST_FIXED = 0.05;

    /** Most tokens of one step of an attention replica: the step budgets that servers are run with. */
    private static final double[] BUDGETS = {512, 1024, 2048, 4096, 8192};

    /** The usual one of them. */
    private static final int USUAL = 2;

    private static final double LARGEST = BUDGETS[BUDGETS.length - 1];

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

    /** Seconds of all tokens of a step budget, where that was asked for. */
    private final double[] full = new double[BUDGETS.length];

    private double decodingOf = Double.NaN;
    private Decoding decoding = new Decoding(0, 0, 0);

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
     * @param context seconds of them in which sequences look back
     * @param crowd seconds that the sequences of a crowded moment add
     */
    private record Decoding(double seconds, double context, double crowd) {}

    /**
     * A step with as many prompts as come, whatever its budget does to the tails.
     *
     * @param chunk tokens of a prompt that it takes
     * @param point that it makes
     */
    private record Mixed(double chunk, Operating point) {}

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
        return fit(BUDGETS[USUAL]);
    }

    /** Sequences whose contexts fit beside the weights and the buffers of the usual step budget. */
    int fitting() {
        return fitting(USUAL);
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

    /** What a step costs before attention is counted. */
    private double tokens(double sequences, double promptTokens) {
        return steps.secondsWithoutContext(mixture.shape(sequences, promptTokens, LARGEST));
    }

    /** What all tokens of a budget cost one by one, without outputs. */
    private double fullTokens(double budget) {
        for (int i = 0; i < BUDGETS.length; i++) {
            if (BUDGETS[i] == budget && full[i] > 0) {
                return full[i];
            }
        }
        double seconds = steps.byTokens(mixture.shape(0, budget, budget)).seconds();
        for (int i = 0; i < BUDGETS.length; i++) {
            full[i] = BUDGETS[i] == budget ? seconds : full[i];
        }
        return seconds;
    }

    /** Whether TPOT is sure to break its promise, before the attention of prompts is counted. */
    boolean isTooSlow(double sequences) {
        double promised = demand.serviceLevel().tpotP99();
        double tokens = tokens(sequences, mixture.promptTokens(sequences));
        if (tokens > promised) {
            return true;
        }
        Decoding decoding = decoding(sequences);
        double least = decoding.context() + tokens;
        return least + decoding.crowd() * least / decoding.seconds() > promised;
    }

    /**
     * What so many sequences come to under the step budget nearest to the usual one that keeps the promises, or under the
     * one that comes closest. TTFT and room for prompts ask for larger budgets. TPOT asks for smaller ones, that cap its
     * tail, unless what larger chunks save of a prompt's attention is more.
     */
    Operating operate(double sequences) {
        Tries tries = new Tries(sequences);
        if (tries.meets(USUAL)) {
            return tries.best();
        }
        if (!tries.missedTpot()) {
            for (int i = USUAL + 1; i < BUDGETS.length && !tries.missedTpot(); i++) {
                if (tries.meets(i)) {
                    return tries.best();
                }
            }
            return tries.best();
        }
        for (int i = USUAL - 1; i >= 0 && tries.missedTpot(); i--) {
            if (tries.mayKeepTpot(i) && tries.meets(i)) {
                return tries.best();
            }
        }
        for (int i = USUAL + 1; i < BUDGETS.length && tries.savesTime(i); i++) {
            if (tries.meets(i)) {
                return tries.best();
            }
        }
        return tries.best();
    }

    /** Step budgets tried for a number of sequences. */
    private final class Tries {
        private final double sequences;
        private final Decoding decoding;
        private @Nullable Mixed mixed;
        private @Nullable Operating last;
        private @Nullable Operating closest;

        Tries(double sequences) {
            this.sequences = sequences;
            this.decoding = decoding(sequences);
        }

        boolean meets(int i) {
            double budget = BUDGETS[i];
            if (!hasRoom(sequences, budget) || fitting(i) < sequences) {
                last = null;
                return false;
            }
            Operating tried = within(mixed(budget).point(), budget, decoding);
            last = tried;
            closest = closest == null || tried.meets() || tried.isCloserThan(closest) ? tried : closest;
            return tried.meets();
        }

        private Mixed mixed(double budget) {
            Mixed known = mixed;
            if (known == null || known.chunk() != mixture.chunk(sequences, budget)) {
                known = MixedSteps.this.mixed(sequences, budget, decoding);
                mixed = known;
            }
            return known;
        }

        boolean missedTpot() {
            return last != null && !last.keepsTpot();
        }

        /** Not where the same prompts in larger chunks, which take less, are too slow already. */
        boolean mayKeepTpot(int i) {
            return mixed == null || MixedSteps.this.mayKeepTpot(mixed.point(), BUDGETS[i], decoding);
        }

        /** Whether chunks are larger than under the budget below, and prompts whose attention cost nothing would keep TPOT. */
        boolean savesTime(int i) {
            double least = decoding.context() + tokens(sequences, mixture.promptTokens(sequences));
            return mixture.chunk(sequences, BUDGETS[i]) > mixture.chunk(sequences, BUDGETS[i - 1])
                    && operating(sequences, BUDGETS[i], least, 0, decoding).keepsTpot();
        }

        Operating best() {
            return closest != null ? closest : mixed(BUDGETS[USUAL]).point();
        }
    }

    private boolean hasRoom(double sequences, double budget) {
        return mixture.promptTokens(sequences) < STABLE * (budget - sequences);
    }

    /** What so many sequences come to under a step budget. */
    Operating operate(double sequences, double budget) {
        Decoding decoding = decoding(sequences);
        Operating point = mixed(sequences, budget, decoding).point();
        return hasRoom(sequences, budget) ? within(point, budget, decoding) : point;
    }

    /** Whether TPOT can keep its promise under a budget, were the longest step no longer than without its prompts' attention. */
    private boolean mayKeepTpot(Operating point, double budget, Decoding decoding) {
        double full = decoding.context() + fullTokens(budget);
        return point.within(budget, full).keepsTpot();
    }

    /** A point under a budget. TTFT is left unknown where TPOT breaks its promise. */
    private Operating within(Operating any, double budget, Decoding decoding) {
        if (!mayKeepTpot(any, budget, decoding)) {
            return any;
        }
        double sequences = any.sequences();
        double full = seconds(sequences, budget - sequences, budget);
        Operating point = any.within(budget, full);
        return point.keepsTpot() ? point.with(ttft(sequences, point.seconds() + point.waits(), budget, full)) : point;
    }

    private Mixed mixed(double sequences, double budget, Decoding decoding) {
        double prompts = mixture.promptTokens(sequences);
        double seconds = seconds(sequences, prompts, budget);
        double waits = waits(sequences, prompts, budget);
        return new Mixed(mixture.chunk(sequences, budget), operating(sequences, budget, seconds, waits, decoding));
    }

    /**
     * Prompts come by the second and not by the step: a step that anything makes longer meets more of them, and is longer
     * by {@code stretch} for all that decoding adds.
     */
    private Operating operating(double sequences, double budget, double seconds, double waits, Decoding decoding) {
        double all = seconds + waits;
        double stretch = all / decoding.seconds();
        // What all replicas of a step meet evens out among them.
        double met = sequences * parallelism.attentionReplicas();
        double variation = (1 + mixture.promptVariation()) / met * stretch * stretch;
        double unlucky = Math.max(0, (all - decoding.seconds()) * mixture.luck().onTop(variation));
        return new Operating(
                this, sequences, budget, seconds, waits, decoding.crowd() * stretch, unlucky, Ttft.UNKNOWN);
    }

    /**
     * The sequences of a crowded moment are more than a Poisson number would have it, for the more there are the longer
     * all stay: with steps of {@code t0 + t1 n} their number is negative binomial and its variance the mean over {@code
     * t0 / (t0 + t1 n)}.
     */
    private Decoding decoding(double sequences) {
        if (sequences != decodingOf) {
            decodingOf = sequences;
            decoding = decodingAlone(sequences);
        }
        return decoding;
    }

    private Decoding decodingAlone(double sequences) {
        double context = steps.decodeSeconds(mixture.shape(sequences, 0, LARGEST));
        double alone = tokens(sequences, 0) + context;
        double deviation = Math.sqrt(sequences);
        double more = Math.max(0, seconds(sequences + Z99 * deviation, 0, LARGEST) - alone);
        double growing = more / Z99 * deviation / alone;
        return new Decoding(alone, context, more / Math.sqrt(Math.max(LEAST_FIXED, 1 - growing)));
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
        double linear = tokens(sequences, prompts) - tokens(sequences, 0);
        return longer * steps.promptSeconds(mixed) + steps.ownShare() * linear;
    }

    /** A prompt queues for the tokens that decoding leaves of each step's budget; the pipeline takes a step a stage. */
    private Ttft ttft(double sequences, double tpot, double budget, double full) {
        double prompt = mixture.prompt();
        double room = budget - sequences;
        double interval = full / parallelism.pipeline();
        double arrivals = sequences / (mixture.output() * tpot) * parallelism.pipeline();
        double service = prompt / room * interval;
        Queue queue = new Queue(arrivals * service, service, mixture.promptVariation());
        double own = Math.max(steps.seconds(mixture.withOne(sequences, Math.min(prompt, room))), service);
        double longPrompt = mixture.longPrompt();
        double chunks = Math.ceil(longPrompt / room);
        double ownP99 = chunks > 1
                ? full + (chunks - 1) * interval
                : Math.max(own, steps.seconds(mixture.withOne(sequences, Math.min(longPrompt, room))));
        return new Ttft(tpot / 2 / parallelism.pipeline(), queue, own, ownP99);
    }
}
