package dev.toile.stack.serving.simulation;

import java.util.Arrays;

/** What one engine computes in the step that was decided. */
final class PlannedStep {

    private final Sequences state;
    private final StepTimes times;
    private final Chunks chunks = new Chunks();
    private int joined;
    private int[] joinedRequests = new int[64];
    private int tokens;
    private int logits;
    private double attention;
    private double load;

    PlannedStep(Sequences state, StepTimes times) {
        this.state = state;
        this.times = times;
    }

    void clear() {
        chunks.clear();
        joined = 0;
        load = 0;
    }

    Chunks chunks() {
        return chunks;
    }

    /** Whether nothing but what decodes already takes part so far. */
    boolean isEmpty() {
        return chunks.isEmpty() && joined == 0;
    }

    /** A sequence whose prompt was computed elsewhere decodes for the first time. */
    void join(int request) {
        if (joined == joinedRequests.length) {
            joinedRequests = Arrays.copyOf(joinedRequests, 2 * joined);
        }
        joinedRequests[joined++] = request;
    }

    int joined() {
        return joined;
    }

    /** Notes the gaps that end with the step for those that joined with it. */
    void countJoined(double end, Histogram gaps) {
        for (int i = 0; i < joined; i++) {
            gaps.add(end - state.lastToken[joinedRequests[i]], 1);
        }
    }

    /** Blocks come from host memory for so long. */
    void load(double seconds) {
        load += seconds;
    }

    /** Adds up the chunks and the sequences that decode beside them; without these while they are paused. */
    void sumUp(Requests requests, Decoding decoding, boolean paused) {
        int active = paused ? 0 : decoding.tokens();
        tokens = active;
        logits = active;
        attention = active == 0 ? 0 : decoding.attention() + decoding.drafts();
        if (!chunks.isEmpty()) {
            attention -= (chunks.size() - 1) * times.promptLaunch();
        }
        for (int i = 0; i < chunks.size(); i++) {
            int request = chunks.request(i);
            int count = chunks.tokens(i);
            int before = state.computed[request];
            tokens += count;
            attention += times.prompt(count, before);
            logits += before + count == state.target(requests, request) ? 1 : 0;
        }
    }

    int tokens() {
        return tokens;
    }

    int logits() {
        return logits;
    }

    /** Seconds of attention. */
    double attention() {
        return attention;
    }

    /** Seconds in which blocks come from host memory. */
    double load() {
        return load;
    }
}
