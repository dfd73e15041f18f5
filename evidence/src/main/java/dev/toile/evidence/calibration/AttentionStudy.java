package dev.toile.evidence.calibration;

import dev.toile.evidence.KernelKind;
import dev.toile.evidence.calibration.Constants.Entry;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.attention.AttentionConstants;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What each constant earns, and what an unseen generation gets.
 *
 * @param calibration the tables
 * @param fitted constants by generation
 */
record AttentionStudy(AttentionCalibration calibration, Map<String, AttentionConstants> fitted) {

    /** Writes line by line: the ablation takes minutes. */
    void report(PrintWriter out) {
        transfer(out);
        ablation(out);
    }

    /** Constants of one generation on the chip of another, with and without its launch floors fitted there. */
    private void transfer(PrintWriter out) {
        out.println(
                "Median, mean and P90 of absolute errors in %, all rows: constants of one generation on the chip of");
        out.println("another, then with launch floors fitted there.");
        out.println();
        out.println("```");
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
        out.println("```");
        out.println();
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

    private void ablation(PrintWriter out) {
        out.println(Ablation.HEADER);
        for (AttentionStart start : AttentionStart.all()) {
            for (KernelKind kind : AttentionCalibration.STAGES.keySet()) {
                ablation(start, kind).print(out);
            }
        }
    }

    private Ablation<AttentionConstants> ablation(AttentionStart start, KernelKind kind) {
        Chip chip = AttentionCalibration.chip(start);
        AttentionConstants full = of(start);
        Map<Boolean, List<AttentionSample>> sides =
                calibration.of(start, kind).stream().collect(Collectors.partitioningBy(AttentionSample::keptOut));
        List<AttentionSample> used = Objects.requireNonNull(sides.get(false));
        List<AttentionSample> kept = Objects.requireNonNull(sides.get(true));
        return new Ablation<>(
                start.id() + " " + kind.label(),
                full,
                AttentionCalibration.frozen(start, kind, full, List.of()),
                c -> AttentionCalibration.loss(chip, c, used),
                c -> AttentionCalibration.residuals(chip, c, used).mean(),
                c -> AttentionCalibration.residuals(chip, c, kept).mean());
    }
}
