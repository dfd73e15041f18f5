package dev.toile.stack.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Worlds;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.BatchedMatmul;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.operation.Operation.Experts;
import dev.toile.stack.operation.Operation.Matmul;
import dev.toile.stack.workload.FeedForward.MixtureOfExperts;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TransformerTest {
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-9);

    @Provide
    Arbitrary<Transformer> dense() {
        return Worlds.dense();
    }

    @Provide
    Arbitrary<Transformer> experts() {
        return Worlds.experts();
    }

    private static List<Work> operations(Transformer model, Shard shard, StepShape shape) {
        return new StepOperations(model, Precision.BF16, shard, shape).list();
    }

    /** Weights that the multiplications of a step read, of all experts if any. */
    private static double weights(Transformer model, StepShape shape) {
        double weights = 0;
        for (Work work : operations(model, Shard.WHOLE, shape)) {
            weights += switch (work.operation()) {
                case Matmul m -> m.n() * m.k() * work.count();
                case Experts e -> e.expertElements() * work.count() * model.fewestExperts();
                case BatchedMatmul b -> b.n() * b.k() * work.count() * b.batch();
                default -> 0;
            };
        }
        return weights;
    }

    private static double norms(Transformer model) {
        return (2.0 * model.layerCount() + 1) * model.normParameters() * model.hidden();
    }

    @Test
    void theExampleOfTheShapeOfLlamaHasLlamasParameters() {
        // 8,030,261,248 by the safetensors index of meta-llama/Llama-3.1-8B, 70,553,706,496 by that of the 70B.
        assertThat(Examples.dense8b().parameters()).isEqualTo(8_030_261_248L);
        assertThat(Examples.dense70b().parameters()).isEqualTo(70_553_706_496L);
    }

    @Property
    void theParametersAreTheMatricesOfAStepAndTheNormsAndTheEmbedding(@ForAll("dense") Transformer model) {
        double matrices = weights(model, StepShape.prefill(1, 100, 0));
        assertThat(matrices + norms(model) + model.embeddingParameters()).isEqualTo(model.parameters());
        assertThat(weights(model, StepShape.decode(7, 100))).isEqualTo(matrices);
    }

    @Test
    void theMatricesOfExpertsAreCountedToo() {
        Transformer model = Examples.experts();
        double headNorms = model.layerCount() * 2.0 * 128;
        double expected = model.parameters() - norms(model) - headNorms - model.embeddingParameters();
        assertThat(weights(model, StepShape.decode(7, 100))).isEqualTo(expected);
    }

    @Test
    void latentAttentionReadsTheSameMatricesWhetherItExpandsOrAbsorbs() {
        Transformer model = Examples.latent();
        double compressionNorms = model.layerCount() * (768.0 + 512);
        double expected = model.parameters() - norms(model) - compressionNorms - model.embeddingParameters();
        assertThat(weights(model, StepShape.prefill(1, 100, 0))).isEqualTo(expected);
        assertThat(weights(model, StepShape.decode(7, 100))).isEqualTo(expected);
    }

    @Property
    void aPrefillDoesTwoFlopsPerTokenAndParameterAndItsAttention(
            @ForAll("dense") Transformer model, @ForAll @IntRange(min = 1, max = 4096) int tokens) {
        double flops = 0;
        for (Work work : operations(model, Shard.WHOLE, StepShape.prefill(1, tokens, 0))) {
            flops += work.operation().flops() * work.count();
        }
        // The head runs for the last token alone. Scores and their product with the values: two flops for each of
        // tokens (tokens + 1) / 2 causal pairs, each feature of all heads (hidden in all), twice.
        double layers = model.parameters() - norms(model) - model.embeddingParameters() - model.headParameters();
        double pairs = tokens * (tokens + 1.0) / 2;
        double attention = tokens == 1 ? 4.0 * model.hidden() : 4 * pairs * model.hidden();
        double expected = 2 * layers * tokens + 2.0 * model.headParameters() + attention * model.layerCount();
        assertThat(flops).isCloseTo(expected, ROUNDING);
    }

    @Property
    void tensorParallelSharesAddUpToTheWhole(@ForAll("dense") Transformer model, @ForAll("shares") int shares) {
        int cached = model.layers().getFirst().attention().cacheHeads();
        Assume.that(shares <= cached);
        StepShape shape = new StepShape(5, 300, 2, 128, 200, 7);
        List<Work> whole = operations(model, Shard.WHOLE, shape);
        List<Work> share = operations(model, new Shard(shares, 1, false), shape);
        assertThat(multiplied(share) * shares).isCloseTo(multiplied(whole), ROUNDING);
        assertThat(cacheBytes(share) * shares).isCloseTo(cacheBytes(whole), ROUNDING);
    }

    @Provide
    Arbitrary<Integer> shares() {
        return Arbitraries.of(1, 2, 4, 8);
    }

    private static double multiplied(List<Work> list) {
        return list.stream()
                .mapToDouble(work -> work.operation().flops() * work.count())
                .sum();
    }

    private static double cacheBytes(List<Work> list) {
        return list.stream()
                .filter(work -> work.operation() instanceof Attention)
                .mapToDouble(work -> ((Attention) work.operation()).cacheBytes() * work.count())
                .sum();
    }

    @Property
    void expertsSpreadOverChipsDoTheSameWorkInAll(@ForAll("experts") Transformer model, @ForAll("shares") int chips) {
        Assume.that(chips <= model.fewestExperts());
        StepShape alone = StepShape.decode(64, 300);
        StepShape each = StepShape.decode(64.0 / chips, 300);
        double whole = expertFlops(operations(model, Shard.WHOLE, alone));
        double share = expertFlops(operations(model, new Shard(1, chips, false), each));
        assertThat(share * chips).isCloseTo(whole, ROUNDING);
    }

    private static double expertFlops(List<Work> list) {
        return list.stream()
                .filter(work -> work.operation().name().startsWith("expert-"))
                .mapToDouble(work -> work.operation().flops() * work.count())
                .sum();
    }

    @Test
    void oneChipTalksToNobody() {
        assertThat(operations(Examples.experts(), Shard.WHOLE, StepShape.decode(8, 100)))
                .noneMatch(work -> work.operation() instanceof Collective);
    }

    @Property
    void theActiveExpertsAreAtLeastThoseOfOneTokenAndAtMostAll(
            @ForAll @IntRange(min = 1, max = 256) int experts,
            @ForAll @IntRange(min = 1, max = 16) int topK,
            @ForAll @IntRange(min = 1, max = 5000) int tokens) {
        Assume.that(topK <= experts);
        MixtureOfExperts layer = new MixtureOfExperts(experts, topK, 1024, 0, false);
        double active = layer.activeExperts(experts, tokens);
        assertThat(active).isBetween(topK * (1 - 1e-9), (double) experts);
        assertThat(layer.activeExperts(experts, tokens + 1)).isGreaterThanOrEqualTo(active);
        assertThat(layer.activeExperts(experts / 2.0, tokens)).isLessThanOrEqualTo(active);
    }

    @Test
    void manyTokensVisitAllExperts() {
        assertThat(new MixtureOfExperts(64, 4, 1024, 0, false).activeExperts(64, 10_000))
                .isCloseTo(64, ROUNDING);
    }

    @Property
    void oneTokenTouchesNoMoreThanAllParameters(@ForAll("experts") Transformer model) {
        assertThat(model.activeParameters()).isLessThanOrEqualTo(model.parameters());
    }
}
