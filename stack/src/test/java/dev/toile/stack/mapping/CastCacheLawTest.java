package dev.toile.stack.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Attention;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CastCacheLawTest {

    private static final Conditions CASTS = new Conditions(false, true, true, true);

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    private static Attention over(DataType cache, int sequences, int context) {
        DataType math = cache == DataType.FP8 ? DataType.FP8 : DataType.BF16;
        return new Attention("attention", sequences, 1, context, 32, 8, 128, 128, 256, cache, math);
    }

    @Property
    void aNarrowCacheSavesBytesAndNoTime(
            @ForAll("chips") Chip chip,
            @ForAll @IntRange(min = 1, max = 512) int sequences,
            @ForAll @IntRange(min = 1, max = 8192) int context) {
        Attention narrow = over(DataType.FP8, sequences, context);
        Attention wide = over(DataType.BF16, sequences, context);
        Mapper casts = new ChipMapper(chip, Examples.ideal(), CASTS);
        Mapper plain = new ChipMapper(chip, Examples.ideal(), Conditions.DEPLOYED);
        assertThat(casts.map(narrow).seconds()).isEqualTo(plain.map(wide).seconds());
        assertThat(casts.seconds(narrow)).isEqualTo(plain.seconds(wide));
        assertThat(casts.map(wide).seconds()).isEqualTo(plain.map(wide).seconds());
        assertThat(casts.map(narrow).traffic())
                .isEqualTo(plain.map(narrow).traffic())
                .isLessThan(plain.map(wide).traffic());
    }
}
