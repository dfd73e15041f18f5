package dev.toile.stack.parallel;

import java.util.Arrays;

/**
 * Seconds of the few sizes asked for last. A planner looks at one number of sequences from several sides, and at the
 * same prompts beside several numbers of sequences. Keys are compared exactly, so nothing remembered is an approximation.
 */
final class RecentSeconds {

    private static final int KEPT = 4;

    private final double[] first = new double[KEPT];
    private final double[] second = new double[KEPT];
    private final double[] third = new double[KEPT];
    private final double[] seconds = new double[KEPT];
    private final long[] used = new long[KEPT];
    private long clock;

    RecentSeconds() {
        Arrays.fill(first, Double.NaN);
    }

    /** The seconds of a size; NaN when it is not among the last. */
    double get(double a, double b, double c) {
        for (int i = 0; i < KEPT; i++) {
            if (first[i] == a && second[i] == b && third[i] == c) {
                used[i] = ++clock;
                return seconds[i];
            }
        }
        return Double.NaN;
    }

    /** Remembers a size in place of the one that was not asked for longest. */
    double put(double a, double b, double c, double value) {
        int oldest = 0;
        for (int i = 1; i < KEPT; i++) {
            if (used[i] < used[oldest]) {
                oldest = i;
            }
        }
        first[oldest] = a;
        second[oldest] = b;
        third[oldest] = c;
        seconds[oldest] = value;
        used[oldest] = ++clock;
        return value;
    }
}
