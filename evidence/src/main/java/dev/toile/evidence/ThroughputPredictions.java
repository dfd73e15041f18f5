package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.serving.simulation.EngineSoftware;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.traffic.Arrivals;
import dev.toile.stack.serving.traffic.SyntheticTraffic;
import dev.toile.stack.serving.traffic.TokenLengths;
import dev.toile.stack.workload.Lengths;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Throughput that makers of serving engines publish of them: requests of one length, all there at once, are worked off.
 * What is compared are output tokens per second of the whole engine.
 */
public final class ThroughputPredictions {

    private static final List<String> COLUMNS = List.of(
            "system",
            "software",
            "model",
            "precision",
            "tp",
            "prompt_tokens",
            "output_tokens",
            "requests",
            "max_num_seqs",
            "max_num_batched_tokens",
            "tokens_per_s");

    private final Catalog catalog;
    private final EngineNames engines;
    private final Map<String, Candidate> candidates = new HashMap<>();
    private final Map<List<Object>, StepCosts> known = new HashMap<>();

    private ThroughputPredictions(Catalog catalog, EngineNames engines) {
        this.catalog = catalog;
        this.engines = engines;
    }

    /** The tables that come with Toile. */
    public static RowTable bundled() throws BadInput {
        return RowTable.bundled("throughput.csv");
    }

    /**
     * Predicts all rows of a table.
     *
     * @param table with the columns of the bundled one
     * @param catalog that knows chips, systems and profiles
     * @throws BadInput when a column is missing or a cell is not a number
     */
    public static Comparison of(RowTable table, Catalog catalog) throws BadInput {
        return of(table, catalog, EngineNames.BUNDLED);
    }

    /** The same with other engines, for those who fit them. */
    public static Comparison of(RowTable table, Catalog catalog, EngineNames engines) throws BadInput {
        table.require(COLUMNS);
        ThroughputPredictions each = new ThroughputPredictions(catalog, engines);
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            predictions.add(each.predict(row));
        }
        return new Comparison(
                "throughput",
                table,
                "pred_tokens_per_s",
                predictions,
                List.of("requests of one length, all there at once; layout and engine settings as published, or the"
                        + " engine's defaults"));
    }

    private Prediction predict(Row row) throws BadInput {
        double measured = row.positive("tokens_per_s");
        try {
            String chip = new ChipNames(catalog).chip(row.text("system"));
            EngineSoftware engine = engines.engine(row.text("software"));
            int pipeline = row.has("pp") ? row.count("pp") : 1;
            EngineRun.Setting setting = new EngineRun.Setting(
                    row.count("max_num_seqs"),
                    row.count("max_num_batched_tokens"),
                    row.has("decode_steps") ? row.count("decode_steps") : 1,
                    row.has("memory_fraction") ? row.positive("memory_fraction") : Double.NaN);
            EngineRun run = EngineRun.of(
                    costs(row, chip, engine),
                    EngineRun.profile(candidate(chip), engine),
                    engine,
                    engine.policy(),
                    new Parallelism(row.count("tp"), pipeline, 1),
                    setting);
            Requests requests = requests(row);
            double rate = run.offline(requests);
            return Prediction.of(row, measured, rate * requests.meanOutput(), groups(row, chip));
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    /** Step costs are remembered: many rows are one model on one chip. */
    private StepCosts costs(Row row, String chip, EngineSoftware engine) throws BadInput, Unpredictable {
        List<Object> key = List.of(
                chip,
                engine,
                row.text("model"),
                row.text("precision"),
                row.textIfAny("kv_cache"),
                row.textIfAny("scales"));
        StepCosts found = known.get(key);
        if (found == null) {
            Transformer model = ServingRuns.model(row.text("model"));
            Precision precision = Precisions.of(row.text("precision"), row.textIfAny("kv_cache"));
            boolean staticScales = !row.textIfAny("scales").equals("dynamic");
            found = EngineRun.costs(new EngineRun.Running(candidate(chip), model, precision, staticScales), engine);
            known.put(key, found);
        }
        return found;
    }

    /** All of one length, or of gamma-distributed ones where the table gives a spread: P90 over mean. */
    private static Requests requests(Row row) throws BadInput {
        int count = row.count("requests");
        double prompt = row.positive("prompt_tokens");
        double output = row.positive("output_tokens");
        if (!row.has("prompt_spread") && !row.has("output_spread")) {
            return alike(count, (int) prompt, (int) output);
        }
        double prompts = row.has("prompt_spread") ? row.positive("prompt_spread") : 1;
        double outputs = row.has("output_spread") ? row.positive("output_spread") : 1;
        return new SyntheticTraffic(
                        new Arrivals.Poisson(1e9),
                        new TokenLengths.Gamma(new Lengths(prompt, prompt * prompts)),
                        new TokenLengths.Gamma(new Lengths(output, output * outputs)),
                        0)
                .requests(count, 1);
    }

    private static Requests alike(int count, int prompt, int output) {
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        Arrays.fill(prompts, prompt);
        Arrays.fill(outputs, output);
        return Requests.of(new double[count], prompts, outputs);
    }

    private Candidate candidate(String chip) throws Unpredictable {
        Candidate known = candidates.get(chip);
        if (known == null) {
            known = new Bought(catalog).candidate(new ChipNames(catalog).system(chip));
            candidates.put(chip, known);
        }
        return known;
    }

    private static SequencedMap<String, String> groups(Row row, String chip) throws BadInput {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        groups.put("chip", chip);
        groups.put("model", row.text("model"));
        groups.put("software", row.text("software"));
        groups.put(
                "lengths",
                row.has("output_spread") ? "OpenOrca" : row.text("prompt_tokens") + " + " + row.text("output_tokens"));
        groups.put("tp", row.text("tp"));
        return groups;
    }
}
