package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.mapping.ChipMapper;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Transformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Times of the two phases of one batch, as Splitwise's table has them: each row gives a prompt phase and a step of the
 * token phase, at the mean context of the run.
 *
 * <p>They were taken with the vLLM of 2023, which called PyTorch's operators one by one from the host (CUDA graphs came
 * later): so the software is PyTorch's, whose operators on the A100 others measured one by one.
 */
public final class PhaseTimes {

    private static final String PHASE = "phase";

    /** Operators of PyTorch called one by one on Ampere, fitted to LLMCompass's sweeps of single operators. */
    private static final String EAGER = "pytorch-eager-ampere";

    private final Catalog catalog;
    private final Map<String, StepCosts> costs = new HashMap<>();

    private PhaseTimes(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Whether a table is of this kind. */
    public static boolean suits(RowTable table) {
        return table.has("prompt_time_ms") && table.has("token_time_ms");
    }

    /**
     * Predicts both phases of all rows.
     *
     * @param table with model, hardware, prompt_size, batch_size, token_size, tensor_parallel and the times
     * @param catalog that knows the chips
     * @throws BadInput when a column is missing or a cell is not a number
     */
    public static Comparison of(RowTable table, Catalog catalog) throws BadInput {
        table.require(List.of("model", "hardware", "prompt_size", "batch_size", "token_size", "tensor_parallel"));
        PhaseTimes each = new PhaseTimes(catalog);
        List<String> columns = new ArrayList<>(table.columns());
        columns.add(PHASE);
        List<Row> rows = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            for (String phase : List.of("prompt", "token")) {
                SequencedMap<String, String> cells = new LinkedHashMap<>(row.cells());
                cells.put(PHASE, phase);
                Row one = new Row(row.file(), row.line(), cells);
                rows.add(one);
                predictions.add(each.predict(one, phase));
            }
        }
        return new Comparison(
                "serving",
                new RowTable(table.file(), columns, rows),
                "pred_ms",
                predictions,
                List.of("operators of PyTorch called one by one, as fitted to single operators of another source"));
    }

    private Prediction predict(Row row, String phase) throws BadInput {
        try {
            Parallelism parallelism = new Parallelism(row.count("tensor_parallel"), 1, 1);
            int batch = row.count("batch_size");
            int prompt = row.count("prompt_size");
            StepShape shape = phase.equals("prompt")
                    ? StepShape.prefill(batch, prompt, 0)
                    : StepShape.decode(batch, prompt + row.count("token_size") / 2.0);
            double seconds = costs(row).under(parallelism).seconds(shape);
            SequencedMap<String, String> groups = new LinkedHashMap<>();
            groups.put(PHASE, phase);
            groups.put("model", row.text("model"));
            groups.put("tensor_parallel", row.text("tensor_parallel"));
            groups.put("phase and tensor_parallel", phase + " TP" + row.text("tensor_parallel"));
            return Prediction.of(row, row.positive(phase + "_time_ms"), 1000 * seconds, groups);
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    /** What an engine of 2023 calls: PyTorch's operators where they were measured; else what the chip runs. */
    private SoftwareProfile software(Candidate candidate) {
        return candidate.chip().name().contains("A100") ? catalog.profile(EAGER) : candidate.profile();
    }

    private StepCosts costs(Row row) throws BadInput, Unpredictable {
        String key = row.text("model") + " " + row.text("hardware");
        StepCosts known = costs.get(key);
        if (known == null) {
            Transformer model = ServingRuns.model(row.text("model"));
            ChipNames names = new ChipNames(catalog);
            // The card's name carries its memory: a100-80gb.
            String hardware = row.text("hardware").replaceFirst("(?i)-?80gb$", "-SXM");
            Candidate candidate = new Bought(catalog).candidate(names.system(names.chip(hardware)));
            StepTimer timer = candidate.timer(model, Precision.BF16);
            ChipMapper mapper = new ChipMapper(candidate.chip(), software(candidate), Conditions.DEPLOYED);
            known = new StepCosts(
                    new StepTimer(model, timer.precision(), candidate.chip(), mapper, timer.collectives()));
            costs.put(key, known);
        }
        return known;
    }
}
