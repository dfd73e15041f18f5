package dev.toile.stack.mapping.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Bounds, monotony and explanations, whatever the constants. */
class AttentionLawTest {

    private static final double ROUNDING = 1 + 1e-9;

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    @Provide
    Arbitrary<AttentionConstants> software() {
        return AttentionExamples.software();
    }

    @Provide
    Arbitrary<Operation> operations() {
        return AttentionExamples.operations();
    }

    private static double seconds(Operation o, Chip chip, AttentionConstants software, Warmth warmth) {
        return AttentionExamples.law(chip, software, warmth).seconds(o);
    }

    /** The format that multiplies: the cache decides, whatever the queries come in. */
    private static DataType math(Operation o, AttentionConstants software) {
        DataType type = o instanceof Attention a ? a.cache() : o.math();
        return software.dispatch().eightBit() ? type : DataType.BF16;
    }

    @Property
    void nothingRunsBelowTheRoofline(
            @ForAll("operations") Operation o,
            @ForAll("chips") Chip chip,
            @ForAll("software") AttentionConstants software,
            @ForAll Warmth warmth) {
        double seconds = seconds(o, chip, software, warmth) * ROUNDING;
        assertThat(seconds).isFinite().isGreaterThanOrEqualTo(o.flops() / chip.peakFor(math(o, software)));
        if (warmth == Warmth.COLD) {
            assertThat(seconds).isGreaterThanOrEqualTo(o.bytes() / chip.memoryBandwidth());
            assertThat(AttentionExamples.law(chip, software, warmth).traffic(o) * ROUNDING)
                    .isGreaterThanOrEqualTo(o.bytes());
        }
    }

    @Property
    void coldDataAreNoFasterThanWarmOnes(
            @ForAll("operations") Operation o,
            @ForAll("chips") Chip chip,
            @ForAll("software") AttentionConstants software) {
        assertThat(seconds(o, chip, software, Warmth.WARM))
                .isLessThanOrEqualTo(seconds(o, chip, software, Warmth.COLD) * ROUNDING);
    }

    @Property
    void nothingRunsSlowerWithMoreOfAnything(
            @ForAll("operations") Operation o,
            @ForAll("chips") Chip chip,
            @ForAll("software") AttentionConstants software,
            @ForAll Warmth warmth,
            @ForAll @DoubleRange(min = 1, max = 8) double more,
            @ForAll @IntRange(min = 1, max = 300) int added) {
        double seconds = seconds(o, chip, software, warmth) * ROUNDING;
        double units = (chip.units() + added) / chip.units();
        assertThat(seconds(o, Examples.scaled(chip, more, 1, 1), software, warmth))
                .as("more bandwidth")
                .isLessThanOrEqualTo(seconds);
        assertThat(seconds(o, Examples.scaled(chip, 1, more, 1), software, warmth))
                .as("faster engines")
                .isLessThanOrEqualTo(seconds);
        assertThat(seconds(o, Examples.scaled(chip, 1, units, units), software, warmth))
                .as("more engines")
                .isLessThanOrEqualTo(seconds);
    }

    @Property
    void nothingRunsFasterWithMoreWork(
            @ForAll("operations") Operation o,
            @ForAll("chips") Chip chip,
            @ForAll("software") AttentionConstants software,
            @ForAll Warmth warmth,
            @ForAll @DoubleRange(min = 1, max = 8) double more,
            @ForAll @DoubleRange(min = 0, max = 5000) double tokens) {
        double seconds = seconds(o, chip, software, warmth);
        assertThat(seconds(AttentionExamples.more(o, more), chip, software, warmth) * ROUNDING)
                .as("more sequences")
                .isGreaterThanOrEqualTo(seconds);
        Operation longer = AttentionExamples.longer(o, tokens);
        // Software may split by the whole context: one that outgrows its window is then split more finely, for no work.
        if (!(longer instanceof Attention a && a.window() > 0 && a.context() > a.window())) {
            assertThat(seconds(longer, chip, software, warmth) * ROUNDING)
                    .as("longer contexts")
                    .isGreaterThanOrEqualTo(seconds);
        }
    }

    /** A step has a whole prompt now and then: on average it pays for that share of it. */
    @Property
    void aFractionOfASequenceCostsThatFractionAndTheLaunch(
            @ForAll("operations") Operation o,
            @ForAll("chips") Chip chip,
            @ForAll("software") AttentionConstants software) {
        if (o instanceof Attention a) {
            AttentionLaw law = AttentionExamples.law(chip, software, Warmth.COLD);
            double whole = law.seconds(AttentionExamples.with(a, 1, a.context()));
            double half = law.seconds(AttentionExamples.with(a, 0.5, a.context()));
            double quarter = law.seconds(AttentionExamples.with(a, 0.25, a.context()));
            assertThat(whole - half).isCloseTo(2 * (half - quarter), Percentage.withPercentage(1e-4));
        }
    }

    @Property(tries = 400)
    void everyTimeExplainsItself(
            @ForAll("operations") Operation o,
            @ForAll("chips") Chip chip,
            @ForAll("software") AttentionConstants software,
            @ForAll Warmth warmth) {
        AttentionLaw law = AttentionExamples.law(chip, software, warmth);
        Trees.explains(law.explain(o), law.seconds(o));
    }

    private static Attention decode(double sequences, double context, double heads, double keyValueHeads) {
        return new Attention(
                "decode", sequences, 1, context, heads, keyValueHeads, 128, 128, 256, DataType.BF16, DataType.BF16);
    }

    @Test
    void groupsThatFitNoKernelFallOffACliff() {
        AttentionLaw law = AttentionExamples.law(Examples.h100(), AttentionExamples.rich(), Warmth.COLD);
        double fits = law.seconds(decode(64, 8192, 32, 1));
        double tooMany = law.seconds(decode(64, 8192, 33, 1));
        assertThat(tooMany).isGreaterThan(4 * fits);
    }

    /**
     * 16 rows of 1024 tokens make 8 parts of 128, which sqrt(8 x 8) allows: 128 CTAs on 132 engines, each of 2000 + 8 x 128
     * cycles and 128 x 512 bytes at 20 a cycle. The stream, 8.4 MB at 90 % of 3.35 TB/s, is shorter.
     */
    @Test
    void aSplitContextTakesTheWavesOfItsParts() {
        AttentionLaw law = AttentionExamples.law(Examples.h100(), AttentionExamples.rich(), Warmth.WARM);
        double cta = (2000 + 8 * 128 + 128 * 512 / 20.0) / 1.83e9;
        double expected = 6e-6 + 128 / 132.0 * cta + (1500 + 7 * 300) / 1.83e9;
        assertThat(law.seconds(decode(2, 1024, 64, 8))).isCloseTo(expected, Percentage.withPercentage(1e-6));
    }

    /**
     * One prompt of 128 tokens and one head: 2 tiles with 64 x (64 + 128) scores; the product at half of 989 TFLOP/s takes
     * 512 flop, the exponential one of 16 x 132 a cycle. The last tile, 64 x 128 scores on one engine, is waited for.
     */
    @Test
    void aPromptTakesItsTilesAndWaitsForTheLast() {
        AttentionLaw law = AttentionExamples.law(Examples.h100(), AttentionExamples.simple(), Warmth.WARM);
        Attention prompt = new Attention("prefill", 1, 128, 128, 1, 1, 128, 128, 256, DataType.BF16, DataType.BF16);
        double score = Math.hypot(512 / (0.5 * 989e12), 1 / (16 * 132 * 1.83e9));
        double tile = 1000 / 1.83e9;
        double moved = (128 * 256 * 2 * 2 + 128 * 256 * 2) / 3.35e12;
        double expected = 10e-6 + moved + 12_288 * score + (2 * tile + 2000 / 1.83e9) / 132 + 8192 * score * 132 + tile;
        assertThat(law.seconds(prompt)).isCloseTo(expected, Percentage.withPercentage(1e-6));
    }

    @Test
    void anEightBitCacheRunsInEightBitsOnlyWhereTheSoftwareDoes() {
        Attention wide = decode(64, 8192, 64, 8);
        Attention narrow = new Attention("decode", 64, 1, 8192, 64, 8, 128, 128, 256, DataType.FP8, DataType.BF16);
        AttentionLaw simple = AttentionExamples.law(Examples.a100(), AttentionExamples.simple(), Warmth.WARM);
        assertThat(simple.seconds(narrow)).isEqualTo(simple.seconds(wide));
        AttentionLaw rich = AttentionExamples.law(Examples.h100(), AttentionExamples.rich(), Warmth.WARM);
        assertThat(rich.seconds(narrow)).isLessThan(0.6 * rich.seconds(wide));
    }

    /** Blocks that wait for loads of their own gain nothing from a faster memory; engines full of them gain all of it. */
    @Test
    void fasterMemorySpeedsUpFullEnginesNotLoneBlocks() {
        Chip h100 = Examples.h100();
        Chip faster = Examples.scaled(h100, 1.4, 1, 1);
        AttentionLaw slow = AttentionExamples.law(h100, AttentionExamples.simple(), Warmth.WARM);
        AttentionLaw fast = AttentionExamples.law(faster, AttentionExamples.simple(), Warmth.WARM);
        Attention lone = decode(1, 131_072, 8, 1);
        assertThat(fast.seconds(lone)).isEqualTo(slow.seconds(lone));
        AttentionLaw richSlow = AttentionExamples.law(h100, AttentionExamples.rich(), Warmth.WARM);
        AttentionLaw richFast = AttentionExamples.law(faster, AttentionExamples.rich(), Warmth.WARM);
        Attention full = decode(512, 16_384, 64, 8);
        assertThat(richFast.seconds(full)).isLessThan(0.8 * richSlow.seconds(full));
    }

    @Test
    void keysThatTheCacheKeptAreNotReadAgain() {
        Chip h100 = Examples.h100();
        Chip roomy = Examples.withCache(h100, 8);
        Attention some = decode(64, 4096, 64, 2);
        AttentionConstants rich = AttentionExamples.rich();
        assertThat(seconds(some, roomy, rich, Warmth.WARM)).isLessThan(0.9 * seconds(some, h100, rich, Warmth.WARM));
        assertThat(seconds(some, roomy, rich, Warmth.COLD)).isEqualTo(seconds(some, h100, rich, Warmth.COLD));
    }

    @Test
    void sixteenBitKernelsThatReadNarrowCachesAreChosenByTheirRule() {
        Dispatch own = new Dispatch(true, 32, false, 4, false, 0, 0);
        Dispatch same = new Dispatch(true, 32, false, 4, true, 0, 0);
        assertThat(own.grouped(8, 1, 256, true, 142)).isTrue();
        assertThat(same.grouped(8, 1, 256, true, 142)).isFalse();
        assertThat(same.grouped(8, 1, 8192, true, 142)).isTrue();
    }

    @Test
    void otherOperationsAreNotTimedHere() {
        Operation norm = new Operation.Elementwise("norm", 1, 1, 0);
        AttentionLaw law = AttentionExamples.law(Examples.h100(), AttentionExamples.simple(), Warmth.COLD);
        assertThat(AttentionLaw.times(norm)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> law.seconds(norm)).withMessageContaining("norm");
    }
}
