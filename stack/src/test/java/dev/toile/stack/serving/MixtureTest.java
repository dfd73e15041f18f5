package dev.toile.stack.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.workload.Lengths;
import dev.toile.stack.workload.StepShape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class MixtureTest {

    private static Mixture mixture(double prompt, double cached, double variation) {
        return new Mixture(prompt, cached, variation, 4 * prompt, 200, 1000, 500, PromptLuck.of(Lengths.constant(200)));
    }

    /** New tokens times the tokens that each of them sees, the mean of half and whole of its chunk. */
    private static double pairs(StepShape shape) {
        return shape.promptSequences() * shape.promptTokens() * (shape.promptContext() - shape.promptTokens() / 2);
    }

    /**
     * Prompts of 1000 and 3000 tokens, half each, 80 % of both cached: mean 2000, squared variation 1/4. A prompt of L has
     * 0.2 L new tokens that see 0.8 L and half of the new ones: 0.2 x 0.9 L^2 pairs, 0.9e6 in the mean of both, and 400
     * new tokens.
     */
    @Test
    void attentionIsThatOfPromptsOfAllLengths() {
        StepShape shape = mixture(400, 1600, 0.25).shape(10, 400, 2048);
        assertThat(pairs(shape)).isCloseTo(0.18 * (1e6 + 9e6) / 2, within(1e-6));
    }

    @Property
    void attentionDoesNotDependOnChunks(
            @ForAll @DoubleRange(min = 1, max = 1e5) double prompt,
            @ForAll @DoubleRange(min = 0, max = 1e5) double cached,
            @ForAll @DoubleRange(min = 0, max = 3) double variation,
            @ForAll @DoubleRange(min = 512, max = 1e4) double budget) {
        Mixture mixture = mixture(prompt, cached, variation);
        StepShape chunks = mixture.shape(64, 300, budget);
        StepShape whole = mixture.shape(64, 300, 1e9);
        assertThat(chunks.promptTokens()).isLessThanOrEqualTo(Math.max(512, budget - 64));
        assertThat(chunks.tokens()).isCloseTo(whole.tokens(), Percentage.withPercentage(1e-9));
        assertThat(pairs(chunks)).isCloseTo(pairs(whole), Percentage.withPercentage(1e-9));
    }
}
