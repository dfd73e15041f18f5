package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.CollectiveRows;
import dev.toile.stack.network.CollectiveConstants;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Fits the constants of collectives to measured calls and writes {@code collectives.yaml} of the catalog. Of each
 * operation, number of ranks and library one octave of sizes in five is kept out.
 *
 * <p>First the kernel tables, measured from recorded graphs, give the shared constants and those of the generations; then
 * {@code simai_busbw_ratio.csv} gives the step between domains, and the published tables give the launch of versions of the
 * library that a host launched.
 */
public final class CollectivesCalibration {

    private static final String RELAY = "shared.relay";
    private final List<CollectiveRows.Row> rows;

    private CollectivesCalibration(List<CollectiveRows.Row> rows) {
        this.rows = rows;
    }

    /** Fits, tells both sides, and gives the file. */
    static String fit(Path measured, PrintWriter log) throws BadInput {
        CollectivesCalibration calibration =
                new CollectivesCalibration(CollectiveRows.read(measured, Catalog.bundled()));
        CollectiveConstants fitted = calibration.fitted();
        calibration.print(fitted, log);
        return CollectivesYaml.of(fitted);
    }

    /** What each constant earns, and what an unseen generation gets. */
    static void ablate(Path measured, PrintWriter out) throws BadInput {
        new CollectivesCalibration(CollectiveRows.read(measured, Catalog.bundled())).report(out);
    }

    private CollectiveConstants fitted() {
        CollectiveConstants graphs =
                fit(CollectivesStart.constants(), CollectiveRows.Row::recorded, path -> !later(path));
        CollectiveConstants across = fit(graphs, CollectiveRows.Row::gathersAcross, path -> path.equals(RELAY));
        return fit(across, row -> !row.library().isEmpty(), path -> path.startsWith("libraries"));
    }

    /** What recorded graphs of one node do not show. */
    private static boolean later(String path) {
        return path.startsWith("libraries") || path.equals(RELAY);
    }

    private CollectiveConstants fit(
            CollectiveConstants from, Predicate<CollectiveRows.Row> which, Predicate<String> moved) {
        List<CollectiveRows.Row> samples =
                rows.stream().filter(which).filter(row -> !keptOut(row)).toList();
        List<String> frozen = Constants.of(from).entries().stream()
                .filter(e -> !moved.test(e.path()) || e.value() == 0)
                .map(Constants.Entry::path)
                .toList();
        CollectiveConstants best = new Fit<>(from, c -> loss(c, samples), frozen).best();
        return restored(from, best, moved);
    }

    /** A fit rounds all constants; those that it did not move stay exact. */
    private static CollectiveConstants restored(
            CollectiveConstants from, CollectiveConstants best, Predicate<String> moved) {
        Constants<CollectiveConstants> before = Constants.of(from);
        List<Constants.Entry> after = Constants.of(best).entries();
        double[] values = new double[after.size()];
        for (int i = 0; i < values.length; i++) {
            Constants.Entry entry = after.get(i);
            boolean free = entry.about().fitted() && moved.test(entry.path());
            values[i] = free ? entry.value() : before.entries().get(i).value();
        }
        return before.with(values);
    }

    private static boolean keptOut(CollectiveRows.Row row) {
        return Split.keptOut(row.configuration());
    }

    private static double loss(CollectiveConstants constants, List<CollectiveRows.Row> samples) {
        double loss = 0;
        for (CollectiveRows.Row row : samples) {
            loss += Math.abs(Math.log(row.predict(constants) / row.seconds()));
        }
        return loss / samples.size();
    }

    private void print(CollectiveConstants constants, PrintWriter out) {
        out.println("median / mean / P90 of absolute errors: fit side; kept out");
        for (String by : List.of("chip", "op", "ranks", "band", "op of chip")) {
            TreeSet<String> values = new TreeSet<>();
            rows.forEach(row -> values.add(group(row, by)));
            values.forEach(value -> line(constants, value, row -> group(row, by).equals(value), out));
        }
    }

    private static String group(CollectiveRows.Row row, String by) {
        String source = row.chip() + " " + (row.library().isEmpty() ? row.kernels() : row.library());
        return switch (by) {
            case "chip" -> row.recorded() ? row.chip() : source;
            case "op" -> source + " " + row.collective().name();
            case "op of chip" -> row.chip() + " " + row.collective().name();
            case "ranks" -> source + " " + row.collective().ranks() + " ranks";
            default -> source + " " + band(row.collective().bytes());
        };
    }

    private static String band(double bytes) {
        return bytes <= 1 << 17 ? "to 128 KiB" : bytes <= 1 << 23 ? "to 8 MiB" : "beyond 8 MiB";
    }

    private void line(
            CollectiveConstants constants, String name, Predicate<CollectiveRows.Row> which, PrintWriter out) {
        out.printf("%-52s %s; %s%n", name, side(constants, which, false), side(constants, which, true));
    }

    private String side(CollectiveConstants constants, Predicate<CollectiveRows.Row> which, boolean out) {
        List<CollectiveRows.Row> samples =
                rows.stream().filter(which).filter(row -> keptOut(row) == out).toList();
        if (samples.isEmpty()) {
            return "-";
        }
        Residuals r = Residuals.of(
                samples.stream().mapToDouble(row -> row.predict(constants)).toArray(),
                samples.stream().mapToDouble(CollectiveRows.Row::seconds).toArray());
        return String.format(
                Locale.ROOT, "%3d rows %.1f / %.1f / %.1f", r.rows(), 100 * r.median(), 100 * r.mean(), 100 * r.p90());
    }

    private void report(PrintWriter out) {
        CollectivesReport report =
                new CollectivesReport(this::fit, (name, constants, which) -> line(constants, name, which, out));
        report.ablations(out);
        report.transfers(out);
    }

    static CollectiveConstants set(CollectiveConstants constants, Predicate<String> which, double to) {
        Constants<CollectiveConstants> all = Constants.of(constants);
        return all.with(all.entries().stream()
                .mapToDouble(e -> which.test(e.path()) ? to : e.value())
                .toArray());
    }
}
