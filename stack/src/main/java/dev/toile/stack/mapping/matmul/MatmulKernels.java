package dev.toile.stack.mapping.matmul;

import dev.toile.stack.figure.Constant;
import dev.toile.stack.mapping.Tile;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Dense products under one software stack on one generation of chips.
 *
 * @param physics that other generations share
 * @param operandBytes operand bytes that reach an engine in the time in which each of its 16-bit multiply-accumulators
 *     works once, per multiply-accumulator; one read that serves several engines counts for each
 * @param launch seconds of the shortest 16-bit product
 * @param paths what differs between pairs of formats
 */
public record MatmulKernels(
        MatmulPhysics physics,

        @Constant(
                unit = "byte",
                meaning = "operand bytes that reach an engine per 16-bit multiply-accumulate",
                without = 1)
        double operandBytes,

        @Constant(unit = "s", meaning = "shortest 16-bit product")
        double launch,

        Map<MatmulFormat, MatmulPath> paths) {

    /** Copies the paths, in the order of formats: calibrations walk over them. */
    public MatmulKernels {
        Map<MatmulFormat, MatmulPath> ordered = new EnumMap<>(MatmulFormat.class);
        ordered.putAll(paths);
        paths = Collections.unmodifiableMap(ordered);
    }

    /** The same software with another menu of tiles, for engines of another shape. */
    public MatmulKernels withTiles(List<Tile> menu) {
        return with((_, path) -> path.withTiles(menu));
    }

    /** The same software on a chip that knows its own energy per flop. */
    public MatmulKernels withChipEnergy() {
        return with((_, path) -> path.withChipEnergy());
    }

    /**
     * The same software on engines whose best products reach a smaller share of the peak, as was measured there.
     *
     * @param wide share at 16 bit
     * @param narrow share at 8 bit and less
     */
    public MatmulKernels capped(double wide, double narrow) {
        return with((format, path) -> {
            double share = format.narrow() ? narrow : wide;
            return path.withIssue(Math.min(path.issue(), share / physics.issueShare()));
        });
    }

    private MatmulKernels with(BiFunction<MatmulFormat, MatmulPath, MatmulPath> change) {
        Map<MatmulFormat, MatmulPath> other = new EnumMap<>(MatmulFormat.class);
        paths.forEach((format, path) -> other.put(format, change.apply(format, path)));
        return new MatmulKernels(physics, operandBytes, launch, other);
    }

    /** The same software where products stream weights at another share of the memory bandwidth. */
    public MatmulKernels withMemoryShare(double share) {
        return new MatmulKernels(physics.withMemoryShare(share), operandBytes, launch, paths);
    }

    /** The same software with products of 8 bit and less at another rate of multiplying. */
    public MatmulKernels withNarrowRate(double factor) {
        return with((format, path) -> format.narrow() ? path.withIssue(Math.min(1, path.issue() * factor)) : path);
    }

    /**
     * The path for a pair of formats; where there is none, that of the nearest pair: software that lacks a kernel widens
     * its operands.
     *
     * @throws IllegalStateException when there are no paths for 16 bit either
     */
    public MatmulPath path(MatmulFormat format) {
        for (MatmulFormat tried = format; ; tried = tried.nearest()) {
            MatmulPath path = paths.get(tried);
            if (path != null) {
                return path;
            }
            if (tried == tried.nearest()) {
                throw new IllegalStateException("no kernels for " + format);
            }
        }
    }
}
