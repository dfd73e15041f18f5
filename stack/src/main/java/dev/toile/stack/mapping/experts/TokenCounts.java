package dev.toile.stack.mapping.experts;

import dev.toile.stack.operation.Operation.Experts;
import dev.toile.stack.operation.Routing;

/** What the routing leaves to do for the rank that finishes last. Counts are means over draws, so they are doubles. */
public interface TokenCounts {

    /** Pairs of a token and a local expert: rows of the products. */
    double rows(Experts o);

    /** Local experts with at least one token. */
    double active(Experts o);

    /**
     * Tiles of rows: the sum over local experts of {@code ceil(tokens / height)}.
     *
     * @param height of a tile, a power of two from 16 to 128
     */
    double tiles(Experts o, int height);

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
