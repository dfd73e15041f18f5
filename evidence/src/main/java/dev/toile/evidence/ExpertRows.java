package dev.toile.evidence;

import dev.toile.catalog.text.BadInput;
import dev.toile.stack.operation.Operation.Experts;
import java.util.ArrayList;
import java.util.List;

/** Rows of tables of experts as a calibration sees them. */
public final class ExpertRows {

    private ExpertRows() {}

    /**
     * One row.
     *
     * @param kernel under the name of the catalog
     * @param experts what ran
     * @param configuration what a split keeps together
     * @param seconds measured
     */
    public record Row(String kernel, Experts experts, String configuration, double seconds) {}

    /**
     * The rows of a table.
     *
     * @throws BadInput when a cell is not what it should be
     */
    public static List<Row> of(RowTable table) throws BadInput {
        List<Row> rows = new ArrayList<>();
        for (RowTable.Row row : table.rows()) {
            try {
                Experts experts =
                        (Experts) KernelShapes.operations(KernelKind.MOE, row).getFirst();
                String configuration = "hidden=" + row.text("hidden") + ",inter=" + row.text("inter") + ",experts="
                        + row.text("experts") + ",topk=" + row.text("topk");
                rows.add(new Row(
                        KernelShapes.expertKernel(row), experts, configuration, row.positive("latency_ms") / 1000));
            } catch (Unpredictable e) {
                throw new IllegalStateException(table.file() + ":" + row.line() + ": " + e.reason(), e);
            }
        }
        return List.copyOf(rows);
    }
}
