package dev.toile.stack.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.BatchedMatmul;
import dev.toile.stack.operation.Operation.Experts;
import dev.toile.stack.operation.Operation.Matmul;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.Step;
import dev.toile.stack.workload.AttentionLayer.GroupedQuery;
import dev.toile.stack.workload.AttentionLayer.Indexer;
import dev.toile.stack.workload.AttentionLayer.Latent;
import dev.toile.stack.workload.AttentionLayer.Trait;
import dev.toile.stack.workload.FeedForward.Dense;
import dev.toile.stack.workload.FeedForward.MixtureOfExperts;
import dev.toile.stack.workload.Transformer.LayerRun;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Windows, indexers, states, and layers that have only one part. */
class HybridLayersTest {

    private static final Percentage ROUNDING = Percentage.withPercentage(1e-9);
    private static final int HIDDEN = 1024;
    private static final GroupedQuery PLAIN = new GroupedQuery(16, 4, 64, false, false, false);
    private static final Latent LATENT = new Latent(16, 256, 128, 32, 64, 64);
    private static final Latent SPARSE = new Latent(16, 256, 128, 32, 64, 64, new Indexer(8, 32, 100));
    private static final LinearAttention LINEAR = new LinearAttention(4, 8, 64, 64, 4);
    private static final StateSpace MAMBA = new StateSpace(16, 64, 4, 128, 4, true, false);
    private static final Dense DENSE = new Dense(2048, true, false);

    private static Transformer model(AttentionLayer attention, FeedForward feedForward) {
        return new Transformer(
                "hybrid", "hybrid", HIDDEN, 1000, false, 0, 1, List.of(new LayerRun(3, attention, feedForward)));
    }

    private static List<Work> operations(AttentionLayer attention, StepShape shape) {
        return new StepOperations(model(attention, DENSE), Precision.BF16, Shard.WHOLE, shape).layers();
    }

    private static Operation named(List<Work> list, String name) {
        return list.stream()
                .map(Work::operation)
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Weights that the multiplications of a decode step read. */
    private static double weights(AttentionLayer attention, FeedForward feedForward, int experts) {
        StepShape shape = StepShape.decode(3, 500);
        double weights = 0;
        for (Work work :
                new StepOperations(model(attention, feedForward), Precision.BF16, Shard.WHOLE, shape).layers()) {
            weights += switch (work.operation()) {
                case Matmul m -> m.n() * m.k() * work.count();
                case Experts e -> e.expertElements() * work.count() * experts;
                case BatchedMatmul b -> b.n() * b.k() * work.count() * b.batch();
                default -> 0;
            };
        }
        return weights / 3;
    }

    @Property
    void aWindowCountsThePairsOfAPromptExactly(
            @ForAll @IntRange(min = 1, max = 300) int window,
            @ForAll @IntRange(min = 2, max = 300) int queries,
            @ForAll @IntRange(min = 0, max = 300) int cached) {
        double pairs = 0;
        for (int position = cached + 1; position <= cached + queries; position++) {
            pairs += Math.min(position, window);
        }
        StepShape shape = StepShape.prefill(1, queries, cached);
        Attention attention = (Attention) named(operations(PLAIN.within(window), shape), "prefill-attention");
        assertThat(attention.pairs()).isCloseTo(pairs, ROUNDING);
    }

    @Test
    void aWindowLimitsWhatDecodingReads() {
        Attention short1 =
                (Attention) named(operations(PLAIN.within(128), StepShape.decode(2, 100)), "decode-attention");
        Attention longer =
                (Attention) named(operations(PLAIN.within(128), StepShape.decode(2, 900)), "decode-attention");
        assertThat(short1.context()).isEqualTo(100);
        assertThat(longer.seen()).isEqualTo(128);
        assertThat(longer.cacheBytes()).isLessThan(short1.cacheBytes() * 1.281);
    }

    @Test
    void anIndexerScansAllAndAttentionSeesTheChoice() {
        List<Work> decode = operations(SPARSE, StepShape.decode(2, 5000));
        assertThat(((Attention) named(decode, "index-decode")).context()).isEqualTo(5000);
        assertThat(((Attention) named(decode, "decode-attention")).seen()).isEqualTo(100);
        List<Work> prompt = operations(SPARSE, StepShape.prefill(1, 4000, 0));
        assertThat(named(prompt, "index-prefill").flops()).isCloseTo(2 * 4000 * 4001.0 / 2 * 8 * 32, ROUNDING);
        assertThat(((Attention) named(prompt, "prefill-attention")).pairs())
                .isCloseTo(100 * 101 / 2.0 + 3900 * 100.0, ROUNDING);
        Latent follower = new Latent(16, 256, 128, 32, 64, 64, new Indexer(0, 0, 100));
        assertThat(operations(follower, StepShape.decode(2, 5000)))
                .noneMatch(work -> work.operation().name().startsWith("index"));
        assertThat(follower.parameters(HIDDEN)).isEqualTo(LATENT.parameters(HIDDEN));
    }

    @Test
    void aShortPromptWithAnIndexerIsExpandedAsWithout() {
        StepShape shape = StepShape.prefill(2, 60, 20);
        List<Work> without = operations(LATENT, shape);
        List<Work> with = operations(SPARSE, shape);
        assertThat(with).containsAll(without);
    }

    @Test
    void theMatricesOfAStepAreTheParameters() {
        double dense = DENSE.parameters(HIDDEN);
        assertThat(weights(PLAIN.with(Trait.GATED), DENSE, 0))
                .isEqualTo(PLAIN.with(Trait.GATED).parameters(HIDDEN) + dense);
        assertThat(weights(PLAIN.with(Trait.VALUES_FROM_KEYS, Trait.SINKS), DENSE, 0) + 16)
                .isEqualTo(PLAIN.with(Trait.VALUES_FROM_KEYS, Trait.SINKS).parameters(HIDDEN) + dense);
        // Norms of the compressions, and the norm of the index keys with its bias.
        assertThat(weights(SPARSE, DENSE, 0) + 256 + 128 + 2 * 32).isEqualTo(SPARSE.parameters(HIDDEN) + dense);
        // Convolution, decay and step's bias of each head, norm.
        assertThat(weights(LINEAR, DENSE, 0) + 4 * 1024 + 2 * 8 + 64).isEqualTo(LINEAR.parameters(HIDDEN) + dense);
        assertThat(weights(MAMBA, DENSE, 0) + (4 + 1) * 2048 + 3 * 16 + 1024)
                .isEqualTo(MAMBA.parameters(HIDDEN) + dense);
        MixtureOfExperts ungated = new MixtureOfExperts(8, 2, 512, 256, false, 128, Set.of(FeedForward.Trait.UNGATED));
        assertThat(weights(new AttentionLayer.None(), ungated, 8)).isEqualTo(ungated.parameters(HIDDEN));
    }

    @Test
    void oneTokenOfAPromptInChunksDoesWhatItsFormulaSays() {
        for (AttentionLayer.Recurrent layer : List.of(LINEAR, MAMBA)) {
            Operation chunks = named(operations(layer, StepShape.prefill(2, 500, 0)), "recurrent-chunks");
            assertThat(chunks.flops()).isCloseTo(1000 * layer.chunkFlops(), ROUNDING);
            Operation update = named(operations(layer, StepShape.decode(5, 500)), "recurrent-update");
            assertThat(update.bytes()).isCloseTo(2 * 5 * layer.stateBytes(), ROUNDING);
        }
    }

    @Test
    void statesDoNotGrowWithTheContext() {
        for (AttentionLayer layer : List.of(LINEAR, MAMBA)) {
            assertThat(model(layer, DENSE).cacheElementsPerToken()).isZero();
            MemoryFit fit = fit(layer, 1);
            assertThat(fit.contextBytes(1, 10)).isEqualTo(fit.contextBytes(1, 100_000));
            assertThat(fit.sequences(10, 3) * layer.stateBytes() * 3).isCloseTo(fit.cacheCapacity(), ROUNDING);
        }
        assertThat(LINEAR.stateBytes()).isEqualTo(4 * 8 * 64 * 64 + 2 * 3 * (2 * 256 + 512));
        assertThat(MAMBA.stateBytes()).isEqualTo(4 * 16 * 64 * 128 + 2 * 3 * (1024 + 2 * 512));
    }

    private static MemoryFit fit(AttentionLayer layer, int tensor) {
        return new MemoryFit(
                model(layer, DENSE),
                Precision.BF16,
                new Parallelism(tensor, 1, 1),
                Examples.h100(),
                Examples.profile(),
                2048);
    }

    @Test
    void windowsHoldAtMostTheirTokens() {
        MemoryFit windowed = fit(PLAIN.within(128), 2);
        MemoryFit whole = fit(PLAIN, 2);
        assertThat(windowed.contextBytes(4, 100)).isCloseTo(whole.contextBytes(4, 100), ROUNDING);
        assertThat(windowed.contextBytes(4, 5000)).isCloseTo(whole.contextBytes(4, 128), ROUNDING);
    }

    /** Half the layers with windows: the sequences that fit do fit, and one more does not. */
    @Property(tries = 50)
    void mixedLayersFillTheMemory(@ForAll @IntRange(min = 200, max = 20_000) int context) {
        Transformer model = new Transformer(
                "mixed",
                "mixed",
                HIDDEN,
                1000,
                false,
                0,
                1,
                List.of(new LayerRun(3, PLAIN, DENSE), new LayerRun(3, PLAIN.within(128), DENSE)));
        MemoryFit fit = new MemoryFit(
                model, Precision.BF16, new Parallelism(1, 1, 1), Examples.h100(), Examples.profile(), 2048);
        double sequences = fit.sequences(context, 0);
        assertThat(fit.contextBytes(sequences, context)).isCloseTo(fit.cacheCapacity(), ROUNDING);
    }

    @Test
    void layersOfOnePartHaveOneNorm() {
        LayerRun forward = new LayerRun(2, new AttentionLayer.None(), DENSE);
        LayerRun attention = new LayerRun(2, PLAIN, new FeedForward.None());
        assertThat(forward.norms()).isEqualTo(1);
        assertThat(forward.parameters(HIDDEN, 1)).isEqualTo(DENSE.parameters(HIDDEN) + HIDDEN);
        assertThat(attention.parameters(HIDDEN, 1)).isEqualTo(PLAIN.parameters(HIDDEN) + HIDDEN);
        Transformer model = new Transformer("parts", "parts", HIDDEN, 1000, false, 0, 1, List.of(attention, forward));
        assertThat(model.fewestHeads()).isEqualTo(16);
        assertThat(model.layerCount()).isEqualTo(4);
        List<Work> list = new StepOperations(model, Precision.BF16, Shard.WHOLE, StepShape.decode(2, 50)).layers();
        assertThat(list.stream().filter(work -> work.operation().name().endsWith("norm")))
                .hasSize(2);
    }

    @Test
    void furtherNormsAreDone() {
        Transformer model =
                new Transformer("norms", "norms", HIDDEN, 1000, false, 0, 1, List.of(new LayerRun(3, PLAIN, DENSE, 4)));
        List<Work> list = new StepOperations(model, Precision.BF16, Shard.WHOLE, StepShape.decode(2, 50)).layers();
        double norms = list.stream()
                .filter(work -> work.operation().name().endsWith("norm"))
                .mapToDouble(Work::count)
                .sum();
        assertThat(norms).isEqualTo(12);
        assertThat(model.normCount()).isEqualTo(12);
    }

    @Test
    void everyKindOfLayerTakesSomeTime() {
        FeedForward experts = new MixtureOfExperts(8, 2, 512, 256, true).with(FeedForward.Trait.SHARED_GATE);
        for (AttentionLayer layer : List.of(PLAIN.within(64), SPARSE, LINEAR, MAMBA, new AttentionLayer.None())) {
            Transformer model = model(layer, experts);
            for (Parallelism layout : List.of(new Parallelism(1, 1, 1), new Parallelism(4, 1, 8))) {
                StepShape mixed = new StepShape(8, 3000, 1.5, 512, 900, 9);
                Step step = Examples.timer(model, Examples.h100()).step("step", layout, mixed);
                assertThat(step.seconds()).as("%s", layer).isFinite().isPositive();
                Trees.explains(step.explain(), step.seconds());
            }
        }
    }
}
