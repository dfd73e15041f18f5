package dev.toile.search;

import java.util.Arrays;

/**
 * All points between two corners, both included.
 *
 * @param low lowest option of every axis
 * @param high highest option of every axis
 */
@SuppressWarnings("ArrayRecordComponent") // hot, and equality is by content
public record Box(int[] low, int[] high) {

    /** Copies the corners. */
    public Box {
        low = low.clone();
        high = high.clone();
    }

    /** Whether an axis has one option only. */
    public boolean fixed(int axis) {
        return low[axis] == high[axis];
    }

    /** Points, those that are not designs included, as a double: it may exceed any whole number. */
    double points() {
        double points = 1;
        for (int i = 0; i < low.length; i++) {
            points *= high[i] - low[i] + 1.0;
        }
        return points;
    }

    Box with(int axis, int from, int to) {
        Box part = new Box(low, high);
        part.low[axis] = from;
        part.high[axis] = to;
        return part;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Box(int[] itsLow, int[] itsHigh)
                && Arrays.equals(low, itsLow)
                && Arrays.equals(high, itsHigh);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
    }

    @Override
    public String toString() {
        return Arrays.toString(low) + ".." + Arrays.toString(high);
    }
}
