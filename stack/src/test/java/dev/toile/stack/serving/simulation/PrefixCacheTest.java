package dev.toile.stack.serving.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.serving.simulation.EngineSettings.HostTier;
import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import dev.toile.stack.serving.simulation.Requests.Hashes;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PrefixCacheTest {

    private static final int BLOCK = 64;

    private static EngineSettings engine(int blocks, int hostBlocks, boolean cache) {
        return new EngineSettings(
                Policy.VLLM,
                256,
                16,
                true,
                16,
                blocks,
                cache,
                new HostTier(hostBlocks, 1e-4),
                HostTime.NONE,
                Speculation.NONE);
    }

    /** Requests in sessions: each prompt begins with that of an earlier one, or is new. */
    private static Requests sessions(Random random, int count) {
        double[] arrivals = new double[count];
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        int[] starts = new int[count + 1];
        int[][] chains = new int[count][];
        int fresh = 0;
        int total = 0;
        for (int i = 0; i < count; i++) {
            arrivals[i] = i == 0 ? 0 : arrivals[i - 1] + random.nextDouble() / 4;
            int[] before = i > 0 && random.nextInt(3) > 0 ? chains[random.nextInt(i)] : new int[0];
            int kept = before.length == 0 ? 0 : random.nextInt(before.length + 1);
            int more = 1 + random.nextInt(5);
            int[] chain = new int[kept + more];
            System.arraycopy(before, 0, chain, 0, kept);
            for (int j = kept; j < chain.length; j++) {
                chain[j] = fresh++;
            }
            chains[i] = chain;
            prompts[i] = chain.length * BLOCK - random.nextInt(BLOCK - 1);
            outputs[i] = 1 + random.nextInt(40);
            starts[i] = total;
            total += chain.length;
        }
        starts[count] = total;
        int[] ids = new int[total];
        for (int i = 0; i < count; i++) {
            System.arraycopy(chains[i], 0, ids, starts[i], chains[i].length);
        }
        Hashes hashes = new Hashes(BLOCK, starts, ids);
        return new Requests(arrivals, prompts, outputs, new byte[count], List.of(RequestClass.ALL), hashes, null);
    }

    @Property(tries = 200)
    void everyTokenIsProducedOnceWhateverIsShared(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        Requests requests = sessions(random, 60);
        EngineSettings settings = engine(30 + random.nextInt(300), random.nextInt(2) * 80, true);
        Served served = new Simulation(
                        settings, SimulationTest.Times::new, 1, 1 + random.nextInt(2), RoutingPolicy.PREFIX_AWARE)
                .run(requests);
        long tokens = 0;
        long prompts = 0;
        for (int i = 0; i < requests.size(); i++) {
            if (settings.fits(requests.prompt(i), requests.output(i))) {
                tokens += requests.output(i);
                prompts += requests.prompt(i);
                assertThat(served.finished(i)).isFinite();
            }
        }
        Tally tally = served.decoding().tally();
        assertThat(tally.outputTokens()).isEqualTo(tokens);
        if (tally.preemptions() == 0) {
            assertThat(tally.promptTokens() + tally.cachedTokens()).isEqualTo(prompts);
        }
    }

    @Property(tries = 100)
    void blocksThatAreKeptNeverMakeAFirstTokenLater(@ForAll @IntRange(max = 1_000_000) int seed) {
        Requests requests = sessions(new Random(seed), 40).faster(0.05);
        Served with =
                Simulation.of(engine(4000, 0, true), new SimulationTest.Times()).run(requests);
        Served without = Simulation.of(engine(4000, 0, false), new SimulationTest.Times())
                .run(requests);
        double kept = with.distribution(with::ttft).mean();
        assertThat(kept).isLessThanOrEqualTo(without.distribution(without::ttft).mean() + 1e-3);
    }

    @Test
    void aSecondTierFindsWhatTheFirstEvicted() {
        Requests requests = sessions(new Random(3), 200);
        Served small =
                Simulation.of(engine(60, 0, true), new SimulationTest.Times()).run(requests);
        Served tiered = Simulation.of(engine(60, 4000, true), new SimulationTest.Times())
                .run(requests);
        assertThat(small.decoding().prefix().inHost()).isZero();
        assertThat(tiered.decoding().prefix().inHost()).isPositive();
        assertThat(tiered.decoding().prefix().share())
                .isGreaterThan(small.decoding().prefix().share());
    }

    @Test
    void unboundedHitsAreCountedByHand() {
        // Blocks 0 1 2, then 0 1 3, then 0 4: of eight blocks, two and one were there.
        Hashes hashes = new Hashes(BLOCK, new int[] {0, 3, 6, 8}, new int[] {0, 1, 2, 0, 1, 3, 0, 4});
        Requests requests = new Requests(
                new double[] {0, 1, 2},
                new int[] {192, 192, 128},
                new int[] {1, 1, 1},
                new byte[3],
                List.of(RequestClass.ALL),
                hashes,
                null);
        assertThat(PrefixCache.unboundedHitRate(requests)).isCloseTo(3.0 / 8, within(1e-12));
    }
}
