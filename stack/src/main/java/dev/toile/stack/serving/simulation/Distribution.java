package dev.toile.stack.serving.simulation;

import java.util.Arrays;

/**
 * Values in ascending order. Quantiles are linear between ranks (type 7 of Hyndman and Fan, 1996), as numpy, vLLM's
 * benchmark and AIPerf have them.
 */
public final class Distribution {

    private final double[] sorted;

    private Distribution(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of values in any order; those that are not numbers are left out. */
    public static Distribution of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        while (count > 0 && Double.isNaN(sorted[count - 1])) {
            count--;
        }
        return new Distribution(Arrays.copyOf(sorted, count));
    }

    /** How many values there are. */
    public int count() {
        return sorted.length;
    }

    /** Their mean; NaN without values. */
    public double mean() {
        double sum = 0;
        for (double value : sorted) {
            sum += value;
        }
        return sum / sorted.length;
    }

    /** The value below which a share of the values lies; NaN without values. */
    public double quantile(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double rank = share * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
