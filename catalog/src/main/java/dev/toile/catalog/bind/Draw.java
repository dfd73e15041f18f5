package dev.toile.catalog.bind;

import java.util.SplittableRandom;

/** Which value of a range is used. */
@FunctionalInterface
public interface Draw {

    /** The value to use by default. */
    Draw MID = (low, mid, high) -> mid;

    /**
     * A value of a range.
     *
     * @param low the lowest that is plausible
     * @param mid the value to use by default
     * @param high the highest that is plausible
     */
    double of(double low, double mid, double high);

    /**
     * Draws from triangular distributions with their peak at the middle value, the next at each call: the same seed
     * draws the same from the same document.
     */
    static Draw triangular(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return (low, mid, high) -> {
            double drawn = random.nextDouble();
            if (high == low) {
                return mid;
            }
            double peak = (mid - low) / (high - low);
            return drawn < peak
                    ? low + Math.sqrt(drawn * (high - low) * (mid - low))
                    : high - Math.sqrt((1 - drawn) * (high - low) * (high - mid));
        };
    }
}
