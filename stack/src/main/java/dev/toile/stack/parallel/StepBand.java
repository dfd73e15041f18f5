package dev.toile.stack.parallel;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.band.Band;
import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.mapping.band.OperationClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The band of a step's time. Errors of calls of one class are taken as the same error, those of different classes as
 * independent: {@code high = 1 + sqrt(sum over classes of (seconds (high - 1))^2) / seconds}, and {@code low} alike.
 *
 * @param name of the step
 * @param low factor on its time, at most 1
 * @param high factor, at least 1
 * @param classes of its operations, those with the largest share of the time first
 */
public record StepBand(String name, double low, double high, List<Share> classes) {

    /** Copies the classes. */
    public StepBand {
        classes = List.copyOf(classes);
    }

    /**
     * The operations of one class in a step.
     *
     * @param of what, in words
     * @param share of the step's time
     * @param band of their time
     */
    public record Share(String of, double share, Band band) {}

    private record Sum(String of, Band band, double seconds) {
        Sum plus(double more) {
            return new Sum(of, band, seconds + more);
        }
    }

    /**
     * The band of parts that run one after the other; empty where nobody says how far they may be off.
     *
     * @param name of the step
     * @param parts of it
     * @param chip that runs it
     * @param bands of its software
     */
    public static Optional<StepBand> of(String name, List<Step.Part> parts, Chip chip, @Nullable Bands bands) {
        if (bands == null) {
            return Optional.empty();
        }
        Map<String, Sum> sums = new LinkedHashMap<>();
        double total = 0;
        for (Step.Part part : parts) {
            if (part.seconds() > 0) {
                String of = words(part.work(), chip);
                sums.computeIfAbsent(of, key -> new Sum(key, band(part.work(), chip, bands), 0));
                sums.computeIfPresent(of, (_, sum) -> sum.plus(part.seconds()));
                total += part.seconds();
            }
        }
        double below = 0;
        double above = 0;
        List<Share> classes = new ArrayList<>();
        for (Sum sum : sums.values()) {
            below = Math.hypot(below, sum.seconds() * (1 - sum.band().low()));
            above = Math.hypot(above, sum.seconds() * (sum.band().high() - 1));
            classes.add(new Share(sum.of(), sum.seconds() / total, sum.band()));
        }
        if (total == 0) {
            return Optional.empty();
        }
        classes.sort(Comparator.comparingDouble(Share::share).reversed().thenComparing(Share::of));
        return Optional.of(new StepBand(name, 1 - below / total, 1 + above / total, classes));
    }

    /** The band of one call. */
    static Band band(Timed work, Chip chip, Bands bands) {
        return farther(work)
                ? bands.unmeasured("collectives over several domains were not measured")
                : bands.of(work.operation(), chip, work.seconds());
    }

    private static String words(Timed work, Chip chip) {
        String words = OperationClass.of(work.operation(), chip, work.seconds()).words();
        return farther(work) ? words + ", over several domains" : words;
    }

    private static boolean farther(Timed work) {
        return work instanceof Timed.OnNetwork(var collective) && collective.outsideBytes() > 0;
    }
}
