package dev.toile.stack.operation;

/**
 * How a router spreads tokens over experts.
 *
 * @param kind of spread
 * @param alpha exponent of the power law; 0 for the other kinds
 */
public record Routing(Kind kind, double alpha) {

    /** Kinds of spread. */
    public enum Kind {
        /** Each token picks its experts at random, all alike: what a well-trained router does. */
        RANDOM,
        /** Experts take turns, so that all get equally many: the {@code balanced} rows of kernel benchmarks. */
        ROUND_ROBIN,
        /** Shares of the experts follow a power law, and the rank with most tokens is the one that counts. */
        POWER_LAW,
        /** The same, but what rounding leaves goes to the most popular experts: benchmarks of TensorRT-LLM 1.0.0. */
        POWER_LAW_TO_POPULAR
    }

    /** Even routing of real tokens. */
    public static final Routing RANDOM = new Routing(Kind.RANDOM, 0);

    /** Even routing in turn. */
    public static final Routing ROUND_ROBIN = new Routing(Kind.ROUND_ROBIN, 0);

    /** Uneven routing; 1.01 and 1.2 are usual in benchmarks. */
    public static Routing powerLaw(double alpha) {
        return new Routing(Kind.POWER_LAW, alpha);
    }

    /**
     * Experts of a chip that surely or on average receive at least one token; for a power law no more than that the
     * most loaded rank needs experts to hold its tokens.
     */
    double active(double tokens, int topK, int experts, int ranks) {
        double local = (double) experts / ranks;
        double share = (double) topK / experts;
        return switch (kind) {
            case RANDOM -> local * (1 - Math.pow(1 - share, tokens));
            case ROUND_ROBIN -> local * Math.min(1, tokens * share);
            case POWER_LAW, POWER_LAW_TO_POPULAR -> local * Math.min(1, tokens) * share;
        };
    }
}
