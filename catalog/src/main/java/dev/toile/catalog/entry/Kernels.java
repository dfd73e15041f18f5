package dev.toile.catalog.entry;

import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.band.BandTable;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import java.util.Collections;
import java.util.SequencedMap;

/**
 * Fitted constants of kernels by generation of chips and software, each with the data it was fitted to.
 *
 * @param matmul of dense products
 * @param bands how far the laws with all fitted constants are from measurements
 */
public record Kernels(SequencedMap<String, Calibrated<MatmulKernels>> matmul, BandTable bands) {

    /** Makes the maps unmodifiable. */
    public Kernels {
        matmul = Collections.unmodifiableSequencedMap(matmul);
    }
}
