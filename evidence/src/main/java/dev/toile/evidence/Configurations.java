package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.evidence.calibration.Split;
import dev.toile.stack.mapping.band.BandTable;
import java.util.stream.Collectors;

/** What the calibrations keep together when they keep rows out: the shape of weights or heads, not the tokens. */
final class Configurations {

    private Configurations() {}

    /** The configuration of a row of kernels. */
    static String of(KernelKind kind, Row row) throws BadInput {
        return switch (kind) {
            case GEMM -> "n=" + row.text("n") + ",k=" + row.text("k");
            case MOE ->
                "hidden=" + row.text("hidden") + ",inter=" + row.text("inter") + ",experts=" + row.text("experts")
                        + ",topk=" + row.text("topk");
            case ATTENTION_CONTEXT, ATTENTION_GENERATION ->
                "heads=" + row.text("heads") + ",kv_heads=" + row.text("kv_heads") + ",head_dim=" + row.text("head_dim")
                        + ",window=" + row.text("window");
            case MLA_CONTEXT, MLA_GENERATION, MLA_BMM -> "mla,heads=" + row.text("heads");
            case COLLECTIVE -> throw new IllegalArgumentException("collectives name their configuration themselves");
        };
    }

    /** Whether no constant was fitted to a configuration of a chip. */
    static boolean keptOut(Catalog catalog, String chip, String configuration) {
        boolean fitted = catalog.kernels().bands().generations().values().stream()
                .map(BandTable.Generation::chip)
                .collect(Collectors.toSet())
                .contains(chip);
        return !fitted || Split.keptOut(configuration);
    }
}
