package dev.toile.stack.serving.simulation;

import dev.toile.stack.serving.simulation.EngineSettings.Policy;

/**
 * Decides what one engine computes in each step: continuous batching (Yu et al., "Orca", OSDI 2022) with a token budget,
 * chunked prompts (Agrawal et al., "Sarathi-Serve", OSDI 2024) and a paged KV cache (Kwon et al., SOSP 2023).
 */
final class Scheduler {

    private static final int NONE = -1;

    private final EngineSettings settings;
    private final Requests requests;
    private final Sequences state;
    private final StepTimes times;
    private final Finishes finishes;
    private final LinkedRequests running;
    private final KvBlocks blocks;
    private final Decoding decoding;
    private final PlannedStep planned;
    private final Admission admission;

    /** Whether decoding sequences bring one token each, so that answers grow by one with every step. */
    private final boolean single;

    /** Whether prompts come alone and before everything else. */
    private final boolean promptsFirst;

    /** Whether the step that was decided leaves decoding sequences out. */
    private boolean paused;

    private final FreshAnswers fresh = new FreshAnswers();
    private int partial = NONE;
    private double lastEnd;

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
        this.times = times;
        this.finishes = finishes;
        running = new LinkedRequests(state.next, state.previous);
        blocks = new KvBlocks(settings, requests.hashes(), state.pinned);
        decoding = new Decoding(settings, requests, state, times);
        planned = new PlannedStep(state, times);
        admission =
                new Admission(settings, requests, state, prefilled, running, blocks, decoding, planned, books.tally());
        single = settings.speculation().seen() == 1;
        promptsFirst = settings.policy() == Policy.PROMPTS_FIRST && !prefilled;
        tally = books.tally();
        gaps = books.gaps();
        series = books.series();
    }

    /** What an engine counts. */
    record Books(Tally tally, Histogram gaps, TimeSeries series) {}

    boolean idle() {
        return running.isEmpty() && admission.isEmpty();
    }

    KvBlocks blocks() {
        return blocks;
    }

    /** Requests that run or wait here. */
    int outstanding() {
        return running.size() + admission.waiting();
    }

    int running() {
        return running.size();
    }

    int waiting() {
        return admission.waiting();
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
        admission.offer(request, promptsFirst ? 0 : missed);
    }

    /** Decides what the next step computes. */
    void schedule(double now) {
        planned.clear();
        paused = false;
        if (promptsFirst) {
            schedulePromptsFirst(now);
            return;
        }
        boolean preempted = takeDecodeBlocks();
        int left = settings.tokenBudget() - decoding.tokens();
        if (partial != NONE && left > 0) {
            int chunk = Math.min(left, state.target(requests, partial) - state.computed[partial]);
            if (growPartial(chunk)) {
                planned.chunks().add(partial, chunk);
                left -= chunk;
            } else {
                preempt(partial);
                preempted = true;
            }
        }
        if (!preempted) {
            admission.admit(left, now, partial != NONE);
        }
        sumUp();
    }

    /** Prompts that can begin, and nothing else; a decode step where none can or the host looks later again. */
    private void schedulePromptsFirst(double now) {
        if (decoding.count() == 0 || decoding.step() % settings.host().every() == 0) {
            admission.admit(settings.tokenBudget(), now, partial != NONE);
        }
        paused = !planned.chunks().isEmpty();
        if (!paused) {
            takeDecodeBlocks();
        }
        sumUp();
    }

    /** Sequences that decode in the step that was decided. */
    private int active() {
        return paused ? 0 : decoding.count();
    }

    /** Whether the step that was decided only decodes. */
    boolean decodesOnly() {
        return planned.chunks().isEmpty();
    }

    /** Blocks for the sequences that fill one with this step; who came last gives way when there are too few. */
    private boolean takeDecodeBlocks() {
        if (settings.policy() == Policy.TENSORRT_LLM) {
            return false;
        }
        boolean preempted = false;
        while (!blocks.take(decoding.blocks())) {
            preempt(running.last());
            preempted = true;
        }
        return preempted;
    }

    private boolean growPartial(int chunk) {
        int computed = state.computed[partial];
        return settings.policy() == Policy.TENSORRT_LLM
                || blocks.take(settings.blocksOf(computed + chunk) - settings.blocksOf(computed));
    }

    /** Takes all blocks from a sequence; it waits at the head of the queue to be computed again. */
    private void preempt(int request) {
        int computed;
        if (request == partial) {
            computed = state.computed[request];
            partial = NONE;
        } else {
            computed = decoding.remove(request);
            int generated = decoding.generated(request);
            if (!promptsFirst || generated > state.generated[request]) {
                state.lastToken[request] = lastEnd;
            } else {
                fresh.forget(state.lastToken[request]);
            }
            state.generated[request] = generated;
        }
        blocks.release(request, settings.held(requests, request, computed));
        tally.preemptions++;
        tally.recomputedTokens += computed;
        running.remove(request);
        admission.again(request);
        admission.unblock();
    }

    private void sumUp() {
        admission.advance(1);
        planned.sumUp(requests, decoding, paused);
    }

    /** The step that was decided. */
    PlannedStep planned() {
        return planned;
    }

    /** The step that was decided has run. */
    void complete(double begin, double end) {
        count(begin, end);
        int decoded = active();
        if (decoded > 0) {
            gaps.add(end - lastEnd, decoded - planned.joined() - fresh.count(end, gaps));
            planned.countJoined(end, gaps);
            decoding.advance();
            finishDue(end);
        }
        if (!paused) {
            lastEnd = end;
        }
        Chunks chunks = planned.chunks();
        for (int i = 0; i < chunks.size(); i++) {
            computed(chunks.request(i), chunks.tokens(i), end);
        }
    }

    private void count(double begin, double end) {
        tally.steps[planned.tokens()]++;
        tally.logitSteps[planned.logits()]++;
        int active = active();
        tally.decodeSteps[active]++;
        tally.decodeContexts[active] += active == 0 ? 0 : decoding.attended();
        tally.loadSeconds += planned.load();
        tally.busySeconds += end - begin;
        tally.outputTokens += single ? active : 0;
        series.add(begin, end, running.size(), admission.waiting(), blocks.held());
    }

    private void finishDue(double end) {
        for (int request = decoding.due(); request != NONE; request = decoding.due()) {
            int computed = decoding.remove(request);
            blocks.share(request, computed);
            finish(request, computed, end);
        }
    }

    private void finish(int request, int computed, double end) {
        blocks.release(request, settings.held(requests, request, computed));
        running.remove(request);
        admission.unblock();
        // With speculation the tokens of single steps are not counted: the first came with the prompt.
        tally.outputTokens += single ? 0 : requests.output(request) - 1;
        state.finished[request] = end;
        tally.finished++;
        finishes.finished(request, end);
    }

    /** A chunk of a prompt has run; with the last one a token comes. */
    private void computed(int request, int chunk, double end) {
        tally.prompt(chunk, state.computed[request]);
        tally.promptTokens += chunk;
        state.computed[request] += chunk;
        int target = state.target(requests, request);
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
            decoding.add(request, target);
        }
    }

    /** Whether the next steps only decode, until a sequence ends, a block is wanting, or a request comes in. */
    boolean steady() {
        return decoding.count() > 0
                && partial == NONE
                && fresh.isEmpty()
                && (admission.isEmpty() || admission.blocked() || admission.passes());
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
        boolean once = !admission.blocked() && admission.passes();
        int count = decoding.count();
        int tokens = decoding.tokens();
        double fixed = times.tokens(tokens) + times.logits(tokens);
        double now = clock;
        int steps = 0;
        double sums = 0;
        while (now < limit && (reserved || blocks.take(decoding.blocks()))) {
            double attended = decoding.attended();
            double end = now + settings.host().decodeStep(fixed + decoding.attention() + decoding.drafts(), count);
            gaps.add(end - lastEnd, count);
            series.add(now, end, running.size(), admission.waiting(), blocks.held());
            lastEnd = end;
            sums += attended;
            decoding.advance();
            steps++;
            tally.busySeconds += end - now;
            now = end;
            if (once || !decoding.noneDue()) {
                break;
            }
        }
        admission.advance(steps);
        tally.steps[tokens] += steps;
        tally.logitSteps[tokens] += steps;
        tally.decodeSteps[count] += steps;
        tally.decodeContexts[count] += sums;
        tally.outputTokens += single ? (long) steps * count : 0;
        if (steps > 0) {
            finishDue(now);
        }
        return now;
    }
}
