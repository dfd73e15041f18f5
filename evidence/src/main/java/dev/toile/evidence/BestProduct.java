package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import dev.toile.stack.mapping.matmul.MatmulLaw;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Matmul;
import java.util.Objects;

/**
 * The product that the mapping floor runs nearest to a chip's peak, at full clock: no power limit is felt.
 *
 * @param catalog with the kernels
 * @param chip that multiplies
 * @param kernels id of the generation's constants
 */
record BestProduct(Catalog catalog, Chip chip, String kernels) {

    private static final double UNLIMITED = 1e18;
    private static final double LEAST = 256;
    private static final double MOST = 65536;

    /** Share of the dense 16-bit peak, over all products whose sides are powers of two from 256 to 65536. */
    double share() {
        Calibrated<MatmulKernels> constants =
                Objects.requireNonNull(catalog.kernels().matmul().get(kernels));
        MatmulLaw law = new MatmulLaw(unlimited(), constants, DataType.BF16, DataType.BF16, Conditions.BENCHMARK);
        double best = 0;
        for (double m = LEAST; m <= MOST; m *= 2) {
            for (double n = LEAST; n <= MOST; n *= 2) {
                for (double k = LEAST; k <= MOST; k *= 2) {
                    best = Math.max(best, share(law, m, n, k));
                }
            }
        }
        return best;
    }

    private double share(MatmulLaw law, double m, double n, double k) {
        double seconds = law.seconds(new Matmul("best", m, n, k, DataType.BF16, DataType.BF16, DataType.BF16));
        return 2 * m * n * k / seconds / chip.peakFor(DataType.BF16);
    }

    private Chip unlimited() {
        return new Chip(
                chip.name(),
                chip.engines(),
                chip.clock(),
                chip.peak(),
                chip.cache(),
                chip.memoryCapacity(),
                chip.memoryBandwidth(),
                chip.scaleUp(),
                UNLIMITED,
                chip.idlePower(),
                chip.flopEnergy(),
                chip.memoryEnergy(),
                chip.linkEnergy(),
                chip.area(),
                chip.price(),
                chip.cost(),
                chip.provenance());
    }
}
