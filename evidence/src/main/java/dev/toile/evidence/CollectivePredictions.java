package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.evidence.calibration.Split;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.mapping.band.OperationClass;
import dev.toile.stack.mapping.band.Regime;
import dev.toile.stack.network.CollectiveConstants;
import dev.toile.stack.network.CollectiveConstants.Library;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.operation.Operation.Collective;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Predicts measured collectives over the network of the catalog's system that carries the chip. */
public final class CollectivePredictions {

    private static final String SYSTEM = "system";
    private static final Map<String, Collective.Kind> KINDS = Map.of(
            "all_reduce", Collective.Kind.ALL_REDUCE,
            "all_gather", Collective.Kind.ALL_GATHER,
            "reduce_scatter", Collective.Kind.REDUCE_SCATTER,
            "alltoall", Collective.Kind.ALL_TO_ALL,
            "all_to_all", Collective.Kind.ALL_TO_ALL,
            "sendrecv", Collective.Kind.SEND,
            "send", Collective.Kind.SEND);

    private final Catalog catalog;
    private final @Nullable String chip;
    private final String op;
    private final @Nullable String software;
    private final Map<String, Collectives> networks = new HashMap<>();

    private CollectivePredictions(Catalog catalog, @Nullable String chip, String op, @Nullable String software) {
        this.catalog = catalog;
        this.chip = chip;
        this.op = op;
        this.software = software;
    }

    /**
     * Predicts all rows of a table.
     *
     * @param table with {@code op} or {@code collective}, {@code ranks}, {@code bytes}, and {@code latency_ms} or
     *     {@code time_us}; or the ratios of {@link BusBandwidthRatios}
     * @param catalog that knows the systems
     * @param chip id in the catalog; null takes it from the {@code system} column
     * @throws BadInput when a column is missing or a cell is not a number
     */
    public static Comparison of(RowTable table, Catalog catalog, @Nullable String chip) throws BadInput {
        if (BusBandwidthRatios.in(table)) {
            return ratios(table, catalog);
        }
        String op = table.has("collective") ? "collective" : "op";
        table.require(chip == null ? List.of(SYSTEM, op, "ranks", "bytes") : List.of(op, "ranks", "bytes"));
        return new CollectivePredictions(catalog, chip, op, null).all(table);
    }

    /** Predicts all rows with the constants of a software profile instead of the chip's own. */
    static Comparison under(RowTable table, Catalog catalog, String software) throws BadInput {
        String op = table.has("collective") ? "collective" : "op";
        return new CollectivePredictions(catalog, null, op, software).all(table);
    }

    private Comparison all(RowTable table) throws BadInput {
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            predictions.add(predict(row, measured(table, row)));
        }
        return new Comparison("collectives", table, "pred_ms", predictions, List.of());
    }

    private static Comparison ratios(RowTable table, Catalog catalog) throws BadInput {
        BusBandwidthRatios each = new BusBandwidthRatios(catalog);
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            if (!each.isNamed(row)) {
                predictions.add(Prediction.skipped(row, BusBandwidthRatios.reason(row)));
                continue;
            }
            CollectiveRows.Row known = each.calibrationRow(row);
            double seconds =
                    new Collectives(known.fabric()).time(known.collective()).seconds();
            predictions.add(Prediction.of(row, known.seconds() * 1000, seconds * 1000, BusBandwidthRatios.groups(row)));
        }
        return new Comparison("collectives", table, "pred_ms", predictions, List.of());
    }

    /** Predicts single rows for a calibration. */
    static CollectivePredictions over(RowTable table, Catalog catalog) {
        return new CollectivePredictions(catalog, null, table.has("collective") ? "collective" : "op", null);
    }

    /** A row with the fabric under it; the library is empty unless the row names one that a host launched. */
    CollectiveRows.Row calibrationRow(Row row) throws BadInput, Unpredictable {
        Collective.Kind kind = KINDS.get(row.text(op));
        if (kind == null) {
            throw new Unpredictable("unknown collective '" + row.text(op) + "'");
        }
        String id = new ChipNames(catalog).chip(row.text(SYSTEM));
        boolean graph = row.has("library");
        String library = graph ? "" : published(id, row.text("note"));
        return new CollectiveRows.Row(
                id,
                generation(id),
                network(id, row).fabric(),
                graph && !row.text("library").startsWith("nccl") ? "own" : "nccl",
                library,
                new Collective(row.text(op), kind, row.positive("bytes"), row.count("ranks"), 1),
                graph ? row.positive("latency_ms") / 1000 : row.positive("time_us") / 1e6);
    }

    private String generation(String id) {
        String profile = Objects.requireNonNull(catalog.chips().get(id)).profile();
        return Objects.requireNonNull(catalog.profiles().get(profile)).generation();
    }

    private static double measured(RowTable table, Row row) throws BadInput {
        if (table.has("latency_ms")) {
            return row.positive("latency_ms");
        }
        return table.has("time_us") ? row.positive("time_us") / 1000 : Double.NaN;
    }

    private Prediction predict(Row row, double milliseconds) throws BadInput {
        int ranks = row.count("ranks");
        double bytes = row.positive("bytes");
        try {
            Collective.Kind kind = KINDS.get(row.text(op));
            if (kind == null) {
                throw new Unpredictable("unknown collective '" + row.text(op) + "'");
            }
            String on = chip != null ? chip : new ChipNames(catalog).chip(row.text(SYSTEM));
            Collective collective = new Collective(row.text(op), kind, bytes, ranks, 1);
            double seconds = network(on, row).time(collective).seconds();
            Certainty certainty = certainty(row, on, collective, seconds);
            return Prediction.of(row, milliseconds, seconds * 1000, groups(row, bytes, certainty.of()))
                    .with(certainty);
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    private Certainty certainty(Row row, String on, Collective collective, double seconds) {
        Chip of = catalog.chip(on);
        OperationClass kind = OperationClass.of(collective, of, seconds);
        Bands bands = catalog.profile(software(on)).bands();
        String library = row.textIfAny("library");
        String kernels = library.isEmpty() || library.startsWith("nccl") ? "nccl" : "own";
        String configuration = CollectiveRows.configuration(collective, kernels);
        boolean launched =
                library.isEmpty() && !published(on, row.textIfAny("note")).isEmpty();
        boolean keptOut = launched ? Split.keptOut(configuration) : Configurations.keptOut(catalog, on, configuration);
        return new Certainty(kind, bands == null ? null : bands.of(kind, of), configuration, keptOut);
    }

    private String software(String id) {
        return software != null
                ? software
                : Objects.requireNonNull(catalog.chips().get(id)).profile();
    }

    private Collectives network(String id, Row row) throws Unpredictable {
        String setting = String.join(
                " ",
                id,
                row.textIfAny("library"),
                row.textIfAny("note"),
                row.textIfAny("dtype"),
                row.textIfAny("time_us").isEmpty() ? "" : "host");
        Collectives known = networks.get(setting);
        if (known != null) {
            return known;
        }
        String system = new ChipNames(catalog).system(id);
        Fabric fabric = new Bought(catalog).candidate(system).fabric();
        Collectives made = new Collectives(under(fabric, id, row));
        networks.put(setting, made);
        return made;
    }

    /**
     * The software of a row: the serving software's own kernels, the library from a recorded graph, or an older version
     * that a host launches. Switches add floating point numbers only, and nothing where a note says that a ring was asked
     * for.
     */
    private Fabric under(Fabric fabric, String id, Row row) {
        boolean ring = row.textIfAny("note").equalsIgnoreCase("ring");
        boolean adds =
                fabric.inNetworkReduction() && !ring && !row.textIfAny("dtype").startsWith("int");
        CollectiveConstants.Profile constants =
                software != null ? catalog.collectivesOf(software) : Objects.requireNonNull(fabric.collectives());
        String library = row.textIfAny("library");
        if (!library.isEmpty()) {
            return fabric.with(library.startsWith("nccl") ? constants.libraryOnly() : constants, adds);
        }
        if (!row.has("time_us")) {
            return fabric;
        }
        String version = published(id, row.textIfAny("note"));
        SequencedMap<String, Library> libraries =
                catalog.collectives().constants().libraries();
        Library launched = version.isEmpty() ? newest(libraries) : Objects.requireNonNull(libraries.get(version));
        return fabric.with(constants.under(launched), adds);
    }

    /** The newest version whose host a caller does not wait for. */
    private static Library newest(SequencedMap<String, Library> libraries) {
        return libraries.sequencedEntrySet().reversed().stream()
                .filter(entry -> entry.getKey().startsWith("nccl"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /** The version of the library that a note names, for the generation of the chip; empty when it names none. */
    private String published(String id, String note) {
        for (String name : catalog.collectives().constants().libraries().sequencedKeySet()) {
            String version = name.substring(0, name.lastIndexOf('-')).replace('-', ' ');
            if (name.endsWith(generation(id)) && note.contains(version)) {
                return name;
            }
        }
        return "";
    }

    /** Where launches, steps or links count most. */
    static String band(double bytes) {
        return bytes <= 1 << 17 ? "to 128 KiB" : bytes <= 1 << 23 ? "to 8 MiB" : "beyond 8 MiB";
    }

    private SequencedMap<String, String> groups(Row row, double bytes, OperationClass of) throws BadInput {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        for (String by : List.of(SYSTEM, op, "dtype", "library", "ranks")) {
            if (row.has(by)) {
                groups.put(by.equals(op) ? "op" : by, row.text(by));
            }
        }
        groups.put("system and size", row.textIfAny(SYSTEM) + " " + band(bytes));
        groups.put("size", KernelPredictions.decade(bytes) + " byte");
        groups.put(
                "bound by", of.regime() == Regime.MEMORY ? "links" : of.regime().label());
        groups.put("class", of.names().getLast());
        return groups;
    }
}
