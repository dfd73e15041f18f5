package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.operation.Operation.Collective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Published bus bandwidths of collectives over several nodes, as shares of the bandwidth that limits them
 * ({@code simai_busbw_ratio.csv}, tables of the SimAI simulator).
 *
 * <p>Read as follows; the tables do not say it, but their one-node columns then agree with measured H100 nodes. All nodes
 * have eight accelerators of the Hopper generation with eight adapters of 400 Gb/s. {@code nic}: gathers limited by the
 * adapters, links of 450 GB/s. {@code nvlink}: gathers limited by the links, of 200 GB/s. {@code ata}: exchanges of all
 * with all, limited by the adapters. Columns named Multi are the same in all three tables; the simulator reads the last,
 * as exchanges of ranks with a node each (cal_ratio); that those with a number are such exchanges of so many ranks is a guess
 * that fits better than gathers. One copy of them is taken as such, and one of the one-node columns. Columns of 32 nodes and more look like extrapolations of those of
 * 16.
 */
public final class BusBandwidthRatios {

    /** What a row of these tables ran, in the words of {@link CollectiveRows.Row#kernels}. */
    public static final String KERNELS = "simai";

    private static final int PER_NODE = 8;
    private static final Pattern NODES = Pattern.compile("(\\d+) ?Node.*");
    private static final Pattern RANKS = Pattern.compile("Mu[li]ti (\\d+)");
    private static final String EXCHANGES = "ata";
    private static final Map<String, String> SYSTEMS =
            Map.of("nic", "hgx-h100", "nvlink", "hgx-h800", "ata", "hgx-h100");

    private final Map<String, Fabric> fabrics = new LinkedHashMap<>();
    private final Catalog catalog;

    BusBandwidthRatios(Catalog catalog) {
        this.catalog = catalog;
    }

    static boolean in(RowTable table) {
        return table.has("busbw_ratio");
    }

    /** Whether it is known what the row ran, and the row is not the second copy of another. */
    boolean isNamed(Row row) throws BadInput {
        String nodes = nodes(row);
        return SYSTEMS.containsKey(row.text("table")) && !isCopy(row) && (!nodes.isEmpty() || ranks(row) > 0);
    }

    /** Whether another table has the same column. */
    private static boolean isCopy(Row row) throws BadInput {
        String table = row.text("table");
        return nodes(row).isEmpty()
                ? !table.equals(EXCHANGES)
                : table.equals("nvlink") && nodes(row).equals("1");
    }

    /** Why a row that is not {@link #isNamed} has no prediction. */
    static String reason(Row row) throws BadInput {
        return isCopy(row) ? "a copy of a column of another table" : "not stated how many ranks";
    }

    /** Ranks with a node each; 0 where the column says nothing of the kind. */
    private static int ranks(Row row) throws BadInput {
        Matcher ranks = RANKS.matcher(row.text("group").strip());
        return ranks.matches() ? Integer.parseInt(ranks.group(1)) : 0;
    }

    private static String nodes(Row row) throws BadInput {
        Matcher nodes = NODES.matcher(row.text("group"));
        return nodes.matches() ? nodes.group(1) : "";
    }

    /** A row that {@link #isNamed} as a calibration sees it. */
    CollectiveRows.Row calibrationRow(Row row) throws BadInput {
        String table = row.text("table");
        Fabric fabric = fabric(table);
        boolean alone = ranks(row) > 0;
        int ranks = alone ? ranks(row) : PER_NODE * Integer.parseInt(nodes(row));
        Collective.Kind kind = table.equals(EXCHANGES) ? Collective.Kind.ALL_TO_ALL : Collective.Kind.ALL_GATHER;
        Collective collective = new Collective(table, kind, row.positive("bytes"), ranks, alone ? PER_NODE : 1);
        return new CollectiveRows.Row(
                Objects.requireNonNull(SYSTEMS.get(table)),
                "hopper",
                fabric,
                KERNELS,
                "",
                collective,
                seconds(collective, fabric, row.positive("busbw_ratio")));
    }

    /** Busy time of the limit: what leaves an accelerator by ring or to all others, over a share of the limit. */
    private static double seconds(Collective c, Fabric fabric, double ratio) {
        double p = c.ranks();
        if (c.ranks() > PER_NODE && c.kind() == Collective.Kind.ALL_TO_ALL) {
            double near = c.stride() < PER_NODE ? PER_NODE : 1;
            return c.bytes() * (p - near) / p / (ratio * fabric.scaleOut());
        }
        boolean adapters = c.ranks() > PER_NODE && c.name().equals("nic");
        double limit = adapters ? PER_NODE * fabric.scaleOut() : fabric.scaleUp();
        return c.bytes() * (p - 1) / p / (ratio * limit);
    }

    private Fabric fabric(String table) {
        Fabric known = fabrics.get(table);
        if (known == null) {
            Fabric bought = new Bought(catalog)
                    .candidate(Objects.requireNonNull(SYSTEMS.get(table)))
                    .fabric();
            known = bought.with(Objects.requireNonNull(bought.collectives()).libraryOnly(), false);
            fabrics.put(table, known);
        }
        return known;
    }

    /** What the report groups a row by. */
    static SequencedMap<String, String> groups(Row row) throws BadInput {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        for (String by : List.of("table", "group")) {
            groups.put(by, row.text(by).strip());
        }
        groups.put("size", KernelPredictions.decade(row.positive("bytes")) + " byte");
        return groups;
    }
}
