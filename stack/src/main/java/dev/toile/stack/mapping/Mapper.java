package dev.toile.stack.mapping;

import dev.toile.stack.operation.Operation;

/** Finds how an operation runs on a chip. */
@FunctionalInterface
public interface Mapper {

    /**
     * The mapping of an operation.
     *
     * @throws IllegalArgumentException for a collective, which the network floor times
     */
    Mapping<?> map(Operation operation);
}
