package dev.toile.evidence.calibration;

import dev.toile.evidence.calibration.Constants.Entry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What each fitted constant earns: it is set to the value at which its mechanism is gone, and where that costs little the
 * others are fitted again, for they may take its place.
 *
 * @param title of the fit, the beginning of each line
 * @param fitted the constants
 * @param frozen paths that are not asked about and stay as they are
 * @param loss what a fit makes small, on the fit side
 * @param fitError mean absolute error on the fit side, a share
 * @param keptError the same on the side kept out
 * @param <R> the record
 */
record Ablation<R extends Record>(
        String title,
        R fitted,
        List<String> frozen,
        ToDoubleFunction<R> loss,
        ToDoubleFunction<R> fitError,
        ToDoubleFunction<R> keptError) {

    /** Mean error that a constant must cost for a new fit of the others to be hopeless. */
    private static final double WORTH_A_FIT = 0.01;

    /** Begins a table: points of mean error more without a constant, and with the others fitted again. */
    static final String HEADER = """
        | fit | without | value | fit side | kept out | fit side, refitted | kept out, refitted |
        | --- | --- | ---: | ---: | ---: | ---: | ---: |\
        """;

    /** Copies the paths. */
    Ablation {
        frozen = List.copyOf(frozen);
    }

    /** Line by line: each may take seconds. */
    void print(PrintWriter out) {
        Constants<R> constants = Constants.of(fitted);
        List<Entry> entries = constants.entries();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean absent =
                    entry.value() == 0 || entry.value() == entry.about().without();
            if (entry.about().fitted() && !absent && !frozen.contains(entry.path())) {
                out.println(line(constants, i));
                out.flush();
            }
        }
    }

    private String line(Constants<R> constants, int removed) {
        Entry entry = constants.entries().get(removed);
        double[] values = constants.entries().stream().mapToDouble(Entry::value).toArray();
        values[removed] = without(entry);
        R gone = constants.with(values);
        String line = String.format(
                Locale.ROOT,
                "| %s | %s | %.4g %s | %s |",
                title,
                entry.path(),
                entry.value(),
                unit(entry),
                sides(gone));
        if (fitError.applyAsDouble(gone) - fitError.applyAsDouble(fitted) > WORTH_A_FIT) {
            return line + " | |";
        }
        List<String> stay = new ArrayList<>(frozen);
        stay.add(entry.path());
        return line + " " + sides(new Fit<>(gone, loss, stay).best()) + " |";
    }

    private static String unit(Entry entry) {
        String unit = entry.about().unit();
        return unit.equals("1") ? "" : unit;
    }

    private String sides(R gone) {
        return String.format(
                Locale.ROOT,
                "%+.2f | %+.2f",
                100 * (fitError.applyAsDouble(gone) - fitError.applyAsDouble(fitted)),
                100 * (keptError.applyAsDouble(gone) - keptError.applyAsDouble(fitted)));
    }

    private static double without(Entry entry) {
        double stated = entry.about().without();
        if (!Double.isNaN(stated)) {
            return stated;
        }
        return switch (entry.about().unit()) {
            case "s", "cycle" -> 0;
            default -> 1;
        };
    }
}
