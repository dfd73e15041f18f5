package dev.toile.stack.serving;

import dev.toile.stack.workload.Lengths;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much more prompt work than usual an unlucky answer meets.
 *
 * <p>Prompts arrive while an answer is written, and lengthen the steps in which still more of them arrive. An answer of
 * {@code n} steps that take {@code d} without prompts ends when the time that has passed, less the prompt work that has
 * come in it, is {@code n d}. Of such a first passage through a compound Poisson process of load {@code rho}, rate
 * {@code lambda} and work {@code w} the mean is {@code n d / (1 - rho)} and the variance {@code lambda E[w^2] n d / (1 -
 * rho)^3}, as of a busy period that begins with work of {@code n d} (Kleinrock, Queueing Systems I, 1975, chapter 5), so
 * that the prompt work met, over its mean, varies with
 *
 * <pre>
 * v(n) = v / (n / mean answer),   v = (1 + c2) / (prompts met by a mean answer) / (1 - rho)^2
 * </pre>
 *
 * <p>Work is taken as gamma-distributed, answers are long and short as the traffic has them, and short ones decide the
 * tail. What comes out depends on {@code v} and the lengths alone, and is remembered.
 */
final class PromptLuck {

    private static final double ONE_IN_A_HUNDRED = 0.99;

    /** Logarithm of v, from and to which it is tabulated. */
    private static final double LEAST = Math.log(1e-5);

    private static final double MOST = Math.log(1e2);

    private static final int KNOTS = 97;

    /** Knots over the lengths of answers. */
    private static final int LENGTHS = 48;

    private static final int HALVINGS = 60;

    private static final int MOST_KNOWN = 1000;

    private static final Map<Lengths, PromptLuck> KNOWN = new ConcurrentHashMap<>();

    /** Share of the mean answer, and how often. */
    private final double[] share = new double[LENGTHS];

    private final double[] weight = new double[LENGTHS];

    /** What comes on top of the mean, by knot. */
    private final double[] onTop = new double[KNOTS];

    private PromptLuck(Lengths answers) {
        double u = Math.sqrt(answers.squaredVariation()) / 3;
        for (int i = 0; i < LENGTHS; i++) {
            // Squares of even steps: many knots among the shortest answers.
            double root = (i + 0.5) / LENGTHS;
            double length = answers.mean() * Math.pow(Math.max(0, 1 - u * u + u * Normal.quantile(root * root)), 3);
            share[i] = Math.max(1, length - 1) / answers.mean();
            weight[i] = 2 * root / LENGTHS;
        }
        for (int i = 0; i < KNOTS; i++) {
            double unlucky = quantile(Math.exp(LEAST + i * (MOST - LEAST) / (KNOTS - 1)));
            onTop[i] = unlucky - 1;
        }
    }

    /** For answers of such lengths. */
    static PromptLuck of(Lengths answers) {
        if (KNOWN.size() >= MOST_KNOWN) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(answers, PromptLuck::new);
    }

    /**
     * Prompt work that one answer in a hundred meets for each token, over that of the mean, less one.
     *
     * @param variation v of a mean answer
     */
    double onTop(double variation) {
        double at = (Math.log(variation) - LEAST) / (MOST - LEAST) * (KNOTS - 1);
        if (at <= 0) {
            return onTop[0] * Math.sqrt(variation / Math.exp(LEAST));
        }
        int knot = Math.min(KNOTS - 2, (int) at);
        double beyond = Math.min(1, at - knot);
        return onTop[knot] + beyond * (onTop[knot + 1] - onTop[knot]);
    }

    private double quantile(double variation) {
        double low = 1;
        double high = 1e6;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = Math.sqrt(low * high);
            if (shareBelow(middle, variation) < ONE_IN_A_HUNDRED) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Share of the answers that meet less; Wilson and Hilferty's cube root of a gamma variable. */
    private double shareBelow(double work, double variation) {
        double sum = 0;
        double root = Math.cbrt(work);
        for (int i = 0; i < LENGTHS; i++) {
            double u = Math.sqrt(variation / share[i]) / 3;
            sum += weight[i] * Normal.shareBelow((root - 1 + u * u) / u);
        }
        return sum;
    }
}
