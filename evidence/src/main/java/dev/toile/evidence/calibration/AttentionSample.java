package dev.toile.evidence.calibration;

import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.KernelKind;
import dev.toile.evidence.KernelShapes;
import dev.toile.evidence.RowTable;
import dev.toile.evidence.RowTable.Row;
import dev.toile.evidence.Unpredictable;
import dev.toile.stack.operation.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One measured call of an attention kernel.
 *
 * @param operation what ran
 * @param seconds it took
 * @param keptOut whether its configuration of heads is kept out of every fit
 * @param group operation, formats and, where it has its own kernels, window
 */
record AttentionSample(Operation operation, double seconds, boolean keptOut, String group) {

    /** All rows of a table of one kind. */
    static List<AttentionSample> read(Path file, KernelKind kind) throws BadInput {
        List<AttentionSample> samples = new ArrayList<>();
        for (Row row : RowTable.read(file).rows()) {
            samples.add(of(row, kind));
        }
        return samples;
    }

    private static AttentionSample of(Row row, KernelKind kind) throws BadInput {
        try {
            String formats = row.text("dtype") + (row.has("kv_dtype") ? "/" + row.text("kv_dtype") : "");
            return new AttentionSample(
                    KernelShapes.operations(kind, row).getFirst(),
                    row.positive("latency_ms") / 1000,
                    Split.keptOut(configuration(row)),
                    kind.label() + " " + formats);
        } catch (Unpredictable e) {
            throw new IllegalArgumentException(e.reason(), e);
        }
    }

    /** Heads and vectors; of latent attention the heads alone, which are eight in all tables. */
    private static String configuration(Row row) throws BadInput {
        return row.has("head_dim")
                ? "heads=" + row.text("heads") + ",kv_heads=" + row.text("kv_heads") + ",head_dim="
                        + row.text("head_dim") + ",window=" + row.text("window")
                : "mla,heads=" + row.text("heads");
    }
}
