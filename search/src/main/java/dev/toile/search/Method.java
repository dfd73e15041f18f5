package dev.toile.search;

/** How a space is searched. */
public enum Method {
    /** Every design that bounds do not rule out. */
    EXHAUSTIVE,
    /** Designs drawn evenly. */
    RANDOM,
    /** NSGA-II with descent. */
    NSGA2,
    /** A random forest that guesses what is worth an evaluation. */
    SURROGATE;

    /** Designs that are enumerated when nobody names a budget. */
    public static final long ENUMERATED = 10_000;

    /** Trials of a search of a larger space when nobody names a budget. */
    public static final long BUDGET = 20_000;

    private static final int POPULATION = 100;

    /**
     * What suits a problem: every design where the budget suffices; a model of the model where evaluations are slow;
     * else evolution with descent. The choice hangs on the problem and the budget alone,
     * not on measured times, so that a run can be repeated.
     */
    public static Method suited(Problem problem, long budget) {
        if (problem.space().designs() <= budget) {
            return EXHAUSTIVE;
        }
        return problem.slow() ? SURROGATE : NSGA2;
    }

    /** An optimiser of this kind that has not been told anything. */
    public Optimizer optimizer(Problem problem, long seed) {
        return switch (this) {
            case EXHAUSTIVE -> new Exhaustive(problem);
            case RANDOM -> new RandomSearch(problem.space(), seed);
            case NSGA2 -> new Nsga2(problem, seed, POPULATION);
            case SURROGATE -> new Surrogate(problem.space(), seed);
        };
    }
}
