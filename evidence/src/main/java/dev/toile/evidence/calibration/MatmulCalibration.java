package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.KernelFiles;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.matmul.MatmulFormat;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import dev.toile.stack.mapping.matmul.MatmulLaw;
import dev.toile.stack.mapping.matmul.MatmulPath;
import dev.toile.stack.mapping.matmul.MatmulPhysics;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Matmul;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Fits the law of dense products to tables of one chip a generation. */
public final class MatmulCalibration {

    private static final int ROUNDS = 4;

    private static final String START = "matmul-start.yaml";

    /** The chip whose measurements speak for a generation. */
    private static final Map<String, String> CHIPS =
            new TreeMap<>(Map.of("ampere", "a100-sxm", "hopper", "h100-sxm", "blackwell", "b200-sxm"));

    private static final String HEADER = """
        # Constants of dense matrix products, written by dev.toile.evidence.calibration.MatmulCalibration: do not edit.
        # Data: ai-dynamo/aiconfigurator, commit 095f58a (2026-08), tables gemm of a100_sxm (TensorRT-LLM 1.0.0), h100_sxm
        # and b200_sxm (1.3.0rc20). One pair (n, k) in five was kept out of the fit. docs/model/mapping.md explains them.
        sources:
          ampere: {title: "fitted to gemm of a100_sxm, ai-dynamo/aiconfigurator@095f58a, by MatmulCalibration", url: "https://github.com/ai-dynamo/aiconfigurator", date: "2026-08"}
          hopper: {title: "fitted to gemm of h100_sxm, ai-dynamo/aiconfigurator@095f58a, by MatmulCalibration", url: "https://github.com/ai-dynamo/aiconfigurator", date: "2026-08"}
          blackwell: {title: "fitted to gemm of b200_sxm, ai-dynamo/aiconfigurator@095f58a, by MatmulCalibration", url: "https://github.com/ai-dynamo/aiconfigurator", date: "2026-08"}
          ideal: {title: "no loss but by the shape of tiles and engines: a lower bound", url: "", date: "2026-11"}
        generations:
        """;

    /** A measured product. */
    private record Row(Matmul product, double seconds, boolean kept) {}

    /** One generation's chip with its rows by pair of formats. */
    private static final class Sheet {
        private final String generation;
        private final Chip chip;
        private MatmulKernels kernels;
        private final Map<MatmulFormat, List<Row>> rows = new EnumMap<>(MatmulFormat.class);

        Sheet(String generation, Chip chip, MatmulKernels kernels) {
            this.generation = generation;
            this.chip = chip;
            this.kernels = kernels;
        }
    }

    private final List<Sheet> sheets = new ArrayList<>();

    private MatmulCalibration() {}

    /**
     * Fits and writes.
     *
     * @param arguments the directory of the tables, and the file to write
     */
    public static void main(String[] arguments) throws BadInput, IOException {
        MatmulCalibration calibration = new MatmulCalibration();
        SequencedMap<String, Calibrated<MatmulKernels>> starts = KernelFiles.matmul(START, text(START));
        for (var generation : CHIPS.entrySet()) {
            Calibrated<MatmulKernels> start = Objects.requireNonNull(starts.get(generation.getKey()));
            calibration.read(Path.of(arguments[0]), generation.getKey(), generation.getValue(), start.kernels());
        }
        calibration.print("start");
        calibration.fit();
        calibration.print("fitted");
        MatmulKernels ideal = Objects.requireNonNull(starts.get("ideal")).kernels();
        Files.writeString(Path.of(arguments[1]), calibration.yaml(ideal));
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(MatmulCalibration.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String yaml(MatmulKernels ideal) {
        List<String> lines = new ArrayList<>(List.of(HEADER.split("\n")));
        for (Sheet sheet : sheets) {
            lines.addAll(List.of("  " + sheet.generation + ":", "    source: " + sheet.generation, "    kernels:"));
            lines.addAll(ConstantsYaml.lines(sheet.kernels, 6));
        }
        lines.addAll(List.of("  ideal:", "    source: ideal", "    kernels:"));
        lines.addAll(ConstantsYaml.lines(ideal, 6));
        return String.join("\n", lines) + "\n";
    }

    private void read(Path measured, String generation, String id, MatmulKernels start) throws BadInput {
        Chip chip = Catalog.bundled().chip(id);
        Sheet sheet = new Sheet(generation, chip, start);
        RowTable table = RowTable.read(measured.resolve(id.replace('-', '_') + "_gemm.csv"));
        for (RowTable.Row row : table.rows()) {
            Row read = row(row);
            MatmulFormat format = MatmulFormat.of(
                    read.product().weights(), chip.mathType(read.product().activations()));
            sheet.rows.computeIfAbsent(format, f -> new ArrayList<>()).add(read);
        }
        sheets.add(sheet);
    }

    private static Row row(RowTable.Row row) throws BadInput {
        DataType weights = switch (row.text("dtype")) {
            case "fp8" -> DataType.FP8;
            case "fp8_block" -> DataType.FP8_BLOCK;
            case "sq", "int8_wo" -> DataType.INT8;
            case "int4_wo" -> DataType.INT4;
            case "nvfp4" -> DataType.FP4;
            default -> DataType.BF16;
        };
        DataType input = row.text("dtype").endsWith("_wo") ? DataType.BF16 : weights;
        double m = row.positive("m");
        double n = row.positive("n");
        double k = row.positive("k");
        boolean kept = Split.keptOut("n=" + row.text("n") + ",k=" + row.text("k"));
        return new Row(
                new Matmul("gemm", m, n, k, weights, input, DataType.BF16), row.positive("latency_ms") / 1e3, kept);
    }

    private void fit() {
        for (int round = 0; round < ROUNDS; round++) {
            for (Sheet sheet : sheets) {
                Map<MatmulFormat, MatmulPath> paths = new EnumMap<>(MatmulFormat.class);
                sheet.rows.forEach((format, rows) -> paths.put(format, fitted(sheet, format, rows)));
                MatmulKernels k = sheet.kernels;
                MatmulKernels moved =
                        new MatmulKernels(k.physics(), k.operandBytes(), k.flopEnergy(), k.launch(), paths);
                List<String> physics = Constants.of(k.physics()).entries().stream()
                        .map(entry -> "physics." + entry.path())
                        .toList();
                sheet.kernels = new Fit<>(moved, kernels -> sheetLoss(sheet, kernels), physics).best();
            }
            MatmulPhysics physics = new Fit<>(
                            sheets.getFirst().kernels.physics(),
                            p -> sheets.stream()
                                    .mapToDouble(sheet -> sheetLoss(sheet, with(sheet.kernels, p)))
                                    .average()
                                    .orElseThrow())
                    .best();
            sheets.forEach(sheet -> sheet.kernels = with(sheet.kernels, physics));
            print("round " + round);
        }
    }

    private static MatmulPath fitted(Sheet sheet, MatmulFormat format, List<Row> rows) {
        MatmulKernels k = sheet.kernels;
        return new Fit<>(
                        k.path(format),
                        path -> loss(
                                sheet.chip,
                                new MatmulKernels(
                                        k.physics(),
                                        k.operandBytes(),
                                        k.flopEnergy(),
                                        k.launch(),
                                        Map.of(format, path)),
                                rows))
                .best();
    }

    private static MatmulKernels with(MatmulKernels k, MatmulPhysics physics) {
        return new MatmulKernels(physics, k.operandBytes(), k.flopEnergy(), k.launch(), k.paths());
    }

    private static double sheetLoss(Sheet sheet, MatmulKernels kernels) {
        return sheet.rows.values().stream()
                .mapToDouble(rows -> loss(sheet.chip, kernels, rows))
                .average()
                .orElseThrow();
    }

    private static MatmulLaw law(Chip chip, MatmulKernels kernels, Row row) {
        Calibrated<MatmulKernels> calibrated = new Calibrated<>(kernels, Source.definition("being fitted"));
        return new MatmulLaw(
                chip, calibrated, row.product().weights(), row.product().activations(), Conditions.BENCHMARK);
    }

    private static double loss(Chip chip, MatmulKernels kernels, List<Row> rows) {
        MatmulLaw law = law(chip, kernels, rows.getFirst());
        double sum = 0;
        int count = 0;
        for (Row row : rows) {
            if (!row.kept()) {
                sum += Math.abs(Math.log(law.seconds(row.product()) / row.seconds()));
                count++;
            }
        }
        return sum / count;
    }

    private void print(String title) {
        System.out.println("== " + title);
        for (Sheet sheet : sheets) {
            sheet.rows.forEach((format, rows) -> {
                MatmulLaw law = law(sheet.chip, sheet.kernels, rows.getFirst());
                System.out.printf(
                        "%s %-10s fit %s  kept out %s%n",
                        sheet.generation, format, residuals(law, rows, false), residuals(law, rows, true));
            });
        }
        sheets.forEach(sheet -> System.out.println(sheet.generation + " "
                + sheet.kernels.toString().replaceAll("tiles=[^]]*\\]\\]?(, Tile[^]]*\\])*", "")));
    }

    private static String residuals(MatmulLaw law, List<Row> rows, boolean kept) {
        List<Row> some = rows.stream().filter(row -> row.kept() == kept).toList();
        Residuals r = Residuals.of(
                some.stream().mapToDouble(row -> law.seconds(row.product())).toArray(),
                some.stream().mapToDouble(Row::seconds).toArray());
        return String.format(
                "%4d rows %.1f / %.1f / %.1f %+.1f",
                r.rows(), 100 * r.median(), 100 * r.mean(), 100 * r.p90(), 100 * r.bias());
    }
}
