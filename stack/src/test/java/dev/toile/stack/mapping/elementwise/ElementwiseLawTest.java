package dev.toile.stack.mapping.elementwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.elementwise.ElementwiseConstants.Kernel;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.operation.Operation.Elementwise.Kind;
import java.util.EnumMap;
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

class ElementwiseLawTest {
    private static final double ROUNDING = 1 + 1e-9;
    private static final Percentage EXACT = Percentage.withPercentage(1e-9);

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    @Provide
    Arbitrary<Elementwise> operations() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(1, 40_000),
                        Arbitraries.integers().between(1, 40_000))
                .as(ElementwiseLawTest::rows);
    }

    private static Elementwise rows(Kind kind, double rows, double columns) {
        double bytes = 2 * rows * columns;
        return new Elementwise("work", kind, rows, columns, bytes, bytes, 0);
    }

    private static ElementwiseConstants constants(double share) {
        Map<Kind, Kernel> kernels = new EnumMap<>(Kind.class);
        kernels.put(Kind.POINTWISE, new Kernel(10e-6, 0, 0, 0, 1, 0, 0, 0, 1));
        kernels.put(Kind.ACTIVATION, new Kernel(10e-6, 8e-6, 0, 0.4, 1, 0, 0, 0, 1));
        kernels.put(Kind.NORM, new Kernel(10e-6, 0, 500, 0, 16, 3, 12 * 1024, 0, 1));
        kernels.put(Kind.SOFTMAX, new Kernel(10e-6, 0, 100, 0.6, 2, 2, 64 * 1024, 1024, 0.5));
        return new ElementwiseConstants(share, kernels);
    }

    private static ElementwiseLaw law(Chip chip) {
        return new ElementwiseLaw(chip, new Calibrated<>(constants(0.8), Source.definition("example")));
    }

    @Property
    void everyTimeExplainsItself(@ForAll("operations") Elementwise operation, @ForAll("chips") Chip chip) {
        ElementwiseLaw law = law(chip);
        Trees.explains(law.explain(operation), law.seconds(operation));
    }

    @Property
    void nothingBeatsBytesAtFullBandwidth(@ForAll("operations") Elementwise operation, @ForAll("chips") Chip chip) {
        ElementwiseLaw law = law(chip);
        assertThat(law.seconds(operation)).isGreaterThan(law.traffic(operation) / chip.memoryBandwidth());
        assertThat(law.traffic(operation)).isGreaterThanOrEqualTo(operation.bytes());
    }

    @Property
    void nothingRunsSlowerWithMore(
            @ForAll("operations") Elementwise operation,
            @ForAll("chips") Chip chip,
            @ForAll @DoubleRange(min = 1, max = 8) double more) {
        double before = law(chip).seconds(operation) * ROUNDING;
        assertThat(law(Examples.scaled(chip, more, 1, 1)).seconds(operation)).isLessThanOrEqualTo(before);
        assertThat(law(Examples.scaled(chip, 1, 1, more)).seconds(operation)).isLessThanOrEqualTo(before);
    }

    @Property
    void moreRowsNeverTakeLess(@ForAll("operations") Elementwise operation, @ForAll("chips") Chip chip) {
        Elementwise more = rows(operation.kind(), operation.rows() + 1, operation.columns());
        assertThat(law(chip).seconds(more) * ROUNDING)
                .isGreaterThanOrEqualTo(law(chip).seconds(operation));
    }

    @Test
    void fewRowsWaitForOne() {
        ElementwiseLaw law = law(Examples.a100());
        double one = law.seconds(rows(Kind.SOFTMAX, 1, 8192));
        assertThat(law.seconds(rows(Kind.SOFTMAX, 100, 8192))).isCloseTo(one, EXACT);
        // 100 cycles and 8192 elements of 1.2 cycles, two rows sharing an engine
        assertThat(one).isCloseTo(10e-6 + (100 + 8192 * 1.2) / 1.41e9, EXACT);
    }

    @Test
    void rowsInRegistersCostLess() {
        ElementwiseLaw law = law(Examples.a100());
        double inRegisters = law.seconds(rows(Kind.SOFTMAX, 1e6, 1024)) - 10e-6;
        double beyond = law.seconds(rows(Kind.SOFTMAX, 1e6, 1025)) - 10e-6;
        assertThat(beyond).isGreaterThan(1.3 * inRegisters);
    }

    @Test
    void rowsThatDoNotFitAreReadAgain() {
        ElementwiseLaw law = law(Examples.a100());
        Elementwise fits = rows(Kind.NORM, 4096, 6 * 1024);
        Elementwise twice = rows(Kind.NORM, 4096, 12 * 1024);
        assertThat(law.traffic(fits)).isCloseTo(fits.bytes(), EXACT);
        assertThat(law.traffic(twice)).isCloseTo(twice.bytes() + 3 * twice.read() / 2, EXACT);
    }

    @Test
    void shortKernelsHideBehindTheHost() {
        ElementwiseLaw law = law(Examples.a100());
        assertThat(law.seconds(rows(Kind.ACTIVATION, 1, 1))).isCloseTo(18e-6, EXACT);
        assertThat(law.seconds(rows(Kind.ACTIVATION, 1, 1e6))).isCloseTo(18e-6, EXACT);
        assertThat(law.seconds(rows(Kind.ACTIVATION, 1, 1e8))).isGreaterThan(100e-6);
    }

    @Test
    void everyKindNeedsAKernel() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ElementwiseConstants(1, Map.of()));
    }
}
