package dev.toile.stack.serving;

/**
 * How long the slowest of several chips takes that step together and share out random work.
 *
 * <pre>
 * slowest / mean = (1 - u^2 + z u)^3,   u = sqrt(squared variation) / 3,   z = normal quantile of 0.5704^(1 / chips)
 * </pre>
 *
 * <p>The work of each is taken as gamma-distributed, its quantile after Wilson and Hilferty (PNAS 17(12), 1931). The
 * largest of many lies around a Gumbel distribution, whose mean is its quantile at {@code exp(-exp(-0.5772)) = 0.5704}.
 */
final class Slowest {

    private static final double GUMBEL_MEAN = 0.5704;

    private Slowest() {}

    /**
     * Mean of the slowest over the mean of all, at least 1.
     *
     * @param squaredVariation of the work of one
     * @param chips that wait for each other
     */
    static double overMean(double squaredVariation, int chips) {
        if (chips <= 1 || squaredVariation <= 0) {
            return 1;
        }
        double u = Math.sqrt(squaredVariation) / 3;
        double z = normalQuantile(Math.pow(GUMBEL_MEAN, 1.0 / chips));
        return Math.max(1, Math.pow(1 - u * u + z * u, 3));
    }

    /**
     * How often some of several chips is busy over how often one is: what one does alone, all wait for.
     *
     * @param busy share of the steps in which one is
     * @param chips that wait for each other
     */
    static double anyOverOne(double busy, int chips) {
        return chips <= 1 || busy <= 0 ? 1 : (1 - Math.pow(1 - Math.min(1, busy), chips)) / Math.min(1, busy);
    }

    /** For shares of a half and more; within 4.5e-4 (Abramowitz and Stegun, 26.2.23). */
    private static double normalQuantile(double share) {
        double t = Math.sqrt(-2 * Math.log(1 - share));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }
}
