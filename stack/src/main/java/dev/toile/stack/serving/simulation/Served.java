package dev.toile.stack.serving.simulation;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/**
 * What became of the requests of one simulation.
 *
 * <p>Definitions as vLLM's benchmark and AIPerf have them: TTFT is first token less arrival, queueing included; end to
 * end is last token less arrival; TPOT of a request is {@code (end to end - TTFT) / (output - 1)}, which AIPerf calls
 * its inter-token latency; ITL is every single gap between tokens.
 */
public final class Served {

    private final Requests requests;
    private final Sequences state;
    private final Histogram gaps;
    private final List<Phase> phases;

    Served(Requests requests, Sequences state, Histogram gaps, List<Phase> phases) {
        this.requests = requests;
        this.state = state;
        this.gaps = gaps;
        this.phases = List.copyOf(phases);
    }

    /**
     * Engines that did the same.
     *
     * @param role {@code serving}, {@code prefill} or {@code decode}
     * @param settings of each engine
     * @param engines of all replicas
     * @param tally what they computed
     * @param series what happened over time, all engines together
     * @param prefix what their prefix caches found
     */
    public record Phase(
            String role, EngineSettings settings, int engines, Tally tally, TimeSeries series, PrefixHits prefix) {

        /** Held over all blocks, mean over time. */
        public double occupancy() {
            double sum = 0;
            for (int i = 0; i < series.size(); i++) {
                sum += series.blocks(i);
            }
            return sum / series.size() / ((double) settings.blocks() * engines);
        }

        /** Held over all blocks in the fullest interval. */
        public double peakOccupancy() {
            double most = 0;
            for (int i = 0; i < series.size(); i++) {
                most = Math.max(most, series.blocks(i));
            }
            return most / ((double) settings.blocks() * engines);
        }
    }

    /** The requests. */
    public Requests requests() {
        return requests;
    }

    /** One, or one for prompts and one for decoding. */
    public List<Phase> phases() {
        return phases;
    }

    /** The engines that decode. */
    public Phase decoding() {
        return phases.getLast();
    }

    /** Requests that can never be served. */
    public long rejected() {
        return phases.stream().mapToLong(phase -> phase.tally().rejected()).sum();
    }

    Sequences state() {
        return state;
    }

    /** When a request arrived, seconds. */
    public double arrived(int request) {
        return state.arrived[request];
    }

    /** When its engine saw it, at the end of the step under way: what an engine's own clock counts from. */
    public double seen(int request) {
        return state.seen[request];
    }

    /** When it was first part of a step; NaN for one that was turned away. */
    public double scheduled(int request) {
        return state.scheduled[request];
    }

    /** When its first token came; NaN for one that was turned away. */
    public double firstToken(int request) {
        return state.firstToken[request];
    }

    /** When its last token came; NaN for one that was turned away. */
    public double finished(int request) {
        return state.finished[request];
    }

    /** Seconds from arrival to the first token. */
    public double ttft(int request) {
        return state.firstToken[request] - state.arrived[request];
    }

    /** Seconds for each token after the first; NaN for an answer of one token. */
    public double tpot(int request) {
        int output = requests.output(request);
        return output == 1 ? Double.NaN : (state.finished[request] - state.firstToken[request]) / (output - 1);
    }

    /** Seconds from arrival to the last token. */
    public double endToEnd(int request) {
        return state.finished[request] - state.arrived[request];
    }

    /** Seconds from arrival to the first step. */
    public double queued(int request) {
        return state.scheduled[request] - state.arrived[request];
    }

    /** Whether a request was answered and kept all that its class was promised. */
    public boolean good(int request) {
        double tpot = tpot(request);
        return !Double.isNaN(state.finished[request])
                && requests.kind(request).good(ttft(request), Double.isNaN(tpot) ? 0 : tpot, endToEnd(request));
    }

    /** A quantity of all requests that were answered. */
    public Distribution distribution(IntToDoubleFunction quantity) {
        return distribution(quantity, _ -> true);
    }

    /** A quantity of some requests. */
    public Distribution distribution(IntToDoubleFunction quantity, IntPredicate which) {
        double[] values = new double[requests.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = which.test(i) ? quantity.applyAsDouble(i) : Double.NaN;
        }
        return Distribution.of(values);
    }

    /** Every gap between two tokens of a request. */
    public Histogram gaps() {
        return gaps;
    }

    /** Seconds from the first arrival to the last token. */
    public double makespan() {
        double begin = Double.POSITIVE_INFINITY;
        double end = 0;
        for (int i = 0; i < requests.size(); i++) {
            begin = Math.min(begin, state.arrived[i]);
            end = Double.isNaN(state.finished[i]) ? end : Math.max(end, state.finished[i]);
        }
        return end - begin;
    }

    /** Share of the requests that were good. */
    public double attainment() {
        return (double) goodRequests() / requests.size();
    }

    /** How many requests were good. */
    public int goodRequests() {
        int good = 0;
        for (int i = 0; i < requests.size(); i++) {
            good += good(i) ? 1 : 0;
        }
        return good;
    }
}
