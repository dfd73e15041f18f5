package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.Comparison;
import dev.toile.evidence.KernelPredictions;
import dev.toile.evidence.Prediction;
import dev.toile.evidence.RowTable;
import dev.toile.evidence.calibration.BandSamples.Measured;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a generation without measurements gets: each measured generation in turn counts as one, and its chip is predicted
 * with all constants of another, launches included. Nothing is fitted.
 */
public final class TransferStudy {

    private static final List<String> TABLES =
            List.of("gemm", "attention_context", "attention_generation", "mla_context", "mla_generation", "mla_bmm");

    private TransferStudy() {}

    /**
     * Prints the errors as a table of Markdown.
     *
     * @param measured folder of the tables of all measured generations
     * @param catalog whose constants are carried over
     * @throws BadInput when a table is missing or cannot be understood
     */
    public static void print(Path measured, Catalog catalog, PrintWriter out) throws BadInput {
        out.println("| rows | constants of | " + String.join(" | ", TABLES).replace('_', ' ') + " |");
        out.println("| --- | --- |" + " ---: |".repeat(TABLES.size()));
        for (Measured on : Measured.values()) {
            for (Measured constants : Measured.values()) {
                if (on != constants) {
                    out.println(line(measured, catalog, on, constants));
                }
            }
        }
        out.flush();
    }

    private static String line(Path measured, Catalog catalog, Measured on, Measured constants) throws BadInput {
        StringBuilder line = new StringBuilder("| " + on.chip() + " | " + constants.generation() + " |");
        for (String name : TABLES) {
            RowTable table = RowTable.read(measured.resolve(on.chip().replace('-', '_') + "_" + name + ".csv"));
            Residuals errors = errors(KernelPredictions.under(table, catalog, constants.profile()));
            line.append(String.format(Locale.ROOT, " %.0f / %.0f |", 100 * errors.median(), 100 * errors.mean()));
        }
        return line.toString();
    }

    /** Median and mean of the absolute errors of all rows that could be predicted. */
    static Residuals errors(Comparison comparison) {
        double[] ratios = comparison.predictions().stream()
                .filter(Prediction::compares)
                .mapToDouble(each -> Math.exp(each.logRatio()))
                .toArray();
        double[] ones = new double[ratios.length];
        Arrays.fill(ones, 1);
        return Residuals.of(ratios, ones);
    }
}
