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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Fits what serving engines of a version cost beside the kernels of the chips' profiles: the time for which the
 * accelerator waits for the host in each step, that for each of its sequences, and the rate of grouped products, to the
 * throughput that comes with Toile. Only rows of chips whose kernels were measured count, and one row in five is kept out.
 *
 * <p>The mean absolute log error is least at the values printed, a row that is off by more than {@link #CAP} counting as
 * that much: of TensorRT-LLM 0.12 long answers of 70B models are slower on every chip than half of its cache explains, and
 * no host's time can make up for it.
 */
public final class EngineCalibration {

    /** Chips whose kernels were measured, and their sister with other memory. */
    private static final Set<String> CHIPS = Set.of("h100-sxm", "h200-sxm");

    private static final int KEPT_OUT = 5;

    /** Log error beyond which a row says nothing of these values. */
    static final double CAP = 0.15;

    /** Steps of the grid that is descended: seconds, seconds, share. */
    private static final double STEP = 0.5e-3;

    private static final double SEQUENCE = 0.5e-6;
    private static final double EXPERTS = 0.05;

    /** One point of the grid. */
    private record Point(int step, int sequence, int experts) {
        static final Point NOTHING = new Point(0, 0, 20);
        static final Point START = new Point(4, 4, 15);

        boolean valid() {
            return step >= 0 && sequence >= 0 && experts >= 8 && experts <= 20;
        }

        List<Point> neighbours(boolean grouped) {
            List<Point> all = new ArrayList<>();
            for (int a = -1; a <= 1; a++) {
                for (int b = -1; b <= 1; b++) {
                    for (int c = grouped ? -1 : 0; c <= (grouped ? 1 : 0); c++) {
                        Point next = new Point(step + a, sequence + b, experts + c);
                        if (next.valid()) {
                            all.add(next);
                        }
                    }
                }
            }
            return all;
        }
    }

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
        boolean grouped = fitted.rows().stream()
                .anyMatch(row -> row.cells().getOrDefault("model", "").startsWith("mixtral"));
        Map<Point, Double> known = new HashMap<>();
        Point best = grouped ? Point.START : new Point(4, 4, 20);
        Point last = null;
        while (!best.equals(last)) {
            last = best;
            for (Point each : last.neighbours(grouped)) {
                if (capped(each, known) < capped(best, known)) {
                    best = each;
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "%s: host-per-step %.1f ms, host-per-sequence %.1f us, experts %.2f; mean error of %d rows %.1f %%"
                        + " (without %.1f %%), of %d kept out %.1f %% (without %.1f %%)%n",
                id,
                best.step * STEP * 1e3,
                best.sequence * SEQUENCE * 1e6,
                best.experts * EXPERTS,
                fitted.rows().size(),
                100 * error(best, fitted, Double.POSITIVE_INFINITY),
                100 * error(Point.NOTHING, fitted, Double.POSITIVE_INFINITY),
                kept.rows().size(),
                100 * error(best, kept, Double.POSITIVE_INFINITY),
                100 * error(Point.NOTHING, kept, Double.POSITIVE_INFINITY));
        out.flush();
    }

    private double capped(Point at, Map<Point, Double> known) throws BadInput {
        Double error = known.get(at);
        if (error == null) {
            error = error(at, fitted, CAP);
            known.put(at, error);
        }
        return error;
    }

    private double error(Point at, RowTable rows, double cap) throws BadInput {
        EngineSoftware engine = start.with(at.step * STEP, at.sequence * SEQUENCE, at.experts * EXPERTS);
        EngineNames always = _ -> engine;
        return ThroughputPredictions.of(rows, Catalog.bundled(), always).predictions().stream()
                .filter(Prediction::compares)
                .mapToDouble(each -> Math.min(cap, Math.abs(each.logRatio())))
                .average()
                .orElse(Double.NaN);
    }
}
