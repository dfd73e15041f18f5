package dev.toile.stack.mapping;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.attention.AttentionLaw;
import dev.toile.stack.mapping.attention.AttentionSoftware;
import dev.toile.stack.mapping.attention.Warmth;
import dev.toile.stack.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A roofline with tiles: work is cut into output tiles of a menu, tiles run in waves over the tensor engines, and the
 * last wave is paid in full (Williams et al., "Roofline", CACM 52(4), 2009; wave quantisation as in NVIDIA, "Matrix
 * Multiplication Background User's Guide", 2023, section 4).
 *
 * <p>When the tiles do not fill the engines, the depth is split over them and the partial sums are added through the
 * memory. The tile and the split with the least time win.
 *
 * @param chip that runs the operations
 * @param profile of the software that launches them
 * @param attention law of attention and of the products around it; null where the software has no constants for it
 */
public record RooflineMapper(
        Chip chip, SoftwareProfile profile, @Nullable AttentionLaw attention) implements Mapper {

    /** Rows below which a tensor engine wastes part of its array, the smallest MMA shape: 16 tokens. */
    private static final double SMALLEST_ROWS = 16;

    private static final int MOST_SPLITS = 16;

    /** A mapper for serving and training, where other layers run between two calls. */
    public RooflineMapper(Chip chip, SoftwareProfile profile) {
        this(chip, profile, Warmth.COLD);
    }

    /**
     * A mapper.
     *
     * @param warmth of the data
     */
    public RooflineMapper(Chip chip, SoftwareProfile profile, Warmth warmth) {
        this(chip, profile, law(chip, profile, warmth));
    }

    private static @Nullable AttentionLaw law(Chip chip, SoftwareProfile profile, Warmth warmth) {
        AttentionSoftware software = profile.attention();
        return software == null ? null : new AttentionLaw(chip, software, profile.bandwidthShare(), warmth);
    }

    @Override
    public Mapping map(Operation operation) {
        if (attention != null && AttentionLaw.times(operation)) {
            KernelFamily family = KernelFamily.of(operation, chip.mathType(operation.math()));
            return Mapping.byLaw(operation, chip, profile, family, attention);
        }
        return switch (operation) {
            case Operation.Matmul o -> matmul(o, o.m(), o.n(), o.k(), 1);
            case Operation.GroupedMatmul o -> matmul(o, o.tokensPerGroup(), o.n(), o.k(), o.groups());
            case Operation.BatchedMatmul o -> matmul(o, o.m(), o.n(), o.k(), o.batch());
            case Operation.Attention o -> attention(o);
            case Operation.Elementwise o -> new Mapping(o, chip, profile, KernelFamily.ELEMENTWISE, 0, o.bytes(), 1, 0);
            case Operation.Collective o ->
                throw new IllegalArgumentException(o.name() + " is a collective: ask the network floor");
        };
    }

    private Mapping matmul(Operation operation, double m, double n, double k, double groups) {
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
            SoftwareProfile.Tile tile = profile.tiles().get(i);
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
        return new Mapping(operation, chip, profile, family, bestFlops, bestTraffic, bestQuantisation, bestFill);
    }

    /** An array of rows x columns needs as many cycles to fill and drain; zero when the menu describes the engine. */
    private double fillSeconds(SoftwareProfile.Tile tile) {
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
    private Mapping attention(Operation.Attention o) {
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
        return new Mapping(o, chip, profile, family, flops, o.bytes(), quantisation, 0);
    }
}
