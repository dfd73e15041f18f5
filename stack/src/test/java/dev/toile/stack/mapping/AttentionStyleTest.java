package dev.toile.stack.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.elementwise.ElementwiseConstants;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class AttentionStyleTest {

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    @Provide
    Arbitrary<Operation> operations() {
        return Worlds.operations();
    }

    private static SoftwareProfile profile(AttentionStyle style) {
        Calibrated<ElementwiseConstants> elementwise =
                new Calibrated<>(ElementwiseConstants.IDEAL, Source.definition("example"));
        return Examples.profile().withAttention(style, elementwise);
    }

    private static Mapping<?> map(Operation operation, Chip chip, AttentionStyle style) {
        return new ChipMapper(chip, profile(style), Conditions.DEPLOYED).map(operation);
    }

    @Property
    void everyStyleExplainsItself(
            @ForAll("operations") Operation operation, @ForAll("chips") Chip chip, @ForAll AttentionStyle style) {
        Mapping<?> mapping = map(operation, chip, style);
        Trees.explains(mapping.explain(), mapping.seconds());
    }

    private static Attention prompts(double tokens) {
        return new Attention("attention", 8, tokens, tokens, 24, 24, 128, 128, 256, DataType.BF16, DataType.BF16);
    }

    @Test
    void unfusedScoresGoThroughTheMemory() {
        Attention o = prompts(2048);
        double scores = 8.0 * 24 * 2048 * 2048 * 2;
        double traffic = map(o, Examples.a100(), AttentionStyle.UNFUSED).traffic();
        // written by the product, read and written by the softmax, read by the second product
        assertThat(traffic).isCloseTo(4 * scores + 2 * o.bytes() / 2, Percentage.withPercentage(1));
    }

    @Test
    void idealAttentionIsTheRoofline() {
        Attention o = prompts(8192);
        Chip chip = Examples.a100();
        double seconds = map(o, chip, AttentionStyle.IDEAL).seconds();
        double special = o.pairs() * o.heads() / (16 * chip.units() * chip.clock());
        double compute = o.flops() / chip.peakFor(DataType.BF16);
        assertThat(seconds).isEqualTo(Math.max(Math.max(compute, special), o.bytes() / chip.memoryBandwidth()));
    }

    @Test
    void unfusedAttentionNeedsASoftmax() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.profile().withAttention(AttentionStyle.UNFUSED, null));
    }
}
