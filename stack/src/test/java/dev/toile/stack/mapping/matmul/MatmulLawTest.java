package dev.toile.stack.mapping.matmul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.Tile;
import dev.toile.stack.mapping.matmul.MatmulPath.Skinny;
import dev.toile.stack.mapping.matmul.MatmulPath.Split;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Matmul;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class MatmulLawTest {

    private static final double ROUNDING = 1 + 1e-9;

    private static MatmulKernels kernels(Split split, double overlap, double launch, Skinny skinny, String... tiles) {
        MatmulPath path = new MatmulPath(
                0,
                120,
                1.2,
                0.9,
                0.8e-12,
                0.01,
                0.1,
                0.05,
                200,
                64,
                split,
                split == Split.STREAM ? 64 : 4,
                2e-6,
                skinny,
                List.of(tiles).stream().map(Tile::parse).toList());
        MatmulPhysics physics = new MatmulPhysics(0.9, 0.8, overlap, 1.2, 0.95, 0.7, 1.5);
        return new MatmulKernels(physics, 0.02, launch, Map.of(MatmulFormat.BF16, path));
    }

    /** Nothing but engines: no launch, no passes over the input. */
    private static MatmulKernels enginesOnly(String... tiles) {
        List<Tile> menu = List.of(tiles).stream().map(Tile::parse).toList();
        MatmulPath path = new MatmulPath(0, 0, 1, 1, 0.8e-12, 0, 0, 0, 0, 64, Split.NONE, 1, 0, Skinny.NONE, menu);
        MatmulPhysics physics = new MatmulPhysics(1, 0.8, 8, 8, 1, 10, 1.5);
        return new MatmulKernels(physics, 1, 0, Map.of(MatmulFormat.BF16, path));
    }

    private static MatmulLaw law(Chip chip, MatmulKernels kernels, Conditions conditions) {
        Calibrated<MatmulKernels> calibrated = new Calibrated<>(kernels, Source.definition("test"));
        return new MatmulLaw(chip, calibrated, DataType.BF16, DataType.BF16, conditions);
    }

    @Provide
    Arbitrary<Matmul> products() {
        return Combinators.combine(side(), side(), side())
                .as((m, n, k) -> new Matmul("product", m, n, k, DataType.BF16, DataType.BF16, DataType.BF16));
    }

    private static Arbitrary<Integer> side() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 300), Arbitraries.integers().between(300, 40_000));
    }

    @Provide
    Arbitrary<MatmulKernels> kernels() {
        return Combinators.combine(
                        Arbitraries.of(Split.values()),
                        Arbitraries.of(1.0, 2.3, 8.0),
                        Arbitraries.of(0.0, 3e-6),
                        Arbitraries.of(Skinny.NONE, new Skinny(4, 50, 60, 20)),
                        Arbitraries.of("64x64", "128x128", "16x64"))
                .as((split, overlap, launch, skinny, tile) ->
                        kernels(split, overlap, launch, skinny, tile, "128x256", "256x128"));
    }

    @Provide
    Arbitrary<Conditions> conditions() {
        return Arbitraries.of(Conditions.BENCHMARK, Conditions.DEPLOYED);
    }

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    @Property
    void everyTimeExplainsItself(
            @ForAll("products") Matmul product,
            @ForAll("kernels") MatmulKernels kernels,
            @ForAll("chips") Chip chip,
            @ForAll("conditions") Conditions conditions) {
        MatmulLaw law = law(chip, kernels, conditions);
        Trees.explains(law.explain(product), law.seconds(product));
    }

    @Property
    void noTimeRisesWhenTheChipGetsBetter(
            @ForAll("products") Matmul product,
            @ForAll("kernels") MatmulKernels kernels,
            @ForAll("chips") Chip chip,
            @ForAll("conditions") Conditions conditions,
            @ForAll @DoubleRange(min = 1, max = 6) double more) {
        double now = law(chip, kernels, conditions).seconds(product) * ROUNDING;
        assertThat(law(Examples.scaled(chip, more, 1, 1), kernels, conditions).seconds(product))
                .as("bandwidth")
                .isLessThanOrEqualTo(now);
        assertThat(law(Examples.scaled(chip, 1, more, 1), kernels, conditions).seconds(product))
                .as("peak")
                .isLessThanOrEqualTo(now);
        assertThat(law(Examples.withCache(chip, more), kernels, conditions).seconds(product))
                .as("cache")
                .isLessThanOrEqualTo(now);
    }

    @Property
    void moreRowsNeverTakeLessTime(@ForAll("products") Matmul product, @ForAll("kernels") MatmulKernels kernels) {
        // Tiles, steps, bytes and flops only grow; sharing out steps may round 3 % in favour of more rows.
        MatmulLaw law = law(Examples.h100(), kernels, Conditions.DEPLOYED);
        Matmul wider = new Matmul(
                "wider", product.m() + 128, product.n(), product.k(), DataType.BF16, DataType.BF16, DataType.BF16);
        if (product.m() > 4) {
            assertThat(law.seconds(wider) * 1.03).isGreaterThan(law.seconds(product));
        }
    }

    @Test
    void theLastWaveIsPaidInFull() {
        // 128 engines, one tile each: one wave. One row of tiles more takes a second wave of the same length.
        Chip chip = Examples.scaled(Examples.h100(), 1e4, 1, 128.0 / 132);
        MatmulLaw law = law(chip, enginesOnly("128x128"), Conditions.BENCHMARK);
        double one = law.seconds(square(128 * 16, 128 * 8));
        double two = law.seconds(square(128 * 16 + 1, 128 * 8));
        assertThat(two).isCloseTo(2 * one, Percentage.withPercentage(2));
    }

    @Test
    void anArrayWaitsForItsWeightsWhenFewRowsStreamThrough() {
        // 128 rows of weights move in while the rows of the input stream through: 16 rows take as long as 128.
        Chip chip = Examples.shaped(Examples.scaled(Examples.h100(), 1e4, 1, 1), 1, 128);
        MatmulLaw law = law(chip, enginesOnly("128x128", "16x128"), Conditions.BENCHMARK);
        assertThat(law.seconds(square(16, 16_384)))
                .isCloseTo(law.seconds(square(128, 16_384)), Percentage.withPercentage(3));
    }

    @Test
    void anArrayIsFilledAndDrainedOnceACall() {
        // Weights of the next step move in while rows stream through, so only the first load and the last drain show:
        // 128 + 128 cycles, whatever the depth.
        Chip chip = Examples.shaped(Examples.scaled(Examples.h100(), 1e4, 1, 1), 1, 128);
        MatmulLaw law = law(chip, enginesOnly("128x128"), Conditions.BENCHMARK);
        double one = law.seconds(deep(128));
        double two = law.seconds(deep(256));
        assertThat(2 * one - two).isCloseTo(256 / chip.clock(), Percentage.withPercentage(1));
    }

    @Test
    void aDepthThatDoesNotFillTheArrayCostsAsMuch() {
        Chip chip = Examples.shaped(Examples.scaled(Examples.h100(), 1e4, 1, 1), 1, 128);
        MatmulLaw law = law(chip, enginesOnly("128x128"), Conditions.BENCHMARK);
        assertThat(law.seconds(deep(100))).isCloseTo(law.seconds(deep(128)), Percentage.withPercentage(0.1));
    }

    private static Matmul deep(double k) {
        return new Matmul("deep", 128, 128, k, DataType.BF16, DataType.BF16, DataType.BF16);
    }

    private static Matmul square(double m, double n) {
        return new Matmul("square", m, n, 8192, DataType.BF16, DataType.BF16, DataType.BF16);
    }
}
