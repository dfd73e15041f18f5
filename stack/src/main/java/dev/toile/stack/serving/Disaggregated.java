package dev.toile.stack.serving;

import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.Step;
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

    /** The prompt phase: as much load as the promise on TTFT allows. */
    public Try prefill(Parallelism parallelism) {
        Traffic traffic = demand.traffic();
        double prompts = Math.max(1, Math.floor(PREFILL_TOKENS / traffic.newPromptTokens()));
        MemoryFit fit = fit(parallelism, prompts * traffic.newPromptTokens());
        double states = prompts
                * parallelism.pipeline()
                * fit.stateBytesPerSequence(traffic.prompt().mean());
        double held = prompts * traffic.prompt().mean() * parallelism.pipeline() * fit.cacheBytesPerToken() + states;
        if (fit.cacheCapacity() < held) {
            return new Try.Fails(new Attempt.Fails(0, held - fit.cacheCapacity(), () -> Colocated.tooLarge(fit)));
        }
        double variation = traffic.prompt().squaredVariation();
        double each = traffic.newPromptTokens() * (1 + variation);
        StepShape shape =
                new StepShape(0, 0, prompts / (1 + variation), each, each + traffic.cachedPromptTokens(), prompts);
        Step step = demand.costs().under(parallelism).step("prefill-step", shape);
        double transfer = transferSeconds(fit);
        double load = highestLoad(step, prompts, variation, transfer);
        Ttft latency = ttft(step, prompts, variation, transfer, Math.max(load, 0.01));
        if (load <= 0) {
            return new Try.Fails(Attempt.Fails.ttft(latency.p99(), demand.serviceLevel(), parallelism));
        }
        Pool pool = new SteppedPool("prefill", step, null, prompts, 1, load, fit, held);
        return new Try.Works(new Phase(pool, new Latency(latency, Tpot.UNKNOWN), "TTFT"));
    }

    private double highestLoad(Step step, double prompts, double variation, double transfer) {
        double limit = demand.serviceLevel().ttftP99();
        double low = 0;
        double high = 0.98;
        if (ttft(step, prompts, variation, transfer, high).p99() <= limit) {
            return high;
        }
        for (int i = 0; i < 30; i++) {
            double middle = (low + high) / 2;
            if (ttft(step, prompts, variation, transfer, middle).p99() <= limit) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low < 1e-3 ? 0 : low;
    }

    private Ttft ttft(Step step, double prompts, double variation, double transfer, double load) {
        Parallelism p = step.parallelism();
        double service = step.stageSeconds() / (prompts * p.attentionReplicas());
        Queue queue = new Queue(load, service, variation);
        double own = step.seconds() + transfer;
        double longest =
                demand.traffic().prompt().p99() / demand.traffic().prompt().mean();
        double residual = step.stageSeconds() / 2 * load;
        return new Ttft(residual, queue, own, prompts > 1 ? own : own * longest);
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
        Pool pool = new SteppedPool("decode", step, null, low, traffic.output().mean(), 1, fit, held);
        Latency latency = decodeLatency(parallelism, low);
        return new Try.Works(new Phase(pool, latency, low == memoryBound ? "memory" : "TPOT"));
    }

    /** What users see of decoding so many sequences a step, whether or not that keeps the promise; TTFT is unknown. */
    public Latency decodeLatency(Parallelism parallelism, double sequences) {
        Step step = demand.costs().under(parallelism).step("decode-step", decoding(sequences));
        return new Latency(Ttft.UNKNOWN, new Tpot(step, tpotP99(parallelism, sequences) - step.seconds(), 0));
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
