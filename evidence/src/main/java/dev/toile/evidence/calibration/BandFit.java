package dev.toile.evidence.calibration;

import dev.toile.evidence.calibration.BandSamples.Measured;
import dev.toile.evidence.calibration.BandSamples.Sample;
import dev.toile.stack.mapping.band.Band;
import dev.toile.stack.mapping.band.BandTable;
import dev.toile.stack.mapping.band.BandTable.Generation;
import dev.toile.stack.mapping.band.BandTable.Residual;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bands from residuals.
 *
 * <p>A class of a generation has the 10th and 90th percentile of its kept-out rows. Rows of one configuration err alike, so
 * configurations count, not rows: a part of a law with fewer than {@link #FEW} of them is left to the class above it, and
 * where fewer were kept out of a whole law the wider of these percentiles and those of all its rows stands. What a transfer costs is
 * the 80th percentile of the absolute error under the constants of the generation before or after, every pair of
 * generations weighing the same.
 */
final class BandFit {

    private static final int FEW = 8;

    private static final int LEAST_ROWS = 30;

    private final List<Sample> own;
    private final List<Sample> transfers;
    private final Map<String, TreeSet<String>> formats = new TreeMap<>();

    /**
     * A fit.
     *
     * @param samples to read
     * @param residuals which rows of a chip under its own constants may speak
     * @param target which rows may tell what a transfer costs
     */
    BandFit(BandSamples samples, Predicate<Sample> residuals, Predicate<Sample> target) {
        own = samples.where(sample -> sample.own() && residuals.test(sample));
        transfers = samples.where(sample -> !sample.own() && target.test(sample));
        for (Sample each : samples.where(Sample::own)) {
            formats.computeIfAbsent(key(each.on(), each.of().law()), _ -> new TreeSet<>())
                    .add(each.of().formats());
        }
    }

    private static String key(Measured generation, String law) {
        return generation + " " + law;
    }

    /** Whether the generation that lent its constants has kernels for the formats of a sample. */
    private boolean measured(Sample sample) {
        return formats.getOrDefault(key(sample.constants(), sample.of().law()), new TreeSet<>())
                .contains(sample.of().formats());
    }

    BandTable table() {
        SequencedMap<String, Generation> generations = new LinkedHashMap<>();
        for (Measured each : Measured.values()) {
            generations.put(each.generation(), generation(each));
        }
        List<Sample> others = transfers.stream().filter(each -> !measured(each)).toList();
        SequencedMap<String, Double> otherFormats = new LinkedHashMap<>();
        by(others, sample -> List.of(sample.of().law()))
                .forEach((law, of) -> otherFormats.put(law, half(of, BandFit::pair)));
        return new BandTable(generations, transfer(), otherFormats, half(others, BandFit::lawAndPair));
    }

    private Generation generation(Measured of) {
        SequencedMap<String, List<String>> measured = new LinkedHashMap<>();
        List<Sample> rows = own.stream().filter(each -> each.on() == of).toList();
        SequencedMap<String, Residual> classes = new LinkedHashMap<>();
        SequencedMap<String, List<Sample>> parts =
                by(rows, sample -> sample.of().names());
        for (Sample each : rows) {
            measured.computeIfAbsent(
                    each.of().law(), law -> List.copyOf(Objects.requireNonNull(formats.get(key(of, law)))));
        }
        parts.forEach((name, part) -> {
            int space = name.indexOf(' ');
            String law = space < 0 ? name : name.substring(0, space);
            boolean both = !many(Objects.requireNonNull(parts.get(law)).stream()
                    .filter(Sample::keptOut)
                    .toList());
            Residual residual = residual(part, both, space < 0);
            if (residual != null) {
                classes.put(name, residual);
            }
        });
        return new Generation(of.chip(), new LinkedHashMap<>(new TreeMap<>(measured)), classes);
    }

    private static boolean many(List<Sample> rows) {
        return configurations(rows) >= FEW && rows.size() >= LEAST_ROWS;
    }

    /**
     * The residual of a class; null when it is left to the class above.
     *
     * @param rows of the class
     * @param both whether rows of the fit speak as well, for too few configurations of the law were kept out
     * @param whole whether there is no class above
     */
    private static @Nullable Residual residual(List<Sample> rows, boolean both, boolean whole) {
        List<Sample> kept = rows.stream().filter(Sample::keptOut).toList();
        if (!many(both ? rows : kept) && !whole) {
            return null;
        }
        double low = 0;
        double high = 0;
        for (List<Sample> side : both ? List.of(kept, rows) : List.of(kept)) {
            if (!side.isEmpty()) {
                double[] logs = side.stream().mapToDouble(Sample::log).sorted().toArray();
                low = Math.min(low, quantile(logs, (1 - Band.SHARE) / 2));
                high = Math.max(high, quantile(logs, (1 + Band.SHARE) / 2));
            }
        }
        return new Residual(rounded(Math.exp(low)), rounded(Math.exp(high)), kept.size(), configurations(kept));
    }

    private static int configurations(List<Sample> rows) {
        return rows.stream()
                .map(Sample::configuration)
                .collect(Collectors.toSet())
                .size();
    }

    /** By law, and by law and regime where both neighbours or more speak. */
    private SequencedMap<String, Double> transfer() {
        List<Sample> near = transfers.stream()
                .filter(each -> each.on().neighbours(each.constants()) && measured(each))
                .toList();
        SequencedMap<String, Double> halves = new LinkedHashMap<>();
        by(near, sample -> sample.of().names().subList(0, 2)).forEach((name, of) -> {
            Map<String, Long> pairs = of.stream().collect(Collectors.groupingBy(BandFit::pair, Collectors.counting()));
            boolean enough = pairs.size() >= 2 && pairs.values().stream().allMatch(rows -> rows >= LEAST_ROWS);
            if (name.indexOf(' ') < 0 || enough) {
                halves.put(name, half(of, BandFit::pair));
            }
        });
        return halves;
    }

    private static String pair(Sample sample) {
        return sample.on() + " " + sample.constants();
    }

    private static String lawAndPair(Sample sample) {
        return sample.of().law() + " " + pair(sample);
    }

    private static SequencedMap<String, List<Sample>> by(List<Sample> rows, Function<Sample, List<String>> names) {
        Map<String, List<Sample>> parts = new TreeMap<>();
        for (Sample each : rows) {
            names.apply(each)
                    .forEach(name ->
                            parts.computeIfAbsent(name, _ -> new ArrayList<>()).add(each));
        }
        return new LinkedHashMap<>(parts);
    }

    /** The absolute error that four of five rows stay below, each group of them weighing the same. */
    private static double half(List<Sample> rows, Function<Sample, String> group) {
        Map<String, Long> sizes = rows.stream().collect(Collectors.groupingBy(group, Collectors.counting()));
        List<Sample> sorted = rows.stream()
                .sorted(Comparator.comparingDouble(each -> Math.abs(each.log())))
                .toList();
        double sum = 0;
        for (Sample each : sorted) {
            sum += 1.0 / Objects.requireNonNull(sizes.get(group.apply(each))) / sizes.size();
            if (sum >= Band.SHARE - 1e-9) {
                return rounded(Math.abs(each.log()));
            }
        }
        throw new IllegalArgumentException("no rows tell what a transfer costs");
    }

    /**
     * The type 6 quantile of values in ascending order, whose expected coverage of a further value is exact (Hyndman and
     * Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996).
     */
    static double quantile(double[] sorted, double share) {
        double rank = Math.clamp(share * (sorted.length + 1) - 1, 0, sorted.length - 1.0);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(4)).doubleValue();
    }

    /** Kept-out rows in two halves of whole configurations, each configuration of a law and chip by turns. */
    static Predicate<Sample> half(BandSamples samples, int which) {
        Map<String, TreeSet<String>> configurations = new TreeMap<>();
        for (Sample each : samples.where(sample -> sample.own() && sample.keptOut())) {
            configurations
                    .computeIfAbsent(
                            key(each.on(), each.of().law()),
                            _ -> new TreeSet<>(
                                    Comparator.comparingLong(Split::hash).thenComparing(Comparator.naturalOrder())))
                    .add(each.configuration());
        }
        Set<String> chosen = new HashSet<>();
        configurations.forEach((key, sorted) -> {
            int turn = 0;
            for (String configuration : sorted) {
                if (turn++ % 2 == which) {
                    chosen.add(key + " " + configuration);
                }
            }
        });
        return sample -> chosen.contains(key(sample.on(), sample.of().law()) + " " + sample.configuration());
    }
}
