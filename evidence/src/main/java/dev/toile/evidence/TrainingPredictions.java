package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.training.Iteration;
import dev.toile.stack.training.Trainer;
import dev.toile.stack.training.TrainingLayout;
import dev.toile.stack.training.TrainingMemory;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.TrainingJob;
import dev.toile.stack.workload.TrainingJob.Recompute;
import dev.toile.stack.workload.Transformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the seconds of training iterations of GPT models. The model is built from its columns; a row without
 * iteration time is compared through its MFU, by the convention of {@link Iteration#mfu}.
 */
public final class TrainingPredictions {

    /** What must be known of a run. */
    private static final List<String> NEEDED =
            List.of("layers", "hidden", "heads", "seq_len", "dp", "global_batch_seqs", "precision");

    /** What must be known of a single layer. */
    private static final List<String> NEEDED_OF_LAYER = List.of("hidden", "heads", "seq_len", "tp", "recompute");

    /** Tokens to be seen in all; no iteration depends on it. */
    private static final double TOKENS = 1e12;

    /** Matrices are cut over the accelerators of a node before layers are cut over nodes. */
    private static final int PER_NODE = 8;

    private static final int MOST_MICRO_BATCH = 8;

    private final Catalog catalog;
    private final Map<String, Candidate> candidates = new HashMap<>();

    private TrainingPredictions(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Predicts all rows of a table.
     *
     * @param table with the columns of the model, its layout and {@code iteration_time_s}, or {@code mfu}
     * @param catalog that knows chips and systems
     * @throws BadInput when a column is missing or a cell is not a number
     */
    public static Comparison of(RowTable table, Catalog catalog) throws BadInput {
        table.require(NEEDED);
        table.require(List.of("vocab", "recompute"));
        table.require(List.of("accelerator", "n_accel", "iteration_time_s"));
        TrainingPredictions each = new TrainingPredictions(catalog);
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            predictions.add(each.predict(row));
        }
        return new Comparison(
                "training",
                table,
                "pred_iteration_time_s",
                predictions,
                List.of(
                        "attention is taken as not fused and gradients as exchanged after the backward pass, as"
                                + " Megatron-LM did until 2022",
                        "where tp and pp are not stated, matrices are cut over up to 8 chips and layers over the rest"
                                + " of a replica",
                        "where no vocabulary is stated, 51,200 are taken; where neither recomputation nor sequence"
                                + " parallelism is stated, selective with sequence parallelism, as Megatron-LM advises"
                                + " since 2022",
                        "where no micro-batch is stated, the fastest of 1, 2, 4 and 8 that fits is taken; where no"
                                + " interleaving is stated, none"));
    }

    private Prediction predict(Row row) throws BadInput {
        try {
            if (row.text("model").contains("ZeRO-3")) {
                throw new Unpredictable("ZeRO stage 3 is not modelled");
            }
            List<String> missing = (isLayer(row) ? NEEDED_OF_LAYER : NEEDED)
                    .stream().filter(column -> !row.has(column)).toList();
            if (!missing.isEmpty()) {
                throw new Unpredictable("not stated: " + String.join(", ", missing));
            }
            if (row.has("cp") && row.count("cp") > 1) {
                throw new Unpredictable("context parallelism is not modelled");
            }
            if (!isLayer(row) && !row.text("precision").matches("(bf|fp)16.*")) {
                throw new Unpredictable("training in '" + row.text("precision") + "' is not modelled");
            }
            Candidate candidate = candidate(chip(row.text("accelerator")));
            Iteration iteration = iteration(row, candidate);
            double seconds = isLayer(row) ? iteration.forward() + iteration.backward() : iteration.seconds();
            return Prediction.of(row, measured(row, iteration), seconds, groups(row));
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    /** Whether the row times one layer of a model, forward and back, instead of an iteration. */
    private static boolean isLayer(Row row) throws BadInput {
        return row.text("model").startsWith("one transformer layer");
    }

    private static double measured(Row row, Iteration iteration) throws BadInput, Unpredictable {
        if (row.has("iteration_time_s")) {
            return row.positive("iteration_time_s");
        }
        if (row.has("mfu")) {
            return iteration.seconds() * iteration.mfu() / row.positive("mfu");
        }
        if (row.has("hfu") && recompute(row) == Recompute.FULL) {
            // The hardware repeats the forward pass: four passes where the model counts three.
            return iteration.seconds() * iteration.mfu() / (0.75 * row.positive("hfu"));
        }
        throw new Unpredictable("neither iteration_time_s nor mfu stated");
    }

    /** Papers often name no more than the family, such as {@code A100}: nodes that train carry its socketed form. */
    private String chip(String text) throws Unpredictable {
        ChipNames names = new ChipNames(catalog);
        Optional<String> known = names.find(text).or(() -> names.find(text.split("\\W", 2)[0] + " SXM"));
        return known.orElseThrow(() -> new Unpredictable("the catalog has no chip '" + text + "'"));
    }

    private Candidate candidate(String chip) throws Unpredictable {
        Candidate known = candidates.get(chip);
        if (known == null) {
            known = new Bought(catalog).candidate(new ChipNames(catalog).system(chip));
            candidates.put(chip, known);
        }
        return known;
    }

    private static Iteration iteration(Row row, Candidate candidate) throws BadInput, Unpredictable {
        Transformer model = GptModel.of(row);
        boolean layer = isLayer(row);
        boolean single = row.textIfAny("precision").startsWith("bf16");
        TrainingJob job = new TrainingJob(
                TOKENS,
                row.positive("seq_len"),
                layer ? row.count("micro_batch") : row.positive("global_batch_seqs"),
                recompute(row),
                sequenceParallel(row),
                false,
                false,
                // Megatron-LM sums gradients of bf16 in single precision.
                single ? 4 : 2,
                false);
        Trainer trainer = new Trainer(candidate.timer(model, Precision.BF16), candidate.profile(), job);
        int data = layer ? 1 : row.count("dp");
        int tensor = row.has("tp") ? row.count("tp") : Math.min(PER_NODE, row.count("n_accel") / data);
        int pipeline = layer ? 1 : row.has("pp") ? row.count("pp") : row.count("n_accel") / data / tensor;
        if ((double) tensor * pipeline * data != row.count("n_accel")) {
            throw new Unpredictable("tp x pp x dp is not n_accel");
        }
        if (row.count("heads") % tensor != 0) {
            throw new Unpredictable("the heads do not divide by tp");
        }
        int interleave = row.has("vpp_interleave") ? row.count("vpp_interleave") : 1;
        if (row.has("micro_batch")) {
            return trainer.iteration(new TrainingLayout(tensor, pipeline, data, row.count("micro_batch"), interleave));
        }
        @Nullable Iteration best = null;
        for (int micro = 1; micro <= MOST_MICRO_BATCH; micro *= 2) {
            TrainingLayout layout = new TrainingLayout(tensor, pipeline, data, micro, interleave);
            boolean fits = new TrainingMemory(model, job, layout).bytes()
                    <= candidate.chip().memoryCapacity();
            if (fits && job.batch() % ((double) data * micro) == 0) {
                Iteration tried = trainer.iteration(layout);
                best = best == null || tried.seconds() < best.seconds() ? tried : best;
            }
        }
        if (best == null) {
            throw new Unpredictable("no micro_batch stated, and none fits the memory as it is modelled");
        }
        return best;
    }

    /** Cut along the sequence where the row says so, or says nothing of what is recomputed either. */
    private static boolean sequenceParallel(Row row) throws BadInput {
        return !row.has("recompute")
                || row.text("recompute").contains("sequence")
                || row.textIfAny("seq_parallel").equals("yes");
    }

    private static Recompute recompute(Row row) throws BadInput, Unpredictable {
        String text = row.has("recompute") ? row.text("recompute") : "selective";
        if (text.startsWith("selective")) {
            return Recompute.SELECTIVE;
        }
        return switch (text) {
            case "full", "full recompute" -> Recompute.FULL;
            case "none", "no", "no recompute", "sequence parallel only" -> Recompute.NONE;
            default -> throw new Unpredictable("unknown recompute '" + text + "'");
        };
    }

    private static SequencedMap<String, String> groups(Row row) throws BadInput {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        if (row.has("source_id")) {
            groups.put("source", row.text("source_id"));
        }
        groups.put("recompute", row.has("recompute") ? row.text("recompute") : "assumed selective");
        groups.put("micro-batch", row.has("micro_batch") ? "stated" : "chosen");
        groups.put("compared by", row.has("iteration_time_s") ? "iteration time" : "MFU");
        groups.put("chips", row.count("n_accel") <= 64 ? "n <= 64" : "n > 64");
        return groups;
    }
}
