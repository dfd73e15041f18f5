package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.stack.mapping.band.BandTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the bands of all laws from the rows that were kept out of their fits, and writes {@code bands.yaml} of the
 * catalog. To be run after the calibrations of the laws, from the root of the sources:
 *
 * <pre>{@code java -cp ... dev.toile.evidence.calibration.BandsCalibration DIRECTORY}</pre>
 */
public final class BandsCalibration {

    private static final Path YAML = Path.of("catalog/src/main/resources/dev/toile/catalog/bands.yaml");

    private BandsCalibration() {}

    /**
     * Finds the bands, prints how they do on rows that they have not seen, and writes the file.
     *
     * @param args folder of the tables
     */
    public static void main(String[] args) throws BadInput, IOException {
        run(Path.of(args[0]), System.out);
    }

    /** The entry point for a command. */
    public static void run(Path folder, PrintStream out) throws BadInput, IOException {
        Catalog catalog = Catalog.bundled();
        BandSamples samples = BandSamples.read(folder, catalog);
        BandTable table = new BandFit(samples, _ -> true, _ -> true).table();
        BandCoverage coverage = BandCoverage.of(samples, catalog);
        out.println("rows in bands from the other half of the kept-out configurations");
        print(coverage.halves(), BandCoverage.Row::chip, out);
        print(coverage.halves(), row -> row.law() + " " + row.chip(), out);
        print(coverage.halves(), BandCoverage.Row::regime, out);
        out.println("rows in bands of borrowed constants, the chip's own transfers left out");
        print(coverage.transfers(), row -> row.chip() + " under " + row.constants(), out);
        print(coverage.transfers(), BandCoverage.Row::law, out);
        Files.writeString(YAML, BandsYaml.of(table), StandardCharsets.UTF_8);
    }

    private static void print(List<BandCoverage.Row> rows, Function<BandCoverage.Row, String> by, PrintStream out) {
        TreeMap<String, int[]> counts = new TreeMap<>();
        for (BandCoverage.Row each : rows) {
            int[] count = counts.computeIfAbsent(by.apply(each), _ -> new int[2]);
            count[0]++;
            count[1] += each.inside() ? 1 : 0;
        }
        counts.forEach((name, count) -> out.printf(
                Locale.ROOT, "  %-44s %6d rows %5.1f %% inside%n", name, count[0], 100.0 * count[1] / count[0]));
    }
}
