package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.serving.simulation.Requests;
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
            "system", "software", "model", "precision", "tp", "prompt_tokens", "output_tokens", "requests",
            "max_num_seqs", "max_num_batched_tokens", "tokens_per_s");

    private final Catalog catalog;
    private final Map<String, Candidate> candidates = new HashMap<>();

    private ThroughputPredictions(Catalog catalog) {
        this.catalog = catalog;
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
        table.require(COLUMNS);
        ThroughputPredictions each = new ThroughputPredictions(catalog);
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
            Transformer model = ServingRuns.model(row.text("model"));
            int pipeline = row.has("pp") ? row.count("pp") : 1;
            EngineRun run = EngineRun.of(
                    candidate(chip),
                    model,
                    Precisions.of(row.text("precision")),
                    new Parallelism(row.count("tp"), pipeline, 1),
                    new EngineRun.Limits(
                            row.count("max_num_seqs"), row.count("max_num_batched_tokens"), true, row.has("memory_fraction") ? row.positive("memory_fraction") : Double.NaN));
            int output = row.count("output_tokens");
            double rate = run.offline(alike(row.count("requests"), row.count("prompt_tokens"), output));
            return Prediction.of(row, measured, rate * output, groups(row, chip));
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
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
        groups.put("lengths", row.text("prompt_tokens") + " + " + row.text("output_tokens"));
        groups.put("tp", row.text("tp"));
        return groups;
    }
}
