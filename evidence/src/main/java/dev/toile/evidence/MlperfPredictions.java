package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.model.Models;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.MlperfBenchmarks.Benchmark;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.Transformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Predicts results of MLPerf Inference, tokens per second and accelerator, by simulation: all requests at once for
 * Offline, the highest rate that keeps the scenario's limits for the others.
 */
public final class MlperfPredictions {

    private final Catalog catalog;
    private final MlperfBenchmarks benchmarks = MlperfBenchmarks.bundled();
    private final Map<String, Candidate> candidates = new HashMap<>();

    /** Rates that were worked out; many submissions run the same machine. */
    private final Map<List<Object>, Attempted> rates = new HashMap<>();

    /**
     * Tokens per second and chip, or why there are none.
     *
     * @param rate NaN where there is none
     * @param reason empty where there is a rate
     */
    record Attempted(double rate, String reason) {}

    private MlperfPredictions(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Predicts all rows of a table.
     *
     * @param table with benchmark, scenario, accelerator, n_accel, precision and result
     * @param catalog that knows chips, systems and profiles
     * @throws BadInput when a column is missing or a cell is not a number
     */
    public static Comparison of(RowTable table, Catalog catalog) throws BadInput {
        table.require(List.of("benchmark", "scenario", "accelerator", "n_accel", "precision", "result"));
        MlperfPredictions each = new MlperfPredictions(catalog);
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            predictions.add(each.predict(row));
        }
        return new Comparison("mlperf", table, "pred_per_accel", predictions, each.notes(table));
    }

    private List<String> notes(RowTable table) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "results are compared per accelerator; requests are simulated, with the engine the submitter published"
                        + " where there is one, else as planned");
        benchmarks.benchmarks().forEach((name, benchmark) -> {
            boolean used = table.rows().stream()
                    .anyMatch(row -> row.textIfAny("benchmark").startsWith(name));
            if (used && !benchmark.prompt().note().isEmpty()) {
                notes.add("prompts of " + name + ": " + benchmark.prompt().note());
            }
        });
        long guessed = table.rows().stream()
                .filter(row -> row.textIfAny("precision_effective").endsWith("?"))
                .count();
        if (guessed > 0) {
            notes.add(guessed + " rows carry a precision that somebody guessed; the guess is used");
        }
        long again = table.rows().stream().filter(row -> row.has("same_run_as")).count();
        if (again > 0) {
            notes.add(again + " rows are the same run as another row, and count twice");
        }
        return notes;
    }

    private Prediction predict(Row row) throws BadInput {
        int accelerators = row.count("n_accel");
        int nodes = row.has("n_nodes") ? row.count("n_nodes") : 1;
        double measured = row.positive("result") / accelerators;
        try {
            String name = row.text("benchmark");
            Benchmark benchmark = benchmarks.of(name);
            String chip = new ChipNames(catalog).chip(row.text("accelerator"));
            Precision precision = precision(row);
            String scenario = row.text("scenario");
            int perNode = Math.max(1, accelerators / nodes);
            List<Object> key =
                    List.of(name.replaceFirst("-99(\\.9)?$", ""), scenario, chip, precision, perNode, accelerators);
            Attempted known = rates.get(key);
            if (known == null) {
                known = attempt(row, benchmark, chip, precision, perNode);
                rates.put(key, known);
            }
            return known.reason().isEmpty()
                    ? Prediction.of(row, measured, known.rate(), groups(row, chip))
                    : Prediction.skipped(row, known.reason());
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    private Candidate candidate(String chip) throws Unpredictable {
        Candidate known = candidates.get(chip);
        if (known == null) {
            known = new Bought(catalog).candidate(new ChipNames(catalog).system(chip));
            candidates.put(chip, known);
        }
        return known;
    }

    private static Precision precision(Row row) throws BadInput, Unpredictable {
        String stated = row.has("precision_effective") ? row.text("precision_effective") : row.text("precision");
        DataType type = switch (stated.replace("?", "")) {
            case "fp16", "bf16" -> DataType.BF16;
            case "fp8" -> DataType.FP8;
            case "fp4" -> DataType.FP4;
            case "int8" -> DataType.INT8;
            default -> throw new Unpredictable("unknown precision '" + stated + "'");
        };
        return new Precision(type, type, type == DataType.FP4 ? DataType.FP8 : type);
    }

    private Attempted attempt(Row row, Benchmark benchmark, String chip, Precision precision, int perNode)
            throws Unpredictable, BadInput {
        Transformer model = Models.bundled()
                .find(benchmark.model())
                .orElseThrow(() -> new Unpredictable("the catalog has no model '" + benchmark.model() + "'"))
                .model()
                .transformer();
        Candidate candidate = candidate(chip);
        MlperfRun run = new MlperfRun(
                candidate,
                new StepCosts(candidate.timer(model, precision)),
                benchmark,
                row.text("scenario"),
                perNode,
                row.count("n_accel"));
        return run.tokensPerSecond(benchmarks.engine(chip, row.text("benchmark"), precision.weights()));
    }

    private static SequencedMap<String, String> groups(Row row, String chip) throws BadInput {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        groups.put("benchmark", row.text("benchmark"));
        groups.put("scenario", row.text("scenario"));
        groups.put("chip", chip);
        for (String by : List.of("precision_effective", "round", "n_accel")) {
            if (row.has(by)) {
                groups.put(by, row.text(by));
            }
        }
        return groups;
    }
}
