package dev.toile.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Search with a model of the model, for evaluations that take long: a random forest learns from all trials, and of many
 * designs that cost nothing to guess those are tried that look best. Several objectives are drawn together with random
 * weights (Knowles, "ParEGO", IEEE TEC 10, 2006), and what the forest does not know counts in a design's favour (lower
 * confidence bound; Srinivas et al., ICML 2010).
 */
public final class Surrogate implements Optimizer {

    private static final int TREES = 40;
    private static final int BATCH = 8;
    private static final int GUESSED = 600;
    /** Weight of the spread of the trees against their mean. */
    private static final double CURIOSITY = 1;
    /** Weight of the sum of objectives beside the worst of them, as in ParEGO. */
    private static final double SUM = 0.05;

    private final Space space;
    private final long seed;
    private final SplittableRandom random;
    private final Archive archive;
    private final int first;

    /**
     * A search that begins with some random designs.
     *
     * @param space to be searched
     * @param seed of all its draws
     */
    public Surrogate(Space space, long seed) {
        this.space = space;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.archive = new Archive(space);
        this.first = 4 * (space.dimensions() + 1);
    }

    @Override
    public void tell(List<Trial> trials) {
        trials.forEach(archive::add);
    }

    @Override
    public List<int[]> ask(int most) {
        Set<Long> taken = new HashSet<>();
        archive.trials().forEach(trial -> taken.add(trial.number()));
        List<Trial> feasible = archive.trials().stream().filter(Trial::feasible).toList();
        if (archive.size() < first || feasible.size() < BATCH) {
            return RandomSearch.fresh(space, random, Math.min(most, first), taken);
        }
        double[][] extent = extent(feasible);
        Forest forest = Forest.grow(
                archive.trials().stream()
                        .map(trial -> space.point(trial.number()))
                        .toList(),
                archive.trials().stream().map(trial -> scaled(trial, extent)).toList(),
                TREES,
                seed + archive.size());
        List<int[]> pool = pool(taken);
        List<List<Forest.Guess>> guesses = pool.stream().map(forest::guess).toList();
        List<int[]> chosen = new ArrayList<>();
        Set<Integer> used = new HashSet<>();
        while (chosen.size() < Math.min(Math.min(most, BATCH), pool.size())) {
            double[] weights = weights(extent.length);
            int best = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < pool.size(); i++) {
                double value = used.contains(i) ? Double.POSITIVE_INFINITY : promise(guesses.get(i), weights);
                if (value < least) {
                    least = value;
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            used.add(best);
            chosen.add(pool.get(best));
        }
        return chosen;
    }

    /** Lowest and highest logarithm or value of every objective. */
    private static double[][] extent(List<Trial> feasible) {
        int objectives = feasible.getFirst().objectives().length;
        double[][] extent = new double[objectives][];
        for (int k = 0; k < objectives; k++) {
            int objective = k;
            var values = feasible.stream()
                    .mapToDouble(trial -> trial.objectives()[objective])
                    .summaryStatistics();
            extent[k] = new double[] {values.getMin(), Math.max(values.getMax(), values.getMin() + 1e-300)};
        }
        return extent;
    }

    /** Objectives from 0 to 1; a design that cannot work is a little worse than the worst that can. */
    private static double[] scaled(Trial trial, double[][] extent) {
        double[] scaled = new double[extent.length];
        for (int k = 0; k < scaled.length; k++) {
            double low = extent[k][0];
            double high = extent[k][1];
            double share = (trial.objectives()[k] - low) / (high - low);
            scaled[k] = trial.feasible() ? Math.sqrt(share) : 1.2 + 0.1 * Math.min(10, trial.violation());
        }
        return scaled;
    }

    private double[] weights(int count) {
        double[] weights = new double[count];
        double sum = 0;
        for (int k = 0; k < count; k++) {
            weights[k] = -Math.log(1 - random.nextDouble());
            sum += weights[k];
        }
        for (int k = 0; k < count; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    private static double promise(List<Forest.Guess> guesses, double[] weights) {
        double worst = 0;
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            double hoped = weights[k]
                    * (guesses.get(k).mean() - CURIOSITY * guesses.get(k).deviation());
            worst = k == 0 ? hoped : Math.max(worst, hoped);
            sum += hoped;
        }
        return worst + SUM * sum;
    }

    /** Random designs, and near ones of the front: where a tree ends, all look alike. */
    private List<int[]> pool(Set<Long> taken) {
        Set<Long> known = new HashSet<>(taken);
        List<int[]> pool = new ArrayList<>(RandomSearch.fresh(space, random, GUESSED / 2, known));
        List<Trial> front = archive.front().stream()
                .sorted(Comparator.comparingLong(Trial::number))
                .toList();
        for (int tries = 0; pool.size() < GUESSED && tries < 4 * GUESSED && !front.isEmpty(); tries++) {
            int[] near = space.point(front.get(random.nextInt(front.size())).number());
            for (int steps = 1 + random.nextInt(3); steps > 0; steps--) {
                List<int[]> neighbours = space.neighbours(near);
                near = neighbours.isEmpty() ? near : neighbours.get(random.nextInt(neighbours.size()));
            }
            if (known.add(space.number(near))) {
                pool.add(near);
            }
        }
        return pool;
    }
}
