package dev.toile.stack.workload;

import java.util.Locale;

/**
 * Lengths of prompts or outputs, taken as gamma-distributed: of the simple families the one that fits mean, P90 and P99
 * of the public chat traces best (their prompts have a P90 of 2.4 means, more than any log-normal can have).
 *
 * <p>Quantiles follow Wilson and Hilferty, "The distribution of chi-square", PNAS 17(12), 1931: the cube root of a gamma
 * variable is close to normal, so {@code quantile / mean = (1 - u^2 + z u)^3} with {@code u = 1 / (3 sqrt(shape))}.
 *
 * @param mean tokens
 * @param p90 tokens; equal to the mean for constant lengths
 */
public record Lengths(double mean, double p90) {

    /** z at 90 %. */
    private static final double Z90 = 1.2815515655446004;

    /** z at 99 %. */
    private static final double Z99 = 2.3263478740408408;

    /** Checks that a gamma distribution with this mean and P90 exists. */
    public Lengths {
        if (!(mean > 0) || !(p90 >= mean)) {
            throw new IllegalArgumentException(
                    "mean " + mean + " and P90 " + p90 + " tokens; expected 0 < mean <= P90");
        }
        double most = mean * Math.pow(1 + Z90 * Z90 / 4, 3);
        if (p90 > most) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "P90 of %.0f tokens with a mean of %.0f; a gamma distribution allows at most %.0f",
                    p90,
                    mean,
                    most));
        }
    }

    /** All lengths so many times as long. */
    public Lengths scaled(double factor) {
        return new Lengths(mean * factor, p90 * factor);
    }

    /** Every length the same. */
    public static Lengths constant(double tokens) {
        return new Lengths(tokens, tokens);
    }

    /** The smaller root of {@code u^2 - z u + (p90 / mean)^(1/3) - 1 = 0}. */
    private double u() {
        return (Z90 - Math.sqrt(Math.max(0, Z90 * Z90 - 4 * (Math.cbrt(p90 / mean) - 1)))) / 2;
    }

    /** Squared coefficient of variation, one over the shape. */
    public double squaredVariation() {
        return 9 * u() * u();
    }

    /** The P99 length. */
    public double p99() {
        double u = u();
        return mean * Math.pow(1 - u * u + Z99 * u, 3);
    }
}
