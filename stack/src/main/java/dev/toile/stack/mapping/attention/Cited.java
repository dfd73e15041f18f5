package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Constant;
import dev.toile.stack.figure.ConstantLeaf;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;

/**
 * Constants with where they come from, for explanations only.
 *
 * @param constants a record whose doubles carry {@link Constant}
 * @param provenance of all of them
 */
record Cited(Record constants, Provenance provenance) {

    /** The figure of a constant, named in kebab case as its component. */
    Figure of(String component) {
        return ConstantLeaf.of(constants, component, provenance);
    }
}
