package dev.toile.stack.mapping.matmul;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.BatchedMatmul;

/**
 * Equal products in one launch by the kernels of dense products: the tiles of all products share the engines, and no depth
 * is split.
 *
 * <p>{@code seconds = launch + max(norms of (compute, read, write), traffic / bandwidth) + wait} with the equations of
 * {@link MatmulLaw}; {@code compute} is that of a product with {@code batch} times as many tiles.
 */
public final class BatchedMatmulLaw implements Law<BatchedMatmul> {

    private final MatmulLaw law;

    /**
     * The law for one chip and pair of formats.
     *
     * @param chip that multiplies
     * @param calibrated constants of its software
     * @param weights format as stored
     * @param activations format of the input
     * @param conditions under which calls run
     */
    public BatchedMatmulLaw(
            Chip chip,
            Calibrated<MatmulKernels> calibrated,
            DataType weights,
            DataType activations,
            Conditions conditions) {
        this.law = new MatmulLaw(chip, calibrated, weights, activations, conditions);
    }

    @Override
    public double seconds(BatchedMatmul o) {
        double once = law.launch() + body(o);
        return once + law.waitSeconds(once, o.flops());
    }

    private double body(BatchedMatmul o) {
        double tiled = law.tiles.together(compute(o, best(o)), read(o), write(o));
        return Math.max(tiled, traffic(o) / law.chip.memoryBandwidth());
    }

    private double compute(BatchedMatmul o, int tile) {
        return law.tiles.unsplit(tile, tiles(o, tile), Math.ceil(o.k() / law.tiles.depth));
    }

    private double tiles(BatchedMatmul o, int tile) {
        return o.batch() * law.tiles.tiles(tile, o.m(), o.n());
    }

    /** The tile with the least time at the engines. */
    private int best(BatchedMatmul o) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < law.path.tiles().size(); i++) {
            double time = compute(o, i);
            if (time < least) {
                least = time;
                best = i;
            }
        }
        return best;
    }

    private double inputBytes(BatchedMatmul o) {
        return o.batch() * (law.weightBytes(o.n(), o.k()) + law.inputBytes(o.m(), o.k()));
    }

    private static double outputBytes(BatchedMatmul o) {
        return o.batch() * o.m() * o.n() * o.output().bytes();
    }

    private double readBytes(BatchedMatmul o) {
        double inputs = inputBytes(o);
        return inputs * (1 - law.resident(inputs + outputBytes(o)));
    }

    private double read(BatchedMatmul o) {
        return readBytes(o) / (law.physics().memoryShare() * law.chip.memoryBandwidth());
    }

    private double write(BatchedMatmul o) {
        return law.path.writeCost() * outputBytes(o) / law.chip.memoryBandwidth();
    }

    @Override
    public double traffic(BatchedMatmul o) {
        return readBytes(o) + outputBytes(o);
    }

    @Override
    public Figure explain(BatchedMatmul o) {
        Source counted = Source.definition("counted from the shape of " + o.name());
        int tile = best(o);
        Figure compute =
                new TileExplanation(law, counted).compute(tile, tiles(o, tile), Math.ceil(o.k() / law.tiles.depth), 1);
        double wait = law.waitSeconds(law.launch() + body(o), o.flops());
        Figure body = Figure.of(
                "body",
                "all products; no faster than the memory's wires carry their bytes",
                body(o),
                Unit.SECOND,
                "max(((compute ^ overlap + read ^ overlap) ^ (write-overlap / overlap) + write ^ write-overlap)"
                        + " ^ (1 / write-overlap), traffic / memory-bandwidth)",
                compute,
                readFigure(o, counted),
                writeFigure(o, counted),
                law.calibrated.figure(law.physics(), "overlap"),
                law.calibrated.figure(law.physics(), "writeOverlap"),
                Figure.leaf("traffic", "bytes read and written", traffic(o), Unit.BYTE, counted),
                law.chip.memoryBandwidthFigure());
        Figure launch = Figure.leaf("launch", "shortest call", law.launch(), Unit.SECOND, law.calibrated.source());
        return Figure.of(
                o.name(),
                o.name().replace('-', ' '),
                seconds(o),
                Unit.SECOND,
                "launch + body + wait",
                launch,
                body,
                Figure.leaf(
                        "wait", "what the power limit adds, see the law", wait, Unit.SECOND, law.calibrated.source()));
    }

    private Figure readFigure(BatchedMatmul o, Source counted) {
        return Figure.of(
                "read",
                "reading inputs and weights",
                read(o),
                Unit.SECOND,
                "read-bytes / (memory-share * memory-bandwidth)",
                Figure.leaf("read-bytes", "bytes that are not warm", readBytes(o), Unit.BYTE, counted),
                law.calibrated.figure(law.physics(), "memoryShare"),
                law.chip.memoryBandwidthFigure());
    }

    private Figure writeFigure(BatchedMatmul o, Source counted) {
        return Figure.of(
                "write",
                "writing the output",
                write(o),
                Unit.SECOND,
                "write-cost * output / memory-bandwidth",
                law.calibrated.figure(law.path, "writeCost"),
                Figure.leaf("output", "bytes written", outputBytes(o), Unit.BYTE, counted),
                law.chip.memoryBandwidthFigure());
    }
}
