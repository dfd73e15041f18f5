package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.Engines;
import dev.toile.catalog.entry.EngineEntry;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.EngineNames;
import dev.toile.evidence.Prediction;
import dev.toile.evidence.RowTable;
import dev.toile.evidence.RowTable.Row;
import dev.toile.evidence.ThroughputPredictions;
import dev.toile.stack.serving.simulation.EngineSoftware;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Fits what serving engines of a version cost beside the kernels of the chips' profiles: the host's time for each
 * sequence and the rate of grouped products, to the throughput that comes with Toile. Only rows of chips whose kernels
 * were measured count, and one row in five is kept out. The mean absolute log error is least at the values printed.
 */
public final class EngineCalibration {

    /** Chips whose kernels were measured, and their sister with other memory. */
    private static final Set<String> CHIPS = Set.of("h100-sxm", "h200-sxm");

    private static final int KEPT_OUT = 5;

    private static final double[] HOSTS = {
        0, 1e-6, 2e-6, 3e-6, 4e-6, 5e-6, 6e-6, 8e-6, 10e-6, 15e-6, 20e-6, 30e-6, 40e-6, 60e-6, 80e-6
    };
    private static final double[] EXPERTS = {0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1};

    private final String id;
    private final EngineSoftware start;
    private final RowTable fitted;
    private final RowTable kept;

    private EngineCalibration(String id, EngineEntry entry, RowTable all) {
        this.id = id;
        this.start = entry.engine();
        List<Row> fit = new ArrayList<>();
        List<Row> out = new ArrayList<>();
        int count = 0;
        for (Row row : all.rows()) {
            String software = row.cells().getOrDefault("software", "");
            boolean ours =
                    Engines.bundled().named(software).filter(entry::equals).isPresent();
            if (ours && CHIPS.contains(row.cells().getOrDefault("system", ""))) {
                (++count % KEPT_OUT == 0 ? out : fit).add(row);
            }
        }
        fitted = new RowTable(all.file(), all.columns(), fit);
        kept = new RowTable(all.file(), all.columns(), out);
    }

    /** Fits all engines that there are rows of, and prints their values with both sides of the fit. */
    public static void print(PrintWriter out) throws BadInput {
        RowTable table = ThroughputPredictions.bundled();
        for (var each : Engines.bundled().engines().entrySet()) {
            EngineCalibration calibration = new EngineCalibration(each.getKey(), each.getValue(), table);
            if (!calibration.fitted.rows().isEmpty()) {
                calibration.fit(out);
            }
        }
    }

    private void fit(PrintWriter out) throws BadInput {
        EngineSoftware best = with(0, 1);
        double least = error(best, fitted);
        double before = least;
        boolean grouped = fitted.rows().stream()
                .anyMatch(row -> row.cells().getOrDefault("model", "").startsWith("mixtral"));
        for (int round = 0; round < 2; round++) {
            for (double host : HOSTS) {
                EngineSoftware tried = with(host, best.experts());
                double error = error(tried, fitted);
                if (error < least) {
                    least = error;
                    best = tried;
                }
            }
            for (double experts : grouped ? EXPERTS : new double[0]) {
                EngineSoftware tried = with(best.hostPerSequence(), experts);
                double error = error(tried, fitted);
                if (error < least) {
                    least = error;
                    best = tried;
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "%s: host-per-sequence %.0f us, experts %.2f; mean error of %d rows %.1f %% (without %.1f %%), of %d"
                        + " kept out %.1f %% (without %.1f %%)%n",
                id,
                best.hostPerSequence() * 1e6,
                best.experts(),
                fitted.rows().size(),
                100 * least,
                100 * before,
                kept.rows().size(),
                100 * error(best, kept),
                100 * error(with(0, 1), kept));
        out.flush();
    }

    private EngineSoftware with(double host, double experts) {
        return new EngineSoftware(
                start.name(), start.policy(), 0, host, 1, experts, start.ownPass(), start.provenance());
    }

    private static double error(EngineSoftware engine, RowTable rows) throws BadInput {
        EngineNames always = _ -> engine;
        return ThroughputPredictions.of(rows, Catalog.bundled(), always).predictions().stream()
                .filter(Prediction::compares)
                .mapToDouble(each -> Math.abs(each.logRatio()))
                .average()
                .orElse(Double.NaN);
    }
}
