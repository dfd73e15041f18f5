package dev.toile.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GuessTest {
    private static final Space SPACE = new Space(4, 40, 3, 5);

    /** A product of powers of the options, which is a sum of logarithms. */
    private static Trial trial(long number) {
        int[] p = SPACE.point(number);
        double value = 1e3 * (1 + p[0]) * Math.sqrt(2 + p[1]) / (1 + p[2]) * (1 + 0.1 * p[3] * p[0]);
        return new Trial(number, new double[] {value, 1 / value}, p[3] == 4 ? 1 : 0);
    }

    private static Guess taught(long seed) {
        Guess guess = new Guess(SPACE, 2, seed);
        List<Trial> all = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (long i = 0; i < SPACE.size() / 2; i++) {
            Trial each = trial(random.nextLong(SPACE.size()));
            all.add(each);
            guess.learn(List.of(each), all);
        }
        return guess;
    }

    @Test
    void productsAreLearntFromAPartOfTheSpace() {
        Guess guess = Holder.TAUGHT.get(1);
        double errors = 0;
        int working = 0;
        int misjudged = 0;
        for (long number = 0; number < SPACE.size(); number++) {
            Trial truth = trial(number);
            double[] guessed = guess.of(SPACE.point(number));
            misjudged += guessed[2] > 0.5 == truth.feasible() ? 1 : 0;
            if (truth.feasible()) {
                working++;
                errors += Math.abs(guessed[0] - guess.scaled(truth)[0]) + Math.abs(guessed[1] - guess.scaled(truth)[1]);
            }
        }
        // The values span a factor of 100 or so: 4.6 on the scale of the guesses.
        assertThat(errors / (2 * working)).isLessThan(0.1);
        assertThat((double) misjudged / SPACE.size()).isLessThan(0.02);
    }

    @Property(tries = 200)
    void aDifferenceIsThatOfTheGuesses(
            @ForAll @IntRange(max = 2399) int from,
            @ForAll @IntRange(max = 2399) int to,
            @ForAll @IntRange(max = 2) int seed) {
        Guess guess = Holder.TAUGHT.get(seed);
        double[] before = guess.of(SPACE.point(from));
        double[] after = guess.of(SPACE.point(to));
        double[] difference = guess.difference(SPACE.point(from), SPACE.point(to));
        for (int k = 0; k < difference.length; k++) {
            assertThat(difference[k]).isCloseTo(after[k] - before[k], Offset.offset(1e-9));
        }
    }

    private static final class Holder {
        static final List<Guess> TAUGHT = List.of(taught(0), taught(1), taught(2));
    }
}
