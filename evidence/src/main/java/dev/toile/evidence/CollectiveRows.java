package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.stack.network.CollectiveConstants;
import dev.toile.stack.network.CollectiveConstants.Generation;
import dev.toile.stack.network.CollectiveConstants.Profile;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.operation.Operation.Collective;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Rows of tables of collectives as a calibration sees them. */
public final class CollectiveRows {

    private CollectiveRows() {}

    /**
     * One row.
     *
     * @param chip id
     * @param generation of its constants
     * @param fabric of the first system that carries the chip, with switches that add only where they add this type
     * @param kernels {@code nccl} for the library alone, {@code own} where the serving software's kernels may run, {@code simai} for
     *     published ratios
     * @param library launched by a host, by its name in the constants; empty for a recorded graph
     * @param collective what ran
     * @param seconds measured
     */
    public record Row(
            String chip,
            String generation,
            Fabric fabric,
            String kernels,
            String library,
            Collective collective,
            double seconds) {

        /** What a split keeps together: an octave of sizes. */
        public String configuration() {
            return CollectiveRows.configuration(collective, kernels);
        }

        /** Whether it was replayed from a recorded graph on one node. */
        public boolean recorded() {
            return library.isEmpty() && !kernels.equals(BusBandwidthRatios.KERNELS);
        }

        /** Whether it is a published ratio of a gather over several nodes. */
        public boolean gathersAcross() {
            return kernels.equals(BusBandwidthRatios.KERNELS)
                    && collective.ranks() > fabric.domain()
                    && collective.kind() == Collective.Kind.ALL_GATHER;
        }

        /** Seconds under some constants. */
        public double predict(CollectiveConstants constants) {
            Generation of = Objects.requireNonNull(constants.generations().get(generation));
            Profile known = Objects.requireNonNull(fabric.collectives());
            Profile profile = new Profile(
                    constants.shared(),
                    constants.choice(),
                    of,
                    Profile.RECORDED,
                    kernels.equals("own"),
                    "",
                    known.provenance());
            Profile under = library.isEmpty()
                    ? profile
                    : profile.under(Objects.requireNonNull(constants.libraries().get(library)));
            return new Collectives(fabric.with(under, fabric.inNetworkReduction()))
                    .time(collective)
                    .seconds();
        }
    }

    static String configuration(Collective collective, String kernels) {
        int octave = (int) Math.floor(Math.log(collective.bytes()) / Math.log(2) + 1e-9);
        return collective.name() + " " + collective.ranks() + " " + kernels + " 2^" + octave;
    }

    /**
     * The rows of the tables in a folder: {@code CHIP_comm.csv} of the chips that were measured, and the all-reduce rows of
     * {@code collectives_public.csv} that name a version of the library, and those of {@code simai_busbw_ratio.csv} whose
     * collective is known.
     *
     * @throws BadInput when a cell is not what it should be
     */
    public static List<Row> read(Path folder, Catalog catalog) throws BadInput {
        List<Row> rows = new ArrayList<>();
        for (String chip : List.of("a100-sxm", "h100-sxm", "b200-sxm")) {
            rows.addAll(of(RowTable.read(folder.resolve(chip.replace('-', '_') + "_comm.csv")), catalog));
        }
        for (Row row : of(RowTable.read(folder.resolve("collectives_public.csv")), catalog)) {
            if (!row.library().isEmpty()) {
                rows.add(row);
            }
        }
        rows.addAll(ratios(RowTable.read(folder.resolve("simai_busbw_ratio.csv")), catalog));
        return List.copyOf(rows);
    }

    private static List<Row> ratios(RowTable table, Catalog catalog) throws BadInput {
        BusBandwidthRatios each = new BusBandwidthRatios(catalog);
        List<Row> rows = new ArrayList<>();
        for (RowTable.Row row : table.rows()) {
            if (each.isNamed(row)) {
                rows.add(each.calibrationRow(row));
            }
        }
        return rows;
    }

    private static List<Row> of(RowTable table, Catalog catalog) throws BadInput {
        CollectivePredictions each = CollectivePredictions.over(table, catalog);
        List<Row> rows = new ArrayList<>();
        for (RowTable.Row row : table.rows()) {
            try {
                rows.add(each.calibrationRow(row));
            } catch (Unpredictable e) {
                throw new IllegalStateException(table.file() + ":" + row.line() + ": " + e.reason(), e);
            }
        }
        return rows;
    }
}
