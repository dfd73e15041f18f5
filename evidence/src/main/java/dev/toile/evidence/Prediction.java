package dev.toile.evidence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A measured row beside what Toile makes of it.
 *
 * @param row of the table
 * @param measured value; NaN when the row has none
 * @param predicted value in the same unit; NaN when Toile cannot say
 * @param reason why it cannot; empty when it can
 * @param groups the row belongs to, such as {@code dtype} to {@code fp8}
 * @param certainty of the prediction; null where no band is known
 */
public record Prediction(
        RowTable.Row row,
        double measured,
        double predicted,
        String reason,
        SequencedMap<String, String> groups,
        @Nullable Certainty certainty) {

    /** Makes the groups unmodifiable. */
    public Prediction {
        groups = Collections.unmodifiableSequencedMap(groups);
    }

    static Prediction of(RowTable.Row row, double measured, double predicted, SequencedMap<String, String> groups) {
        return predicted > 0 && Double.isFinite(predicted)
                ? new Prediction(row, measured, predicted, "", groups, null)
                : skipped(row, "the prediction is not a positive number");
    }

    static Prediction skipped(RowTable.Row row, String reason) {
        return new Prediction(row, Double.NaN, Double.NaN, reason, new LinkedHashMap<>(), null);
    }

    /** This prediction, of a known certainty. */
    Prediction with(Certainty known) {
        return works() ? new Prediction(row, measured, predicted, reason, groups, known) : this;
    }

    /** Whether there is a measurement and a band to hold it. */
    public boolean hasBand() {
        return compares() && certainty != null && certainty.band() != null;
    }

    /** Whether the measurement is inside the band. */
    public boolean insideBand() {
        if (certainty == null || certainty.band() == null) {
            throw new IllegalStateException("a prediction without a band");
        }
        return certainty.band().holds(predicted, measured);
    }

    /** Whether a row that fitted no constant has a measurement. */
    public boolean keptOut() {
        return compares() && certainty != null && certainty.keptOut();
    }

    /** Whether there is a prediction. */
    public boolean works() {
        return reason.isEmpty();
    }

    /** Whether there is something to compare it with. */
    public boolean compares() {
        return works() && !Double.isNaN(measured);
    }

    /** How far the prediction is off, as a share of the measured value. */
    public double error() {
        return Math.abs(predicted - measured) / Math.abs(measured);
    }

    /** Logarithm of predicted over measured. */
    public double logRatio() {
        return Math.log(predicted / measured);
    }
}
