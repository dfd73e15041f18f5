package dev.toile.stack.mapping;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.operation.Operation;

/**
 * A roofline with tiles for what has no law of its own: work is cut into output tiles of a menu, tiles run in waves over
 * the tensor engines, and the last wave is paid in full (Williams et al., "Roofline", CACM 52(4), 2009; wave
 * quantisation as in NVIDIA, "Matrix Multiplication Background User's Guide", 2023, section 4).
 *
 * <p>When the tiles do not fill the engines, the depth is split over them and the partial sums are added through the
 * memory. The tile and the split with the least time win.
 *
 * @param chip that runs the operations
 * @param profile of the software that launches them
 */
record RooflineLaw(Chip chip, SoftwareProfile profile) implements Law<Operation> {

    /** Rows below which a tensor engine wastes part of its array, the smallest MMA shape: 16 tokens. */
    private static final double SMALLEST_ROWS = 16;

    private static final int MOST_SPLITS = 16;

    @Override
    public double seconds(Operation operation) {
        return roofline(operation).seconds();
    }

    @Override
    public double traffic(Operation operation) {
        return roofline(operation).traffic();
    }

    @Override
    public Figure explain(Operation operation) {
        return roofline(operation).explain();
    }

    Roofline roofline(Operation operation) {
        return switch (operation) {
            case Operation.Matmul o -> matmul(o, o.m(), o.n(), o.k(), 1);
            case Operation.BatchedMatmul o -> matmul(o, o.m(), o.n(), o.k(), o.batch());
            case Operation.Experts o -> experts(o);
            case Operation.Attention o -> attention(o);
            case Operation.Elementwise o ->
                new Roofline(o, chip, profile, KernelFamily.ELEMENTWISE, 0, o.bytes(), 1, 0);
            case Operation.Collective o ->
                throw new IllegalArgumentException(o.name() + " is a collective: ask the network floor");
        };
    }

    /** Without a law of their own, as one grouped product of all matrices. */
    private Roofline experts(Operation.Experts o) {
        return matmul(o, o.slots() / o.active(), (o.gated() ? 3 : 2) * o.inner(), o.hidden(), o.active());
    }

    private Roofline matmul(Operation operation, double m, double n, double k, double groups) {
        KernelFamily family = KernelFamily.of(operation, chip.mathType(operation.math()));
        double engineRate = chip.peakFor(operation.math()) / chip.units() * profile.attained(family);
        double memoryRate = chip.memoryBandwidth() * profile.bandwidthShare();
        double compulsory = operation.bytes();
        double best = Double.POSITIVE_INFINITY;
        double bestFlops = 0;
        double bestTraffic = 0;
        double bestQuantisation = 1;
        double bestFill = 0;
        for (int i = 0; i < profile.tiles().size(); i++) {
            Tile tile = profile.tiles().get(i);
            double tiles = groups * Math.ceil(m / tile.rows()) * Math.ceil(n / tile.columns());
            double fillPerWave = fillSeconds(tile);
            for (int split = 1; split <= MOST_SPLITS; split *= 2) {
                double waves = Math.ceil(tiles * split / chip.units());
                double tileFlops = 2.0 * tile.rows() * tile.columns() * k / split;
                double fill = waves * fillPerWave;
                double compute = waves * tileFlops / engineRate + fill;
                double traffic = compulsory + (split == 1 ? 0 : 2.0 * split * groups * m * n * 4);
                double time = Math.max(compute, traffic / memoryRate);
                if (time < best) {
                    best = time;
                    bestFlops = tiles * split * tileFlops;
                    bestTraffic = traffic;
                    bestQuantisation = waves * chip.units() / (tiles * split);
                    bestFill = fill;
                }
                if (tiles * split >= chip.units() || k / split < 2 * tile.columns()) {
                    break;
                }
            }
        }
        return new Roofline(operation, chip, profile, family, bestFlops, bestTraffic, bestQuantisation, bestFill);
    }

    /** An array of rows x columns needs as many cycles to fill and drain; zero when the menu describes the engine. */
    private double fillSeconds(Tile tile) {
        if (chip.engines().rows() == 0) {
            return 0;
        }
        double passes = Math.ceil(tile.columns() / chip.engines().columns());
        return passes * (chip.engines().rows() + chip.engines().columns()) / chip.clock();
    }

    /**
     * Attention keeps scores on chip, so its traffic is compulsory. A decode step multiplies at least a 16-row tile
     * per key-value head; a prompt is cut into blocks of 128 queries per head.
     */
    private Roofline attention(Operation.Attention o) {
        KernelFamily family = KernelFamily.of(o, chip.mathType(o.math()));
        double quantisation = 1;
        double flops = o.flops();
        if (o.decode()) {
            double group = o.heads() / o.keyValueHeads();
            flops *= Math.max(group, SMALLEST_ROWS) / group;
        } else {
            // Fewer than one prompt per step on average: now and then a step has a whole one.
            double blocks = Math.max(1, o.sequences()) * o.heads() * Math.ceil(o.queries() / 128);
            quantisation = Math.ceil(blocks / chip.units()) * chip.units() / blocks;
        }
        return new Roofline(o, chip, profile, family, flops, o.bytes(), quantisation, 0);
    }
}
