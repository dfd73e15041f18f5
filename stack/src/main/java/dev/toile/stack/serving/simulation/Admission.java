package dev.toile.stack.serving.simulation;

import dev.toile.stack.serving.simulation.EngineSettings.Policy;

/** The queue of one engine, and who leaves it to be part of the next step. */
final class Admission {

    private final EngineSettings settings;
    private final Requests requests;
    private final Sequences state;
    private final boolean prefilled;
    private final LinkedRequests running;
    private final KvBlocks blocks;
    private final Decoding decoding;
    private final PlannedStep planned;
    private final Tally tally;
    private final LinkedRequests waiting;

    /** Blocks that stay free when a prompt begins while others run. */
    private final int watermark;

    private int step;
    private boolean blocked;

    Admission(
            EngineSettings settings,
            Requests requests,
            Sequences state,
            boolean prefilled,
            LinkedRequests running,
            KvBlocks blocks,
            Decoding decoding,
            PlannedStep planned,
            Tally tally) {
        this.settings = settings;
        this.requests = requests;
        this.state = state;
        this.prefilled = prefilled;
        this.running = running;
        this.blocks = blocks;
        this.decoding = decoding;
        this.planned = planned;
        this.tally = tally;
        waiting = new LinkedRequests(state.next, state.previous);
        watermark = settings.policy() == Policy.PROMPTS_FIRST && !prefilled ? settings.blocks() / 100 : 0;
    }

    int waiting() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** A request that comes in, and lets so many of the next steps pass. */
    void offer(int request, int missed) {
        state.ready[request] = step + missed;
        waiting.addLast(request);
    }

    /** A request that lost its blocks and comes before all others. */
    void again(int request) {
        waiting.addFirst(request);
    }

    /** So many steps were decided. */
    void advance(int steps) {
        step += steps;
    }

    /** Whether requests wait and the first of them must let the next step pass. */
    boolean passes() {
        return !waiting.isEmpty() && state.ready[waiting.first()] > step;
    }

    /** Whether the first of those that wait lacks blocks or a place until a sequence has left. */
    boolean blocked() {
        return blocked;
    }

    /** A sequence has left. */
    void unblock() {
        blocked = false;
    }

    /**
     * Lets in who has room.
     *
     * @param budget of tokens
     * @param now when the step begins
     * @param halfway whether a prompt is computed in part and may take no further part in this step
     */
    void admit(int budget, double now, boolean halfway) {
        int left = budget;
        blocked = false;
        while (!waiting.isEmpty() && left > 0) {
            int request = waiting.first();
            if (state.ready[request] > step) {
                return;
            }
            if (running.size() == settings.maxSequences()
                    || (halfway && planned.chunks().isEmpty())) {
                blocked = true;
                return;
            }
            if (prefilled && state.generated[request] == 1 && Double.isNaN(state.scheduled[request])) {
                if (!join(request)) {
                    blocked = true;
                    return;
                }
                left -= settings.speculation().seen();
            } else {
                int chunk = begin(request, left);
                if (chunk == 0) {
                    return;
                }
                left -= chunk;
            }
            waiting.remove(request);
            running.addLast(request);
            if (Double.isNaN(state.scheduled[request])) {
                state.scheduled[request] = now;
            }
        }
    }

    /** A request whose prompt was computed elsewhere begins to decode with this step. */
    private boolean join(int request) {
        int prompt = requests.prompt(request);
        if (blocks.begin(request, 0, settings.held(requests, request, prompt + 1)) < 0) {
            return false;
        }
        planned.join(request);
        decoding.add(request, prompt);
        return true;
    }

    /** Takes blocks for the first chunk of a prompt and says how long it is; 0 when it cannot begin. */
    private int begin(int request, int left) {
        int target = state.target(requests, request);
        int hits = blocks.hits(request, target - 1);
        int found = Math.max(blocks.tokens(hits), requests.cached(request));
        int rest = target - found;
        if (rest > left && !settings.chunked() && !planned.isEmpty()) {
            return 0;
        }
        int chunk = settings.chunked() ? Math.min(left, rest) : rest;
        int held = settings.held(requests, request, found + chunk);
        if (watermark > 0 && !running.isEmpty() && blocks.free() - held < watermark) {
            blocked = true;
            return 0;
        }
        int fromHost = blocks.begin(request, hits, held);
        if (fromHost < 0) {
            blocked = true;
            return 0;
        }
        blocks.count(request, requests.prompt(request), hits, fromHost);
        planned.load(blocks.hostBlocks(fromHost) * settings.hostTier().secondsPerBlock());
        tally.cachedTokens += found;
        state.computed[request] = found;
        planned.chunks().add(request, chunk);
        return chunk;
    }
}
