package dev.toile.stack.serving.simulation;

import java.util.SplittableRandom;

/**
 * The sequences of one engine that decode. All advance alike with every step, so none is visited: what a step needs are
 * their number, the sum of their contexts, how many fill a block with it (their contexts modulo the block), and who ends
 * with it (a calendar of decode steps).
 */
final class Decoding {

    private static final int NONE = -1;

    private final EngineSettings settings;
    private final Requests requests;
    private final Sequences state;
    private final StepTimes times;
    private final Calendar calendar;

    /** Sequences by the step (modulo the block) at which they need a block. */
    private final int[] phases;

    /** Tokens that a sequence brings into a step, and gains by it; both 1 without speculation. */
    private final int seen;

    private final double gained;
    private final double drafting;

    private int step;
    private int count;
    private double contexts;

    Decoding(EngineSettings settings, Requests requests, Sequences state, StepTimes times) {
        this.settings = settings;
        this.requests = requests;
        this.state = state;
        this.times = times;
        calendar = new Calendar(state.dueNext, state.duePrevious);
        phases = new int[settings.blockTokens()];
        seen = settings.speculation().seen();
        gained = settings.speculation().gained();
        drafting = settings.speculation().overhead();
    }

    int count() {
        return count;
    }

    /** Decode steps that have run. */
    int step() {
        return step;
    }

    /** Tokens they bring into a step. */
    int tokens() {
        return count * seen;
    }

    /** Tokens they attend to in a step, but for those that are only guessed. */
    double attended() {
        return contexts + count;
    }

    /** Blocks that they fill with this step. */
    int blocks() {
        return phases[Math.floorMod(-step, phases.length)];
    }

    /** Among whom a sequence counts there; without meaning where blocks are reserved. */
    private int phase(int request) {
        return Math.floorMod((long) state.offset[request], phases.length);
    }

    /** From now on a sequence decodes; so many of its tokens are in the cache, and the newest is not. */
    void add(int request, int computed) {
        int left = requests.output(request) - state.generated[request];
        int steps = seen == 1 ? left : settings.speculation().steps(left, luck(request));
        calendar.reach(steps + 1, step);
        state.offset[request] = computed - gained * step;
        state.finish[request] = step + steps;
        calendar.add(request, state.finish[request]);
        phases[phase(request)]++;
        contexts += computed;
        count++;
    }

    /** How lucky the guesses for a request are: normal, the same in every run. */
    private static double luck(int request) {
        return new SplittableRandom(request).nextGaussian();
    }

    /** Takes out a sequence, and says how many of its tokens are in the cache. */
    int remove(int request) {
        calendar.remove(request, state.finish[request]);
        double computed = state.offset[request] + gained * step;
        phases[phase(request)]--;
        contexts = count == 1 ? 0 : contexts - computed;
        count--;
        int longest = requests.prompt(request) + requests.output(request) - 1;
        return Math.min(longest, (int) Math.round(computed));
    }

    /** Tokens of its answer that a sequence has. */
    int generated(int request) {
        return requests.output(request) - (state.finish[request] - step);
    }

    /** A sequence that ends with the step that has run; -1 for none. */
    int due() {
        return calendar.first(step);
    }

    boolean noneDue() {
        return due() == NONE;
    }

    /** A step of them has run. */
    void advance() {
        contexts += gained * count;
        step++;
    }

    /** Seconds of their attention in a step. */
    double attention() {
        return times.decode(count, attended());
    }

    /** Seconds of the small model's passes before a step. */
    double drafts() {
        return drafting == 0
                ? 0
                : drafting * (times.tokens(count) + times.logits(count) + times.decode(count, attended()));
    }
}
