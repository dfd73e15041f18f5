package dev.toile.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * How far predictions are from measurements. Errors are shares of the measured value; NaN where nothing was compared.
 *
 * @param rows that were predicted
 * @param skipped rows that could not be
 * @param reasons why, with the number of rows of each, the most frequent first
 * @param mape mean absolute error
 * @param medianApe median absolute error
 * @param p90Ape 90th percentile of the absolute error, linear between ranks (type 7 of Hyndman and Fan, "Sample
 *     Quantiles in Statistical Packages", The American Statistician 50(4), 1996)
 * @param bias mean of log(predicted / measured): above zero when predictions are too high
 * @param insideBand share of the measurements that are inside the band of 80 %; NaN where there are no bands
 * @param keptOut the same of the rows that no constant was fitted to
 * @param groups the same for parts of the rows
 */
public record ErrorSummary(
        int rows,
        int skipped,
        SequencedMap<String, Integer> reasons,
        double mape,
        double medianApe,
        double p90Ape,
        double bias,
        double insideBand,
        Side keptOut,
        List<Group> groups) {

    /** Copies the groups. */
    public ErrorSummary {
        groups = List.copyOf(groups);
    }

    /**
     * Errors of the rows that are alike in one respect.
     *
     * @param by in which, such as {@code dtype}
     * @param value such as {@code fp8}
     * @param rows of the group
     * @param mape mean absolute error
     * @param medianApe median absolute error
     * @param bias mean of log(predicted / measured)
     * @param insideBand share of the measurements inside the band; NaN where there are no bands
     */
    public record Group(
            String by, String value, int rows, double mape, double medianApe, double bias, double insideBand) {}

    /**
     * Errors of some of the rows.
     *
     * @param rows of them
     * @param mape mean absolute error
     * @param medianApe median absolute error
     * @param p90Ape 90th percentile of the absolute error
     * @param insideBand share of the measurements inside the band; NaN where there are no bands
     */
    public record Side(int rows, double mape, double medianApe, double p90Ape, double insideBand) {

        private static Side of(List<Prediction> predictions) {
            double[] errors = errors(predictions);
            return new Side(
                    predictions.size(),
                    mean(errors),
                    quantile(errors, 0.5),
                    quantile(errors, 0.9),
                    shareInside(predictions));
        }
    }

    /** Sizes are powers of ten, which sort by their length first. */
    private static final Comparator<String> VALUES = Comparator.comparingInt(
                    (String value) -> value.startsWith("1e") ? value.length() : 0)
            .thenComparing(Comparator.naturalOrder());

    /** The summary of some predictions. */
    public static ErrorSummary of(List<Prediction> predictions) {
        List<Prediction> compared =
                predictions.stream().filter(Prediction::compares).toList();
        double[] errors = errors(compared);
        int works = (int) predictions.stream().filter(Prediction::works).count();
        return new ErrorSummary(
                works,
                predictions.size() - works,
                reasons(predictions),
                mean(errors),
                quantile(errors, 0.5),
                quantile(errors, 0.9),
                bias(compared),
                shareInside(compared),
                Side.of(compared.stream().filter(Prediction::keptOut).toList()),
                groups(compared));
    }

    private static SequencedMap<String, Integer> reasons(List<Prediction> predictions) {
        Map<String, Integer> counts = new TreeMap<>();
        predictions.stream()
                .filter(each -> !each.works())
                .forEach(each -> counts.merge(each.reason(), 1, Integer::sum));
        SequencedMap<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }

    private static List<Group> groups(List<Prediction> compared) {
        Map<String, Map<String, List<Prediction>>> parts = new LinkedHashMap<>();
        for (Prediction each : compared) {
            each.groups()
                    .forEach((by, value) -> parts.computeIfAbsent(by, _ -> new TreeMap<>(VALUES))
                            .computeIfAbsent(value, _ -> new ArrayList<>())
                            .add(each));
        }
        List<Group> groups = new ArrayList<>();
        parts.forEach((by, values) -> values.forEach((value, list) -> {
            double[] errors = errors(list);
            groups.add(new Group(
                    by, value, list.size(), mean(errors), quantile(errors, 0.5), bias(list), shareInside(list)));
        }));
        return groups;
    }

    private static double[] errors(List<Prediction> compared) {
        return compared.stream().mapToDouble(Prediction::error).sorted().toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double bias(List<Prediction> compared) {
        return compared.stream().mapToDouble(Prediction::logRatio).average().orElse(Double.NaN);
    }

    private static double shareInside(List<Prediction> compared) {
        return compared.stream()
                .filter(Prediction::hasBand)
                .mapToDouble(each -> each.insideBand() ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** The type 7 quantile of values in ascending order. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double rank = share * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
