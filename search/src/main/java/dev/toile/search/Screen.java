package dev.toile.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which of several proposals promises most, before any is evaluated: the one whose guessed objectives lie farthest
 * before the front (the additive epsilon indicator; Zitzler et al., IEEE TEC 7, 2003), on a scale where the front extends
 * from 0 to 1. Guesses start from what is known of the design that a proposal was made from.
 */
final class Screen {

    /** What a design that will probably fail falls behind. */
    private static final double FAILING = 10;

    private final Space space;
    private final Guess guess;
    private final Map<Long, double[]> known = new HashMap<>();
    private double[][] front = {};
    private double[] extent = {};

    Screen(Problem problem, long seed) {
        this.space = problem.space();
        this.guess = new Guess(space, problem.objectives(), seed);
    }

    /** Whether there is a front to compare with. */
    boolean ready() {
        return front.length > 0;
    }

    /**
     * Learns from new trials.
     *
     * @param fresh trials
     * @param all trials, the fresh ones included
     * @param members of the front now
     * @param others from which proposals are made
     */
    void learn(List<Trial> fresh, List<Trial> all, List<Trial> members, List<Trial> others) {
        guess.learn(fresh, all);
        known.clear();
        for (Trial other : others) {
            if (other.feasible()) {
                known.put(other.number(), guess.scaled(other));
            }
        }
        front = members.stream().map(guess::scaled).toArray(double[][]::new);
        for (int i = 0; i < front.length; i++) {
            known.put(members.get(i).number(), front[i]);
        }
        extent = new double[front.length == 0 ? 0 : front[0].length];
        for (int k = 0; k < extent.length; k++) {
            int objective = k;
            var values = Arrays.stream(front).mapToDouble(f -> f[objective]).summaryStatistics();
            extent[k] = values.getMax() > values.getMin() ? values.getMax() - values.getMin() : 1;
        }
    }

    /**
     * How far before the front a proposal is guessed to lie; negative behind it.
     *
     * @param from the design it was made from
     * @param to the proposal
     * @param enough below which the caller does not care how far behind it is
     */
    double promise(int[] from, int[] to, double enough) {
        double[] start = known.get(space.number(from));
        double[] guessed;
        if (start == null) {
            guessed = guess.of(to);
        } else {
            guessed = guess.difference(from, to);
            for (int k = 0; k < start.length; k++) {
                guessed[k] += start[k];
            }
        }
        double behind = guessed[extent.length] > 0.5 ? FAILING : 0;
        double least = Double.POSITIVE_INFINITY;
        for (double[] member : front) {
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < extent.length; k++) {
                most = Math.max(most, (member[k] - guessed[k]) / extent[k]);
            }
            least = Math.min(least, most);
            if (least - behind <= enough) {
                return least - behind;
            }
        }
        return least - behind;
    }
}
