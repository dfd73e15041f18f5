package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Names;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.ChipMapper;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.Mapper;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.mapping.band.OperationClass;
import dev.toile.stack.mapping.experts.ExpertsLaw;
import dev.toile.stack.mapping.experts.ExpertsProfile;
import dev.toile.stack.operation.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Predicts measured kernels: one chip, one call, no network; collectives are handed on. */
public final class KernelPredictions {

    private static final String MILLISECONDS = "latency_ms";
    private static final String SYSTEM = "system";

    private final Catalog catalog;
    private final KernelKind kind;
    private final @Nullable String chip;
    private final @Nullable String software;
    private final Map<String, Mapper> mappers = new HashMap<>();
    private final Map<String, ExpertsLaw> experts = new HashMap<>();
    private final Map<String, SoftwareProfile> profiles = new HashMap<>();
    private final Map<String, Chip> chips = new HashMap<>();

    private KernelPredictions(Catalog catalog, KernelKind kind, @Nullable String chip, @Nullable String software) {
        this.catalog = catalog;
        this.kind = kind;
        this.chip = chip;
        this.software = software;
    }

    /**
     * Predicts all rows of a table.
     *
     * @param table with the columns of its operation; {@code latency_ms} may be missing when only predictions are wanted
     * @param catalog that knows the chips
     * @param operation label of a {@link KernelKind}; null lets the columns tell
     * @param chip id in the catalog; null takes it from the {@code system} column
     * @throws BadInput when a name is unknown, a column is missing or a cell is not a number
     */
    public static Comparison of(RowTable table, Catalog catalog, @Nullable String operation, @Nullable String chip)
            throws BadInput {
        KernelKind kind = operation == null ? KernelKind.of(table) : KernelKind.labelled(operation, table.file());
        if (chip != null && !catalog.chips().containsKey(chip)) {
            List<String> known = List.copyOf(catalog.chips().sequencedKeySet());
            throw RowTable.bad(
                    table.file(),
                    1,
                    "the catalog has no chip of this name",
                    "'" + chip + "'",
                    "one of " + String.join(", ", known),
                    Names.nearest(chip, known).orElse("look around with 'toile catalog chip'."));
        }
        table.require(kind.columns());
        if (chip == null) {
            table.require(List.of(SYSTEM));
        }
        if (kind == KernelKind.COLLECTIVE) {
            return CollectivePredictions.of(table, catalog, chip);
        }
        return new KernelPredictions(catalog, kind, chip, null).all(table);
    }

    /**
     * Predicts all rows as if the chips ran other software: what constants of another generation make of a chip.
     *
     * @param table with a system column
     * @param catalog that knows chips and software
     * @param software id of the profile
     */
    public static Comparison under(RowTable table, Catalog catalog, String software) throws BadInput {
        KernelKind kind = KernelKind.of(table);
        return kind == KernelKind.COLLECTIVE
                ? CollectivePredictions.under(table, catalog, software)
                : new KernelPredictions(catalog, kind, null, software).all(table);
    }

    private Comparison all(RowTable table) throws BadInput {
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            predictions.add(predict(row, table.has(MILLISECONDS)));
        }
        return new Comparison("kernels", table, "pred_ms", predictions, List.of());
    }

    private Prediction predict(Row row, boolean measured) throws BadInput {
        double milliseconds = measured ? row.positive(MILLISECONDS) : Double.NaN;
        try {
            List<Operation> operations = KernelShapes.operations(kind, row);
            String on = chip != null ? chip : new ChipNames(catalog).chip(row.text(SYSTEM));
            double seconds = 0;
            double flops = 0;
            for (Operation operation : operations) {
                seconds += operation instanceof Operation.Experts experts
                        ? experts(on, row).seconds(experts)
                        : mapper(on).map(operation).seconds();
                flops += operation.flops();
            }
            Certainty certainty = certainty(row, on, operations.getFirst(), seconds);
            return Prediction.of(row, milliseconds, seconds * 1000, groups(row, flops, certainty.of()))
                    .with(certainty);
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    private Certainty certainty(Row row, String on, Operation operation, double seconds)
            throws BadInput, Unpredictable {
        Chip of = chips.computeIfAbsent(on, catalog::chip);
        OperationClass kindOf = OperationClass.of(operation, of, seconds);
        Bands bands = profile(on).bands();
        String configuration = Configurations.of(kind, row);
        return new Certainty(
                kindOf,
                bands == null ? null : bands.of(kindOf, of),
                configuration,
                Configurations.keptOut(catalog, on, configuration));
    }

    /** The law of experts under the kernel of a row, or under the software's own choice where it has none such. */
    private ExpertsLaw experts(String id, Row row) throws BadInput, Unpredictable {
        String kernel = row.has("kernel") ? KernelShapes.expertKernel(row) : "";
        ExpertsLaw known = experts.get(id + kernel);
        if (known != null) {
            return known;
        }
        ExpertsProfile constants = Objects.requireNonNull(profile(id).experts());
        boolean has = constants.generation().kernels().containsKey(kernel);
        ExpertsLaw made = new ExpertsLaw(catalog.chip(id), constants, has ? kernel : null);
        experts.put(id + kernel, made);
        return made;
    }

    private SoftwareProfile profile(String id) throws Unpredictable {
        String profile = software != null
                ? software
                : Objects.requireNonNull(catalog.chips().get(id)).profile();
        if (!catalog.profiles().containsKey(profile)) {
            throw new Unpredictable("the catalog has no software profile '" + profile + "' for " + id);
        }
        SoftwareProfile known = profiles.get(profile);
        if (known == null) {
            known = catalog.profile(profile);
            profiles.put(profile, known);
        }
        return known;
    }

    private Mapper mapper(String id) throws Unpredictable {
        Mapper known = mappers.get(id);
        if (known != null) {
            return known;
        }
        Mapper made = new ChipMapper(catalog.chip(id), profile(id), Conditions.BENCHMARK);
        mappers.put(id, made);
        return made;
    }

    private SequencedMap<String, String> groups(Row row, double flops, OperationClass of) throws BadInput {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        for (String by : List.of(SYSTEM, "dtype", "kv_dtype", "kernel", "op", "distribution", "window")) {
            if (row.has(by)) {
                groups.put(by, row.text(by));
            }
        }
        groups.put("size", decade(flops) + " flop");
        groups.put("regime", KernelShapes.rows(kind, row) <= 64 ? "m <= 64" : "m > 64");
        groups.put("bound by", of.regime().label());
        groups.put("class", of.names().getLast());
        return groups;
    }

    /** The power of ten below a number, such as {@code 1e9}. */
    static String decade(double value) {
        return "1e" + (int) Math.floor(Math.log10(value));
    }
}
