package dev.toile.evidence.calibration;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.matmul.MatmulFormat;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import dev.toile.stack.mapping.matmul.MatmulLaw;
import dev.toile.stack.mapping.matmul.MatmulPath;
import dev.toile.stack.operation.Operation.Matmul;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The measured products of one generation's chip, by pair of formats.
 *
 * @param generation its name in the catalog
 * @param chip that was measured
 * @param kernels constants that describe it
 * @param rows by pair of formats
 */
record MatmulSheet(String generation, Chip chip, MatmulKernels kernels, Map<MatmulFormat, List<Row>> rows) {

    /**
     * The A100 of 400 W never slows down in its table, so no energy of a flop can be fitted there: it is given, for its
     * sisters of 300 and 165 W.
     */
    private static final String NEVER_SHORT_OF_POWER = "ampere";

    /**
     * A measured product.
     *
     * @param seconds it took
     * @param kept out of every fit
     */
    record Row(Matmul product, double seconds, boolean kept) {}

    /** Copies the map, in the order of formats. */
    MatmulSheet {
        rows = new EnumMap<>(rows);
    }

    MatmulSheet with(MatmulKernels other) {
        return new MatmulSheet(generation, chip, other, rows);
    }

    private MatmulKernels with(MatmulFormat format, MatmulPath path) {
        MatmulKernels k = kernels;
        return new MatmulKernels(k.physics(), k.operandBytes(), k.launch(), Map.of(format, path));
    }

    /** The sheet with the path of each pair of formats fitted to its rows. */
    MatmulSheet withPathsFitted() {
        Map<MatmulFormat, MatmulPath> paths = new EnumMap<>(MatmulFormat.class);
        for (MatmulFormat format : rows.keySet()) {
            paths.put(
                    format,
                    new Fit<>(kernels.path(format), path -> loss(with(format, path), format), frozen(format)).best());
        }
        MatmulKernels k = kernels;
        return with(new MatmulKernels(k.physics(), k.operandBytes(), k.launch(), paths))
                .withEnergyOfFourBits();
    }

    /** The sheet with all constants fitted but those of the physics. */
    MatmulSheet withAllFitted() {
        return with(new Fit<>(kernels, this::loss, frozen()).best()).withEnergyOfFourBits();
    }

    private List<String> frozen() {
        List<String> frozen = new ArrayList<>();
        rows.keySet().forEach(format -> frozen(format).forEach(path -> frozen.add("paths." + format + "." + path)));
        Constants.of(kernels.physics()).entries().forEach(entry -> frozen.add("physics." + entry.path()));
        return frozen;
    }

    private List<String> frozen(MatmulFormat format) {
        boolean given = format == MatmulFormat.FP4 || generation.equals(NEVER_SHORT_OF_POWER);
        return given ? List.of("flopEnergy") : List.of();
    }

    /**
     * The sheet with an energy of 4 bits that stands to 8 as 8 stands to 16. Large products in 4 bit slow down on the
     * B200 by what is not power (at 4096 rows they run at 4.2 Pflop/s for 6 ms, at 8192 at 3.0 for 5 ms): an energy
     * fitted to them is twice that, and makes whole models on the B200 a quarter slower than published throughput.
     */
    private MatmulSheet withEnergyOfFourBits() {
        MatmulKernels k = kernels;
        Map<MatmulFormat, MatmulPath> paths = new EnumMap<>(k.paths());
        if (!paths.keySet().containsAll(List.of(MatmulFormat.FP4, MatmulFormat.FP8, MatmulFormat.BF16))) {
            return this;
        }
        double eight = k.path(MatmulFormat.FP8).flopEnergy();
        double energy = eight * eight / k.path(MatmulFormat.BF16).flopEnergy();
        double rounded = new BigDecimal(energy).round(new MathContext(4)).doubleValue();
        paths.computeIfPresent(MatmulFormat.FP4, (_, path) -> path.withFlopEnergy(rounded));
        return with(new MatmulKernels(k.physics(), k.operandBytes(), k.launch(), paths));
    }

    /** Mean absolute log error on the fit side, all pairs of formats counting the same. */
    double loss(MatmulKernels tried) {
        return rows.keySet().stream()
                .mapToDouble(format -> loss(tried, format))
                .average()
                .orElseThrow();
    }

    private double loss(MatmulKernels tried, MatmulFormat format) {
        MatmulLaw law = law(tried, format);
        double sum = 0;
        int count = 0;
        for (Row row : of(format)) {
            if (!row.kept()) {
                sum += Math.abs(Math.log(law.seconds(row.product()) / row.seconds()));
                count++;
            }
        }
        return sum / count;
    }

    private List<Row> of(MatmulFormat format) {
        return rows.getOrDefault(format, List.of());
    }

    private MatmulLaw law(MatmulKernels tried, MatmulFormat format) {
        Calibrated<MatmulKernels> calibrated = new Calibrated<>(tried, Source.definition("being fitted"));
        Matmul any = of(format).getFirst().product();
        return new MatmulLaw(chip, calibrated, any.weights(), any.activations(), Conditions.BENCHMARK);
    }

    private Residuals residuals(MatmulKernels tried, MatmulFormat format, boolean kept) {
        MatmulLaw law = law(tried, format);
        List<Row> some = of(format).stream().filter(row -> row.kept() == kept).toList();
        return Residuals.of(
                some.stream().mapToDouble(row -> law.seconds(row.product())).toArray(),
                some.stream().mapToDouble(Row::seconds).toArray());
    }

    /** Both sides, a line for each pair of formats. */
    List<String> report() {
        List<String> lines = new ArrayList<>();
        rows.keySet()
                .forEach(format -> lines.add(String.format(
                        Locale.ROOT,
                        "%-10s %-10s fit %s  kept out %s",
                        generation,
                        format,
                        text(residuals(kernels, format, false)),
                        text(residuals(kernels, format, true)))));
        return lines;
    }

    private static String text(Residuals r) {
        return String.format(
                Locale.ROOT,
                "%4d rows %.1f / %.1f / %.1f %+.1f",
                r.rows(),
                100 * r.median(),
                100 * r.mean(),
                100 * r.p90(),
                100 * r.bias());
    }

    /** What the constants of each path earn on its rows, and those of all paths on all rows. */
    List<Ablation<?>> ablations() {
        List<Ablation<?>> ablations = new ArrayList<>();
        rows.keySet()
                .forEach(format -> ablations.add(new Ablation<>(
                        generation + " " + format,
                        kernels.path(format),
                        frozen(format),
                        path -> loss(with(format, path), format),
                        path -> residuals(with(format, path), format, false).mean(),
                        path -> residuals(with(format, path), format, true).mean())));
        List<String> paths = Constants.of(kernels).entries().stream()
                .map(Constants.Entry::path)
                .filter(path -> path.startsWith("paths."))
                .toList();
        ablations.add(new Ablation<>(
                generation, kernels, paths, this::loss, k -> meanError(k, false), k -> meanError(k, true)));
        return ablations;
    }

    private double meanError(MatmulKernels tried, boolean kept) {
        return rows.keySet().stream()
                .mapToDouble(format -> residuals(tried, format, kept).mean())
                .average()
                .orElseThrow();
    }
}
