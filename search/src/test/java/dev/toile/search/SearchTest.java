package dev.toile.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What holds of spaces, their enumeration and their fronts. */
class SearchTest {

    /** All but the surrogate, which is made for slow evaluations and takes its time. */
    private static final List<Method> QUICK = List.of(Method.EXHAUSTIVE, Method.RANDOM, Method.NSGA2);

    @Property
    void aSpaceHasEveryPointOnce(@ForAll @Size(max = 4) List<@IntRange(min = 1, max = 5) Integer> axes) {
        int[] sizes = axes.stream().mapToInt(Integer::intValue).toArray();
        Space space = new Space(sizes);
        Set<String> seen = new HashSet<>();
        for (long i = 0; i < space.size(); i++) {
            int[] point = space.point(i);
            for (int axis = 0; axis < point.length; axis++) {
                assertThat(point[axis]).isBetween(0, sizes[axis] - 1);
            }
            seen.add(Arrays.toString(point));
        }
        assertThat(seen).hasSize(Arrays.stream(sizes).reduce(1, (a, b) -> a * b));
    }

    @Test
    void aStudyWithoutChoicesIsASpaceOfOnePoint() {
        assertThat(new Space().size()).isEqualTo(1);
        assertThat(new Space().point(0)).isEmpty();
    }

    @Test
    void sizesBeyondALongAreNotWrappedAround() {
        int[] sizes = IntStream.generate(() -> 1_000_000).limit(5).toArray();
        assertThat(new Space(sizes).size()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void thereIsNoPointOutsideTheSpace() {
        assertThatThrownBy(() -> new Space(2, 3).point(6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Space(2, 3).point(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Space(2, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 50)
    void theNumberOfThreadsChangesNothing(@ForAll @IntRange(min = 1, max = 1000) int seed) {
        for (Method method : QUICK) {
            List<Trial> alone = run(method, seed, 1, 300, List.of()).trials();
            List<Trial> together = run(method, seed, 3, 300, List.of()).trials();
            assertThat(together).isEqualTo(alone).hasSize(300);
        }
    }

    @Property(tries = 20)
    void aSearchThatKnowsWhatAKilledOneTriedEndsAsIfItHadNotBeenKilled(
            @ForAll @IntRange(min = 1, max = 1000) int seed, @ForAll @IntRange(min = 0, max = 299) int killed) {
        for (Method method : QUICK) {
            List<Trial> whole = run(method, seed, 2, 300, List.of()).trials();
            List<Trial> resumed =
                    run(method, seed, 2, 300, whole.subList(0, killed)).trials();
            assertThat(resumed).isEqualTo(whole);
        }
    }

    @Property(tries = 20)
    void noDesignIsTriedTwice(@ForAll @IntRange(min = 1, max = 1000) int seed) {
        for (Method method : QUICK) {
            assertThat(run(method, seed, 1, 500, List.of()).trials().stream()
                            .map(Trial::number)
                            .distinct()
                            .count())
                    .isEqualTo(500);
        }
    }

    @Test
    void whatGoesWrongInAThreadComesOutOfTheSearch() {
        Problem broken = new Valley() {
            @Override
            public Judge judge() {
                return point -> {
                    throw new ArithmeticException("point");
                };
            }
        };
        assertThatThrownBy(() -> new Search(broken, new RandomSearch(broken.space(), 1), 2)
                        .run(10, List.of(), (fresh, all) -> {}, () -> false))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void boundsChangeTheWorkOfAnExhaustiveSearchAndNotItsFront() {
        Problem valley = new Valley();
        Problem unbounded = new Valley() {
            @Override
            public boolean impossible(Box box) {
                return false;
            }
        };
        Exhaustive clever = new Exhaustive(valley);
        Archive some = search(valley, clever, 1, 100_000, List.of());
        Archive all = search(unbounded, new Exhaustive(unbounded), 1, 100_000, List.of());
        assertThat(all.size()).isEqualTo((int) valley.space().designs());
        assertThat(some.front()).isEqualTo(all.front()).isNotEmpty();
        assertThat(clever.ruledOut()).isPositive();
        assertThat(some.size() + clever.ruledOut()).isEqualTo(valley.space().designs());
    }

    @Test
    void evolutionFindsMoreThanChanceAtTheSameBudget() {
        Problem valley = new Valley();
        double[] reference = {200, 200};
        Archive truth = search(valley, new Exhaustive(valley), 1, 100_000, List.of());
        double whole = volume(truth, reference);
        List<Double> evolved = new ArrayList<>();
        List<Double> drawn = new ArrayList<>();
        for (int seed = 1; seed <= 10; seed++) {
            evolved.add(volume(run(Method.NSGA2, seed, 1, 400, List.of()), reference) / whole);
            drawn.add(volume(run(Method.RANDOM, seed, 1, 400, List.of()), reference) / whole);
        }
        evolved.sort(null);
        drawn.sort(null);
        assertThat(evolved.get(5)).isBetween(0.99, 1.0);
        assertThat(evolved.get(0)).isGreaterThan(drawn.get(9));
    }

    @Test
    void aSurrogateFindsMoreThanChanceWithFewTrialsAndTheSameOnAnyThreads() {
        double[] reference = {200, 200};
        Archive guessed = run(Method.SURROGATE, 1, 1, 160, List.of());
        Archive again = run(Method.SURROGATE, 1, 3, 160, guessed.trials().subList(0, 70));
        assertThat(again.trials()).isEqualTo(guessed.trials()).hasSize(160);
        List<Double> drawn = new ArrayList<>();
        for (int seed = 1; seed <= 9; seed++) {
            drawn.add(volume(run(Method.RANDOM, seed, 1, 160, List.of()), reference));
        }
        drawn.sort(null);
        assertThat(volume(guessed, reference)).isGreaterThan(drawn.get(4));
    }

    @Test
    void whatMattersIsImportantAndWhatDoesNotIsNot() {
        Problem plane = new Valley() {
            @Override
            public Space space() {
                return new Space(12, 12, 12);
            }

            @Override
            public Judge judge() {
                return point ->
                        new Trial(space().number(point), new double[] {10 + 5 * point[0] + point[1], 10 + point[1]}, 0);
            }

            @Override
            public boolean impossible(Box box) {
                return false;
            }
        };
        Archive archive = search(plane, new RandomSearch(plane.space(), 1), 1, 600, List.of());
        double[][] importance = PermutationImportance.of(archive);
        assertThat(importance[0][0]).isGreaterThan(0.8);
        assertThat(importance[1][1]).isGreaterThan(0.95);
        assertThat(importance[2][0]).isLessThan(0.02);
        assertThat(importance[0][0] + importance[1][0] + importance[2][0]).isBetween(0.999, 1.001);
    }

    @Test
    void convergenceRisesToOne() {
        List<Convergence> steps = Convergence.of(run(Method.NSGA2, 1, 1, 1000, List.of()));
        assertThat(steps.getLast().share()).isEqualTo(1);
        assertThat(steps.getLast().trials()).isEqualTo(1000);
        assertThat(steps).isSortedAccordingTo(Comparator.comparingDouble(Convergence::share));
    }

    @Test
    void islandsFindTheFrontToo() {
        Problem valley = new Valley();
        Archive truth = search(valley, new Exhaustive(valley), 1, 100_000, List.of());
        Archive found = search(valley, new Islands(valley, 1, 4, 25), 2, 2000, List.of());
        double[] reference = {200, 200};
        assertThat(volume(found, reference) / volume(truth, reference)).isGreaterThan(0.99);
    }

    @Test
    void evolutionDoesNotTryWhatAnEarlierBoundRulesOut() {
        Problem bounded = new Valley() {
            @Override
            public List<Reach> reach() {
                return List.of(Reach.ALL, Reach.MORE, Reach.MORE, Reach.ALL);
            }
        };
        Archive plain = run(Method.NSGA2, 1, 1, 1000, List.of());
        Archive informed = search(bounded, Method.NSGA2.optimizer(bounded, 1), 1, 1000, List.of());
        assertThat(informed.trials().stream().filter(Trial::ruledOut).count())
                .isLessThan(plain.trials().stream().filter(Trial::ruledOut).count());
        List<int[]> known = new ArrayList<>();
        for (int batch = 0; batch < 1000; batch += 100) {
            List<Trial> told = informed.trials().subList(batch, batch + 100);
            for (Trial trial : told) {
                int[] point = bounded.space().point(trial.number());
                assertThat(known.stream().anyMatch(out -> point[1] >= out[1] && point[2] >= out[2]))
                        .as("%s follows from what was known", trial)
                        .isFalse();
            }
            told.stream()
                    .filter(Trial::ruledOut)
                    .forEach(trial -> known.add(bounded.space().point(trial.number())));
        }
    }

    private static double volume(Archive archive, double[] reference) {
        return Hypervolume.of(archive.front().stream().map(Trial::objectives).toList(), reference);
    }

    private static Archive run(Method method, long seed, int threads, long budget, List<Trial> known) {
        Problem valley = new Valley();
        return search(valley, method.optimizer(valley, seed), threads, budget, known);
    }

    private static Archive search(Problem problem, Optimizer optimizer, int threads, long budget, List<Trial> known) {
        return new Search(problem, optimizer, threads).run(budget, known, (fresh, all) -> {}, () -> false);
    }

    /** Two valleys of 32,000 points; where the axes add up to too much nothing works, and the last needs the first. */
    private static class Valley implements Problem {
        private static final Space SPACE = new Space(List.of(
                new Axis("kind", 2, false, List.of()),
                new Axis("x", 40, true, List.of()),
                new Axis("y", 40, true, List.of()),
                new Axis("z", 10, true, List.of(new Axis.Condition(0, List.of(1))))));

        @Override
        public Space space() {
            return SPACE;
        }

        @Override
        public int objectives() {
            return 2;
        }

        @Override
        public Judge judge() {
            return point -> {
                double x = point[1];
                double y = point[2];
                double z = point[3];
                double[] values = {
                    Math.pow(x - 10, 2) / 4 + Math.abs(y - 17) + 3 * z + (point[0] == 1 ? 0 : 5),
                    Math.pow(x - 25, 2) / 4 + Math.abs(y - 13) + (9 - z) * (point[0] == 1 ? 1 : 4)
                };
                return new Trial(SPACE.number(point), values, x + y > 50 ? 2 : 0);
            };
        }

        @Override
        public boolean impossible(Box box) {
            return box.low()[1] + box.low()[2] > 50;
        }
    }

    @Test
    void aChoiceThatIsNotOpenMakesNoDesigns() {
        Space space = new Valley().space();
        assertThat(space.size()).isEqualTo(32_000);
        assertThat(space.designs()).isEqualTo(40 * 40 * (1 + 10));
        long counted = 0;
        for (long i = 0; i < space.size(); i++) {
            int[] point = space.point(i);
            counted += space.isCanonical(point) ? 1 : 0;
            assertThat(space.number(point)).isEqualTo(i);
            assertThat(space.isCanonical(space.canonical(point))).isTrue();
        }
        assertThat(counted).isEqualTo(40 * 40 * 11);
    }

    @Property
    void theHypervolumeIsWhatCountingCubesGives(
            @ForAll @IntRange(min = 1, max = 4) int dimensions,
            @ForAll @Size(min = 1, max = 8) List<@Size(4) List<@IntRange(min = 0, max = 5) Integer>> values) {
        List<double[]> points = values.stream()
                .map(v -> v.stream().limit(dimensions).mapToDouble(i -> i).toArray())
                .toList();
        double[] reference = new double[dimensions];
        Arrays.fill(reference, 5);
        int cubes = 0;
        for (int i = 0; i < Math.pow(5, dimensions); i++) {
            int cube = i;
            cubes += points.stream().anyMatch(point -> below(point, cube)) ? 1 : 0;
        }
        assertThat(Hypervolume.of(points, reference)).isEqualTo(cubes);
    }

    private static boolean below(double[] point, int cube) {
        int rest = cube;
        for (double coordinate : point) {
            if (coordinate > rest % 5) {
                return false;
            }
            rest /= 5;
        }
        return true;
    }

    @Property
    void nothingBeatsAPointOfTheFrontAndSomethingBeatsEveryOther(
            @ForAll @Size(min = 1, max = 30) List<@Size(2) List<@IntRange(min = 0, max = 9) Integer>> values) {
        List<double[]> points = new ArrayList<>();
        values.forEach(v -> points.add(new double[] {v.get(0), v.get(1)}));
        List<Integer> front = ParetoFront.of(points);
        assertThat(front).isNotEmpty();
        for (int i = 0; i < points.size(); i++) {
            double[] point = points.get(i);
            boolean beaten = points.stream().anyMatch(other -> ParetoFront.dominates(other, point));
            assertThat(front.contains(i)).isEqualTo(!beaten);
        }
    }

    @Test
    void aMissingObjectiveIsTheWorstOfAll() {
        double[] known = {1, 1};
        double[] missing = {1, Double.NaN};
        assertThat(ParetoFront.dominates(known, missing)).isTrue();
        assertThat(ParetoFront.dominates(missing, known)).isFalse();
        assertThat(ParetoFront.of(List.of(known, missing))).containsExactly(0);
    }
}
