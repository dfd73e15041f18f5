package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.KernelFiles;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable;
import dev.toile.evidence.calibration.MatmulSheet.Row;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.matmul.MatmulFormat;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import dev.toile.stack.mapping.matmul.MatmulPhysics;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Matmul;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    private MatmulCalibration() {}

    /** Fits, and gives the file. */
    static String fit(Path measured, PrintWriter log) throws BadInput {
        SequencedMap<String, Calibrated<MatmulKernels>> starts = KernelFiles.matmul(START, text());
        Run run = new Run(read(measured, starts), log);
        run.print("start");
        run.fit();
        run.print("fitted");
        return yaml(run.sheets, Objects.requireNonNull(starts.get("ideal")).kernels());
    }

    /** What each constant of the catalog earns. */
    static void ablate(Path measured, PrintWriter out) throws BadInput {
        SequencedMap<String, Calibrated<MatmulKernels>> fitted =
                Catalog.bundled().kernels().matmul();
        out.println(Ablation.HEADER);
        for (MatmulSheet sheet : read(measured, fitted)) {
            sheet.ablations().forEach(ablation -> ablation.print(out));
        }
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(MatmulCalibration.class.getResourceAsStream(START))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String yaml(List<MatmulSheet> sheets, MatmulKernels ideal) {
        List<String> lines = new ArrayList<>(List.of(HEADER.split("\n")));
        for (MatmulSheet sheet : sheets) {
            String generation = sheet.generation();
            lines.addAll(List.of("  " + generation + ":", "    source: " + generation, "    kernels:"));
            lines.addAll(ConstantsYaml.lines(sheet.kernels(), 6));
        }
        lines.addAll(List.of("  ideal:", "    source: ideal", "    kernels:"));
        lines.addAll(ConstantsYaml.lines(ideal, 6));
        return String.join("\n", lines) + "\n";
    }

    private static List<MatmulSheet> read(Path measured, Map<String, Calibrated<MatmulKernels>> constants)
            throws BadInput {
        List<MatmulSheet> sheets = new ArrayList<>();
        for (Map.Entry<String, String> generation : CHIPS.entrySet()) {
            Chip chip = Catalog.bundled().chip(generation.getValue());
            Path file = measured.resolve(generation.getValue().replace('-', '_') + "_gemm.csv");
            Map<MatmulFormat, List<Row>> rows = new EnumMap<>(MatmulFormat.class);
            for (RowTable.Row each : RowTable.read(file).rows()) {
                Row row = row(each);
                Matmul product = row.product();
                rows.computeIfAbsent(
                                MatmulFormat.of(product.weights(), chip.mathType(product.activations())),
                                _ -> new ArrayList<>())
                        .add(row);
            }
            MatmulKernels kernels =
                    Objects.requireNonNull(constants.get(generation.getKey())).kernels();
            sheets.add(new MatmulSheet(generation.getKey(), chip, kernels, rows));
        }
        return sheets;
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

    /** Fits what belongs to generations and what they share in turn. */
    private static final class Run {
        private final List<MatmulSheet> sheets;
        private final PrintWriter log;

        Run(List<MatmulSheet> sheets, PrintWriter log) {
            this.sheets = new ArrayList<>(sheets);
            this.log = log;
        }

        void fit() {
            for (int round = 1; round <= ROUNDS; round++) {
                sheets.replaceAll(MatmulSheet::withPathsFitted);
                sheets.replaceAll(MatmulSheet::withAllFitted);
                MatmulPhysics shared = new Fit<>(sheets.getFirst().kernels().physics(), this::loss).best();
                sheets.replaceAll(sheet -> sheet.with(with(sheet.kernels(), shared)));
                print("round " + round + " of " + ROUNDS);
            }
        }

        private double loss(MatmulPhysics shared) {
            return sheets.stream()
                    .mapToDouble(sheet -> sheet.loss(with(sheet.kernels(), shared)))
                    .average()
                    .orElseThrow();
        }

        private static MatmulKernels with(MatmulKernels k, MatmulPhysics physics) {
            return new MatmulKernels(physics, k.operandBytes(), k.launch(), k.paths());
        }

        void print(String title) {
            log.println("== " + title + ": rows, median / mean / P90 of absolute errors and bias in %");
            sheets.forEach(sheet -> sheet.report().forEach(log::println));
            log.flush();
        }
    }
}
