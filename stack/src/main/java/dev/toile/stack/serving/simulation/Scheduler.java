package dev.toile.stack.serving.simulation;

import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Decides what one engine computes in each step: continuous batching (Yu et al., "Orca", OSDI 2022) with a token budget,
 * chunked prompts (Agrawal et al., "Sarathi-Serve", OSDI 2024) and a paged KV cache (Kwon et al., SOSP 2023).
 *
 * <p>Every running sequence that decodes takes part in every step, so sequences are not visited: what a step needs are
 * their number, the sum of their contexts, how many fill a block with this step (their contexts modulo the block, which
 * all advance alike), and who ends with it (a calendar of decode steps).
 */
final class Scheduler {

    private static final int NONE = -1;

    private final EngineSettings settings;
    private final Requests requests;
    private final Sequences state;
    private final StepTimes times;
    private final boolean prefilled;
    private final Finishes finishes;
    private final Calendar calendar;

    private final LinkedRequests waiting;
    private final LinkedRequests running;
    private final KvBlocks blocks;

    /** Sequences that decode, by the step (modulo the block) at which they need a block. */
    private final int[] phases;

    /** Tokens that a decoding sequence brings into a step, and gains by it; both 1 without speculation. */
    private final int seen;

    private final double gained;
    private final double drafting;

    /** Whether prompts come alone and before everything else. */
    private final boolean promptsFirst;

    /** Whether the step that was decided leaves decoding sequences out. */
    private boolean paused;

    /** Blocks that stay free when a prompt begins while others run. */
    private final int watermark;

    private final FreshAnswers fresh = new FreshAnswers();

    private int step;
    private int decodeStep;
    private int decoding;
    private double contexts;
    private int partial = NONE;
    private boolean blocked;
    private double lastEnd;

    private final Chunks chunks = new Chunks();
    private int joined;
    private int[] joinedRequests = new int[64];

    private int stepTokens;
    private int stepLogits;
    private double stepContext;
    private double stepLoad;

    final Tally tally;
    final Histogram gaps;
    final TimeSeries series;

    /**
     * An idle engine.
     *
     * @param settings of it
     * @param requests all there are
     * @param state shared by the engines of one simulation
     * @param times of steps
     * @param prefilled whether requests come with their prompts computed elsewhere
     * @param books what is counted
     * @param finishes told of every answer
     */
    Scheduler(
            EngineSettings settings,
            Requests requests,
            Sequences state,
            StepTimes times,
            boolean prefilled,
            Books books,
            Finishes finishes) {
        this.settings = settings;
        this.requests = requests;
        this.state = state;
        calendar = new Calendar(state.dueNext, state.duePrevious);
        this.times = times;
        this.prefilled = prefilled;
        this.finishes = finishes;
        waiting = new LinkedRequests(state.next, state.previous);
        running = new LinkedRequests(state.next, state.previous);
        blocks = new KvBlocks(settings, requests.hashes(), state.pinned);
        phases = new int[settings.blockTokens()];
        seen = settings.speculation().seen();
        gained = settings.speculation().gained();
        drafting = settings.speculation().overhead();
        promptsFirst = settings.policy() == Policy.PROMPTS_FIRST && !prefilled;
        watermark = promptsFirst ? settings.blocks() / 100 : 0;
        tally = books.tally();
        gaps = books.gaps();
        series = books.series();
    }

    /** What an engine counts. */
    record Books(Tally tally, Histogram gaps, TimeSeries series) {}

    boolean idle() {
        return running.isEmpty() && waiting.isEmpty();
    }

    KvBlocks blocks() {
        return blocks;
    }

    /** Requests that run or wait here. */
    int outstanding() {
        return running.size() + waiting.size();
    }

    int running() {
        return running.size();
    }

    int waiting() {
        return waiting.size();
    }

    /**
     * A request that comes in; one that could never run is turned away.
     *
     * @param request that comes
     * @param missed steps that are decided already, and without it
     */
    void offer(int request, int missed) {
        if (!settings.fits(requests.prompt(request), requests.output(request))) {
            tally.rejected++;
            return;
        }
        // A host that puts prompts first looks at the queue when a step has ended, and decides nothing ahead.
        state.ready[request] = promptsFirst ? step : step + missed;
        waiting.addLast(request);
    }

    /** Whether requests wait and the first of them must let the next step pass. */
    private boolean passes() {
        return !waiting.isEmpty() && state.ready[waiting.first()] > step;
    }

    /** Decides what the next step computes. */
    void schedule(double now) {
        chunks.clear();
        joined = 0;
        stepLoad = 0;
        paused = false;
        if (promptsFirst) {
            schedulePromptsFirst(now);
            return;
        }
        boolean preempted = takeDecodeBlocks();
        int left = settings.tokenBudget() - decoding * seen;
        if (partial != NONE && left > 0) {
            int chunk = Math.min(left, target(partial) - state.computed[partial]);
            if (growPartial(chunk)) {
                chunks.add(partial, chunk);
                left -= chunk;
            } else {
                preempt(partial);
                preempted = true;
            }
        }
        if (!preempted) {
            admit(left, now);
        }
        sumUp();
    }

    /** Prompts that can begin, and nothing else; a decode step where none can or the host looks later again. */
    private void schedulePromptsFirst(double now) {
        if (decoding == 0 || decodeStep % settings.host().every() == 0) {
            admit(settings.tokenBudget(), now);
        }
        paused = !chunks.isEmpty();
        if (!paused) {
            takeDecodeBlocks();
        }
        sumUp();
    }

    /** Sequences that decode in the step that was decided. */
    private int active() {
        return paused ? 0 : decoding;
    }

    /** Whether the step that was decided only decodes. */
    boolean decodesOnly() {
        return chunks.isEmpty();
    }

    /** Blocks for the sequences that fill one with this step; who came last gives way when there are too few. */
    private boolean takeDecodeBlocks() {
        if (settings.policy() == Policy.TENSORRT_LLM) {
            return false;
        }
        boolean preempted = false;
        while (!blocks.take(phases[phase()])) {
            preempt(running.last());
            preempted = true;
        }
        return preempted;
    }

    /** Index of the sequences that need a block in this decode step. */
    private int phase() {
        return Math.floorMod(-decodeStep, phases.length);
    }

    /** Among whom a sequence counts there; without meaning where blocks are reserved. */
    private int phase(int request) {
        return Math.floorMod((long) state.offset[request], phases.length);
    }

    private boolean growPartial(int chunk) {
        int computed = state.computed[partial];
        return settings.policy() == Policy.TENSORRT_LLM
                || blocks.take(settings.blocksOf(computed + chunk) - settings.blocksOf(computed));
    }

    private void admit(int budget, double now) {
        int left = budget;
        blocked = false;
        while (!waiting.isEmpty() && left > 0) {
            int request = waiting.first();
            if (state.ready[request] > step) {
                return;
            }
            if (running.size() == settings.maxSequences() || (partial != NONE && chunks.isEmpty())) {
                blocked = true;
                return;
            }
            if (prefilled && state.generated[request] == 1 && Double.isNaN(state.scheduled[request])) {
                if (!join(request)) {
                    blocked = true;
                    return;
                }
                left -= seen;
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
        if (blocks.begin(request, 0, held(request, prompt + 1)) < 0) {
            return false;
        }
        if (joined == joinedRequests.length) {
            joinedRequests = Arrays.copyOf(joinedRequests, 2 * joined);
        }
        joinedRequests[joined++] = request;
        decode(request, prompt);
        return true;
    }

    /** Takes blocks for the first chunk of a prompt and says how long it is; 0 when it cannot begin. */
    private int begin(int request, int left) {
        int target = target(request);
        int hits = blocks.hits(request, target - 1);
        int found = Math.max(blocks.tokens(hits), requests.cached(request));
        int rest = target - found;
        boolean alone = chunks.isEmpty() && joined == 0;
        if (rest > left && !settings.chunked() && !alone) {
            return 0;
        }
        int chunk = settings.chunked() ? Math.min(left, rest) : rest;
        if (watermark > 0 && !running.isEmpty() && blocks.free() - held(request, found + chunk) < watermark) {
            blocked = true;
            return 0;
        }
        int fromHost = blocks.begin(request, hits, held(request, found + chunk));
        if (fromHost < 0) {
            blocked = true;
            return 0;
        }
        blocks.count(request, requests.prompt(request), hits, fromHost);
        stepLoad += blocks.hostBlocks(fromHost) * settings.hostTier().secondsPerBlock();
        tally.cachedTokens += found;
        state.computed[request] = found;
        chunks.add(request, chunk);
        return chunk;
    }

    /** Tokens to compute before the next one comes: the prompt, and after a preemption the answer so far. */
    private int target(int request) {
        return requests.prompt(request) + state.generated[request];
    }

    /** Blocks that a sequence holds with so many tokens: all it will ever need where nothing is evicted. */
    private int held(int request, int tokens) {
        return settings.blocksOf(
                settings.policy() == Policy.TENSORRT_LLM
                        ? requests.prompt(request) + requests.output(request)
                        : tokens);
    }

    /** From now on a sequence decodes; so many of its tokens are in the cache, and the newest is not. */
    private void decode(int request, int computed) {
        int left = requests.output(request) - state.generated[request];
        int steps = seen == 1 ? left : settings.speculation().steps(left, luck(request));
        calendar.reach(steps + 1, decodeStep);
        state.offset[request] = computed - gained * decodeStep;
        state.finish[request] = decodeStep + steps;
        calendar.add(request, state.finish[request]);
        phases[phase(request)]++;
        contexts += computed;
        decoding++;
    }

    /** How lucky the guesses for a request are: normal, the same in every run. */
    private static double luck(int request) {
        return new SplittableRandom(request).nextGaussian();
    }

    /** Takes a sequence out of those that decode, and says how many of its tokens are in the cache. */
    private int undecode(int request) {
        double computed = state.offset[request] + gained * decodeStep;
        phases[phase(request)]--;
        contexts = decoding == 1 ? 0 : contexts - computed;
        decoding--;
        int longest = requests.prompt(request) + requests.output(request) - 1;
        return Math.min(longest, (int) Math.round(computed));
    }

    /** Takes all blocks from a sequence; it waits at the head of the queue to be computed again. */
    private void preempt(int request) {
        int computed;
        if (request == partial) {
            computed = state.computed[request];
            partial = NONE;
        } else {
            computed = undecode(request);
            calendar.remove(request, state.finish[request]);
            int generated = requests.output(request) - (state.finish[request] - decodeStep);
            if (!promptsFirst || generated > state.generated[request]) {
                state.lastToken[request] = lastEnd;
            } else {
                fresh.forget(state.lastToken[request]);
            }
            state.generated[request] = generated;
        }
        blocks.release(request, held(request, computed));
        tally.preemptions++;
        tally.recomputedTokens += computed;
        running.remove(request);
        waiting.addFirst(request);
        blocked = false;
    }

    private void sumUp() {
        step++;
        int active = active();
        stepTokens = active * seen;
        stepLogits = active * seen;
        stepContext = active == 0 ? 0 : times.decode(active, contexts + active) + drafts();
        if (!chunks.isEmpty()) {
            stepContext -= (chunks.size() - 1) * times.promptLaunch();
        }
        for (int i = 0; i < chunks.size(); i++) {
            int request = chunks.request(i);
            int tokens = chunks.tokens(i);
            int before = state.computed[request];
            stepTokens += tokens;
            stepContext += times.prompt(tokens, before);
            stepLogits += before + tokens == target(request) ? 1 : 0;
        }
    }

    /** Seconds of the small model's passes before a step. */
    private double drafts() {
        return drafting == 0
                ? 0
                : drafting
                        * (times.tokens(decoding)
                                + times.logits(decoding)
                                + times.decode(decoding, contexts + decoding));
    }

    int stepTokens() {
        return stepTokens;
    }

    int stepLogits() {
        return stepLogits;
    }

    /** Seconds of attention in the step that was decided. */
    double stepContext() {
        return stepContext;
    }

    /** Seconds in which blocks come from host memory. */
    double stepLoad() {
        return stepLoad;
    }

    /** The step that was decided has run. */
    void complete(double begin, double end) {
        count(begin, end);
        int decoded = active();
        if (decoded > 0) {
            gaps.add(end - lastEnd, decoded - joined - fresh.count(end, gaps));
            for (int i = 0; i < joined; i++) {
                gaps.add(end - state.lastToken[joinedRequests[i]], 1);
            }
            contexts += gained * decoded;
            decodeStep++;
            finishDue(end);
        }
        if (!paused) {
            lastEnd = end;
        }
        for (int i = 0; i < chunks.size(); i++) {
            computed(chunks.request(i), chunks.tokens(i), end);
        }
    }

    private void count(double begin, double end) {
        tally.steps[stepTokens]++;
        tally.logitSteps[stepLogits]++;
        int active = active();
        tally.decodeSteps[active]++;
        tally.decodeContexts[active] += active == 0 ? 0 : contexts + active;
        tally.loadSeconds += stepLoad;
        tally.busySeconds += end - begin;
        tally.outputTokens += seen == 1 ? active : 0;
        series.add(begin, end, running.size(), waiting.size(), blocks.held());
    }

    private void finishDue(double end) {
        for (int request = calendar.first(decodeStep); request != NONE; request = calendar.first(decodeStep)) {
            calendar.remove(request, decodeStep);
            int computed = undecode(request);
            blocks.share(request, computed);
            finish(request, computed, end);
        }
    }

    private void finish(int request, int computed, double end) {
        blocks.release(request, held(request, computed));
        running.remove(request);
        blocked = false;
        // With speculation the tokens of single steps are not counted: the first came with the prompt.
        tally.outputTokens += seen == 1 ? 0 : requests.output(request) - 1;
        state.finished[request] = end;
        tally.finished++;
        finishes.finished(request, end);
    }

    /** A chunk of a prompt has run; with the last one a token comes. */
    private void computed(int request, int chunk, double end) {
        tally.prompt(chunk, state.computed[request]);
        tally.promptTokens += chunk;
        state.computed[request] += chunk;
        int target = target(request);
        if (state.computed[request] < target) {
            partial = request;
            return;
        }
        if (request == partial) {
            partial = NONE;
        }
        blocks.share(request, target);
        tally.outputTokens++;
        if (state.generated[request] == 0) {
            state.firstToken[request] = end;
        } else {
            gaps.add(end - state.lastToken[request], 1);
        }
        state.generated[request]++;
        if (state.generated[request] == requests.output(request)) {
            finish(request, target, end);
        } else {
            if (promptsFirst) {
                state.lastToken[request] = end;
                fresh.remember(end);
            }
            decode(request, target);
        }
    }

    /** Whether the next steps only decode, until a sequence ends, a block is wanting, or a request comes in. */
    boolean steady() {
        return decoding > 0 && partial == NONE && fresh.isEmpty() && (waiting.isEmpty() || blocked || passes());
    }

    /**
     * Runs such steps one after the other.
     *
     * @param clock when the first begins
     * @param limit no step begins then or later
     * @return when the last has ended
     */
    double decodeUntil(double clock, double limit) {
        boolean reserved = settings.policy() == Policy.TENSORRT_LLM;
        boolean once = !blocked && passes();
        int count = decoding;
        int tokens = count * seen;
        double fixed = times.tokens(tokens) + times.logits(tokens);
        double now = clock;
        int steps = 0;
        double sums = 0;
        while (now < limit && (reserved || blocks.take(phases[phase()]))) {
            double attended = contexts + count;
            double end = now + settings.host().decodeStep(fixed + times.decode(count, attended) + drafts(), count);
            gaps.add(end - lastEnd, count);
            series.add(now, end, running.size(), waiting.size(), blocks.held());
            lastEnd = end;
            sums += attended;
            contexts += gained * count;
            decodeStep++;
            steps++;
            tally.busySeconds += end - now;
            now = end;
            if (once || !calendar.empty(decodeStep)) {
                break;
            }
        }
        step += steps;
        tally.steps[tokens] += steps;
        tally.logitSteps[tokens] += steps;
        tally.decodeSteps[count] += steps;
        tally.decodeContexts[count] += sums;
        tally.outputTokens += seen == 1 ? (long) steps * count : 0;
        if (steps > 0) {
            finishDue(now);
        }
        return now;
    }
}
