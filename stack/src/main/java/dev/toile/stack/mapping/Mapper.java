package dev.toile.stack.mapping;

import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.operation.Operation;
import org.jspecify.annotations.Nullable;

/** Finds how an operation runs on a chip. */
@FunctionalInterface
public interface Mapper {

    /** Seconds of {@link #map}, for who wants nothing else. */
    default double seconds(Operation operation) {
        return map(operation).seconds();
    }

    /**
     * The mapping of an operation.
     *
     * @throws IllegalArgumentException for a collective, which the network floor times
     */
    Mapping<?> map(Operation operation);

    /** How far its times may be off; null when nobody says. */
    default @Nullable Bands bands() {
        return null;
    }
}
