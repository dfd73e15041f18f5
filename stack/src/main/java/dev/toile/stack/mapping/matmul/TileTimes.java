package dev.toile.stack.mapping.matmul;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.chip.Engines;
import dev.toile.stack.mapping.Tile;
import dev.toile.stack.mapping.matmul.MatmulPath.Split;

/** Times of a product under each tile of a menu and each way to split the depth, and the least of them. */
final class TileTimes {

    /** Stages of 128 bytes of depth that a tile keeps in its engine's memory to hide the latency of loads. */
    private static final double STAGE_BYTES = 4 * 128;

    /** Fewest steps along the depth that are worth a part of their own. */
    private static final double FEWEST_STEPS = 4;

    /** Room for rounding, so that a bound is one. */
    private static final double ROUNDING = 1e-12;

    private final double innerShare;
    private final double outerShare;
    final MatmulPhysics physics;
    final MatmulPath path;
    final double units;
    final double shortest;
    final double prologue;

    /** Elements of depth in a step; an array takes whole depths of its own. */
    final double depth;

    /** Seconds until the first weights are in an array, and until its last results are out. */
    final double fill;

    /** Bytes per second that all engines together take from the last-level cache. */
    final double operandRate;

    final double[] rows;
    final double[] columns;
    final double[] multiply;
    final double[] load;
    final double[] resident;

    TileTimes(Chip chip, MatmulKernels kernels, MatmulPath path, Operands operands) {
        this.physics = kernels.physics();
        this.path = path;
        this.units = chip.units();
        this.innerShare = Math.pow(2, 1 / physics.overlap() - 1) * (1 - ROUNDING);
        this.outerShare = Math.pow(2, 1 / physics.writeOverlap() - 1) * (1 - ROUNDING);
        double macRate = operands.widePeak() / 2;
        this.operandRate = kernels.operandBytes() * macRate;
        this.shortest = path.shortestStep() / chip.clock();
        this.prologue = path.prologue() / chip.clock();
        Engines engines = chip.engines();
        this.depth =
                engines.rows() == 0 ? path.stepDepth() : engines.rows() * Math.ceil(path.stepDepth() / engines.rows());
        this.fill = (engines.rows() + engines.columns()) / chip.clock();
        int count = path.tiles().size();
        this.rows = new double[count];
        this.columns = new double[count];
        this.multiply = new double[count];
        this.load = new double[count];
        this.resident = new double[count];
        for (int i = 0; i < count; i++) {
            Tile tile = path.tiles().get(i);
            rows[i] = tile.rows();
            columns[i] = tile.columns();
            multiply[i] = multiplySeconds(chip, operands, rows[i], columns[i]);
            double bytes = rows[i] * operands.inputBytes() + columns[i] * operands.weightBytes();
            load[i] = bytes * depth / operandRate;
            resident[i] = Math.max(1, Math.floor(chip.engines().memory() / (STAGE_BYTES * (rows[i] + columns[i]))));
        }
    }

    /**
     * Seconds in which one engine multiplies a tile along one step. An array of R x C holds weights of R deep and C
     * wide: while rows of the input stream through, the next weights move in, one row of them a cycle (double buffering),
     * so that fewer than R rows leave it waiting.
     */
    private double multiplySeconds(Chip chip, Operands operands, double tileRows, double tileColumns) {
        double rate = operands.peak() / units * physics.issueShare() * path.issue();
        double widening = path.widening() * tileColumns * depth / chip.clock();
        Engines engines = chip.engines();
        if (engines.rows() == 0) {
            return 2 * tileRows * tileColumns * depth / rate + widening;
        }
        double passes = depth / engines.rows() * Math.ceil(tileColumns / engines.columns());
        double streamed = Math.max(tileRows, engines.rows());
        return 2 * passes * streamed * engines.rows() * engines.columns() / rate + widening;
    }

    /** Least seconds over tiles and splits, reads and writes of the memory included. */
    double least(double m, double n, double k, double read, double write) {
        double steps = Math.ceil(k / depth);
        double whole = Double.POSITIVE_INFINITY;
        for (int i = 0; i < rows.length; i++) {
            whole = Math.min(whole, unsplit(i, tiles(i, m, n), steps));
        }
        double bound = atLeast(whole, read, write);
        double splitBound = Math.max(read, write) + path.splitFix();
        if (path.split() != Split.NONE && splitBound < bound) {
            return leastOfAll(m, n, steps, whole, read, write);
        }
        double unsplit = together(whole, read, write);
        return path.split() == Split.NONE || splitBound >= unsplit
                ? unsplit
                : Math.min(unsplit, leastSplit(m, n, steps, unsplit, read, write));
    }

    /**
     * The same where splits may well win. Powers cost more than all the rest, so only the candidate with the least bound is
     * counted out, unless another one's bound lies below what it turns out to take.
     */
    private double leastOfAll(double m, double n, double steps, double whole, double read, double write) {
        double bound = atLeast(whole, read, write);
        double next = Double.POSITIVE_INFINITY;
        double compute = whole;
        double fix = 0;
        for (int i = 0; i < rows.length; i++) {
            double tiles = tiles(i, m, n);
            for (int fill = 1; fill <= ways(); fill++) {
                double parts = parts(tiles, steps, fill);
                if (parts > 1) {
                    double itsCompute = split(i, tiles, steps, parts);
                    double itsFix = fix(m, n, evenParts(tiles, steps, fill));
                    double itsBound = atLeast(itsCompute, read, write) + itsFix;
                    if (itsBound < bound) {
                        next = bound;
                        bound = itsBound;
                        compute = itsCompute;
                        fix = itsFix;
                    } else {
                        next = Math.min(next, itsBound);
                    }
                }
            }
        }
        double first = together(compute, read, write) + fix;
        if (next >= first) {
            return first;
        }
        double best = Math.min(first, together(whole, read, write));
        return Math.min(best, leastSplit(m, n, steps, best, read, write));
    }

    /** Least seconds over splits, of those that may take less than what is known; infinite where none does. */
    private double leastSplit(double m, double n, double steps, double known, double read, double write) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < rows.length; i++) {
            double tiles = tiles(i, m, n);
            for (int fill = 1; fill <= ways(); fill++) {
                double parts = parts(tiles, steps, fill);
                if (parts > 1) {
                    double compute = split(i, tiles, steps, parts);
                    double fix = fix(m, n, evenParts(tiles, steps, fill));
                    if (atLeast(compute, read, write) + fix < Math.min(best, known)) {
                        best = Math.min(best, together(compute, read, write) + fix);
                    }
                }
            }
        }
        return best;
    }

    /** Ways to split: streams share all steps out evenly, parts fill the engines once or twice. */
    int ways() {
        return path.split() == Split.NONE ? 0 : path.split() == Split.STREAM ? 1 : 2;
    }

    double tiles(int i, double m, double n) {
        return Math.ceil(m / rows[i]) * Math.ceil(n / columns[i]);
    }

    /** Parts that the depth of a tile falls into; 1 for a split that makes no sense. */
    double parts(double tiles, double steps, int fill) {
        if (path.split() == Split.STREAM) {
            return tiles * steps < 8 ? 1 : evenParts(tiles, steps, fill);
        }
        double most = Math.min(Math.floor(steps / FEWEST_STEPS), path.mostSplits());
        return Math.min(Math.floor(fill * units / tiles), most);
    }

    /**
     * Parts of a tile's depth were they not whole: what the adding up is counted with, so that one engine more never makes
     * a product slower.
     */
    double evenParts(double tiles, double steps, int fill) {
        double even = fill * units / tiles;
        return path.split() == Split.STREAM
                ? Math.clamp(Math.min(even, steps / FEWEST_STEPS), 2, path.mostSplits())
                : Math.min(even, Math.min(steps / FEWEST_STEPS, path.mostSplits()));
    }

    /** Steps of one engine when all steps of all tiles are shared out. */
    double streamSteps(double tiles, double steps) {
        return Math.max(Math.ceil(tiles * steps / units), FEWEST_STEPS);
    }

    /** Seconds at the engines when the depth is split. */
    double split(int i, double tiles, double steps, double parts) {
        if (path.split() == Split.PARTS) {
            return unsplit(i, tiles * parts, Math.ceil(steps / parts));
        }
        double each = streamSteps(tiles, steps);
        return Math.max(each * Math.max(shortest, multiply[i]), tiles * steps * load[i]) + fill;
    }

    /** Seconds to add up the parts through the cache: each is written and read, at 16 bit. */
    double fix(double m, double n, double parts) {
        return path.splitFix() + 4 * m * n * (parts + 1) / operandRate;
    }

    /** Seconds at the engines when each works off whole tiles. */
    double unsplit(int i, double tiles, double steps) {
        double step = Math.max(multiply[i], load[i] * Math.min(tiles, units));
        double waves = Math.ceil(tiles / units) * steps * step;
        double rounds = Math.ceil(tiles / (units * resident[i])) * steps * Math.max(shortest, step);
        return Math.max(waves, rounds) + prologue + fill;
    }

    /**
     * A bound below {@link #together} without powers: a norm of two numbers is at least the larger, and at least their sum
     * times {@code 2^(1/p - 1)}. Most candidates lose by it.
     */
    private double atLeast(double compute, double read, double write) {
        double inner = Math.max(Math.max(compute, read), innerShare * (compute + read));
        return Math.max(Math.max(inner, write), outerShare * (inner + write));
    }

    /** Compute and reads overlap nearly, writes hardly. */
    double together(double compute, double read, double write) {
        double inner = norm(compute, read, physics.overlap());
        return norm(inner, write, physics.writeOverlap());
    }

    static double norm(double a, double b, double exponent) {
        double most = Math.max(a, b);
        double ratio = Math.min(a, b) / most;
        return ratio == 0 ? most : most * Math.pow(1 + Math.pow(ratio, exponent), 1 / exponent);
    }
}
