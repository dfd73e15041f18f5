package dev.toile.catalog.bind;

import org.jspecify.annotations.Nullable;

/**
 * The numbers allowed at one place.
 *
 * @param min the least, in SI
 * @param max the greatest, in SI
 * @param minExclusive whether the least is itself excluded
 * @param whole whether only whole numbers are allowed
 */
public record Bounds(double min, double max, boolean minExclusive, boolean whole) {

    /** From zero on. */
    public static final Bounds NOT_NEGATIVE = new Bounds(0, Double.POSITIVE_INFINITY, false, false);

    static Bounds of(@Nullable Range range) {
        return range == null ? NOT_NEGATIVE : new Bounds(range.min(), range.max(), range.minExclusive(), range.whole());
    }

    /**
     * Tells whether a number is allowed.
     *
     * @param value the number
     * @return whether it lies within
     */
    public boolean allow(double value) {
        boolean least = minExclusive ? value > min : value >= min;
        return Double.isFinite(value) && least && value <= max && (!whole || value == Math.rint(value));
    }

    /**
     * Says which numbers are allowed.
     *
     * @param unit the SI unit in which the bounds are given
     * @return such as "more than 0 W"
     */
    public String describe(String unit) {
        if (min == max) {
            return number(min, unit);
        }
        String kind = whole ? "a whole number of " : "";
        String least = kind + (minExclusive ? "more than " : "at least ") + number(min, unit);
        String most = "at most " + number(max, unit);
        if (max == Double.POSITIVE_INFINITY) {
            return least;
        }
        return min == Double.NEGATIVE_INFINITY ? most : least + " and " + most;
    }

    private static String number(double value, String unit) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        String text = whole ? Long.toString((long) value) : Double.toString(value);
        return unit.equals("1") ? text : text + " " + unit;
    }
}
