package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.Engines;
import dev.toile.catalog.entry.EngineEntry;
import dev.toile.catalog.model.Models;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.MlperfBenchmarks.Benchmark;
import dev.toile.evidence.MlperfBenchmarks.Engine;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSoftware;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.Transformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Predicts results of MLPerf Inference, tokens per second and accelerator, by simulation: all requests at once for
 * Offline, the highest rate that keeps the scenario's limits for the others.
 */
public final class MlperfPredictions {

    /** What serves where a row does not say. */
    private static final EngineSoftware UNNAMED = new EngineSoftware(
            "an engine without a name",
            Policy.VLLM,
            0,
            0,
            false,
            1,
            1,
            1,
            false,
            false,
            Provenance.all(Source.definition("kernels as the chip's profile has them, no time of the host")));

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
        Map<List<String>, Row> best = each.best(table);
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            predictions.add(each.predict(row, best.containsValue(row)));
        }
        return new Comparison("mlperf", table, "pred_per_accel", predictions, each.notes(table, predictions));
    }

    /** The submission with the most tokens per accelerator of each chip, benchmark and scenario; of equals the first. */
    private Map<List<String>, Row> best(RowTable table) throws BadInput {
        ChipNames names = new ChipNames(catalog);
        Map<List<String>, Row> best = new LinkedHashMap<>();
        for (Row row : table.rows()) {
            Optional<String> chip = names.find(row.text("accelerator"));
            if (chip.isEmpty()) {
                continue;
            }
            List<String> key = List.of(MlperfBenchmarks.base(row.text("benchmark")), row.text("scenario"), chip.get());
            Row known = best.get(key);
            if (known == null || perAccelerator(row) > perAccelerator(known)) {
                best.put(key, row);
            }
        }
        return best;
    }

    /** A line for each best submission that could be predicted. */
    private static List<String> bestLines(List<Prediction> predictions) {
        List<String> lines = new ArrayList<>();
        for (Prediction each : predictions) {
            if (each.groups().containsKey("best")) {
                Row row = each.row();
                lines.add(String.format(
                        Locale.ROOT,
                        "best of %s, %s, %s: %s, %s: %.0f tokens/s and accelerator, predicted %.0f (%+.0f %%)",
                        MlperfBenchmarks.base(row.textIfAny("benchmark")),
                        row.textIfAny("scenario"),
                        each.groups().get("chip"),
                        row.textIfAny("submitter"),
                        row.textIfAny("software"),
                        each.measured(),
                        each.predicted(),
                        100 * (each.predicted() / each.measured() - 1)));
            }
        }
        return lines;
    }

    private List<String> notes(RowTable table, List<Prediction> predictions) {
        List<String> notes = new ArrayList<>(bestLines(predictions));
        notes.add(
                "results are compared per accelerator; requests are simulated under the engine that the row names, set"
                        + " as its submitter published, else as planned");
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

    private Prediction predict(Row row, boolean best) throws BadInput {
        int accelerators = row.count("n_accel");
        int nodes = row.has("n_nodes") ? row.count("n_nodes") : 1;
        double measured = perAccelerator(row);
        try {
            String name = row.text("benchmark");
            Benchmark benchmark = benchmarks.of(name);
            String chip = new ChipNames(catalog).chip(row.text("accelerator"));
            Precision precision = precision(row);
            String scenario = row.text("scenario");
            String software = row.textIfAny("software");
            int perNode = Math.max(1, accelerators / nodes);
            List<Object> key =
                    List.of(MlperfBenchmarks.base(name), scenario, chip, precision, software, perNode, accelerators);
            Attempted known = rates.get(key);
            if (known == null) {
                known = attempt(row, benchmark, chip, precision, software, perNode);
                rates.put(key, known);
            }
            return known.reason().isEmpty()
                    ? Prediction.of(row, measured, known.rate(), groups(row, chip, software, best))
                    : Prediction.skipped(row, known.reason());
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    private static double perAccelerator(Row row) throws BadInput {
        return row.positive("result") / row.count("n_accel");
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
        return Precisions.of(row.has("precision_effective") ? row.text("precision_effective") : row.text("precision"));
    }

    private Attempted attempt(
            Row row, Benchmark benchmark, String chip, Precision precision, String software, int perNode)
            throws Unpredictable, BadInput {
        Transformer model = Models.bundled()
                .find(benchmark.model())
                .orElseThrow(() -> new Unpredictable("the catalog has no model '" + benchmark.model() + "'"))
                .model()
                .transformer();
        MlperfRun run = new MlperfRun(
                new EngineRun.Running(candidate(chip), model, precision, true),
                Engines.bundled().named(software).map(EngineEntry::engine).orElse(UNNAMED),
                benchmark,
                row.text("scenario"),
                perNode,
                row.count("n_accel"));
        Optional<Engine> published = benchmarks
                .engine(chip, row.text("benchmark"), precision.weights(), software)
                .filter(engine -> perNode % (engine.tensor() * engine.pipeline()) == 0);
        return published.isPresent() ? run.tokensPerSecond(published.get()) : run.asPlanned();
    }

    private static SequencedMap<String, String> groups(Row row, String chip, String software, boolean best)
            throws BadInput {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        if (best) {
            groups.put("best", row.text("scenario"));
        }
        groups.put("benchmark", row.text("benchmark"));
        groups.put("scenario", row.text("scenario"));
        groups.put("chip", chip);
        if (!software.isEmpty()) {
            groups.put(
                    "software",
                    Engines.bundled().named(software).map(EngineEntry::name).orElse(software));
        }
        for (String by : List.of("precision_effective", "round", "n_accel")) {
            if (row.has(by)) {
                groups.put(by, row.text(by));
            }
        }
        return groups;
    }
}
