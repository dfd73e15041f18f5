package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.CollectiveRows;
import dev.toile.stack.network.CollectiveConstants;
import dev.toile.stack.network.CollectiveConstants.Generation;
import dev.toile.stack.network.CollectiveConstants.Library;
import dev.toile.stack.network.CollectiveConstants.Shared;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Fits the constants of collectives to measured calls and writes {@code collectives.yaml} of the catalog. Of each
 * operation, number of ranks and library one octave of sizes in five is kept out.
 *
 * <p>First the kernel tables, measured from recorded graphs, give the shared constants and those of the generations; then
 * the published tables give those of older libraries, launched by a host.
 */
public final class CollectivesCalibration {

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

    /** Where every fit begins. Limits and ranks are those of the software, seen in the tables; they are not fitted. */
    private static CollectiveConstants start() {
        double mebi = 1 << 20;
        SequencedMap<String, Generation> generations = new LinkedHashMap<>();
        generations.put("ampere", new Generation(9e-6, 0.9e-6, 3, 0, 5, 4.2e-6, mebi));
        generations.put("hopper", new Generation(4.3e-6, 0.8e-6, 3, 0.8, 5, 2.7e-6, 8 * mebi));
        generations.put("blackwell", new Generation(8e-6, 1.2e-6, 3, 0.7, 6, 4.7e-6, 8 * mebi));
        SequencedMap<String, Library> libraries = new LinkedHashMap<>();
        libraries.put("nccl-2.18-ampere", new Library(42e-6, 16e-6));
        libraries.put("nccl-2.18-hopper", new Library(30e-6, 16e-6));
        libraries.put("nccl-2.20-hopper", new Library(30e-6, 16e-6));
        Shared shared = new Shared(16e-6, 16e-6, 2.5e-6, 29e-6, 0.75);
        return new CollectiveConstants(shared, generations, libraries);
    }

    private CollectiveConstants fitted() {
        CollectiveConstants graphs =
                fit(start(), row -> row.library().isEmpty(), path -> !path.startsWith("libraries"));
        return fit(graphs, row -> !row.library().isEmpty(), path -> path.startsWith("libraries"));
    }

    private CollectiveConstants fit(
            CollectiveConstants from, Predicate<CollectiveRows.Row> which, Predicate<String> moved) {
        List<CollectiveRows.Row> samples =
                rows.stream().filter(which).filter(row -> !keptOut(row)).toList();
        List<String> frozen = Constants.of(from).entries().stream()
                .filter(e -> !moved.test(e.path()) || e.value() == 0)
                .map(Constants.Entry::path)
                .toList();
        return new Fit<>(from, c -> loss(c, samples), frozen).best();
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
        for (String by : List.of("chip", "op", "ranks", "band")) {
            TreeSet<String> values = new TreeSet<>();
            rows.forEach(row -> values.add(group(row, by)));
            values.forEach(value -> line(constants, value, row -> group(row, by).equals(value), out));
        }
    }

    private static String group(CollectiveRows.Row row, String by) {
        String source = row.chip() + " " + (row.library().isEmpty() ? row.kernels() : row.library());
        return switch (by) {
            case "chip" -> row.library().isEmpty() ? row.chip() : source;
            case "op" -> source + " " + row.collective().name();
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
        out.println(
                "Each taken out and the others refitted: rows, median / mean / P90 in percent, fit side; kept out.");
        out.println();
        out.println("```");
        for (String removed : List.of("none", "fill", "exchangeFill", "exchange", "switchShare", "step", "copyRate")) {
            // A fill as large as it is for others, a copy that costs nothing, a switch that is not there.
            double neutral = removed.equals("copyRate") ? 30 : 0;
            CollectiveConstants from = set(start(), path -> path.endsWith("." + removed), neutral);
            CollectiveConstants fitted = fit(
                    from,
                    row -> row.library().isEmpty(),
                    path -> !path.startsWith("libraries") && !path.endsWith("." + removed));
            out.println("without " + removed);
            for (String chip : List.of("a100-sxm", "h100-sxm", "b200-sxm")) {
                line(
                        fitted,
                        "    " + chip,
                        row -> row.library().isEmpty() && row.chip().equals(chip),
                        out);
            }
        }
        for (String to : List.of("blackwell", "hopper", "ampere")) {
            transfer(to, out);
        }
        out.println("```");
    }

    /** Fits on two generations; the third has only its calls and hops fitted, the rest from the nearest. */
    private void transfer(String to, PrintWriter out) {
        CollectiveConstants others = fit(
                start(),
                row -> row.library().isEmpty() && !row.generation().equals(to),
                path -> !path.startsWith("libraries") && !path.contains(to));
        String near = to.equals("hopper") ? "blackwell" : "hopper";
        Generation like = Objects.requireNonNull(others.generations().get(near));
        SequencedMap<String, Generation> generations = new LinkedHashMap<>(others.generations());
        Generation own = Objects.requireNonNull(start().generations().get(to));
        generations.put(
                to,
                new Generation(
                        like.call(),
                        like.step(),
                        like.copyRate(),
                        own.switchShare() == 0 ? 0 : like.switchShare(),
                        own.switchRanks(),
                        like.oneShotCall(),
                        own.oneShotLimit()));
        CollectiveConstants carried = new CollectiveConstants(others.shared(), generations, others.libraries());
        Predicate<CollectiveRows.Row> there =
                row -> row.library().isEmpty() && row.generation().equals(to);
        line(carried, "to " + to + ", nothing fitted there", there, out);
        CollectiveConstants called = fit(
                carried,
                there,
                path -> path.contains("." + to + ".")
                        && (path.endsWith("Call") || path.endsWith("call") || path.endsWith("step")));
        line(called, "to " + to + ", calls and hops fitted there", there, out);
    }

    private static CollectiveConstants set(CollectiveConstants constants, Predicate<String> which, double to) {
        Constants<CollectiveConstants> all = Constants.of(constants);
        return all.with(all.entries().stream()
                .mapToDouble(e -> which.test(e.path()) ? to : e.value())
                .toArray());
    }
}
