package dev.toile.stack.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlowestTest {

    /** Sums of exponential variables are gamma-distributed: the squared variation of n of them is 1 / n. */
    private static double drawn(int terms, int chips) {
        Random random = new Random(1);
        int rounds = 20_000;
        double slowest = 0;
        for (int i = 0; i < rounds; i++) {
            double most = 0;
            for (int chip = 0; chip < chips; chip++) {
                double sum = 0;
                for (int j = 0; j < terms; j++) {
                    sum -= Math.log(1 - random.nextDouble());
                }
                most = Math.max(most, sum / terms);
            }
            slowest += most / rounds;
        }
        return slowest;
    }

    @Test
    void agreesWithDraws() {
        for (int terms : new int[] {1, 2, 8}) {
            for (int chips : new int[] {2, 4, 16}) {
                double drawn = drawn(terms, chips);
                assertThat(Slowest.overMean(1.0 / terms, chips)).isCloseTo(drawn, within(0.06 * drawn));
            }
        }
    }

    @Property
    void moreChipsAndMoreVariationWaitLonger(
            @ForAll @DoubleRange(min = 0, max = 1) double variation, @ForAll @IntRange(min = 1, max = 256) int chips) {
        double waits = Slowest.overMean(variation, chips);
        assertThat(waits).isGreaterThanOrEqualTo(1);
        assertThat(Slowest.overMean(variation, 2 * chips)).isGreaterThanOrEqualTo(waits);
    }

    @Property
    void thoseWhoAreSeldomBusyMeetSeldom(
            @ForAll @DoubleRange(min = 0.01, max = 1) double busy, @ForAll @IntRange(min = 1, max = 256) int chips) {
        // Some are busy as often as one at least, and no oftener than all one after the other, or than always.
        assertThat(Slowest.anyOverOne(busy, chips) * busy)
                .isBetween(busy * (1 - 1e-12), Math.min(1, chips * busy) * (1 + 1e-9));
    }
}
