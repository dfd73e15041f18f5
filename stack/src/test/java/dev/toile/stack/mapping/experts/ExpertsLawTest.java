package dev.toile.stack.mapping.experts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.experts.ExpertsConstants.Generation;
import dev.toile.stack.mapping.experts.ExpertsConstants.Kernel;
import dev.toile.stack.mapping.experts.ExpertsConstants.Router;
import dev.toile.stack.mapping.experts.ExpertsConstants.Shared;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Experts;
import dev.toile.stack.operation.Routing;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ExpertsLawTest {
    private static final double ROUNDING = 1 + 1e-9;

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    @Provide
    Arbitrary<Experts> experts() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 20_000),
                        Arbitraries.of(512, 2048, 7168),
                        Arbitraries.of(256, 768, 2048),
                        Arbitraries.of(1, 2, 8),
                        Arbitraries.of(8, 64, 256),
                        Arbitraries.of(1, 2, 8),
                        Arbitraries.of(DataType.BF16, DataType.FP8, DataType.FP8_BLOCK, DataType.MXFP4),
                        Arbitraries.of(Routing.RANDOM, Routing.ROUND_ROBIN, Routing.powerLaw(1.2)))
                .as((tokens, hidden, inner, topK, experts, ranks, weights, routing) -> new Experts(
                        "experts",
                        tokens,
                        hidden,
                        inner,
                        topK,
                        experts,
                        ranks,
                        true,
                        weights,
                        weights == DataType.FP8 ? DataType.FP8 : DataType.BF16,
                        routing));
    }

    private static ExpertsProfile profile(double wave, double launch) {
        SequencedMap<String, Kernel> kernels = new LinkedHashMap<>();
        kernels.put("plain", new Kernel(DataType.BF16, DataType.BF16, true, launch, 0.8, 1, 0));
        kernels.put("eight", new Kernel(DataType.FP8, DataType.FP8, true, launch, 0.8, 1, 0));
        kernels.put("blocks", new Kernel(DataType.FP8_BLOCK, DataType.FP8_BLOCK, true, launch, 0.6, 4, 0));
        return new ExpertsProfile(
                new Shared(0.9, wave, 3, 0.0149, 0.5e-9, 1e-9),
                new Generation(new Router(128, 8, 20e-6), kernels),
                "",
                Provenance.all(Source.definition("example")),
                false);
    }

    private static ExpertsLaw law(Chip chip) {
        return new ExpertsLaw(chip, profile(1.5e-6, 20e-6));
    }

    private static Experts with(Experts o, double tokens) {
        return new Experts(
                o.name(),
                tokens,
                o.hidden(),
                o.inner(),
                o.topK(),
                o.experts(),
                o.ranks(),
                o.gated(),
                o.weights(),
                o.activations(),
                o.routing());
    }

    @Property
    void expertsNeverRunBelowTheRoofline(@ForAll("experts") Experts o, @ForAll("chips") Chip chip) {
        double seconds = law(chip).seconds(o) * ROUNDING;
        // The most loaded rank of few draws has at least the mean tokens but for rounding.
        double slack = o.routing().alpha() == 0 ? 1 : 1.02;
        assertThat(seconds * slack).isGreaterThanOrEqualTo(o.flops() / chip.peakFor(o.math()));
        assertThat(seconds * slack).isGreaterThanOrEqualTo(o.bytes() / chip.memoryBandwidth());
        assertThat(law(chip).traffic(o) * ROUNDING * slack).isGreaterThanOrEqualTo(o.bytes());
    }

    @Property
    void expertsAreNoSlowerWithMoreBandwidthOrPeak(
            @ForAll("experts") Experts o,
            @ForAll("chips") Chip chip,
            @ForAll @DoubleRange(min = 1, max = 8) double more) {
        double seconds = law(chip).seconds(o) * ROUNDING;
        assertThat(law(Examples.scaled(chip, more, 1, 1)).seconds(o)).isLessThanOrEqualTo(seconds);
        assertThat(law(Examples.scaled(chip, 1, more, 1)).seconds(o)).isLessThanOrEqualTo(seconds);
        // More engines of the same rate: peak and engines grow together.
        double whole = Math.rint(chip.units() * more) / chip.units();
        assertThat(law(Examples.scaled(chip, 1, whole, whole)).seconds(o)).isLessThanOrEqualTo(seconds);
    }

    @Property
    void moreTokensAreNotFaster(
            @ForAll("experts") Experts o,
            @ForAll("chips") Chip chip,
            @ForAll @DoubleRange(min = 1, max = 8) double more) {
        // The draws of a power law scatter from one number of tokens to the next, and change kind with topK tokens =
        // experts.
        double slack = o.routing().alpha() == 0 ? 1.02 : 1.6;
        assertThat(law(chip).seconds(with(o, Math.rint(o.tokens() * more))) * slack)
                .isGreaterThanOrEqualTo(law(chip).seconds(o));
    }

    @Property(tries = 200)
    void expertsExplainThemselves(@ForAll("experts") Experts o, @ForAll("chips") Chip chip) {
        ExpertsLaw law = law(chip);
        Trees.explains(law.explain(o), law.seconds(o));
    }

    @Test
    void oneExpertOfOneTileTakesWhatThePencilSays() {
        // 128 tokens, one expert, hidden 128, inner 64: up has n = 128, k = 128, down n = 128, k = 64, one tile each.
        // At
        // 10 Tflop/s on a single engine, so that one tall tile beats eight short ones, share 0.8, and 1 TB/s:
        // math up     2 x 128 x 128 x 128 / 8e12            = 0.524288 us;   down 0.262144 us
        // operands up (128 x 2 + 128 x 2) x 128 = 65,536 B at 0.0149 x 1e13 = 1.49e11 B/s: 0.43984 us; down 0.21992 us
        // compute up 0.524288 + 1.5 = 2.024288 us; down 1.762144 us
        // memory up (128 x 128 x 2 + 128 (256 + 256)) / 0.9e12 = 98,304 / 0.9e12 = 0.1092267 us
        // memory down (128 x 64 x 2 + 128 (128 + 256)) / 0.9e12 = 65,536 / 0.9e12 = 0.0728178 us
        // passes 2 (3 x 128 x 128 + 128 (384 + 192)) / 1e12 = 2 x 122,880 / 1e12 = 0.24576 us; sort 0.064 us; launch 20
        // us; choice of one expert of one 0.001 us
        Chip like = Examples.h100();
        Chip chip = Examples.scaled(
                like, 1e12 / like.memoryBandwidth(), 1e13 / like.peakFor(DataType.BF16), 1 / like.units());
        Experts o =
                new Experts("experts", 128, 128, 64, 1, 1, 1, true, DataType.BF16, DataType.BF16, Routing.ROUND_ROBIN);
        double expected = 20
                + Math.hypot(2.024288, 98_304 / 0.9e6)
                + Math.hypot(1.762144, 65_536 / 0.9e6)
                + 0.24576
                + 0.064
                + 0.001;
        assertThat(law(chip).seconds(o) * 1e6).isCloseTo(expected, Percentage.withPercentage(1e-6));
    }

    @Test
    void aPowerLawDrawConservesTokens() {
        for (int tokens : new int[] {1, 7, 64, 500, 16_384}) {
            int[] counts = new PowerLawDraw(64, 4, 1, Routing.powerLaw(1.2)).heaviest(tokens, 3);
            assertThat(java.util.Arrays.stream(counts).asLongStream().sum()).isEqualTo(tokens * 4L);
            assertThat(counts[counts.length - 1]).isLessThanOrEqualTo(tokens);
        }
    }

    @Test
    void skewedRoutingLoadsTheHeaviestRankMore() {
        Chip chip = Examples.h100();
        Experts even = new Experts(
                "experts", 8192, 4096, 1536, 8, 128, 8, true, DataType.BF16, DataType.BF16, Routing.ROUND_ROBIN);
        Experts skewed = new Experts(
                "experts", 8192, 4096, 1536, 8, 128, 8, true, DataType.BF16, DataType.BF16, Routing.powerLaw(1.2));
        assertThat(law(chip).seconds(skewed)).isGreaterThan(1.2 * law(chip).seconds(even));
    }

    @Test
    void randomRoutingFillsTilesAsAMillionDrawsWould() {
        // 64 tokens, 2 of 16 experts: binomial(64, 1/8), mean 8; P(0) = (7/8)^64 = 1.94e-4, P(> 16) = 0.00180 exactly.
        Experts o = new Experts("experts", 64, 64, 64, 2, 16, 1, true, DataType.BF16, DataType.BF16, Routing.RANDOM);
        assertThat(RandomCounts.INSTANCE.tiles(o, 16, 0) / 16)
                .isCloseTo(1 - 1.94e-4 + 1.80e-3, Percentage.withPercentage(0.2));
    }

    @Test
    void tablesAgreeWithTheDrawsBetweenTheirPoints() {
        Routing routing = Routing.powerLaw(1.2);
        PowerLawDraw draw = new PowerLawDraw(128, 8, 8, routing);
        Experts o = new Experts("experts", 3000, 64, 64, 8, 128, 8, true, DataType.BF16, DataType.BF16, routing);
        TokenCounts table = new PowerLawCounts(draw);
        for (int i = 0; i < table.draws(); i++) {
            int tiles = 0;
            for (int count : draw.heaviest(3000, i)) {
                tiles += Math.ceilDiv(count, 64);
            }
            assertThat(table.tiles(o, 64, i)).isCloseTo(tiles, Percentage.withPercentage(3));
        }
    }

    @Test
    void theOlderCollectorNeverGivesAnExpertATokenTwice() {
        Routing routing = new Routing(Routing.Kind.POWER_LAW_TO_POPULAR, 1.2);
        for (int tokens : new int[] {1, 2, 7, 64, 500, 16_384}) {
            for (int seed = 0; seed < 20; seed++) {
                int[] counts = new PowerLawDraw(8, 2, 1, routing).heaviest(tokens, seed);
                assertThat(java.util.Arrays.stream(counts).asLongStream().sum()).isEqualTo(tokens * 2L);
                assertThat(counts[counts.length - 1]).isLessThanOrEqualTo(tokens);
            }
        }
    }

    @Test
    void moreExpertsThanTheRouterTakesCostLaunches() {
        Chip chip = Examples.h100();
        Experts within =
                new Experts("experts", 1, 64, 64, 8, 128, 1, true, DataType.BF16, DataType.BF16, Routing.ROUND_ROBIN);
        Experts beyond =
                new Experts("experts", 1, 64, 64, 8, 129, 1, true, DataType.BF16, DataType.BF16, Routing.ROUND_ROBIN);
        assertThat(law(chip).seconds(beyond) - law(chip).seconds(within))
                .isCloseTo(20e-6 + 8e-9, Percentage.withPercentage(1));
    }
}
