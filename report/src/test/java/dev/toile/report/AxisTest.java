package dev.toile.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void equalRatiosAreEqualDistances() {
        Axis axis = new Axis(1, 1000, true, 0, 300);
        assertThat(axis.at(1)).isCloseTo(0, within(1e-9));
        assertThat(axis.at(10)).isCloseTo(100, within(1e-9));
        assertThat(axis.at(1000)).isCloseTo(300, within(1e-9));
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(new Axis(0, 1, false, 0, 100).ticks(6)).hasSize(6).endsWith(1.0);
        assertThat(new Axis(0.9, 60, true, 0, 100).ticks(8)).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
        assertThat(new Axis(1, 1e12, true, 0, 100).ticks(5)).hasSize(5).startsWith(1.0);
    }

    @Property
    void allValuesAndAllTicksLieOnTheAxis(
            @ForAll @DoubleRange(min = -9, max = 15) double onePower,
            @ForAll @DoubleRange(min = -9, max = 15) double otherPower,
            @ForAll @IntRange(min = 5, max = 9) int most) {
        double one = Math.pow(10, onePower);
        double other = Math.pow(10, otherPower);
        Axis axis = Axis.log(DoubleStream.of(one, other), 50, 600);
        assertThat(axis.at(one)).isBetween(50.0, 600.0);
        assertThat(axis.at(other)).isBetween(50.0, 600.0);
        List<Double> ticks = axis.ticks(most);
        assertThat(ticks).hasSizeBetween(2, most + 1).isSorted();
        ticks.forEach(tick -> assertThat(axis.at(tick)).isBetween(49.9, 600.1));
    }
}
