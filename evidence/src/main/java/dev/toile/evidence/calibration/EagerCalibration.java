package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.KernelFiles;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.OperatorRows;
import dev.toile.evidence.OperatorRows.Measured;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.elementwise.ElementwiseConstants;
import dev.toile.stack.mapping.elementwise.ElementwiseConstants.Kernel;
import dev.toile.stack.mapping.elementwise.ElementwiseLaw;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import dev.toile.stack.mapping.matmul.MatmulLaw;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.operation.Operation.Elementwise.Kind;
import dev.toile.stack.operation.Operation.Matmul;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Fits dense products and elementwise work of PyTorch to the sweeps of LLMCompass. There are two sweeps an operator, or
 * one, so nothing can be spared from the last fit; what a fit is worth is measured by fitting each sweep alone and
 * predicting the other (GELU, with one sweep: every second size). The launch of a product is read off its shortest call,
 * which is not scored: no other row of the sweep over rows can tell it. Layers and collectives are not looked at.
 */
final class EagerCalibration {

    private static final String START = "eager-start.yaml";
    private static final Source FITTING = Source.definition("being fitted");

    /** The chip whose measurements speak for the software on a generation. */
    private static final Map<String, String> CHIPS =
            new TreeMap<>(Map.of("pytorch-ampere", "a100-sxm", "pytorch-cdna2", "mi210"));

    /** Mechanisms of elementwise work, and the value at which each is gone. */
    private static final SequencedMap<String, Double> GONE = new LinkedHashMap<>();

    static {
        GONE.put("shadow", 0.0);
        GONE.put("rowCycles", 0.0);
        GONE.put("elementCycles", 0.0);
        GONE.put("rowsAtOnce", 1.0);
        GONE.put("again", 0.0);
        GONE.put("held", 0.0);
        GONE.put("shortShare", 1.0);
    }

    /** Operators of elementwise work, one for each kind that was measured. */
    private static final List<String> KINDS = List.of("gelu", "layernorm", "softmax");

    /**
     * The constants of products that move; the others stay those of the A100's own tables. The energy of a flop depends on
     * the numbers that are multiplied, and so on the benchmark. On the MI210 no row tells compute from reads, so their
     * overlap stays.
     */
    private static final Map<String, List<String>> MOVING = Map.of(
            "pytorch-ampere", List.of("paths.BF16.flopEnergy", "paths.BF16.issue", "physics.overlap"),
            "pytorch-cdna2", List.of("paths.BF16.issue"));

    private static final String HEADER = """
        # Constants of operations that PyTorch calls one by one, written by
        # dev.toile.evidence.calibration.EagerCalibration: do not edit. Data: the sweeps of single operators of
        # PrincetonUniversity/LLMCompass, ae/figure5 real_hardware (2023), all rows; its layers and collectives were not
        # used. docs/model/mapping.md has the errors when each sweep is predicted from the other.
        sources:
          pytorch-ampere: {title: "fitted to the operators of PyTorch on the A100 in PrincetonUniversity/LLMCompass, ae/figure5, by EagerCalibration; constants of products that did not move are a fit to TensorRT-LLM's on the A100", url: "https://github.com/PrincetonUniversity/LLMCompass", date: "2023"}
          pytorch-cdna2: {title: "fitted to the operators of PyTorch on the MI210 in PrincetonUniversity/LLMCompass, ae/figure5, by EagerCalibration; constants of products that did not move are a fit to TensorRT-LLM's on the A100", url: "https://github.com/PrincetonUniversity/LLMCompass", date: "2023"}
        """;

    private final List<String> products = new ArrayList<>();
    private final List<String> elementwise = new ArrayList<>();
    private final SequencedMap<String, Residuals> residuals = new LinkedHashMap<>();

    private EagerCalibration() {}

    /** Fits, tells both sides, and gives the file. */
    static String fit(Path measured, PrintWriter log) throws BadInput {
        EagerCalibration calibration = of(measured);
        calibration.residuals.forEach((title, r) -> log.printf(
                Locale.ROOT,
                "%-60s %3d rows, median %.1f %%, mean %.1f %%, P90 %.1f %%, bias %+.3f%n",
                title,
                r.rows(),
                100 * r.median(),
                100 * r.mean(),
                100 * r.p90(),
                r.bias()));
        return calibration.yaml();
    }

    /** Fits to the tables of a directory. */
    static EagerCalibration of(Path tables) throws BadInput {
        return of(tables, UnaryOperator.identity());
    }

    private static EagerCalibration of(Path tables, UnaryOperator<ElementwiseConstants> without) throws BadInput {
        Catalog catalog = Catalog.bundled();
        KernelFiles.Eager start = KernelFiles.eager(START, text(START));
        EagerCalibration calibration = new EagerCalibration();
        for (Map.Entry<String, String> each : CHIPS.entrySet()) {
            calibration.calibrate(
                    each.getKey(),
                    catalog.chip(each.getValue()),
                    start,
                    without,
                    OperatorRows.sweeps(tables.resolve("llmcompass_measured.csv"), each.getValue()));
        }
        return calibration;
    }

    /** What each mechanism of elementwise work earns on sweeps kept out: it is taken away and the rest fitted again. */
    static void ablate(Path measured, PrintWriter out) throws BadInput {
        out.println("Mean errors in percent on sweeps kept out, both ways together, all else fitted again.");
        out.println();
        SequencedMap<String, Double> whole = of(measured).keptOut();
        out.println("| taken away | " + String.join(" | ", whole.sequencedKeySet()) + " |");
        out.println("| --- |" + " ---: |".repeat(whole.size()));
        line("nothing", whole, out);
        for (Map.Entry<String, Double> gone : GONE.entrySet()) {
            line(
                    gone.getKey(),
                    of(measured, without(gone.getKey(), gone.getValue())).keptOut(),
                    out);
        }
    }

    private static void line(String title, SequencedMap<String, Double> errors, PrintWriter out) {
        List<String> cells = errors.values().stream()
                .map(error -> String.format(Locale.ROOT, "%.1f", 100 * error))
                .toList();
        out.println("| " + title + " | " + String.join(" | ", cells) + " |");
        out.flush();
    }

    private static UnaryOperator<ElementwiseConstants> without(String component, double gone) {
        return start -> {
            Constants<ElementwiseConstants> constants = Constants.of(start);
            return constants.with(constants.entries().stream()
                    .mapToDouble(entry -> entry.path().endsWith("." + component) ? gone : entry.value())
                    .toArray());
        };
    }

    /** Mean errors by software and operator on rows kept out, over both ways. */
    SequencedMap<String, Double> keptOut() {
        SequencedMap<String, Double> sums = new LinkedHashMap<>();
        SequencedMap<String, Double> rows = new LinkedHashMap<>();
        residuals.forEach((title, r) -> {
            if (title.contains("kept out")) {
                String id = title.substring(0, title.indexOf(',')) + title.substring(title.lastIndexOf(' '));
                sums.merge(id, r.mean() * r.rows(), Double::sum);
                rows.merge(id, (double) r.rows(), Double::sum);
            }
        });
        sums.replaceAll((id, sum) -> sum / Objects.requireNonNull(rows.get(id)));
        return sums;
    }

    /** Errors by what was fitted to what, kept-out sweeps among them. */
    SequencedMap<String, Residuals> residuals() {
        return residuals;
    }

    /** The file of the catalog. */
    String yaml() {
        List<String> lines = new ArrayList<>(List.of(HEADER.strip().split("\n")));
        lines.add("generations:");
        lines.addAll(products);
        lines.add("elementwise:");
        lines.addAll(elementwise);
        return String.join("\n", lines) + "\n";
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(EagerCalibration.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void calibrate(
            String id,
            Chip chip,
            KernelFiles.Eager start,
            UnaryOperator<ElementwiseConstants> without,
            List<Measured> rows) {
        ElementwiseConstants constants = without.apply(
                Objects.requireNonNull(start.elementwise().get(id)).kernels());
        Measured shortest = shortest(rows);
        MatmulKernels kernels =
                launched(chip, Objects.requireNonNull(start.matmul().get(id)).kernels(), shortest);
        for (boolean side : new boolean[] {true, false}) {
            List<Measured> part = half(rows, side);
            List<Measured> rest = new ArrayList<>(half(rows, !side));
            rest.remove(shortest);
            String fold = id + (side ? ", fit on M sweeps" : ", fit on N sweeps");
            ElementwiseConstants found = elementwise(chip, constants, part);
            MatmulKernels multiplied = products(id, chip, kernels, found.memoryShare(), part);
            note(fold, chip, multiplied, found, part);
            note(fold + ", kept out", chip, multiplied, found, rest);
        }
        ElementwiseConstants best = elementwise(chip, constants, rows);
        MatmulKernels matmul = products(id, chip, kernels, best.memoryShare(), rows);
        note(id + ", fit on all", chip, matmul, best, rows);
        products.addAll(List.of("  " + id + ":", "    source: " + id, "    kernels:"));
        products.addAll(ConstantsYaml.lines(matmul, 6));
        elementwise.addAll(List.of("  " + id + ":", "    source: " + id, "    constants:"));
        elementwise.addAll(ConstantsYaml.lines(best, 6));
    }

    private static Measured shortest(List<Measured> rows) {
        return of(rows, "gemm").stream()
                .min(Comparator.comparingDouble(Measured::seconds))
                .orElseThrow();
    }

    /** Kernels whose launch is what the shortest call leaves over. */
    private static MatmulKernels launched(Chip chip, MatmulKernels k, Measured shortest) {
        MatmulKernels alone = new MatmulKernels(k.physics(), k.operandBytes(), 0, k.paths());
        double work = products(chip, alone).applyAsDouble(shortest);
        double launch = Math.rint((shortest.seconds() - work) * 1e8) / 1e8;
        return new MatmulKernels(k.physics(), k.operandBytes(), launch, k.paths());
    }

    /** Products stream no faster than other work: they take its share of the memory bandwidth. */
    private static MatmulKernels products(
            String id, Chip chip, MatmulKernels start, double memoryShare, List<Measured> rows) {
        Constants<MatmulKernels> constants = Constants.of(start);
        double[] values = constants.entries().stream()
                .mapToDouble(entry -> entry.path().equals("physics.memoryShare") ? memoryShare : entry.value())
                .toArray();
        List<Measured> measured = of(rows, "gemm");
        return new Fit<>(
                        constants.with(values),
                        kernels -> loss(products(chip, kernels), measured),
                        frozen(start, Objects.requireNonNull(MOVING.get(id))))
                .best();
    }

    /** All kinds at once, for they share the memory. Pointwise work was not measured: its call is taken for a softmax's. */
    private static ElementwiseConstants elementwise(Chip chip, ElementwiseConstants start, List<Measured> rows) {
        ElementwiseConstants best = new Fit<>(
                        start,
                        constants -> KINDS.stream()
                                .mapToDouble(operator -> loss(elementwise(chip, constants), of(rows, operator)))
                                .sum())
                .best();
        Map<Kind, Kernel> kernels = new EnumMap<>(best.kernels());
        Kernel alone = Objects.requireNonNull(kernels.get(Kind.POINTWISE));
        double call = Objects.requireNonNull(kernels.get(Kind.SOFTMAX)).launch();
        kernels.put(Kind.POINTWISE, alone.launchedIn(call));
        return new ElementwiseConstants(best.memoryShare(), kernels);
    }

    private static List<Measured> of(List<Measured> rows, String operator) {
        return rows.stream().filter(row -> row.operator().equals(operator)).toList();
    }

    /** The sweeps over rows, or those over columns; of the one sweep over elements, every second size. */
    private static List<Measured> half(List<Measured> rows, boolean first) {
        List<Measured> out = new ArrayList<>();
        int alone = 0;
        for (Measured row : rows) {
            boolean is = row.operator().equals("gelu")
                    ? alone++ % 2 == 0
                    : row.series().startsWith("M");
            if (is == first) {
                out.add(row);
            }
        }
        return out;
    }

    private static List<String> frozen(MatmulKernels kernels, List<String> moving) {
        return Constants.of(kernels).entries().stream()
                .map(Constants.Entry::path)
                .filter(path -> !moving.contains(path))
                .toList();
    }

    private static ToDoubleFunction<Measured> products(Chip chip, MatmulKernels kernels) {
        Calibrated<MatmulKernels> calibrated = new Calibrated<>(kernels, FITTING);
        return row -> {
            Matmul product = (Matmul) row.operation();
            return new MatmulLaw(chip, calibrated, product.weights(), product.activations(), Conditions.BENCHMARK)
                    .seconds(product);
        };
    }

    private static ToDoubleFunction<Measured> elementwise(Chip chip, ElementwiseConstants constants) {
        ElementwiseLaw law = new ElementwiseLaw(chip, new Calibrated<>(constants, FITTING));
        return row -> law.seconds((Elementwise) row.operation());
    }

    private static double loss(ToDoubleFunction<Measured> law, List<Measured> rows) {
        return rows.stream()
                .mapToDouble(row -> Math.abs(Math.log(law.applyAsDouble(row) / row.seconds())))
                .average()
                .orElseThrow();
    }

    private void note(
            String title, Chip chip, MatmulKernels kernels, ElementwiseConstants constants, List<Measured> rows) {
        note(title + ": gemm", products(chip, kernels), of(rows, "gemm"));
        for (String operator : KINDS) {
            note(title + ": " + operator, elementwise(chip, constants), of(rows, operator));
        }
    }

    private void note(String title, ToDoubleFunction<Measured> law, List<Measured> rows) {
        residuals.put(
                title,
                Residuals.of(
                        rows.stream().mapToDouble(law).toArray(),
                        rows.stream().mapToDouble(Measured::seconds).toArray()));
    }
}
