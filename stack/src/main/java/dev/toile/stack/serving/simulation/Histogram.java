package dev.toile.stack.serving.simulation;

import java.util.Arrays;

/**
 * Values in logarithmic buckets, 512 to an octave: quantiles are within 0.14 % of the value, and a million equal ones
 * cost as much as one.
 */
public final class Histogram {

    private static final int BITS = 9;

    /** The buckets begin at 2^-30 s, about a nanosecond. */
    private static final long BASE = (1023L - 30) << BITS;

    private static final int OCTAVES = 64;

    private final long[] counts = new long[OCTAVES << BITS];
    private long total;
    private double sum;
    private double largest;

    /** Counts a value so many times. */
    public void add(double value, long times) {
        counts[bucket(value)] += times;
        total += times;
        sum += value * times;
        largest = times > 0 ? Math.max(largest, value) : largest;
    }

    private static int bucket(double value) {
        long index = (Double.doubleToRawLongBits(value) >>> (52 - BITS)) - BASE;
        return Math.clamp(index, 0, (OCTAVES << BITS) - 1);
    }

    private static double middle(int bucket) {
        double low = Double.longBitsToDouble((bucket + BASE) << (52 - BITS));
        double high = Double.longBitsToDouble((bucket + 1 + BASE) << (52 - BITS));
        return (low + high) / 2;
    }

    /** Adds all values of another. */
    public void add(Histogram other) {
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
        total += other.total;
        sum += other.sum;
        largest = Math.max(largest, other.largest);
    }

    /** How many values there are. */
    public long count() {
        return total;
    }

    /** Their mean; NaN without values. */
    public double mean() {
        return sum / total;
    }

    /** The largest; 0 without values. */
    public double largest() {
        return largest;
    }

    /** The value below which a share of the values lies; NaN without values. */
    public double quantile(double share) {
        if (total == 0) {
            return Double.NaN;
        }
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= Math.max(1, rank)) {
                return Math.min(middle(i), largest);
            }
        }
        return largest;
    }
}
