package dev.toile.evidence;

import dev.toile.catalog.model.HuggingFaceConfigs;
import dev.toile.catalog.model.ImportedModel;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Problems;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.workload.Transformer;

/** A GPT from the columns of a training table, by way of the configuration it would have. */
final class GptModel {

    /** Entries of the tokeniser of GPT-2, filled up to a multiple of 1,024 (Narayanan et al., arXiv:2104.04473). */
    private static final int GPT_VOCABULARY = 51_200;

    private GptModel() {}

    static Transformer of(Row row) throws BadInput, Unpredictable {
        String config = """
            {"model_type": "gpt2", "n_layer": %d, "n_embd": %d, "n_head": %d, "n_positions": %d, "vocab_size": %d}
            """.formatted(
                        row.count("layers"),
                        row.count("hidden"),
                        row.count("heads"),
                        row.count("seq_len"),
                        row.has("vocab") ? row.count("vocab") : GPT_VOCABULARY);
        Problems problems = new Problems();
        ImportedModel model = null;
        if (Documents.parse("gpt.json", config) instanceof MapNode map) {
            model = HuggingFaceConfigs.importFrom(row.textIfAny("model"), map, problems);
        }
        if (model == null) {
            throw new Unpredictable(
                    problems.isEmpty()
                            ? "no such GPT"
                            : problems.list().getFirst().what());
        }
        return model.transformer();
    }
}
