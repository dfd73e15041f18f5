package dev.toile.stack.mapping;

import dev.toile.stack.figure.ConstantLeaf;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;

/**
 * Constants of a law with the data they were fitted to.
 *
 * @param <K> the record of constants
 * @param kernels the constants
 * @param source the data and the program that fitted them
 */
public record Calibrated<K extends Record>(K kernels, Source source) {

    /** A constant of one of the records inside as a figure. */
    public Figure figure(Record record, String component) {
        return ConstantLeaf.of(record, component, source);
    }
}
