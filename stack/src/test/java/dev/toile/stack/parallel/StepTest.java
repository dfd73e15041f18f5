package dev.toile.stack.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Transformer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-9);

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    @Provide
    Arbitrary<Transformer> models() {
        return Worlds.models();
    }

    @Provide
    Arbitrary<Parallelism> layouts() {
        return Arbitraries.of(
                new Parallelism(1, 1, 1),
                new Parallelism(4, 1, 1),
                new Parallelism(8, 2, 1),
                new Parallelism(1, 1, 4),
                new Parallelism(2, 2, 4));
    }

    @Provide
    Arbitrary<StepShape> shapes() {
        Arbitrary<StepShape> mixed = Combinators.combine(
                        Arbitraries.integers().between(1, 512),
                        Arbitraries.integers().between(1, 8000),
                        Arbitraries.integers().between(2, 2048))
                .as((sequences, context, prompt) ->
                        new StepShape(sequences, context, 0.5, prompt, prompt + 100, sequences + 0.5));
        return Arbitraries.oneOf(
                mixed,
                Arbitraries.of(StepShape.decode(8, 1000), StepShape.prefill(2, 512, 64), StepShape.decode(1, 1)));
    }

    @Property(tries = 200)
    void aStepTakesAsLongAsItsPartsAndExplainsThem(
            @ForAll("models") Transformer model,
            @ForAll("chips") Chip chip,
            @ForAll("layouts") Parallelism layout,
            @ForAll("shapes") StepShape shape) {
        Step step = Examples.timer(model, chip).step("step", layout, shape);
        double parts = step.parts().stream()
                .mapToDouble(part -> part.count() * part.work().seconds())
                .sum();
        assertThat(step.seconds()).isCloseTo(parts, ROUNDING);
        assertThat(step.stageSeconds() * layout.pipeline()).isCloseTo(parts, ROUNDING);
        Trees.explains(step.explain(), step.seconds());
        for (Energy energy : Energy.values()) {
            Trees.explains(step.explainJoules(energy), step.joules(energy));
        }
    }

    @Property(tries = 200)
    void noStepReadsItsWeightsFasterThanTheMemoryAllows(
            @ForAll("models") Transformer model, @ForAll("chips") Chip chip, @ForAll("shapes") StepShape shape) {
        if (model.hasExperts()) {
            return; // reads only the experts it visits
        }
        Step step = Examples.timer(model, chip).step("step", new Parallelism(1, 1, 1), shape);
        // Norms and biases are less than 1 % of these models; a tied embedding is read as the head.
        double embedding = model.tiedEmbeddings() ? 0 : model.embeddingParameters();
        double read = 2 * 0.99 * (model.parameters() - embedding);
        assertThat(step.seconds()).isGreaterThan(read / chip.memoryBandwidth());
    }

    @Test
    void aPipelineSendsOnceBetweenEachTwoStages() {
        Step step = Examples.timer(Examples.dense8b(), Examples.h100())
                .step("step", new Parallelism(1, 4, 1), StepShape.decode(8, 1000));
        Step.Part send = step.parts().getLast();
        assertThat(send.work().name()).isEqualTo("stage-send");
        assertThat(send.count()).isEqualTo(3);
    }

    @Test
    void moreChipsOnEachMatrixDecodeFasterWithinADomain() {
        StepTimer timer = Examples.timer(Examples.dense70b(), Examples.h100());
        StepShape shape = StepShape.decode(16, 1000);
        double two = timer.step("step", new Parallelism(2, 1, 1), shape).seconds();
        double eight = timer.step("step", new Parallelism(8, 1, 1), shape).seconds();
        assertThat(eight).isLessThan(two);
    }

    @Test
    void decodingOneSequenceReadsAllWeightsOnce() {
        // 2 bytes of each parameter but the embedding, at 0.9 x 3.35 TB/s: 5 ms for 7.5 B parameters. Launches add, and
        // the 46 bytes that sampling moves of each of 128,256 logits: 2 us.
        Transformer model = Examples.dense8b();
        Chip chip = Examples.h100();
        double read = 2.0 * (model.parameters() - model.embeddingParameters()) / (0.9 * chip.memoryBandwidth());
        double seconds = Examples.timer(model, chip)
                .step("step", new Parallelism(1, 1, 1), StepShape.decode(1, 1))
                .seconds();
        double launches = 32 * 8 * 3e-6;
        double sampling = 46.0 * model.vocabulary() / (0.9 * chip.memoryBandwidth());
        assertThat(seconds).isGreaterThan(read).isLessThan(read + launches + sampling + 0.3e-3);
    }

    @Property
    void chipsOfALayoutAreStagesTimesChipsOfAStage(@ForAll("layouts") Parallelism layout) {
        assertThat(layout.chips()).isEqualTo(layout.pipeline() * layout.stageChips());
        assertThat(layout.attentionReplicas() * layout.tensor()).isEqualTo(layout.stageChips());
    }

    @Test
    void expertsOverPartOfAnAttentionReplicaAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Parallelism(4, 1, 6))
                .withMessageContaining("6");
        assertThatIllegalArgumentException().isThrownBy(() -> new Parallelism(0, 1, 1));
    }

    @Property
    void theSequencesThatFitDoFitAndOneMoreDoesNot(
            @ForAll("layouts") Parallelism layout,
            @ForAll @IntRange(min = 1, max = 20_000) int context,
            @ForAll @IntRange(min = 0, max = 5_000) int deviation) {
        MemoryFit fit = fit(Examples.dense8b(), layout);
        double sequences = Math.floor(fit.sequences(context, deviation));
        double room = fit.cacheCapacity() / fit.cacheBytesPerToken();
        assertThat(likelyMost(sequences, context, deviation)).isLessThanOrEqualTo(room * (1 + 1e-9));
        assertThat(likelyMost(sequences + 1, context, deviation)).isGreaterThan(room * (1 - 1e-9));
    }

    /** Tokens that n contexts exceed once in a hundred times: n mean + 2.33 sqrt(n) deviation. */
    private static double likelyMost(double n, double mean, double deviation) {
        return n * mean + 2.3263478740408408 * Math.sqrt(n) * deviation;
    }

    private static MemoryFit fit(Transformer model, Parallelism layout) {
        return new MemoryFit(model, Precision.BF16, layout, Examples.h100(), Examples.profile(), 2048);
    }

    @Property
    void theChipsOfAReplicaHoldAllWeightsButTheLastNorm(
            @ForAll("models") Transformer model, @ForAll("layouts") Parallelism layout) {
        double bytes = 2.0 * (model.parameters() - (double) model.normParameters() * model.hidden());
        assertThat(fit(model, layout).weights() * layout.chips()).isGreaterThanOrEqualTo(bytes * (1 - 1e-12));
    }

    @Test
    void aModelTooLargeForAChipLeavesNoRoom() {
        MemoryFit fit = fit(Examples.dense70b(), new Parallelism(1, 1, 1));
        assertThat(fit.cacheCapacity()).isNegative();
        assertThat(fit.sequences(1000, 0)).isZero();
        Trees.explains(fit.explainCapacity(), fit.cacheCapacity());
    }

    @Property
    void latentsAreCachedByEveryChipButHeadsAreShared(@ForAll @IntRange(min = 1, max = 3) int power) {
        int chips = 1 << power;
        Parallelism one = new Parallelism(1, 1, 1);
        Parallelism shared = new Parallelism(chips, 1, 1);
        assertThat(fit(Examples.latent(), shared).cacheBytesPerToken())
                .isEqualTo(fit(Examples.latent(), one).cacheBytesPerToken());
        assertThat(fit(Examples.dense8b(), shared).cacheBytesPerToken() * chips)
                .isCloseTo(fit(Examples.dense8b(), one).cacheBytesPerToken(), ROUNDING);
    }
}
