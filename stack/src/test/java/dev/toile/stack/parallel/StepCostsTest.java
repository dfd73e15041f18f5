package dev.toile.stack.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Transformer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Percentage;

/** What is remembered of steps says the same as timing them anew. */
class StepCostsTest {
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
    Arbitrary<List<StepShape>> shapes() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.1, 600),
                        Arbitraries.integers().between(1, 8000),
                        Arbitraries.of(0.0, 0.02, 0.5, 3.0),
                        Arbitraries.integers().between(2, 2048))
                .as((sequences, context, prompts, prompt) ->
                        new StepShape(sequences, context, prompts, prompt, prompt + 100, sequences + prompts))
                .list()
                .ofMinSize(2)
                .ofMaxSize(40);
    }

    @Property(tries = 100)
    void rememberedCostsAreThoseOfAStepTimedAnew(
            @ForAll("models") Transformer model, @ForAll("chips") Chip chip, @ForAll("shapes") List<StepShape> shapes) {
        StepTimer timer = Examples.timer(model, chip);
        Parallelism layout = model.hasExperts() ? new Parallelism(1, 1, 4) : new Parallelism(2, 2, 1);
        StepCosts.Terms terms = new StepCosts(timer).under(layout);
        for (StepShape shape : shapes) {
            Step anew = timer.step("step", layout, shape);
            Step remembered = terms.step("step", shape);
            assertThat(terms.seconds(shape)).isCloseTo(anew.seconds(), ROUNDING);
            assertThat(remembered.seconds()).isCloseTo(anew.seconds(), ROUNDING);
            assertThat(remembered.chipFlops()).isCloseTo(anew.chipFlops(), ROUNDING);
            assertThat(remembered.parts()).isEqualTo(anew.parts());
            for (Energy energy : Energy.values()) {
                assertThat(remembered.joules(energy)).isCloseTo(anew.joules(energy), ROUNDING);
            }
        }
    }

    @Property(tries = 50)
    void askingTwiceOrInAnotherOrderChangesNoBit(
            @ForAll("models") Transformer model, @ForAll("shapes") List<StepShape> shapes) {
        StepTimer timer = Examples.timer(model, Examples.h100());
        StepCosts.Terms forth = new StepCosts(timer).under(new Parallelism(1, 1, 1));
        StepCosts.Terms back = new StepCosts(timer).under(new Parallelism(1, 1, 1));
        List<Double> first = shapes.stream().map(forth::seconds).toList();
        List<Double> reversed = shapes.reversed().stream().map(back::seconds).toList();
        assertThat(reversed.reversed()).isEqualTo(first);
        assertThat(shapes.stream().map(forth::seconds)).containsExactlyElementsOf(first);
    }
}
