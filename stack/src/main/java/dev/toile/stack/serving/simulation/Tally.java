package dev.toile.stack.serving.simulation;

/**
 * What steps were made of, summed so that energy and utilisation can be worked out afterwards: both are linear in these
 * numbers, so that nothing is lost by not asking at every step.
 */
public final class Tally {

    /** Steps by their number of tokens. */
    final long[] steps;

    /** Steps by the number of tokens that get an output. */
    final long[] logitSteps;

    /** Steps by the number of sequences that decode, and the contexts of those. */
    final long[] decodeSteps;

    final double[] decodeContexts;

    long chunks;
    double queries;
    double pairs;
    double loadSeconds;
    double busySeconds;
    long preemptions;
    long recomputedTokens;
    long rejected;
    long outputTokens;
    long promptTokens;
    long cachedTokens;
    long finished;

    Tally(int mostTokens, int mostSequences) {
        steps = new long[mostTokens + 1];
        logitSteps = new long[mostTokens + 1];
        decodeSteps = new long[mostSequences + 1];
        decodeContexts = new double[mostSequences + 1];
    }

    void prompt(int queriesOfChunk, int before) {
        chunks++;
        queries += queriesOfChunk;
        pairs += queriesOfChunk * (before + (queriesOfChunk + 1) / 2.0);
    }

    void add(Tally other) {
        add(steps, other.steps);
        add(logitSteps, other.logitSteps);
        add(decodeSteps, other.decodeSteps);
        for (int i = 0; i < decodeContexts.length; i++) {
            decodeContexts[i] += other.decodeContexts[i];
        }
        chunks += other.chunks;
        queries += other.queries;
        pairs += other.pairs;
        loadSeconds += other.loadSeconds;
        busySeconds += other.busySeconds;
        preemptions += other.preemptions;
        recomputedTokens += other.recomputedTokens;
        rejected += other.rejected;
        outputTokens += other.outputTokens;
        promptTokens += other.promptTokens;
        cachedTokens += other.cachedTokens;
        finished += other.finished;
    }

    private static void add(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** Seconds in which steps ran, summed over engines. */
    public double busySeconds() {
        return busySeconds;
    }

    /** Sequences that gave up their blocks. */
    public long preemptions() {
        return preemptions;
    }

    /** Tokens that had to be computed again. */
    public long recomputedTokens() {
        return recomputedTokens;
    }

    /** Requests that do not fit even alone. */
    public long rejected() {
        return rejected;
    }

    /** Tokens brought forth. */
    public long outputTokens() {
        return outputTokens;
    }

    /** Prompt tokens computed, recomputed ones included. */
    public long promptTokens() {
        return promptTokens;
    }

    /** Prompt tokens found in the prefix cache. */
    public long cachedTokens() {
        return cachedTokens;
    }

    /** Requests answered. */
    public long finished() {
        return finished;
    }

    /** How many steps there were. */
    public long stepCount() {
        long sum = 0;
        for (long each : steps) {
            sum += each;
        }
        return sum;
    }

    /** Sequences that decode in a step, mean over steps. */
    public double meanDecodes() {
        double sum = 0;
        for (int i = 0; i < decodeSteps.length; i++) {
            sum += (double) i * decodeSteps[i];
        }
        return sum / stepCount();
    }
}
