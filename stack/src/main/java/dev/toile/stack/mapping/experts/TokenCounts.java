package dev.toile.stack.mapping.experts;

import dev.toile.stack.operation.Operation.Experts;
import dev.toile.stack.operation.Routing;

/**
 * What the routing leaves to do for the rank that finishes last: in one draw, or in several where the routing is uneven.
 * Times are averaged over the draws, not counts: the time of whole waves and of roots of squares is not that of the mean.
 * Counts may be expected values, so they are doubles.
 */
public interface TokenCounts {

    /** Number of draws; those that follow from a closed form have one. */
    default int draws() {
        return 1;
    }

    /** Pairs of a token and a local expert: rows of the products. */
    double rows(Experts o, int draw);

    /** Local experts with at least one token. */
    double active(Experts o, int draw);

    /**
     * Tiles of rows: the sum over local experts of {@code ceil(tokens / height)}.
     *
     * @param height of a tile, a power of two from 16 to 128
     */
    double tiles(Experts o, int height, int draw);

    /** Mean rows over the draws. */
    default double rows(Experts o) {
        double sum = 0;
        for (int draw = 0; draw < draws(); draw++) {
            sum += rows(o, draw);
        }
        return sum / draws();
    }

    /** Mean number of local experts with tokens. */
    default double active(Experts o) {
        double sum = 0;
        for (int draw = 0; draw < draws(); draw++) {
            sum += active(o, draw);
        }
        return sum / draws();
    }

    /** The counts of even routing in closed form; those of a power law come from a {@link PowerLawCounts}. */
    static TokenCounts even(Routing.Kind kind) {
        return switch (kind) {
            case RANDOM -> RandomCounts.INSTANCE;
            case ROUND_ROBIN -> RoundRobinCounts.INSTANCE;
            case POWER_LAW, POWER_LAW_TO_POPULAR ->
                throw new IllegalArgumentException("a power law has no closed form");
        };
    }
}
