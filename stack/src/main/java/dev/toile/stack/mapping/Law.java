package dev.toile.stack.mapping;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.operation.Operation;

/**
 * How long one family of kernels takes for operations of one kind, on one chip: physics with the constants of a software
 * profile. A law decides by shape alone; the same operation always takes as long.
 *
 * @param <O> the kind of operation
 */
public interface Law<O extends Operation> {

    /** Seconds of one call, launch included; allocates nothing. */
    double seconds(O operation);

    /** Bytes over the memory interface of one call, at least the compulsory ones that are not warm. */
    double traffic(O operation);

    /** The tree behind {@link #seconds}: the choices as leaves, every sum and maximum as a formula. */
    Figure explain(O operation);
}
