package dev.toile.stack.serving.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.serving.simulation.EngineSettings.HostTier;
import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SimulationTest {

    /** Simple times that depend on everything they may depend on. */
    static class Times implements StepTimes {
        @Override
        public double tokens(int tokens) {
            return 5e-3 + 20e-6 * Math.max(0, tokens - 60);
        }

        @Override
        public double logits(int tokens) {
            return 1e-6 * tokens;
        }

        @Override
        public double decode(int sequences, double contexts) {
            return sequences == 0 ? 0 : 1e-5 + 8e-8 * contexts;
        }

        @Override
        public double prompt(int queries, int before) {
            return 1e-5 + 1e-9 * queries * (before + queries / 2.0);
        }

        @Override
        public double promptLaunch() {
            return 1e-5;
        }
    }

    static Requests random(Random random, int count, double rate, int longestPrompt, int longestOutput) {
        double[] arrivals = new double[count];
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        double now = 0;
        for (int i = 0; i < count; i++) {
            now += random.nextInt(5) == 0 ? 0 : -Math.log(1 - random.nextDouble()) / rate;
            arrivals[i] = now;
            prompts[i] = 1 + random.nextInt(longestPrompt);
            outputs[i] = 1 + random.nextInt(longestOutput);
        }
        return Requests.of(arrivals, prompts, outputs);
    }

    static EngineSettings random(Random random) {
        int sequences = 1 + random.nextInt(24);
        Policy policy = switch (random.nextInt(6)) {
            case 0, 1 -> Policy.TENSORRT_LLM;
            case 2, 3 -> Policy.PROMPTS_FIRST;
            default -> Policy.VLLM;
        };
        return new EngineSettings(
                policy,
                sequences + random.nextInt(200),
                sequences,
                policy != Policy.PROMPTS_FIRST && random.nextInt(4) > 0,
                1 << random.nextInt(6),
                20 + random.nextInt(400),
                false,
                HostTier.NONE,
                new HostTime(
                        random.nextInt(2) * 1e-3,
                        random.nextInt(2) * 1e-5,
                        random.nextBoolean(),
                        1 + random.nextInt(3) * random.nextInt(5)),
                Speculation.NONE);
    }

    @Property(tries = 400)
    void bulkStepsAreThePlainOnes(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        EngineSettings settings = random(random);
        Requests requests = random(random, 80, 1 + random.nextInt(40), 300, 120);
        Served served = Simulation.of(settings, new Times()).run(requests);
        PlainEngine plain = new PlainEngine(settings, new Times(), requests);
        List<PlainEngine.Sequence> sequences = plain.run();
        for (PlainEngine.Sequence each : sequences) {
            assertSame(served.scheduled(each.request), each.scheduled);
            assertSame(served.firstToken(each.request), each.first);
            assertSame(served.finished(each.request), each.finish);
        }
        assertThat(served.decoding().tally().preemptions()).isEqualTo(plain.preemptions);
        assertThat(served.gaps().count()).isEqualTo(plain.gaps.size());
        double mean = plain.gaps.stream().mapToDouble(x -> x).average().orElse(Double.NaN);
        assertThat(served.gaps().mean()).isCloseTo(mean, within(1e-9));
    }

    private static void assertSame(double bulk, double plain) {
        if (Double.isNaN(plain)) {
            assertThat(bulk).isNaN();
        } else {
            assertThat(bulk).isCloseTo(plain, within(1e-9 * (1 + plain)));
        }
    }

    @Property(tries = 200)
    void everyTokenIsProducedOnce(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        EngineSettings settings = random(random);
        Requests requests = random(random, 120, 1 + random.nextInt(60), 400, 150);
        Simulation simulation = new Simulation(
                settings,
                Times::new,
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                RoutingPolicy.values()[random.nextInt(RoutingPolicy.values().length)]);
        Served served = simulation.run(requests);
        long tokens = 0;
        long finished = 0;
        for (int i = 0; i < requests.size(); i++) {
            boolean fits = settings.fits(requests.prompt(i), requests.output(i));
            assertThat(Double.isNaN(served.finished(i))).isEqualTo(!fits);
            if (fits) {
                tokens += requests.output(i);
                finished++;
                assertThat(served.arrived(i)).isLessThanOrEqualTo(served.seen(i));
                assertThat(served.seen(i)).isLessThanOrEqualTo(served.scheduled(i));
                assertThat(served.scheduled(i)).isLessThan(served.firstToken(i));
                assertThat(served.firstToken(i)).isLessThanOrEqualTo(served.finished(i));
            }
        }
        assertThat(served.decoding().tally().outputTokens()).isEqualTo(tokens);
        assertThat(served.decoding().tally().finished()).isEqualTo(finished);
        assertThat(served.decoding().tally().rejected()).isEqualTo(requests.size() - finished);
        assertThat(served.gaps().count()).isEqualTo(tokens - finished);
    }

    @Property(tries = 60)
    void anEngineWithRequestsNeverRests(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        EngineSettings settings = random(random);
        Requests requests = random(random, 60, 1000, 300, 60);
        Served served = Simulation.of(settings, new Times()).run(requests);
        double span = 0;
        for (int i = 0; i < requests.size(); i++) {
            span = Math.max(span, Double.isNaN(served.finished(i)) ? 0 : served.finished(i));
        }
        if (served.decoding().tally().finished() == 0) {
            return;
        }
        // All have come within a fraction of a second, so from the first on there is always something to do.
        double first = Double.POSITIVE_INFINITY;
        for (int i = 0; i < requests.size(); i++) {
            first = Double.isNaN(served.scheduled(i)) ? first : Math.min(first, served.scheduled(i));
        }
        double idle = requests.arrival(requests.size() - 1) - requests.arrival(0);
        assertThat(served.decoding().tally().busySeconds()).isBetween(span - first - idle - 1e-6, span - first + 1e-6);
    }

    @Property(tries = 100)
    void speculationProducesEveryTokenOnceInFewerSteps(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        int sequences = 1 + random.nextInt(16);
        int draft = 1 + random.nextInt(5);
        double acceptance = random.nextDouble() * 0.95;
        Requests requests = random(random, 60, 1 + random.nextInt(20), 200, 100);
        Served with = Simulation.of(speculating(sequences, new Speculation(draft, acceptance, 0.05)), new Times())
                .run(requests);
        Served without = Simulation.of(speculating(sequences, Speculation.NONE), new Times())
                .run(requests);
        assertThat(with.decoding().tally().outputTokens())
                .isEqualTo(without.decoding().tally().outputTokens());
        for (int i = 0; i < requests.size(); i++) {
            assertThat(with.finished(i)).isGreaterThanOrEqualTo(with.firstToken(i));
        }
        assertThat(with.decoding().tally().stepCount())
                .isLessThanOrEqualTo(without.decoding().tally().stepCount() + requests.size());
    }

    @Test
    void stepsOfADraftedAnswerSpreadAsTheDrawsOfItsTokensDo() {
        Speculation speculation = new Speculation(4, 0.7, 0);
        Random random = new Random(3);
        double[] drawn = new double[4000];
        double[] bulk = new double[drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            for (int left = 300; left > 0; drawn[i]++) {
                int gained = 1;
                while (gained <= 4 && random.nextDouble() < 0.7) {
                    gained++;
                }
                left -= gained;
            }
            bulk[i] = speculation.steps(300, random.nextGaussian());
        }
        assertThat(mean(bulk)).isCloseTo(mean(drawn), within(0.5));
        assertThat(deviation(bulk) / deviation(drawn)).isCloseTo(1, within(0.08));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow());
    }

    @Test
    void whatComesDuringAStepMissesTheNextOneWhereStepsAreDecidedAhead() {
        Requests requests = Requests.of(new double[] {0, 1e-4}, new int[] {100, 10}, new int[] {50, 5});
        double[] scheduled = new double[2];
        HostTime[] hosts = {HostTime.NONE, HostTime.AHEAD};
        for (int i = 0; i < 2; i++) {
            EngineSettings settings = new EngineSettings(
                    Policy.VLLM, 300, 8, true, 16, 500, false, HostTier.NONE, hosts[i], Speculation.NONE);
            Served served = Simulation.of(settings, new Times()).run(requests);
            assertThat(served.scheduled(0)).isZero();
            scheduled[i] = served.scheduled(1) - served.seen(1);
        }
        assertThat(scheduled[0]).isZero();
        assertThat(scheduled[1]).isPositive();
    }

    @Test
    void expertsOfLongStepsSeeTheTokensThatThereAre() {
        EngineSettings settings = new EngineSettings(
                Policy.VLLM, 2000, 8, true, 16, 500, false, HostTier.NONE, HostTime.NONE, Speculation.NONE);
        Requests one = Requests.of(new double[] {0}, new int[] {1000}, new int[] {1});
        StepTimes shared = new Times() {
            @Override
            public double shared(int tokens) {
                return tokens * 1e-6;
            }
        };
        double all = new Simulation(settings, Times::new, 2, 1, RoutingPolicy.ROUND_ROBIN)
                .run(one)
                .ttft(0);
        double half = new Simulation(settings, () -> shared, 2, 1, RoutingPolicy.ROUND_ROBIN)
                .run(one)
                .ttft(0);
        assertThat(all - half).isCloseTo(500e-6, within(1e-12));
    }

    private static EngineSettings speculating(int sequences, Speculation speculation) {
        return new EngineSettings(
                Policy.TENSORRT_LLM, 300, sequences, true, 16, 500, false, HostTier.NONE, HostTime.NONE, speculation);
    }

    @Test
    void sameRequestsSameAnswer() {
        Random random = new Random(7);
        EngineSettings settings = random(random);
        Requests requests = random(random, 200, 20, 300, 100);
        Simulation simulation = new Simulation(settings, Times::new, 1, 3, RoutingPolicy.LEAST_OUTSTANDING);
        Served one = simulation.run(requests);
        Served two = simulation.run(requests);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(one.finished(i)).isEqualTo(two.finished(i));
        }
    }

    @Test
    void promptsThatComeFirstLetDecodingWait() {
        Requests requests = Requests.of(new double[] {0, 0.05}, new int[] {100, 4000}, new int[] {200, 2});
        Served mixed = Simulation.of(engine(Policy.VLLM, true, 1), new Times()).run(requests);
        Served first = Simulation.of(engine(Policy.PROMPTS_FIRST, false, 1), new Times())
                .run(requests);
        assertThat(first.firstToken(1)).isLessThan(mixed.firstToken(1));
        assertThat(longestGap(first)).isGreaterThan(2 * longestGap(mixed));
    }

    @Test
    void aHostThatDecidesSeveralStepsLetsPromptsWait() {
        Requests requests = Requests.of(new double[] {0, 0.05}, new int[] {100, 100}, new int[] {400, 2});
        Served often = Simulation.of(engine(Policy.PROMPTS_FIRST, false, 1), new Times())
                .run(requests);
        Served seldom = Simulation.of(engine(Policy.PROMPTS_FIRST, false, 50), new Times())
                .run(requests);
        assertThat(seldom.scheduled(1)).isGreaterThan(often.scheduled(1) + 0.05);
    }

    @Test
    void severalStepsShareTheHostsTime() {
        HostTime host = new HostTime(8e-3, 1e-5, false, 8);
        assertThat(host.decodeStep(0.02, 100)).isCloseTo(0.02 + 9e-3 / 8, within(1e-12));
        assertThat(host.step(0.02, 100)).isCloseTo(0.02 + 9e-3, within(1e-12));
    }

    private static double longestGap(Served served) {
        return served.gaps().quantile(1);
    }

    private static EngineSettings engine(Policy policy, boolean chunked, int every) {
        return new EngineSettings(
                policy,
                512,
                8,
                chunked,
                16,
                1000,
                false,
                HostTier.NONE,
                new HostTime(0, 0, false, every),
                Speculation.NONE);
    }
}
