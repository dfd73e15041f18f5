package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.OperatorRows.GptLayer;
import dev.toile.evidence.OperatorRows.Place;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.mapping.ChipMapper;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.Mapper;
import dev.toile.stack.network.CollectiveConstants;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Collective;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** Predicts operators of PyTorch that were called one by one, and the layer that they make up. */
public final class OperatorPredictions {

    private final Catalog catalog;
    private final Map<String, Mapper> mappers = new HashMap<>();
    private final Map<String, Collectives> networks = new HashMap<>();

    private OperatorPredictions(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Predicts all rows of a table.
     *
     * @param table with the columns of {@code llmcompass_measured.csv}
     * @param catalog that knows chips and software
     * @throws BadInput when a column is missing or a cell is not a number
     */
    public static Comparison of(RowTable table, Catalog catalog) throws BadInput {
        table.require(OperatorRows.COLUMNS);
        OperatorPredictions each = new OperatorPredictions(catalog);
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            predictions.add(each.predict(row));
        }
        return new Comparison("operators", table, "pred_s", predictions, totals(predictions));
    }

    /** Seconds of a whole layer of GPT-3 on four A100, operation by operation. */
    static double layerSeconds(Catalog catalog, GptLayer layer) {
        OperatorPredictions each = new OperatorPredictions(catalog);
        Place place = new Place("a100-sxm", "pytorch-eager-ampere", 4);
        double seconds = 0;
        try {
            for (String operator : GptLayer.OPERATORS) {
                seconds += each.seconds(place, layer.operations(operator));
            }
        } catch (Unpredictable e) {
            throw new IllegalStateException(e);
        }
        return seconds;
    }

    private Prediction predict(Row row) throws BadInput {
        double measured = row.positive("latency_s");
        try {
            Place place = OperatorRows.place(row);
            double seconds = seconds(place, OperatorRows.operations(row, place.ranks()));
            return Prediction.of(row, measured, seconds, groups(row));
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    private double seconds(Place place, List<Operation> operations) throws Unpredictable {
        double seconds = 0;
        for (Operation operation : operations) {
            seconds += operation instanceof Collective collective
                    ? network(place).time(collective).seconds()
                    : mapper(place).map(operation).seconds();
        }
        return seconds;
    }

    private Mapper mapper(Place place) {
        return mappers.computeIfAbsent(
                place.chip() + " " + place.profile(),
                _ -> new ChipMapper(
                        catalog.chip(place.chip()), catalog.profile(place.profile()), Conditions.BENCHMARK));
    }

    /** The library alone, as a benchmark of collectives runs it. */
    private Collectives network(Place place) throws Unpredictable {
        Collectives known = networks.get(place.chip());
        if (known != null) {
            return known;
        }
        Fabric fabric = new Bought(catalog)
                .candidate(new ChipNames(catalog).system(place.chip()))
                .fabric();
        CollectiveConstants.Profile constants = Objects.requireNonNull(fabric.collectives());
        Collectives made = new Collectives(fabric.with(constants.libraryOnly(), fabric.inNetworkReduction()));
        networks.put(place.chip(), made);
        return made;
    }

    private static SequencedMap<String, String> groups(Row row) throws BadInput {
        SequencedMap<String, String> groups = new LinkedHashMap<>();
        String operator = row.text("operator");
        boolean layer = operator.startsWith("gpt3layer_");
        groups.put("device", row.text("device"));
        groups.put("operator", row.text("device") + " " + (layer ? "layer " + row.text("series") : operator));
        return groups;
    }

    /** The sums of the layers, which are what a step feels. */
    private static List<String> totals(List<Prediction> predictions) {
        SequencedMap<String, double[]> sums = new LinkedHashMap<>();
        for (Prediction each : predictions) {
            String group = each.groups().getOrDefault("operator", "");
            if (each.compares() && group.contains(" layer ")) {
                double[] sum = sums.computeIfAbsent(group, _ -> new double[2]);
                sum[0] += each.measured();
                sum[1] += each.predicted();
            }
        }
        List<String> notes = new ArrayList<>();
        sums.forEach((group, sum) -> notes.add(String.format(
                Locale.ROOT,
                "%s: measured %.4g ms in all, predicted %.4g ms, %+.1f %%",
                group,
                sum[0] * 1e3,
                sum[1] * 1e3,
                100 * (sum[1] / sum[0] - 1))));
        return notes;
    }
}
