package dev.toile.stack;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.finance.Economics;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.workload.AttentionLayer;
import dev.toile.stack.workload.FeedForward;
import dev.toile.stack.workload.Lengths;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.Traffic;
import dev.toile.stack.workload.Transformer;
import dev.toile.stack.workload.Transformer.LayerRun;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random chips, networks, models and traffic for property tests, in ranges a study could ask for. */
public final class Worlds {

    private Worlds() {}

    /** Factors from 1 / most to most, the small ones as often as the large ones. */
    public static Arbitrary<Double> factors(double most) {
        return Arbitraries.doubles().between(-1, 1).ofScale(3).map(x -> Math.pow(most, x));
    }

    private static Arbitrary<Double> between(double low, double high) {
        return Arbitraries.doubles().between(low, high).ofScale(4);
    }

    /** Chips around the examples: other peaks, bandwidths, memories, engines; some with systolic arrays. */
    public static Arbitrary<Chip> chips() {
        return Combinators.combine(
                        Arbitraries.of(Examples.h100(), Examples.a100()),
                        factors(4),
                        factors(4),
                        factors(3),
                        factors(4),
                        Arbitraries.of(0, 0, 32, 128, 256))
                .as((base, bandwidth, peak, units, capacity, array) -> Examples.shaped(
                        Examples.scaled(base, bandwidth, peak, Math.ceil(base.units() * units) / base.units()),
                        capacity,
                        array));
    }

    /** Designs of one to four dies, with and without spare units. */
    public static Arbitrary<ChipDesign> designs() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 4),
                        Arbitraries.integers().between(4, 256),
                        Arbitraries.of(32, 64, 128),
                        between(8e6, 256e6),
                        Arbitraries.integers().between(1, 8),
                        between(50e9, 1000e9),
                        Arbitraries.of(0.0, 0.0833, 0.156))
                .as((dies, units, array, sram, stacks, scaleUp, spare) ->
                        DesignExamples.design(dies, units, array, sram, stacks, scaleUp, Math.ceil(units * spare)));
    }

    /** Networks of domains of one to 72, with and without adding switches. */
    public static Arbitrary<Fabric> fabrics() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 4, 8, 8, 16, 72),
                        between(50e9, 900e9),
                        between(0.3, 1),
                        Arbitraries.of(true, false),
                        between(5e9, 100e9),
                        factors(4))
                .as((domain, scaleUp, share, adds, scaleOut, slower) -> new Fabric(
                        domain,
                        scaleUp,
                        share,
                        0.8e-6 * slower,
                        8e-6 * slower,
                        adds,
                        scaleOut,
                        share,
                        8e-6 * slower,
                        Examples.EXAMPLE));
    }

    private static Arbitrary<DataType> formats() {
        return Arbitraries.of(DataType.BF16, DataType.FP8, DataType.INT8, DataType.FP4, DataType.INT4);
    }

    /** Formats a deployment may use. */
    public static Arbitrary<Precision> precisions() {
        Arbitrary<DataType> eightOrMore = Arbitraries.of(DataType.BF16, DataType.FP8);
        return Combinators.combine(formats(), eightOrMore, eightOrMore).as(Precision::new);
    }

    /** Matrix multiplications. */
    public static Arbitrary<Operation.Matmul> matmuls() {
        Arbitrary<Integer> features = Arbitraries.integers().between(16, 30_000);
        return Combinators.combine(Arbitraries.integers().between(1, 16_384), features, features, formats(), formats())
                .as((m, n, k, w, a) -> new Operation.Matmul("matmul", m, n, k, w, a, DataType.BF16));
    }

    private static Arbitrary<Operation> batched() {
        return Combinators.combine(
                        between(1, 64), between(1, 300), Arbitraries.integers().between(64, 8192), formats())
                .as((batch, tokens, n, w) -> new Operation.BatchedMatmul(
                        "batched", batch, tokens, n, 2048, w, DataType.BF16, DataType.BF16));
    }

    private static Arbitrary<Operation> attentions() {
        return Combinators.combine(
                        between(0.1, 256),
                        Arbitraries.of(1, 1, 17, 512, 4096),
                        Arbitraries.integers().between(0, 20_000),
                        Arbitraries.of(1, 2, 8),
                        Arbitraries.of(1, 2, 4, 16),
                        Arbitraries.of(DataType.BF16, DataType.FP8))
                .as((sequences, queries, before, kv, group, cache) -> new Operation.Attention(
                        "attention",
                        sequences,
                        queries,
                        queries + before,
                        kv * group,
                        kv,
                        128,
                        128,
                        256,
                        cache,
                        cache));
    }

    /** Operations of a chip. */
    public static Arbitrary<Operation> operations() {
        Arbitrary<Operation> matmuls = matmuls().map(o -> o);
        Arbitrary<Operation> elementwise =
                between(1, 1e9).map(bytes -> new Operation.Elementwise("norm", bytes, bytes, 0));
        return Arbitraries.oneOf(matmuls, batched(), attentions(), elementwise);
    }

    /** Dense models with grouped queries, small enough for one chip. */
    public static Arbitrary<Transformer> dense() {
        return Combinators.combine(
                        Arbitraries.of(512, 1024, 2048, 4096),
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.of(8, 16, 32),
                        Arbitraries.of(1, 2, 8),
                        Arbitraries.integers().between(2, 64))
                .as((hidden, layers, heads, kv, width) ->
                        Examples.dense("random dense", hidden, layers, heads, kv, width * 256, 32_000));
    }

    /** Models with experts. */
    public static Arbitrary<Transformer> experts() {
        return Combinators.combine(
                        attentionLayers(),
                        Arbitraries.of(4, 8, 32, 64),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(0, 512),
                        Arbitraries.integers().between(1, 8))
                .as((attention, experts, topK, shared, layers) -> model(
                        "random experts",
                        new LayerRun(1, attention, new FeedForward.Dense(4096, true, false)),
                        new LayerRun(
                                layers,
                                attention,
                                new FeedForward.MixtureOfExperts(experts, topK, 768, shared, true))));
    }

    /** Models of all kinds: dense, grouped queries, latent attention, experts. */
    public static Arbitrary<Transformer> models() {
        Arbitrary<Transformer> biased = Combinators.combine(
                        attentionLayers(), Arbitraries.integers().between(1, 8))
                .as((attention, layers) -> model(
                        "random biased", new LayerRun(layers, attention, new FeedForward.Dense(6144, false, true))));
        return Arbitraries.oneOf(dense(), experts(), biased);
    }

    private static Arbitrary<AttentionLayer> attentionLayers() {
        Arbitrary<AttentionLayer> grouped = Combinators.combine(
                        Arbitraries.of(8, 16, 32), Arbitraries.of(1, 2, 8), Arbitraries.of(true, false))
                .as((heads, kv, bias) -> new AttentionLayer.GroupedQuery(heads, kv, 64, bias, bias, !bias));
        Arbitrary<AttentionLayer> latent = Combinators.combine(Arbitraries.of(8, 16), Arbitraries.of(0, 256))
                .as((heads, rank) -> new AttentionLayer.Latent(heads, rank, 256, 32, 64, 64));
        return Arbitraries.oneOf(grouped, latent);
    }

    private static Transformer model(String name, LayerRun... layers) {
        return new Transformer(name, "example", 1024, 32_000, true, 0, 1, List.of(layers));
    }

    /** Prompts or answers, constant ones among them. */
    public static Arbitrary<Lengths> lengths(double shortest, double longest) {
        // A gamma distribution's P90 is at most (1 + 1.2816^2 / 4)^3 = 2.8 times its mean, see Lengths.
        return Combinators.combine(
                        between(shortest, longest), Arbitraries.oneOf(Arbitraries.just(1.0), between(1, 2.7)))
                .as((mean, ratio) -> new Lengths(mean, mean * ratio));
    }

    /** Traffic of a few to some thousand requests per second. */
    public static Arbitrary<Traffic> traffic() {
        return Combinators.combine(
                        factors(100),
                        between(1, 3),
                        lengths(20, 6000),
                        lengths(4, 1000),
                        Arbitraries.oneOf(Arbitraries.just(0.0), between(0, 0.9)))
                .as((rate, peak, prompt, output, cached) ->
                        new Traffic(10 * rate, peak, prompt, output, cached, Examples.EXAMPLE));
    }

    /** Promises from none to strict. */
    public static Arbitrary<ServiceLevel> serviceLevels() {
        Arbitrary<ServiceLevel> promised =
                Combinators.combine(between(0.2, 20), between(0.01, 1)).as(ServiceLevel::new);
        return Arbitraries.oneOf(Arbitraries.just(ServiceLevel.NONE), promised, promised);
    }

    /** Terms on which a fleet is owned. */
    public static Arbitrary<Economics> economics() {
        Arbitrary<Double> rates = Arbitraries.oneOf(Arbitraries.just(0.0), between(0.01, 0.3));
        return Combinators.combine(
                        between(2, 8), between(8, 30), rates, between(0, 0.1), between(0.5, 1), between(0, 0.3))
                .as((it, facility, rate, operations, available, spare) -> new Economics(
                        it * Economics.YEAR,
                        facility * Economics.YEAR,
                        rate,
                        operations,
                        available,
                        spare,
                        Examples.EXAMPLE));
    }
}
