package dev.toile.stack.chip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.operation.DataType;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** What a core reads from farther memories follows from the sums that it holds. */
class CoreTest {
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-10);

    private static Core core(double slots, double registers, double localMemory) {
        return new Core(
                Core.Flow.DOT_PRODUCT,
                32,
                32,
                32,
                32,
                ByType.of(Map.of(DataType.BF16, 1.0)),
                32,
                0,
                0,
                slots,
                registers,
                localMemory,
                32);
    }

    /** 32 KiB of registers hold 4096 sums in their half: a tile of 64 x 64, 2 x 2 bytes / 64. */
    @Test
    void registersSetTheTileWhereLocalMemoryIsSmaller() {
        assertThat(core(1, 0x1p15, 0x1p14).sharedBytes(DataType.BF16)).isCloseTo(4.0 / 64, ROUNDING);
    }

    /** 512 KiB hold 65,536 sums in their half: a tile of 256 x 256. */
    @Test
    void aLargerLocalMemorySetsTheTile() {
        assertThat(core(1, 0x1p15, 0x1p19).sharedBytes(DataType.BF16)).isCloseTo(4.0 / 256, ROUNDING);
    }

    @Test
    void aCoreHasNoMoreSumsThanItsRegistersHoldHoweverSlowlyItIssues() {
        double one = core(1, 0x1p15, 0x1p14).localBytes(DataType.BF16);
        assertThat(core(0.25, 0x1p15, 0x1p14).localBytes(DataType.BF16)).isEqualTo(one);
        assertThat(core(4, 0x1p15, 0x1p14).localBytes(DataType.BF16)).isCloseTo(2 * one, ROUNDING);
    }
}
