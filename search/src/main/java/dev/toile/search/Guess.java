package dev.toile.search;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a design will come to, guessed from the trials so far: every objective is a sum over the options of the point and
 * over the pairs of them, learnt by normalised least mean squares (Widrow and Hoff, 1960), which takes a microsecond a
 * trial. Objectives enter on a logarithmic scale, for most of what a design decides multiplies them. What it is good at is
 * the difference between two designs that share most options; of one of them more is known than it guesses.
 */
final class Guess {

    /** Part of an error that one look at a trial takes away. */
    private static final double STEP = 0.4;

    /** Earlier trials that are looked at again for each new one. */
    private static final int REPLAYS = 3;

    /** Long axes are learnt in so many pieces. */
    private static final int PIECES = 32;

    /** Below this share of the first value that was seen, a value counts as on a linear scale. */
    private static final double LINEAR = 1e-3;

    private final Space space;
    private final SplittableRandom random;
    private final int objectives;
    private final int[] sizes;
    private final int[] singles;
    private final int[][] pairs;

    /** The objectives, and whether a design fails (1) or works (0). */
    private final int outputs;

    /** The outputs of the first term, those of the next, and so on. */
    private final double[] weights;

    private final double[] unit;

    /** Places of the terms of a point. */
    private final int[] terms;

    private final double[] sums;

    Guess(Space space, int objectives, long seed) {
        this.space = space;
        this.objectives = objectives;
        this.random = new SplittableRandom(seed);
        int axes = space.dimensions();
        sizes = new int[axes];
        singles = new int[axes];
        pairs = new int[axes][axes];
        int next = 1;
        for (int i = 0; i < axes; i++) {
            sizes[i] = Math.min(PIECES, space.options(i));
            singles[i] = next;
            next += sizes[i];
        }
        for (int i = 0; i < axes; i++) {
            for (int j = i + 1; j < axes; j++) {
                pairs[i][j] = next;
                next += sizes[i] * sizes[j];
            }
        }
        outputs = objectives + 1;
        weights = new double[next * outputs];
        sums = new double[outputs];
        unit = new double[objectives];
        terms = new int[1 + axes + axes * (axes - 1) / 2];
    }

    /**
     * Learns from new trials, and again from some of the earlier ones.
     *
     * @param fresh trials
     * @param all trials, the fresh ones included
     */
    void learn(List<Trial> fresh, List<Trial> all) {
        for (Trial trial : fresh) {
            if (unit[0] == 0 && trial.feasible()) {
                for (int k = 0; k < objectives; k++) {
                    unit[k] = Math.max(Double.MIN_NORMAL, LINEAR * Math.abs(trial.objectives()[k]));
                }
            }
            look(trial);
        }
        for (int i = REPLAYS * fresh.size(); i > 0; i--) {
            look(all.get(random.nextInt(all.size())));
        }
    }

    /** Objectives on the scale of the guesses. */
    double[] scaled(Trial trial) {
        double[] scaled = new double[objectives];
        for (int k = 0; k < objectives; k++) {
            double value = trial.objectives()[k];
            scaled[k] = Math.signum(value) * Math.log1p(Math.abs(value) / unit[k]);
        }
        return scaled;
    }

    /** Guessed objectives of a point, scaled, and as the last value how surely it fails. */
    double[] of(int[] point) {
        place(point);
        sum();
        return sums.clone();
    }

    /** How the guesses of two points differ: what their different terms do. */
    double[] difference(int[] from, int[] to) {
        double[] difference = new double[outputs];
        for (int i = 0; i < to.length; i++) {
            int a = piece(i, from[i]);
            int b = piece(i, to[i]);
            if (a != b) {
                add(difference, singles[i] + a, singles[i] + b);
            }
            for (int j = i + 1; j < to.length; j++) {
                if (from[i] != to[i] || from[j] != to[j]) {
                    int before = pairs[i][j] + a * sizes[j] + piece(j, from[j]);
                    add(difference, before, pairs[i][j] + b * sizes[j] + piece(j, to[j]));
                }
            }
        }
        return difference;
    }

    private void add(double[] difference, int before, int after) {
        for (int k = 0; k < outputs; k++) {
            difference[k] += weights[after * outputs + k] - weights[before * outputs + k];
        }
    }

    private int piece(int axis, int option) {
        int options = space.options(axis);
        return options <= PIECES ? option : (int) ((long) option * PIECES / options);
    }

    private void place(int[] point) {
        int next = 1;
        for (int i = 0; i < point.length; i++) {
            int piece = piece(i, point[i]);
            terms[next++] = singles[i] + piece;
            for (int j = i + 1; j < point.length; j++) {
                terms[next++] = pairs[i][j] + piece * sizes[j] + piece(j, point[j]);
            }
        }
    }

    private void sum() {
        Arrays.fill(sums, 0);
        for (int term : terms) {
            for (int k = 0; k < outputs; k++) {
                sums[k] += weights[term * outputs + k];
            }
        }
    }

    /** Takes a part of the errors away; of a design that fails only that is known. */
    private void look(Trial trial) {
        place(space.point(trial.number()));
        sum();
        int first = trial.feasible() ? 0 : objectives;
        double[] truth = trial.feasible() ? scaled(trial) : sums;
        for (int k = first; k < outputs; k++) {
            double right = k < objectives ? truth[k] : trial.feasible() ? 0 : 1;
            double change = STEP * (right - sums[k]) / terms.length;
            for (int term : terms) {
                weights[term * outputs + k] += change;
            }
        }
    }
}
