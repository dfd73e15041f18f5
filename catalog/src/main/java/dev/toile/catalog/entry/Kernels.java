package dev.toile.catalog.entry;

import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.band.BandTable;
import dev.toile.stack.mapping.elementwise.ElementwiseConstants;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import java.util.Collections;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Fitted constants of kernels by generation of chips and software, each with the data it was fitted to.
 *
 * @param matmul of dense products
 * @param elementwise of elementwise work
 * @param bands how far the laws with all fitted constants are from measurements
 */
public record Kernels(
        SequencedMap<String, Calibrated<MatmulKernels>> matmul,
        SequencedMap<String, Calibrated<ElementwiseConstants>> elementwise,
        BandTable bands) {

    /** Makes the maps unmodifiable. */
    public Kernels {
        matmul = Collections.unmodifiableSequencedMap(matmul);
        elementwise = Collections.unmodifiableSequencedMap(elementwise);
    }

    /** The constants of elementwise work with an id that is known to be there. */
    Calibrated<ElementwiseConstants> elementwise(String id) {
        return Objects.requireNonNull(elementwise.get(id), id);
    }
}
