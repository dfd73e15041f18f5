package dev.toile.stack.serving.simulation;

/**
 * One copy of the model: an engine, or several whose attention replicas share experts and therefore step together. A
 * common step takes as long as the largest of its engines' (vLLM pads data-parallel ranks to the largest batch), but for
 * the experts of long steps.
 */
final class Replica {

    /**
     * Tokens of the largest step that vLLM records as a CUDA graph: this, or twice its sequences where that is less
     * (vllm/config, {@code max_cudagraph_capture_size}). Only such steps are padded.
     */
    private static final int LARGEST_GRAPH = 512;

    private final Scheduler[] ranks;
    private final StepTimes times;
    private final EngineSettings.HostTime host;
    private final Sequences state;
    private final int recorded;
    private double clock;

    /** Whether no step has begun since the replica had nothing to do. */
    private boolean waking = true;

    Replica(Scheduler[] ranks, StepTimes times, EngineSettings settings, Sequences state) {
        this.ranks = ranks;
        this.times = times;
        this.host = settings.host();
        this.state = state;
        recorded = Math.min(LARGEST_GRAPH, 2 * settings.maxSequences());
    }

    double clock() {
        return clock;
    }

    boolean idle() {
        for (Scheduler rank : ranks) {
            if (!rank.idle()) {
                return false;
            }
        }
        return true;
    }

    int outstanding() {
        int sum = 0;
        for (Scheduler rank : ranks) {
            sum += rank.outstanding();
        }
        return sum;
    }

    /** Leading hash blocks of a request, within so many tokens, that one of the engines has. */
    int hits(int request, int tokens) {
        int most = 0;
        for (Scheduler rank : ranks) {
            most = Math.max(most, rank.blocks().hits(request, tokens));
        }
        return most;
    }

    /** A request comes in; the engine with the least to do takes it. */
    void offer(int request, double at) {
        if (idle()) {
            clock = Math.max(clock, at);
            waking = true;
        }
        state.seen[request] = Math.max(clock, at);
        Scheduler least = ranks[0];
        for (Scheduler rank : ranks) {
            least = rank.outstanding() < least.outstanding() ? rank : least;
        }
        least.offer(request, host.overlapped() && !waking ? 1 : 0);
    }

    /** Runs all steps that begin before a time. */
    void advance(double limit) {
        while (clock < limit && !idle()) {
            advanceOnce(limit);
        }
    }

    /** Runs a step, or several in which nothing happens. */
    void advanceOnce(double limit) {
        waking = false;
        if (ranks.length == 1 && ranks[0].steady()) {
            double before = clock;
            clock = ranks[0].decodeUntil(clock, limit);
            if (clock > before) {
                return;
            }
        }
        step();
    }

    private void step() {
        boolean stepped = stepped();
        if (!stepped) {
            stepped = stepped();
        }
        if (!stepped) {
            throw new IllegalStateException("a step of an engine with requests computes nothing");
        }
    }

    /** Runs a step; says no when there is none, because all that wait must let one pass. */
    private boolean stepped() {
        int tokens = 0;
        int sum = 0;
        int logits = 0;
        int sequences = 0;
        double context = 0;
        boolean decodesOnly = true;
        for (Scheduler rank : ranks) {
            rank.schedule(clock);
            decodesOnly &= rank.decodesOnly();
            tokens = Math.max(tokens, rank.planned().tokens());
            sum += rank.planned().tokens();
            logits = Math.max(logits, rank.planned().logits());
            context = Math.max(
                    context, rank.planned().attention() + rank.planned().load());
            sequences = Math.max(sequences, rank.running());
        }
        if (tokens == 0) {
            return false;
        }
        double accelerator = tokens(tokens, sum) + times.logits(logits) + context;
        double end =
                clock + (decodesOnly ? host.decodeStep(accelerator, sequences) : host.step(accelerator, sequences));
        for (Scheduler rank : ranks) {
            if (rank.planned().tokens() > 0) {
                rank.complete(clock, end);
            }
        }
        clock = end;
        return true;
    }

    /**
     * Seconds of what depends on tokens alone. Steps that replay a recorded graph are padded to the largest engine; in
     * longer ones the shared experts see the tokens that there are.
     */
    private double tokens(int most, int sum) {
        double seconds = times.tokens(most);
        if (ranks.length == 1 || most <= recorded) {
            return seconds;
        }
        int mean = (sum + ranks.length - 1) / ranks.length;
        return seconds - times.shared(most) + times.shared(mean);
    }
}
