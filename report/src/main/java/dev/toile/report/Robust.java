package dev.toile.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How listed designs fare when prices and technology are not what is assumed.
 *
 * @param scenarios drawn from the ranges of the catalog, the same for all designs
 * @param designs the best by the median of the first objective first
 */
public record Robust(int scenarios, List<Design> designs) {

    /** Copies the list. */
    public Robust {
        designs = List.copyOf(designs);
    }

    /**
     * One design.
     *
     * @param name of it
     * @param works share of the scenarios in which it can do the work
     * @param front share of the scenarios in which no other listed design beats it
     * @param p50 median of each objective over the scenarios in which it works, published units; null where there is none
     * @param p90 the value that nine scenarios of ten keep, likewise
     */
    public record Design(
            String name,
            double works,
            double front,
            @Nullable List<Double> p50,
            @Nullable List<Double> p90) {}
}
