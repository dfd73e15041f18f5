package dev.toile.stack.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.workload.Lengths;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PromptLuckTest {

    /** Answers that are all alike: the P99 of a gamma variable, by Wilson and Hilferty. */
    @Test
    void answersOfOneLengthMeetGammaWork() {
        double v = 0.04;
        double u = Math.sqrt(v) / 3;
        double p99 = Math.pow(1 - u * u + 2.3263 * u, 3);
        // An answer of n tokens takes n - 1 steps; 1 % of 10,001 tokens do not show.
        assertThat(1 + PromptLuck.of(Lengths.constant(10_001)).onTop(v)).isCloseTo(p99, within(0.005));
    }

    /**
     * Answers that are written beside prompts: the time of an answer, drawn, against first passage. Half of the time goes
     * to prompts of constant work, ten of which come while a mean answer of 100 tokens is written.
     */
    @Test
    void agreesWithAnswersThatAreDrawn() {
        Lengths answers = new Lengths(100, 200);
        Random random = new Random(1);
        int count = 40_000;
        double[] luck = new double[count];
        double load = 0.5;
        double work =
                20; // in steps without prompts: an answer of 100 of them takes 200 and meets 100 of work in 5 prompts
        double rate = load / work;
        double shape = 1 / answers.squaredVariation();
        for (int i = 0; i < count; i++) {
            double steps = Math.max(1, gamma(random, shape) * 100 / shape - 1);
            double met = 0;
            double now = 0;
            double end = steps;
            while (true) {
                now -= Math.log(1 - random.nextDouble()) / rate;
                if (now > end) {
                    break;
                }
                met += work;
                end += work;
            }
            luck[i] = met / steps;
        }
        Arrays.sort(luck);
        double mean = load / (1 - load);
        double drawn = luck[(int) (0.99 * count)] / mean;
        double prompts = 100 / (1 - load) * rate;
        double variation = 1 / prompts / (1 - load) / (1 - load);
        assertThat(1 + PromptLuck.of(answers).onTop(variation)).isCloseTo(drawn, within(0.15 * drawn));
    }

    /** Marsaglia and Tsang, for shapes of 1 and more. */
    private static double gamma(Random random, double shape) {
        double d = shape - 1.0 / 3;
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
            if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    @Property
    void moreVariationIsMoreLuck(@ForAll @DoubleRange(min = -8, max = 0) double exponent) {
        double variation = Math.pow(10, exponent);
        PromptLuck luck = PromptLuck.of(new Lengths(211, 424));
        assertThat(luck.onTop(variation)).isNotNegative().isFinite();
        assertThat(luck.onTop(1.1 * variation)).isGreaterThanOrEqualTo(luck.onTop(variation));
    }
}
