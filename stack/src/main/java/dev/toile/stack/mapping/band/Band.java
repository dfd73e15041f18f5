package dev.toile.stack.mapping.band;

/**
 * Where a measurement is expected in four of five cases, as factors on the prediction.
 *
 * @param low at most 1
 * @param high at least 1
 * @param reason where the factors come from, in words
 */
public record Band(double low, double high, String reason) {

    /** The share of measurements that a band is to hold. */
    public static final double SHARE = 0.8;

    /** Checks that the band holds the prediction. */
    public Band {
        if (!(low > 0 && low <= 1 && high >= 1 && Double.isFinite(high))) {
            throw new IllegalArgumentException(
                    "a band from " + low + " to " + high + " times the prediction; expected one around 1");
        }
    }

    /** Logarithm of the upper factor. */
    public double logHigh() {
        return Math.log(high);
    }

    /** Logarithm of one over the lower factor. */
    public double logLow() {
        return -Math.log(low);
    }

    /** Whether a measurement of what was predicted is inside. */
    public boolean holds(double predicted, double measured) {
        return measured >= predicted * low && measured <= predicted * high;
    }

    /**
     * A band whose error has a second, independent part: half-widths add in squares, in logarithms.
     *
     * @param half log half-width of the second part, at least 0
     * @param why it is there, put behind the reason
     */
    public Band widened(double half, String why) {
        return new Band(
                Math.exp(-Math.hypot(logLow(), half)), Math.exp(Math.hypot(logHigh(), half)), reason + "; " + why);
    }
}
