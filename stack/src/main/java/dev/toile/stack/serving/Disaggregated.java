package dev.toile.stack.serving;

import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.Step;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Traffic;

/**
 * Prompts and decoding on chips of their own, the KV cache sent from one to the other (Zhong et al., "DistServe", OSDI
 * 2024; Patel et al., "Splitwise", ISCA 2024).
 *
 * @param demand what has to be served
 */
public record Disaggregated(Demand demand) {

    /** Prompt tokens in one step that keep the tensor units busy. */
    private static final double PREFILL_TOKENS = 4096;

    /** So many times as many prompts share a step at most. */
    private static final int MOST_TIMES = 8;

    private static final double Z99 = 2.3263478740408408;

    /**
     * A pool with what it adds to the latency.
     *
     * @param pool the replicas
     * @param latency of its phase; that of the other is unknown
     * @param boundBy what keeps it from more
     */
    public record Phase(Pool pool, Latency latency, String boundBy) {}

    /** What comes of trying one parallelism for one phase. */
    public sealed interface Try {
        /**
         * It works.
         *
         * @param phase that does
         */
        record Works(Phase phase) implements Try {}

        /**
         * It does not.
         *
         * @param failure why
         */
        record Fails(Attempt.Fails failure) implements Try {}
    }

    /**
     * The prompt phase: as much load as the promise on TTFT allows. Where attention replicas step together, several
     * prompts in a step even out their work, and the number that gives the most is taken.
     */
    public Try prefill(Parallelism parallelism) {
        double fewest = Math.max(1, Math.floor(PREFILL_TOKENS / demand.traffic().newPromptTokens()));
        Try best = prefill(parallelism, fewest);
        for (int times = 2; parallelism.attentionReplicas() > 1 && times <= MOST_TIMES; times *= 2) {
            Try next = prefill(parallelism, times * fewest);
            if (next instanceof Try.Works(Phase more)
                    && (!(best instanceof Try.Works(Phase known))
                            || more.pool().requestsPerSecond() > known.pool().requestsPerSecond())) {
                best = next;
            }
        }
        return best;
    }

    private Try prefill(Parallelism parallelism, double count) {
        Traffic traffic = demand.traffic();
        MemoryFit fit = fit(parallelism, count * traffic.newPromptTokens());
        double states = count
                * parallelism.pipeline()
                * fit.stateBytesPerSequence(traffic.prompt().mean());
        double held = count * traffic.prompt().mean() * parallelism.pipeline() * fit.cacheBytesPerToken() + states;
        if (fit.cacheCapacity() < held) {
            return new Try.Fails(new Attempt.Fails(0, held - fit.cacheCapacity(), () -> Colocated.tooLarge(fit)));
        }
        Prompts prompts = prompts(parallelism, count, transferSeconds(fit));
        double load = highestLoad(prompts);
        Ttft latency = prompts.ttft(Math.max(load, 0.01));
        if (load <= 0) {
            return new Try.Fails(Attempt.Fails.ttft(latency.p99(), demand.serviceLevel(), parallelism));
        }
        Pool pool = new SteppedPool("prefill", prompts.step(), null, count, 1, load, prompts.together(), fit, held);
        return new Try.Works(new Phase(pool, new Latency(latency, Tpot.UNKNOWN), "TTFT"));
    }

    private Prompts prompts(Parallelism parallelism, double count, double transfer) {
        Traffic traffic = demand.traffic();
        double variation = traffic.prompt().squaredVariation();
        double longer = 1 + variation;
        double each = traffic.newPromptTokens() * longer;
        StepShape shape =
                new StepShape(0, 0, count / longer, each, each + traffic.cachedPromptTokens() * longer, count);
        StepCosts.Terms terms = demand.costs().under(parallelism);
        Step step = terms.step("prefill-step", shape);
        // A token, new or cached, is found in a prompt the likelier the longer that is: of gamma-distributed lengths
        // the
        // shape grows by 1.
        double ofOne = variation / longer;
        double ofAll = ofOne / Math.max(1, count / longer);
        double slower = Slowest.overMean(ofAll, parallelism.attentionReplicas()) - 1;
        double waits = slower == 0 ? 0 : slower * terms.byContext(shape).seconds();
        return new Prompts(demand, step, count, transfer, step.seconds() / (step.seconds() + waits));
    }

    /**
     * Steps of prompts.
     *
     * @param count prompts of one attention replica
     * @param transfer seconds in which the cache of a prompt is sent
     * @param together mean time of the attention replicas over that of the slowest
     */
    private record Prompts(Demand demand, Step step, double count, double transfer, double together) {
        Ttft ttft(double load) {
            Parallelism p = step.parallelism();
            double stage = step.stageSeconds() / together;
            double variation = demand.traffic().prompt().squaredVariation();
            Queue queue = new Queue(load, stage / (count * p.attentionReplicas()), variation);
            double own = step.seconds() / together + transfer;
            double longest =
                    demand.traffic().prompt().p99() / demand.traffic().prompt().mean();
            return new Ttft(stage / 2 * load, queue, own, count > 1 ? own : own * longest);
        }
    }

    private double highestLoad(Prompts prompts) {
        double limit = demand.serviceLevel().ttftP99();
        double low = 0;
        double high = 0.98;
        if (prompts.ttft(high).p99() <= limit) {
            return high;
        }
        for (int i = 0; i < 30; i++) {
            double middle = (low + high) / 2;
            if (prompts.ttft(middle).p99() <= limit) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low < 1e-3 ? 0 : low;
    }

    /** Each chip sends its part of a prompt's cache through its own adapter. */
    private double transferSeconds(MemoryFit fit) {
        double bytes = fit.contextBytes(1, demand.traffic().prompt().mean());
        int far = demand.timer().collectives().fabric().domain();
        Collective send = new Collective("cache-transfer", Collective.Kind.SEND, bytes, 2, far);
        return demand.timer().collectives().time(send).seconds();
    }

    /** The decoding phase: as many sequences as memory and the promise on TPOT allow. */
    public Try decode(Parallelism parallelism) {
        Traffic traffic = demand.traffic();
        MemoryFit fit = fit(parallelism, 2048);
        double most = fit.sequences(traffic.runningContext(), traffic.runningContextDeviation());
        double allowed = Math.min(demand.mostSequences(), 1e6);
        int memoryBound = (int) Math.floor(Math.min(most / parallelism.pipeline(), allowed));
        if (memoryBound < 1) {
            return new Try.Fails(new Attempt.Fails(0, -fit.cacheCapacity(), () -> Colocated.tooLarge(fit)));
        }
        if (tpotP99(parallelism, 1) > demand.serviceLevel().tpotP99()) {
            double alone = tpotP99(parallelism, 1);
            return new Try.Fails(Attempt.Fails.tpot(alone, demand.serviceLevel(), parallelism));
        }
        int low = 1;
        int high = memoryBound;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (tpotP99(parallelism, middle) <= demand.serviceLevel().tpotP99()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Step step = demand.costs().under(parallelism).step("decode-step", decoding(low));
        double held = fit.contextBytes((double) low * parallelism.pipeline(), traffic.runningContext());
        Pool pool = new SteppedPool("decode", step, null, low, traffic.output().mean(), 1, 1, fit, held);
        Latency latency = decodeLatency(parallelism, low);
        return new Try.Works(new Phase(pool, latency, low == memoryBound ? "memory" : "TPOT"));
    }

    /** What users see of decoding so many sequences a step, whether or not that keeps the promise; TTFT is unknown. */
    public Latency decodeLatency(Parallelism parallelism, double sequences) {
        Step step = demand.costs().under(parallelism).step("decode-step", decoding(sequences));
        return new Latency(Ttft.UNKNOWN, new Tpot(step, 0, tpotP99(parallelism, sequences) - step.seconds(), 0));
    }

    private StepShape decoding(double sequences) {
        return StepShape.decode(sequences, demand.traffic().runningContext());
    }

    /** The step when as many sequences run as in one moment of a hundred. */
    private double tpotP99(Parallelism parallelism, double sequences) {
        return demand.costs().under(parallelism).seconds(decoding(sequences + Z99 * Math.sqrt(sequences)));
    }

    private MemoryFit fit(Parallelism parallelism, double stepTokens) {
        var timer = demand.timer();
        return new MemoryFit(timer.model(), timer.precision(), parallelism, timer.chip(), demand.profile(), stepTokens);
    }
}
