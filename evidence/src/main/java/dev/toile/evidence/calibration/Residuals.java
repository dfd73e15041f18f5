package dev.toile.evidence.calibration;

import java.util.Arrays;

/**
 * Absolute percentage errors of predictions against measurements.
 *
 * @param rows how many
 * @param median of the absolute errors, a share
 * @param mean of the absolute errors
 * @param p90 of the absolute errors
 * @param bias mean of log(predicted / measured)
 */
public record Residuals(int rows, double median, double mean, double p90, double bias) {

    /** Of pairs in the same order. */
    public static Residuals of(double[] predicted, double[] measured) {
        double[] errors = new double[predicted.length];
        double bias = 0;
        for (int i = 0; i < errors.length; i++) {
            errors[i] = Math.abs(predicted[i] / measured[i] - 1);
            bias += Math.log(predicted[i] / measured[i]) / errors.length;
        }
        Arrays.sort(errors);
        return new Residuals(
                errors.length,
                quantile(errors, 0.5),
                Arrays.stream(errors).average().orElse(Double.NaN),
                quantile(errors, 0.9),
                bias);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1.0, share * sorted.length)];
    }
}
