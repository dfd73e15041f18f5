package dev.toile.evidence.calibration;

import dev.toile.evidence.calibration.Constants.Entry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Fits the constants of a record by pattern search: each constant in turn is moved up and down by a share of itself, and
 * the shares shrink when nothing helps. A constant that starts at 0, or where its mechanism is gone, stays there: the case
 * at hand does not have it. Slow but without surprises: the losses here have kinks wherever another tile or kernel wins,
 * on which gradients and quadratic models stumble, and the same data give the same constants.
 *
 * @param <R> the record
 * @param start constants to begin with
 * @param loss of a record, to be made small
 * @param frozen paths of constants that stay
 */
public record Fit<R extends Record>(R start, ToDoubleFunction<R> loss, List<String> frozen) {

    private static final double FIRST_SHARE = 0.4;
    private static final double LAST_SHARE = 0.002;

    /** Copies the paths. */
    public Fit {
        frozen = List.copyOf(frozen);
    }

    /** Every constant that a fit may move. */
    public Fit(R start, ToDoubleFunction<R> loss) {
        this(start, loss, List.of());
    }

    /** The record with the least loss found. */
    public R best() {
        Constants<R> constants = Constants.of(start);
        List<Integer> free = free(constants.entries());
        double[] at = constants.entries().stream().mapToDouble(Entry::value).toArray();
        double[] shares = new double[at.length];
        Arrays.fill(shares, FIRST_SHARE);
        double least = loss.applyAsDouble(start);
        boolean moving = true;
        while (moving) {
            moving = false;
            for (int i : free) {
                double tried = step(constants, at, i, shares[i], least);
                if (tried < least) {
                    least = tried;
                    shares[i] = Math.min(FIRST_SHARE, shares[i] * 1.5);
                } else {
                    shares[i] /= 2.5;
                }
                moving |= shares[i] > LAST_SHARE;
            }
        }
        return constants.with(rounded(at));
    }

    private static List<Integer> free(List<Entry> entries, List<String> frozen) {
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean gone = entry.value() == entry.about().without();
            if (entry.about().fitted() && !gone && !frozen.contains(entry.path())) {
                free.add(i);
            }
        }
        return free;
    }

    private List<Integer> free(List<Entry> entries) {
        return free(entries, frozen);
    }

    /** Moves one constant to the better side, if either is better; gives the loss there. */
    private double step(Constants<R> constants, double[] at, int i, double share, double least) {
        Entry entry = constants.entries().get(i);
        double from = at[i];
        double best = least;
        double to = from;
        for (double factor : new double[] {1 + share, 1 / (1 + share)}) {
            double tried =
                    Math.clamp(from * factor, entry.about().low(), entry.about().high());
            if (tried != from) {
                at[i] = tried;
                double loss = this.loss.applyAsDouble(constants.with(at));
                if (loss < best) {
                    best = loss;
                    to = tried;
                }
            }
        }
        at[i] = to;
        return best;
    }

    /** Four digits say all that the data know, and read well in the catalog. */
    private static double[] rounded(double[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            out[i] = new BigDecimal(values[i]).round(new MathContext(4)).doubleValue();
        }
        return out;
    }
}
