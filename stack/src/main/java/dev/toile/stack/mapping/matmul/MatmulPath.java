package dev.toile.stack.mapping.matmul;

import dev.toile.stack.figure.Constant;
import dev.toile.stack.mapping.Tile;
import java.util.List;

/**
 * What a software stack makes of products of one pair of formats on one generation of chips.
 *
 * @param extraLaunch seconds that the shortest call takes beyond that of a 16-bit product
 * @param shortestStep cycles of the shortest step along the depth: a load and a multiplication in a row
 * @param writeCost seconds of writing the output over those at full memory bandwidth
 * @param issue tensor rate over that of the physics; below 1 where partial sums are promoted outside the engine
 * @param flopEnergy joules of a flop at full rate, all of the chip included; 0 takes the chip's own
 * @param widening cycles of one engine to widen one weight
 * @param quantiseCold cycles of one engine per input byte that is quantised from memory
 * @param quantiseWarm the same when the input is still in the cache
 * @param prologue cycles before the first product of a tile
 * @param stepDepth elements of depth in one step
 * @param split how the depth is divided over engines
 * @param mostSplits parts that the depth is divided into at most
 * @param splitFix seconds to add up the parts
 * @param skinny the kernel for few rows, one for every call with so few; rows 0 for none
 * @param tiles the menu, rows x columns
 */
public record MatmulPath(
        @Constant(unit = "s", meaning = "launches beyond that of a 16-bit product")
        double extraLaunch,

        @Constant(unit = "1", meaning = "cycles of the shortest step along the depth", without = 0)
        double shortestStep,

        @Constant(unit = "1", meaning = "time to write the output over that at full bandwidth", without = 1)
        double writeCost,

        @Constant(unit = "1", meaning = "tensor rate over that of plain products", low = 0.2, high = 1, without = 1)
        double issue,

        @Constant(unit = "J/flop", meaning = "energy of a flop at full rate", without = 1e-15)
        double flopEnergy,

        @Constant(unit = "1", meaning = "cycles of an engine to widen one weight", without = 0)
        double widening,

        @Constant(unit = "1", meaning = "cycles of an engine per byte quantised from memory", without = 0)
        double quantiseCold,

        @Constant(unit = "1", meaning = "cycles of an engine per byte quantised from the cache", without = 0)
        double quantiseWarm,

        @Constant(unit = "1", meaning = "cycles before the first product of a tile", without = 0)
        double prologue,

        @Constant(unit = "1", meaning = "elements of depth in a step", fitted = false)
        double stepDepth,

        Split split,

        @Constant(unit = "1", meaning = "most parts of the depth", fitted = false)
        double mostSplits,

        @Constant(unit = "s", meaning = "time to add up the parts")
        double splitFix,

        Skinny skinny,
        List<Tile> tiles) {

    /** Copies the menu. */
    public MatmulPath {
        tiles = List.copyOf(tiles);
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException("a product needs at least one tile");
        }
    }

    /** The same path with another menu. */
    MatmulPath withTiles(List<Tile> menu) {
        return with(issue, flopEnergy, menu);
    }

    /** The same path with another tensor rate. */
    MatmulPath withIssue(double share) {
        return with(share, flopEnergy, tiles);
    }

    /** The same path on a chip that knows its own energy per flop. */
    MatmulPath withChipEnergy() {
        return withFlopEnergy(0);
    }

    /** The same path with another energy of a flop, joules. */
    public MatmulPath withFlopEnergy(double joules) {
        return with(issue, joules, tiles);
    }

    private MatmulPath with(double share, double energy, List<Tile> menu) {
        return new MatmulPath(
                extraLaunch,
                shortestStep,
                writeCost,
                share,
                energy,
                widening,
                quantiseCold,
                quantiseWarm,
                prologue,
                stepDepth,
                split,
                mostSplits,
                splitFix,
                skinny,
                menu);
    }

    /** How the depth of a product is divided over engines when its tiles do not fill them. */
    public enum Split {
        /** Not at all. */
        NONE,
        /** Engines take equal shares of all steps of all tiles (stream-K; Osama et al., PPoPP 2023). */
        STREAM,
        /** Into equal parts, as many as fill the engines once or twice (split-K). */
        PARTS
    }

    /**
     * A kernel for few rows that multiplies outside the tensor engines.
     *
     * @param rows up to which it is used; 0 for never
     * @param depth cycles of an engine per 128 bytes of depth
     * @param column cycles per column
     * @param product cycles per column and row
     */
    public record Skinny(
            @Constant(unit = "1", meaning = "rows up to which the kernel for few rows is used", fitted = false)
            double rows,

            @Constant(unit = "1", meaning = "cycles per 128 bytes of depth", without = 0)
            double depth,

            @Constant(unit = "1", meaning = "cycles per column", without = 0)
            double column,

            @Constant(unit = "1", meaning = "cycles per column and row", without = 0)
            double product) {

        /** No such kernel. */
        public static final Skinny NONE = new Skinny(0, 0, 0, 0);
    }
}
