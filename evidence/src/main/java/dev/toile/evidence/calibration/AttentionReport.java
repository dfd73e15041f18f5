package dev.toile.evidence.calibration;

import dev.toile.evidence.KernelKind;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.attention.AttentionConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Says how far the fitted laws are from both sides of the tables. */
final class AttentionReport {

    private AttentionReport() {}

    static String of(AttentionCalibration calibration, Map<String, AttentionConstants> fitted) {
        StringBuilder out = new StringBuilder();
        out.append("errors in %: median / mean / P90, rows (fit side | kept-out side)\n");
        for (AttentionStart start : AttentionStart.all()) {
            Chip chip = AttentionCalibration.chip(start);
            AttentionConstants constants = fitted.get(start.id());
            if (constants == null) {
                continue;
            }
            List<AttentionSample> latent = new ArrayList<>();
            for (KernelKind kind : AttentionCalibration.STAGES.keySet()) {
                List<AttentionSample> all = calibration.of(start, kind);
                out.append(line(start.id() + " " + kind.label(), chip, constants, all));
                Map<String, List<AttentionSample>> groups = new TreeMap<>();
                all.forEach(s -> groups.computeIfAbsent(s.group(), _ -> new ArrayList<>())
                        .add(s));
                if (groups.size() > 1) {
                    groups.forEach((group, rows) -> out.append(line("    " + group, chip, constants, rows)));
                }
                if (kind.label().startsWith("mla")) {
                    latent.addAll(all);
                }
            }
            out.append(line(start.id() + " mla together", chip, constants, latent));
        }
        return out.toString();
    }

    static String line(String name, Chip chip, AttentionConstants constants, List<AttentionSample> samples) {
        return String.format(
                Locale.ROOT,
                "%-52s %s | %s%n",
                name,
                side(chip, constants, samples, s -> !s.keptOut()),
                side(chip, constants, samples, AttentionSample::keptOut));
    }

    private static String side(
            Chip chip, AttentionConstants constants, List<AttentionSample> samples, Predicate<AttentionSample> wanted) {
        List<AttentionSample> rows = samples.stream().filter(wanted).toList();
        if (rows.isEmpty()) {
            return "-";
        }
        Residuals r = AttentionCalibration.residuals(chip, constants, rows);
        return String.format(
                Locale.ROOT, "%5.1f %5.1f %5.1f %5d", 100 * r.median(), 100 * r.mean(), 100 * r.p90(), r.rows());
    }
}
