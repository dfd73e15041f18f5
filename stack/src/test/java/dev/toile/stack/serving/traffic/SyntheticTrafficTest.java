package dev.toile.stack.serving.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.serving.simulation.EngineSettings;
import dev.toile.stack.serving.simulation.PrefixCache;
import dev.toile.stack.serving.simulation.RequestClass;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.serving.simulation.Simulation;
import dev.toile.stack.serving.simulation.StepTimes;
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

    private static AgentSessions sessions(double backgroundShare) {
        return new AgentSessions(
                new Arrivals.Poisson(1),
                new TokenLengths.Gamma(Lengths.constant(300)),
                new TokenLengths.Gamma(Lengths.constant(150)),
                new AgentSessions.Shape(1024, 6, 20, backgroundShare, 16_384),
                RequestClass.ALL.named("user"));
    }

    @Test
    void aTurnRepeatsTheConversationAndWaitsForTheAnswer() {
        Requests requests = sessions(0.25).requests(2000, 5);
        int followers = 0;
        int background = 0;
        for (int i = 0; i < requests.size(); i++) {
            background += requests.kindIndex(i);
            int next = requests.follower(i);
            if (next >= 0) {
                followers++;
                assertThat(requests.prompt(next)).isEqualTo(requests.prompt(i) + requests.output(i) + 300);
            }
        }
        // With six turns in the mean, five of six requests follow another.
        assertThat((double) followers / requests.size()).isCloseTo(5.0 / 6, within(0.05));
        assertThat((double) background / requests.size()).isCloseTo(0.25, within(0.08));
        // Nearly everything but a turn's own tokens has been seen before.
        assertThat(PrefixCache.unboundedHitRate(requests)).isGreaterThan(0.7);
    }

    @Test
    void servedSessionsFindTheirPrefixesAndBackgroundOnesDoNotRest() {
        Requests requests = sessions(1).requests(200, 6);
        EngineSettings engine = new EngineSettings(
                EngineSettings.Policy.VLLM,
                512,
                32,
                true,
                16,
                20_000,
                true,
                EngineSettings.HostTier.NONE,
                EngineSettings.HostTime.NONE,
                EngineSettings.Speculation.NONE);
        Served served = Simulation.of(engine, new ConstantTimes()).run(requests);
        assertThat(served.decoding().prefix().share()).isGreaterThan(0.7);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(served.finished(i)).isFinite();
            if (requests.follower(i) >= 0) {
                assertThat(served.arrived(requests.follower(i))).isEqualTo(served.finished(i));
            }
        }
    }

    private static final class ConstantTimes implements StepTimes {
        @Override
        public double tokens(int tokens) {
            return 0.01;
        }

        @Override
        public double logits(int tokens) {
            return 0;
        }

        @Override
        public double decode(int sequences, double contexts) {
            return 0;
        }

        @Override
        public double prompt(int queries, int before) {
            return 0;
        }

        @Override
        public double promptLaunch() {
            return 0;
        }
    }
}
