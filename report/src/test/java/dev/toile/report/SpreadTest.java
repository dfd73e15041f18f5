package dev.toile.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void whatHasRoomStaysWhereItIs() {
        assertThat(Spread.apart(new double[] {10, 40, 90}, 16, 0, 100)).containsExactly(10, 40, 90);
    }

    @Test
    void whatIsTooCloseMovesBothWays() {
        assertThat(Spread.apart(new double[] {50, 50}, 10, 0, 100)).containsExactly(45, 55);
        assertThat(Spread.apart(new double[] {2, 2}, 10, 0, 100)).containsExactly(0, 10);
    }

    @Property
    void labelsKeepTheirOrderTheirDistanceAndTheSheet(
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0, max = 400) Double> wanted) {
        double[] places = Spread.apart(
                wanted.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 17, 0, 400);
        for (int i = 0; i < places.length; i++) {
            assertThat(places[i]).isBetween(-1e-9, 400 + 1e-9);
            assertThat(i == 0 ? 17 : places[i] - places[i - 1]).isGreaterThanOrEqualTo(17 - 1e-9);
        }
    }
}
