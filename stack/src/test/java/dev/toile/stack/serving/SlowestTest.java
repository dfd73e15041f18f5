package dev.toile.stack.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Assume;
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

    /** One piece at most: some chip is busy with 1 - (1 - busy)^chips. */
    @Property
    void withRoomForOnePieceAllWaitForWhoeverHasIt(
            @ForAll @DoubleRange(min = 0.01, max = 1) double busy, @ForAll @IntRange(min = 1, max = 256) int chips) {
        double some = 1 - Math.pow(1 - busy, chips);
        assertThat(Slowest.mostOverMean(busy, 1, chips) * busy).isCloseTo(some, within(1e-9));
    }

    @Property
    void theMostPiecesGrowWithTheirMeanAndTheChips(
            @ForAll @DoubleRange(min = 0.01, max = 60) double mean,
            @ForAll @IntRange(min = 1, max = 500) int room,
            @ForAll @IntRange(min = 1, max = 256) int chips) {
        Assume.that(mean * 1.05 <= room);
        double most = Slowest.mostOverMean(mean, room, chips) * mean;
        assertThat(most).isBetween(mean * (1 - 1e-9), Math.min(room, chips * mean) * (1 + 1e-9));
        assertThat(Slowest.mostOverMean(mean, room, 2 * chips) * mean).isGreaterThanOrEqualTo(most * (1 - 1e-9));
        assertThat(Slowest.mostOverMean(1.05 * mean, room, chips) * 1.05 * mean)
                .isGreaterThanOrEqualTo(most * (1 - 1e-9));
    }

    @Test
    void theMostPiecesAgreeWithDraws() {
        Random random = new Random(1);
        for (double mean : new double[] {0.25, 3, 100}) {
            for (int chips : new int[] {2, 8, 64}) {
                int room = (int) (4 * mean);
                double drawn = 0;
                for (int i = 0; i < 4000; i++) {
                    int most = 0;
                    for (int chip = 0; chip < chips; chip++) {
                        int pieces = 0;
                        for (int j = 0; j < room; j++) {
                            pieces += random.nextDouble() < mean / room ? 1 : 0;
                        }
                        most = Math.max(most, pieces);
                    }
                    drawn += most / 4000.0;
                }
                assertThat(Slowest.mostOverMean(mean, room, chips) * mean).isCloseTo(drawn, within(0.03 * drawn));
            }
        }
    }
}
