package dev.toile.stack.serving.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.workload.Lengths;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SyntheticTrafficTest {

    private static final int COUNT = 200_000;

    private static double[] gaps(Arrivals arrivals) {
        double[] times = arrivals.times(COUNT, new SplittableRandom(1));
        double[] gaps = new double[COUNT - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times[i + 1] - times[i];
        }
        return gaps;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length) / mean;
    }

    @Test
    void poissonGapsHaveTheirMeanAndAsMuchSpread() {
        double[] gaps = gaps(new Arrivals.Poisson(6.45));
        assertThat(mean(gaps)).isCloseTo(1 / 6.45, within(0.002));
        assertThat(variation(gaps)).isCloseTo(1, within(0.02));
    }

    @Test
    void gammaGapsHaveTheSpreadThatWasAsked() {
        for (double asked : new double[] {0, 0.5, 2}) {
            double[] gaps = gaps(new Arrivals.Gamma(3, asked));
            assertThat(mean(gaps)).isCloseTo(1 / 3.0, within(0.01));
            assertThat(variation(gaps)).isCloseTo(asked, within(0.05));
        }
    }

    @Test
    void aDayHasItsMeanAndItsPeak() {
        double day = 1000;
        double[] times = new Arrivals.Diurnal(50, 1.8, day).times(COUNT, new SplittableRandom(2));
        assertThat(COUNT / times[COUNT - 1]).isCloseTo(50, within(1.0));
        long noon = 0;
        long days = (long) (times[COUNT - 1] / day);
        for (double time : times) {
            double hour = time % day;
            noon += time < days * day && hour > 475 && hour < 525 ? 1 : 0;
        }
        assertThat(noon / (days * 50.0)).isCloseTo(50 * 1.8, within(3.0));
    }

    @Test
    void azureLengthsHaveTheirPublishedMeans() {
        Requests requests = new SyntheticTraffic(
                        new Arrivals.Poisson(1),
                        TokenLengths.azureConversationPrompts(),
                        TokenLengths.azureConversationOutputs(),
                        0)
                .requests(COUNT, 3);
        assertThat(requests.meanPrompt()).isCloseTo(1155, within(25.0));
        assertThat(requests.meanOutput()).isCloseTo(211, within(5.0));
    }

    @Test
    void gammaLengthsHaveMeanAndP90() {
        Lengths lengths = new Lengths(1155, 2734);
        SplittableRandom random = new SplittableRandom(4);
        TokenLengths drawn = new TokenLengths.Gamma(lengths);
        int[] all = new int[COUNT];
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            all[i] = drawn.draw(random);
            sum += all[i];
        }
        Arrays.sort(all);
        assertThat(sum / COUNT).isCloseTo(1155, within(10.0));
        assertThat((double) all[(int) (0.9 * COUNT)]).isCloseTo(2734, within(60.0));
    }
}
