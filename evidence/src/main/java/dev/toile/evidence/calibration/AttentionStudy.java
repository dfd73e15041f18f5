package dev.toile.evidence.calibration;

import dev.toile.evidence.KernelKind;
import dev.toile.evidence.calibration.Constants.Entry;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.attention.AttentionConstants;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What each constant earns, and what an unseen generation gets.
 *
 * @param calibration the tables
 * @param fitted constants by generation
 */
record AttentionStudy(AttentionCalibration calibration, Map<String, AttentionConstants> fitted) {

    /** Mean error, as a share, that a constant may cost without a new fit of the others to be worth one. */
    private static final double WORTH_A_FIT = 0.01;

    /** Writes line by line: the ablation takes minutes. */
    void report(PrintStream out) {
        transfer(out);
        ablation(out);
    }

    /** Constants of one generation on the chip of another, with and without its launch floors fitted there. */
    private void transfer(PrintStream out) {
        out.print("transfer: all rows, constants of the first on the chip of the second; then with launch floors"
                + " fitted\n");
        for (AttentionStart from : AttentionStart.all()) {
            for (AttentionStart to : AttentionStart.all()) {
                if (from.id().equals(to.id())) {
                    continue;
                }
                Chip chip = AttentionCalibration.chip(to);
                for (KernelKind kind : AttentionCalibration.STAGES.keySet()) {
                    AttentionConstants carried = of(from);
                    AttentionConstants floors = calibration.fit(to, kind, carried, notFloors(carried));
                    List<AttentionSample> rows = calibration.of(to, kind);
                    out.print(String.format(
                            Locale.ROOT,
                            "%-10s to %-10s %-22s %s -> %s%n",
                            from.id(),
                            to.id(),
                            kind.label(),
                            text(chip, carried, rows),
                            text(chip, floors, rows)));
                }
            }
        }
    }

    private AttentionConstants of(AttentionStart generation) {
        return Objects.requireNonNull(fitted.get(generation.id()), generation.id());
    }

    private static List<String> notFloors(AttentionConstants constants) {
        return Constants.of(constants).entries().stream()
                .map(Entry::path)
                .filter(path -> !path.toLowerCase(Locale.ROOT).endsWith("floor"))
                .toList();
    }

    private static String text(Chip chip, AttentionConstants constants, List<AttentionSample> rows) {
        Residuals r = AttentionCalibration.residuals(chip, constants, rows);
        return String.format(Locale.ROOT, "%5.1f %5.1f %5.1f", 100 * r.median(), 100 * r.mean(), 100 * r.p90());
    }

    /** Each constant in turn is set to what leaves its mechanism out; where that costs little, the others are fitted again. */
    private void ablation(PrintStream out) {
        out.append(
                "ablation: points of mean error more without a constant, frozen, and with the others fitted again (fit"
                        + " | kept out)\n");
        for (AttentionStart start : AttentionStart.all()) {
            Chip chip = AttentionCalibration.chip(start);
            AttentionConstants full = of(start);
            for (KernelKind kind : AttentionCalibration.STAGES.keySet()) {
                List<String> frozen = AttentionCalibration.frozen(start, kind, full, List.of());
                List<Entry> entries = Constants.of(full).entries();
                for (int i = 0; i < entries.size(); i++) {
                    if (!frozen.contains(entries.get(i).path())) {
                        out.print(ablated(start, kind, chip, full, i));
                    }
                }
            }
        }
    }

    private String ablated(AttentionStart start, KernelKind kind, Chip chip, AttentionConstants full, int removed) {
        Constants<AttentionConstants> constants = Constants.of(full);
        double[] values = constants.entries().stream().mapToDouble(Entry::value).toArray();
        Entry entry = constants.entries().get(removed);
        values[removed] = neutral(entry);
        AttentionConstants frozen = constants.with(values);
        List<AttentionSample> used = new ArrayList<>();
        List<AttentionSample> kept = new ArrayList<>();
        calibration.of(start, kind).forEach(s -> (s.keptOut() ? kept : used).add(s));
        String row = String.format(
                Locale.ROOT,
                "%-10s %-42s %10.4g  %s",
                start.id(),
                entry.path(),
                entry.value(),
                sides(chip, frozen, full, used, kept));
        if (more(chip, frozen, full, used) > WORTH_A_FIT) {
            return row + System.lineSeparator();
        }
        AttentionConstants again = calibration.fit(start, kind, frozen, List.of(entry.path()));
        return row + "  again " + sides(chip, again, full, used, kept) + System.lineSeparator();
    }

    private static String sides(
            Chip chip,
            AttentionConstants without,
            AttentionConstants full,
            List<AttentionSample> used,
            List<AttentionSample> kept) {
        return String.format(
                Locale.ROOT,
                "%+7.2f | %+7.2f",
                100 * more(chip, without, full, used),
                100 * more(chip, without, full, kept));
    }

    private static double more(
            Chip chip, AttentionConstants without, AttentionConstants full, List<AttentionSample> rows) {
        return AttentionCalibration.residuals(chip, without, rows).mean()
                - AttentionCalibration.residuals(chip, full, rows).mean();
    }

    /** No time for times, all of a resource for shares, one pass for passes. */
    private static double neutral(Entry entry) {
        String path = entry.path();
        boolean additive = switch (entry.about().unit()) {
            case "s", "cycle" -> true;
            default ->
                path.endsWith("tail")
                        || path.endsWith("resident")
                        || path.endsWith("crowding")
                        || path.endsWith("quantisePasses");
        };
        return additive ? 0 : entry.about().unit().equals("byte/cycle") ? 64 : 1;
    }
}
