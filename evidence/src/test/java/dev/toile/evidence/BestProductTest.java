package dev.toile.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import dev.toile.stack.chip.Chip;
import org.junit.jupiter.api.Test;

/** The best product of a chip shows the losses of its kernels and none of its power limit. */
class BestProductTest {
    private static final Catalog CATALOG = Catalog.bundled();

    private static double share(String design, String kernels) {
        Chip chip = CATALOG.design(design).chip();
        return new BestProduct(CATALOG, chip, kernels).share();
    }

    /** An engine multiplies in 95 % of its cycles, and of those PyTorch's kernels on the A100 issue 97.7 %: 0.9285. */
    @Test
    void theBestProductIsBoundByWhatKernelsIssue() {
        assertThat(share("a100-like", "pytorch-ampere")).isBetween(0.92, 0.9286);
    }

    @Test
    void kernelsWithoutLossesComeNearThePeak() {
        assertThat(share("h100-like", "ideal")).isBetween(0.97, 1.0 + 1e-9);
        assertThat(share("h100-like", "hopper")).isLessThan(share("h100-like", "ideal"));
    }
}
