package dev.toile.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How much of each objective hangs on each choice, over all trials of a search: a random forest learns the objectives,
 * then one choice at a time is shuffled among the trials, and the error that this adds is its importance (Breiman,
 * "Random Forests", 2001, sec. 10).
 */
public final class PermutationImportance {

    /** Trials that work below which nothing is said. */
    private static final int FEWEST = 150;

    private static final int LEARNED = 1500;
    private static final int ASKED = 250;
    private static final int TREES = 30;

    private PermutationImportance() {}

    /** Shares by axis, then objective, that add up to 1 over the axes; empty when there were too few trials. */
    public static double[][] of(Archive archive) {
        List<Trial> feasible =
                spread(archive.trials().stream().filter(Trial::feasible).toList(), LEARNED);
        Space space = archive.space();
        if (feasible.size() < FEWEST || space.dimensions() < 2) {
            return new double[0][];
        }
        List<double[]> values =
                feasible.stream().map(PermutationImportance::logarithms).toList();
        Forest forest = Forest.grow(
                feasible.stream().map(trial -> space.point(trial.number())).toList(), values, TREES, 1);
        List<int[]> asked = spread(feasible, ASKED).stream()
                .map(trial -> space.point(trial.number()))
                .toList();
        List<double[]> before = asked.stream().map(forest::mean).toList();
        SplittableRandom random = new SplittableRandom(1);
        double[][] importance = new double[space.dimensions()][];
        for (int axis = 0; axis < importance.length; axis++) {
            importance[axis] = error(forest, asked, before, axis, random);
        }
        normalise(importance);
        return importance;
    }

    private static List<Trial> spread(List<Trial> trials, int most) {
        double step = Math.max(1, trials.size() / (double) most);
        List<Trial> chosen = new ArrayList<>();
        for (double i = 0; i < trials.size(); i += step) {
            chosen.add(trials.get((int) i));
        }
        return chosen;
    }

    /** Of objectives that are all above zero the logarithm, so that a few bad designs do not decide. */
    private static double[] logarithms(Trial trial) {
        double[] values = trial.objectives().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] = values[k] > 0 ? Math.log(values[k]) : -Math.log(Math.max(1e-300, -values[k]));
        }
        return values;
    }

    private static double[] error(
            Forest forest, List<int[]> asked, List<double[]> before, int axis, SplittableRandom random) {
        double[] error = new double[before.getFirst().length];
        for (int i = 0; i < asked.size(); i++) {
            int[] point = asked.get(i).clone();
            point[axis] = asked.get(random.nextInt(asked.size()))[axis];
            double[] after = forest.mean(point);
            for (int k = 0; k < error.length; k++) {
                error[k] += Math.pow(after[k] - before.get(i)[k], 2);
            }
        }
        return error;
    }

    private static void normalise(double[][] importance) {
        for (int k = 0; k < importance[0].length; k++) {
            double sum = 0;
            for (double[] axis : importance) {
                sum += axis[k];
            }
            for (double[] axis : importance) {
                axis[k] = sum == 0 ? 0 : axis[k] / sum;
            }
        }
    }
}
