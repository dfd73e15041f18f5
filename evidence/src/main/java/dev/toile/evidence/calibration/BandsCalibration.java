package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the bands of all laws from the rows that were kept out of their fits. They are bands of the constants in the
 * catalog, so this comes after the calibrations of the laws.
 */
public final class BandsCalibration {

    private BandsCalibration() {}

    /**
     * The file {@code bands.yaml} of the catalog.
     *
     * @param measured folder of the tables
     * @param log told how often rows are inside bands that they did not make, in lines
     * @throws BadInput when a table is missing or cannot be understood
     */
    public static String fit(Path measured, PrintWriter log) throws BadInput {
        Catalog catalog = Catalog.bundled();
        BandSamples samples = BandSamples.read(measured, catalog);
        BandCoverage coverage = BandCoverage.of(samples, catalog);
        log.println("rows in bands from the other half of the kept-out configurations");
        print(coverage.halves(), BandCoverage.Row::chip, log);
        print(coverage.halves(), row -> row.law() + " " + row.chip(), log);
        print(coverage.halves(), BandCoverage.Row::regime, log);
        log.println("rows in bands of borrowed constants, the chip's own transfers left out");
        print(coverage.transfers(), row -> row.chip() + " under " + row.constants(), log);
        print(coverage.transfers(), BandCoverage.Row::law, log);
        return BandsYaml.of(new BandFit(samples, _ -> true, _ -> true).table());
    }

    private static void print(List<BandCoverage.Row> rows, Function<BandCoverage.Row, String> by, PrintWriter out) {
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
