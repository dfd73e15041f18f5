package dev.toile.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.evidence.SystolicFacts.Layers;
import java.util.List;
import org.junit.jupiter.api.Test;

class InceptionV2Test {

    private static final double WEIGHTS = 100e6;

    /** Figure 5 of the paper: 3 convolutions, 8 modules of 7 and 2 of 5. */
    @Test
    void hasTheConvolutionsOfTheFigure() {
        List<Layers> layers = InceptionV2.layers(1, WEIGHTS);
        assertThat(layers).hasSize(3 + 8 * 7 + 2 * 5 + 1);
        assertThat(layers.stream().mapToDouble(Layers::weights).sum()).isCloseTo(WEIGHTS, within(1.0));
    }

    /** Two billion multiply-accumulates in the convolutions of an image and 0.09 behind them. */
    @Test
    void everyImageOfABatchCostsTheSame() {
        double one = InceptionV2.layers(1, WEIGHTS).stream()
                .mapToDouble(Layers::products)
                .sum();
        double many = InceptionV2.layers(32, WEIGHTS).stream()
                .mapToDouble(Layers::products)
                .sum();
        assertThat(many).isCloseTo(32 * one, within(1.0));
        assertThat(one).isBetween(2e9, 2.2e9);
    }
}
