package dev.toile.stack.mapping.band;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.Examples;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.band.BandTable.Generation;
import dev.toile.stack.mapping.band.BandTable.Residual;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.operation.Operation.Matmul;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class BandsTest {

    private static final OperationClass LONG_STREAM = new OperationClass("matmul", "bf16", Regime.MEMORY);

    private static <V> SequencedMap<String, V> map(String key, V value) {
        return new LinkedHashMap<>(Map.of(key, value));
    }

    private static BandTable table(double low, double high, double transfer) {
        SequencedMap<String, Residual> classes = new LinkedHashMap<>();
        classes.put("matmul", new Residual(low / 1.1, high * 1.1, 100, 20));
        classes.put("matmul memory", new Residual(low, high, 50, 10));
        Generation generation = new Generation("h100-sxm", map("matmul", List.of("bf16")), classes);
        return new BandTable(map("hopper", generation), map("matmul", transfer), map("matmul", 0.8), 0.6);
    }

    private static Bands bands(double low, double high, double transfer, boolean borrowed) {
        return new Bands(table(low, high, transfer), "hopper", Examples::h100, borrowed);
    }

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    @Property(tries = 200)
    void everyBandHoldsItsPrediction(
            @ForAll("chips") Chip chip,
            @ForAll @DoubleRange(min = 0.3, max = 1) double low,
            @ForAll @DoubleRange(min = 1, max = 3) double high,
            @ForAll @DoubleRange(min = -6, max = 0) double decade,
            @ForAll boolean borrowed) {
        Matmul product = new Matmul("m", 64, 4096, 4096, DataType.BF16, DataType.BF16, DataType.BF16);
        double seconds = Math.pow(10, decade);
        Band band = bands(low, high, 0.3, borrowed).of(product, chip, seconds);
        assertThat(band.holds(seconds, seconds)).isTrue();
        assertThat(band.reason()).isNotEmpty();
    }

    @Property(tries = 200)
    void aBorrowedProfileIsNeverSurerThanTheOneItBorrows(
            @ForAll("chips") Chip chip,
            @ForAll Regime regime,
            @ForAll @DoubleRange(min = 0.3, max = 1) double low,
            @ForAll @DoubleRange(min = 1, max = 3) double high,
            @ForAll @DoubleRange(min = 0, max = 1) double transfer) {
        OperationClass of = new OperationClass("matmul", "bf16", regime);
        Band lent = bands(low, high, transfer, false).of(of, Examples.h100());
        Band same = bands(low, high, transfer, false).of(of, chip);
        Band borrowed = bands(low, high, transfer, true).of(of, chip);
        assertThat(borrowed.low()).isLessThanOrEqualTo(same.low() + 1e-12).isLessThanOrEqualTo(lent.low() + 1e-12);
        assertThat(borrowed.high())
                .isGreaterThanOrEqualTo(same.high() - 1e-12)
                .isGreaterThanOrEqualTo(lent.high() - 1e-12);
    }

    @Test
    void theChipThatWasMeasuredHasItsOwnResiduals() {
        Band band = bands(0.9, 1.2, 0.3, false).of(LONG_STREAM, Examples.h100());
        assertThat(band.low()).isEqualTo(0.9);
        assertThat(band.high()).isEqualTo(1.2);
        assertThat(band.reason()).contains("50 rows of matmul memory");
    }

    @Test
    void aPartThatWasNotMeasuredOftenEnoughIsLeftToTheClassAbove() {
        Band band =
                bands(0.9, 1.2, 0.3, false).of(new OperationClass("matmul", "bf16", Regime.LAUNCH), Examples.h100());
        assertThat(band.high()).isCloseTo(1.32, within(1e-12));
    }

    @Test
    void halfWidthsAddInSquaresAndABorrowedProfileIsAGenerationAway() {
        Band band = bands(0.9, 1.2, 0.3, true).of(LONG_STREAM, Examples.h100());
        assertThat(Math.log(band.high())).isCloseTo(Math.hypot(Math.log(1.2), 0.3), within(1e-12));
        assertThat(band.reason()).contains("1.0 generations away", "borrows the constants of Hopper");
    }

    @Test
    void aSisterOfTheMeasuredChipErrsMoreOnlyWhereItsRoofDiffers() {
        Bands bands = bands(0.9, 1.2, 0.3, false);
        Chip faster = Examples.scaled(Examples.h100(), 1.5, 1, 1);
        assertThat(bands.of(LONG_STREAM, faster).high()).isGreaterThan(1.2);
        OperationClass short_ = new OperationClass("matmul", "bf16", Regime.LAUNCH);
        assertThat(bands.of(short_, faster)).isEqualTo(bands.of(short_, Examples.h100()));
        assertThat(bands.distance(LONG_STREAM, faster)).isCloseTo(Math.log(1.5), within(1e-9));
    }

    @Test
    void whatNobodyMeasuredSaysSo() {
        Bands bands = bands(0.9, 1.2, 0.3, false);
        Band norm = bands.of(new Elementwise("norm", 1e6, 1e6, 1e6), Examples.h100(), 1e-5);
        assertThat(norm.high()).isCloseTo(Math.exp(0.6), within(1e-12));
        assertThat(norm.reason()).contains("nothing like elementwise was measured");
        Band narrow = bands.of(new OperationClass("matmul", "fp4", Regime.MEMORY), Examples.h100());
        assertThat(narrow.high()).isCloseTo(Math.exp(0.8), within(1e-12));
        assertThat(narrow.reason()).contains("not measured in fp4");
    }

    @Test
    void aBandWithoutItsPredictionIsRefused() {
        assertThatThrownBy(() -> new Band(1.1, 1.2, "")).hasMessageContaining("expected one around 1");
        assertThatThrownBy(() -> new Bands(table(0.9, 1.1, 0.1), "ada", Examples::h100, false))
                .hasMessageContaining("[hopper]");
    }
}
