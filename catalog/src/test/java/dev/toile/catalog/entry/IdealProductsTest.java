package dev.toile.catalog.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import dev.toile.stack.mapping.matmul.MatmulLaw;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Matmul;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** No software is faster than one that loses nothing but by the shape of tiles and engines. */
class IdealProductsTest {

    private static final Catalog CATALOG = Catalog.bundled();

    @Provide
    Arbitrary<String> chips() {
        return Arbitraries.of(CATALOG.chips().keySet());
    }

    @Provide
    Arbitrary<String> generations() {
        return Arbitraries.of("ampere", "hopper", "blackwell");
    }

    @Provide
    Arbitrary<DataType> formats() {
        return Arbitraries.of(DataType.BF16, DataType.FP8, DataType.FP8_BLOCK, DataType.INT8, DataType.FP4);
    }

    @Property(tries = 2000)
    void theIdealIsALowerBound(
            @ForAll("chips") String chip,
            @ForAll("generations") String generation,
            @ForAll("formats") DataType format,
            @ForAll @IntRange(min = 1, max = 20_000) int m,
            @ForAll @IntRange(min = 16, max = 40_000) int n,
            @ForAll @IntRange(min = 16, max = 40_000) int k) {
        Chip on = CATALOG.chip(chip);
        Matmul product = new Matmul("product", m, n, k, format, format, DataType.BF16);
        assertThat(seconds(on, "ideal", product)).isLessThanOrEqualTo(seconds(on, generation, product) * (1 + 1e-9));
    }

    private static double seconds(Chip chip, String generation, Matmul product) {
        Calibrated<MatmulKernels> kernels =
                Objects.requireNonNull(CATALOG.kernels().matmul().get(generation));
        return new MatmulLaw(chip, kernels, product.weights(), product.activations(), Conditions.DEPLOYED)
                .seconds(product);
    }
}
