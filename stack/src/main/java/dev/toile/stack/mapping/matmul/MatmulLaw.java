package dev.toile.stack.mapping.matmul;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Matmul;

/**
 * The time of dense matrix products on one chip, for one pair of formats.
 *
 * <p>Each tile of the menu gives the time at the engines, {@code waves x steps x step}, where a step lasts as long as
 * its multiplications or the arrival of its operands, whichever is longer; reads and writes of the memory overlap with
 * that imperfectly, hence norms instead of maxima. When tiles do not fill the engines the depth is split. The least time
 * wins. Lengths are cycles of the chip's clock, so that a law found on one chip speaks of its relatives.
 */
public final class MatmulLaw implements Law<Matmul> {

    private static final double MILLISECOND = 1e-3;

    /** Most copies of its weights that a warm measurement walks through, as many as fill the cache. */
    private static final double MOST_COPIES = 5;

    final Chip chip;
    final Calibrated<MatmulKernels> calibrated;
    final MatmulPath path;
    final Operands operands;
    final Conditions conditions;
    final TileTimes tiles;
    final double flopEnergy;

    /**
     * The law for one chip.
     *
     * @param chip that multiplies
     * @param calibrated constants of its software
     * @param weights format as stored
     * @param activations format of the input
     * @param conditions under which calls run
     */
    public MatmulLaw(
            Chip chip,
            Calibrated<MatmulKernels> calibrated,
            DataType weights,
            DataType activations,
            Conditions conditions) {
        this.chip = chip;
        this.calibrated = calibrated;
        this.operands = Operands.of(chip, weights, activations);
        this.path = calibrated.kernels().path(operands.format());
        this.conditions = conditions;
        this.flopEnergy = path.flopEnergy() == 0 ? chip.flopEnergyFor(operands.math()) : path.flopEnergy();
        this.tiles = new TileTimes(chip, calibrated.kernels(), path, operands);
    }

    MatmulPhysics physics() {
        return calibrated.kernels().physics();
    }

    @Override
    public double seconds(Matmul o) {
        double once = launch() + bodySeconds(o);
        return once + waitSeconds(once, o.flops()) + quantiseSeconds(o.m(), o.k());
    }

    /** Whether a pass over the input precedes the product. */
    private boolean castBefore() {
        return !(conditions.staticScales() && operands.format().staticScales());
    }

    double launch() {
        return calibrated.kernels().launch() + (castBefore() ? path.extraLaunch() : 0);
    }

    double bodySeconds(Matmul o) {
        double read = readSeconds(o);
        double write = writeSeconds(o);
        double body = skinny(o.m())
                ? skinnySeconds(o.m(), o.n(), o.k(), read)
                : tiles.least(o.m(), o.n(), o.k(), read, write);
        return Math.max(body, busSeconds(o));
    }

    /** Reads and writes take turns on the memory's wires: no overlap can beat their sum at full rate. */
    double busSeconds(Matmul o) {
        return traffic(o) / chip.memoryBandwidth();
    }

    double readSeconds(Matmul o) {
        return readBytes(o) / (physics().memoryShare() * chip.memoryBandwidth());
    }

    double readBytes(Matmul o) {
        double weights = weightBytes(o.n(), o.k()) * (1 - weightsWarm(o.m(), o.n(), o.k()));
        double input = inputBytes(o.m(), o.k()) * (1 - inputWarm(o.m(), o.n(), o.k()));
        return weights + input;
    }

    static double outputBytes(Matmul o) {
        return o.m() * o.n() * o.output().bytes();
    }

    double weightBytes(double n, double k) {
        return n * k * operands.weightBytes();
    }

    double inputBytes(double m, double k) {
        return m * k * operands.inputBytes();
    }

    double inputWarm(double m, double n, double k) {
        return resident(weightBytes(n, k) + inputBytes(m, k) + 2 * m * n);
    }

    double weightsWarm(double m, double n, double k) {
        double weights = weightBytes(n, k);
        double copies = Math.clamp(Math.ceil(chip.cache() / weights), 1, MOST_COPIES);
        return resident(copies * weights + inputBytes(m, k) + 2 * m * n);
    }

    /** Share of a working set that is still in the cache from the call before. */
    double resident(double bytes) {
        if (!conditions.warm()) {
            return 0;
        }
        return Math.max(0, 1 - bytes / (physics().residentNone() * chip.cache()));
    }

    double writeSeconds(Matmul o) {
        return path.writeCost() * outputBytes(o) / chip.memoryBandwidth();
    }

    /** Whether the kernel for few rows runs. It multiplies beside the tensor engines, where a chip of arrays has nothing. */
    boolean skinny(double m) {
        return m <= path.skinny().rows() && chip.engines().rows() == 0;
    }

    double skinnySeconds(double m, double n, double k, double read) {
        double p = physics().overlap();
        double inner = TileTimes.norm(alongSeconds(k), read, p);
        return Math.max(TileTimes.norm(inner, acrossSeconds(m, n), p), 2 * m * n * k / operands.peak());
    }

    double alongSeconds(double k) {
        return path.skinny().depth() * k * operands.inputBytes() / 128 / chip.clock();
    }

    double acrossSeconds(double m, double n) {
        return n / chip.units() * (path.skinny().column() + path.skinny().product() * m) / chip.clock();
    }

    /** What the power limit adds: all of it to work that goes on, little to a lone call of a millisecond. */
    double waitSeconds(double once, double flops) {
        double powered = poweredSeconds(flops);
        return powered <= once ? 0 : felt(once) * (powered - once);
    }

    /** Seconds in which the chip's power delivers the energy of so many flops. */
    double poweredSeconds(double flops) {
        return flops * flopEnergy / (physics().powerShare() * chip.power());
    }

    double felt(double seconds) {
        return conditions.sustained()
                ? 1
                : Math.clamp(Math.log10(seconds / MILLISECOND) / physics().rampDecades(), 0, 1);
    }

    double quantiseSeconds(double m, double k) {
        if (!castBefore()) {
            return 0;
        }
        double warm = resident(2 * m * k);
        // Whatever a fit says, the cache is no slower than the memory behind it.
        double fromCache = Math.min(path.quantiseWarm(), path.quantiseCold());
        double cycles = (1 - warm) * path.quantiseCold() + warm * fromCache;
        return 2 * m * k * cycles / chip.clock() / chip.units();
    }

    @Override
    public double traffic(Matmul o) {
        return readBytes(o) + outputBytes(o);
    }

    @Override
    public Figure explain(Matmul o) {
        return new MatmulExplanation(this, o).tree();
    }
}
