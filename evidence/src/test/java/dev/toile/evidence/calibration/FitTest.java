package dev.toile.evidence.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.figure.Constant;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Fits and ablations of a law whose constants are known: {@code y = slope x + offset}, and a mechanism nobody has. */
class FitTest {

    record Line(
            @Constant(unit = "s", meaning = "rise") double slope,
            @Constant(unit = "s", meaning = "at nought") double offset,

            @Constant(unit = "1", meaning = "share lost", without = 1)
            double share,

            @Constant(unit = "1", meaning = "a convention", fitted = false)
            double given) {

        double at(double x) {
            return (slope * x + offset) / share * given;
        }
    }

    private static final double[] XS = {0.5, 1, 2, 5, 10, 40};

    private static final ToDoubleFunction<Line> ERROR = line -> {
        double sum = 0;
        for (double x : XS) {
            sum += Math.abs(Math.log(line.at(x) / (3 * x + 2)));
        }
        return sum / XS.length;
    };

    @Test
    void findsTheConstants() {
        Line found = new Fit<>(new Line(1, 1, 1, 1), ERROR).best();
        assertThat(found.slope()).isCloseTo(3, within(0.05));
        assertThat(found.offset()).isCloseTo(2, within(0.05));
    }

    @Test
    void leavesGivenFrozenAndAbsentConstants() {
        Line found = new Fit<>(new Line(1, 1, 1, 1.5), ERROR, List.of("offset")).best();
        assertThat(found.offset()).isEqualTo(1);
        assertThat(found.share()).isEqualTo(1);
        assertThat(found.given()).isEqualTo(1.5);
        assertThat(new Fit<>(new Line(1, 0, 1, 1), ERROR).best().offset()).isZero();
    }

    @Test
    void anAblationNamesWhatIsThereAndWhatItCosts() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new Ablation<>("line", new Line(3, 2, 1, 1), List.of(), ERROR, ERROR, ERROR).print(out);
        out.flush();
        List<String> lines = text.toString().lines().toList();
        assertThat(lines).as("a share of 1 is gone already").hasSize(2);
        assertThat(lines.get(1)).startsWith("| line | offset | 2.000 s | +");
        double cost = Double.parseDouble(lines.get(1).split("\\|")[4].trim());
        double expected = 100 * ERROR.applyAsDouble(new Line(3, 0, 1, 1));
        assertThat(cost).isCloseTo(expected, within(0.01));
    }
}
