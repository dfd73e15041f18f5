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

    /** Pieces from which their number is as good as normal. */
    private static final double MANY = 64;

    private static final double NEGLIGIBLE = 1e-12;

    private Slowest() {}

    /**
     * Mean of the slowest over the mean of all, at least 1.
     *
     * @param squaredVariation of the work of one
     * @param chips that wait for each other, in the mean
     */
    static double overMean(double squaredVariation, double chips) {
        if (chips <= 1 || squaredVariation <= 0) {
            return 1;
        }
        double u = Math.sqrt(squaredVariation) / 3;
        double z = Normal.quantile(Math.pow(GUMBEL_MEAN, 1 / chips));
        return Math.max(1, Math.pow(1 - u * u + z * u, 3));
    }

    /**
     * The most pieces of work that one of several chips has in a step, over the mean of all. A chip has room for
     * {@code room} pieces, each of which is taken as often as any other: binomial, one piece now and then where there is
     * room for one, Poisson where there is room for many.
     *
     * <pre>
     * most / mean = sum over k &gt;= 0 of (1 - P(N &lt;= k)^chips) / mean
     * </pre>
     *
     * @param mean pieces of one chip in a step; no more than there is room for
     * @param room pieces at most, at least 1
     * @param chips that wait for each other
     */
    static double mostOverMean(double mean, double room, int chips) {
        if (chips <= 1 || mean <= 0 || mean >= room) {
            return 1;
        }
        double share = mean / room;
        return mean < MANY
                ? mostOfFew(share, room, chips) / mean
                : 1 + normalMost(chips) * Math.sqrt((1 - share) / mean);
    }

    /**
     * Share of the steps in which at least one of the chips has a piece.
     *
     * @param mean pieces of one chip in a step
     * @param room pieces at most, at least 1
     * @param chips that share the work
     */
    static double anyHasSome(double mean, double room, int chips) {
        return mean >= room ? 1 : 1 - Math.pow(1 - mean / room, room * chips);
    }

    private static double mostOfFew(double share, double room, int chips) {
        double odds = share / (1 - share);
        double exactly = Math.exp(room * Math.log1p(-share));
        double atMost = exactly;
        double most = 0;
        for (int k = 0; k < room; k++) {
            double more = 1 - Math.pow(atMost, chips);
            if (more < NEGLIGIBLE) {
                break;
            }
            most += more;
            exactly *= (room - k) / (k + 1) * odds;
            atMost = Math.min(1, atMost + exactly);
        }
        return most;
    }

    /** Mean of the largest of several standard normal variables, after Blom (Statistical Estimates, 1958). */
    private static double normalMost(int chips) {
        return Normal.quantile((chips - 0.375) / (chips + 0.25));
    }
}
