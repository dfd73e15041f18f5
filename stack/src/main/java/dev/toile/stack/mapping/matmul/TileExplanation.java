package dev.toile.stack.mapping.matmul;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;

/** The tree behind the time of one tile at the engines. */
record TileExplanation(MatmulLaw law, Source counted) {

    /** The tree of the seconds at the engines when a tile has won. */
    Figure compute(int tile, double tiles, double steps, double parts) {
        boolean streamed = parts > 1 && law.path.split() == MatmulPath.Split.STREAM;
        return streamed ? streamed(tile, tiles, steps, parts) : whole(tile, tiles, steps, parts);
    }

    private Figure streamed(int tile, double tiles, double steps, double parts) {
        TileTimes t = law.tiles;
        double each = t.streamSteps(tiles, steps);
        return Figure.of(
                "compute",
                "time at the engines, all steps shared out, " + shape(tile),
                t.split(tile, tiles, steps, parts),
                Unit.SECOND,
                "max(steps-each * max(shortest-step / clock, multiply), load) + fill",
                leaf("steps-each", "steps of one engine", each),
                law.calibrated.figure(law.path, "shortestStep"),
                law.chip.clockFigure(),
                multiply(tile),
                load(tile, "tile-steps", "steps of all tiles", tiles * steps),
                fill());
    }

    private Figure whole(int tile, double tiles, double steps, double parts) {
        TileTimes t = law.tiles;
        double all = parts == 1 ? tiles : tiles * parts;
        double along = parts == 1 ? steps : Math.ceil(steps / parts);
        return Figure.of(
                "compute",
                "time at the engines, " + shape(tile),
                t.unsplit(tile, all, along),
                Unit.SECOND,
                "max(waves * steps * max(multiply, load), rounds * steps * max(shortest-step / clock, multiply, load))"
                        + " + prologue / clock + fill",
                leaf("waves", "tiles that one engine works off", Math.ceil(all / t.units)),
                leaf("rounds", "tiles over those in flight at once", Math.ceil(all / (t.units * t.resident[tile]))),
                leaf("steps", "steps along the depth", along),
                law.calibrated.figure(law.path, "shortestStep"),
                law.calibrated.figure(law.path, "prologue"),
                law.chip.clockFigure(),
                multiply(tile),
                load(tile, "busy", "engines at work", Math.min(all, t.units)),
                fill());
    }

    private String shape(int tile) {
        return "tile of " + law.path.tiles().get(tile);
    }

    private Figure multiply(int tile) {
        TileTimes t = law.tiles;
        if (law.chip.engines().rows() > 0) {
            Source array = Source.definition("weights held in the array, rows of the input streamed through");
            return Figure.leaf("multiply", "one step of a tile in the array", t.multiply[tile], Unit.SECOND, array);
        }
        return Figure.of(
                "multiply",
                "one step of a tile in the tensor engine",
                t.multiply[tile],
                Unit.SECOND,
                "2 * rows * columns * step-depth * units / (peak * issue-share * issue)"
                        + " + widening * columns * step-depth / clock",
                leaf("rows", "rows of the tile", t.rows[tile]),
                leaf("columns", "columns of the tile", t.columns[tile]),
                law.calibrated.figure(law.path, "stepDepth"),
                law.chip.unitsFigure(),
                law.chip.peakFigure(law.operands.math()).as("peak"),
                law.calibrated.figure(law.physics(), "issueShare"),
                law.calibrated.figure(law.path, "issue"),
                law.calibrated.figure(law.path, "widening"),
                law.chip.clockFigure());
    }

    private Figure load(int tile, String name, String label, double times) {
        TileTimes t = law.tiles;
        return Figure.of(
                "load",
                "operands through the cache",
                t.load[tile] * times,
                Unit.SECOND,
                name + " * (rows * input-bytes + columns * weight-bytes) * step-depth / operand-rate",
                leaf(name, label, times),
                leaf("rows", "rows of the tile", t.rows[tile]),
                leaf("input-bytes", "bytes of one input element", law.operands.inputBytes()),
                leaf("columns", "columns of the tile", t.columns[tile]),
                leaf("weight-bytes", "bytes of one weight", law.operands.weightBytes()),
                leaf("step-depth", "elements of depth in a step, whole arrays of them", t.depth),
                operandRate());
    }

    private Figure fill() {
        double cycles = law.tiles.fill * law.chip.clock();
        return Figure.of(
                "fill",
                "first weights into an array and last results out of it",
                law.tiles.fill,
                Unit.SECOND,
                "array-cycles / clock",
                leaf("array-cycles", "rows and columns of an array; none where there are none", cycles),
                law.chip.clockFigure());
    }

    Figure operandRate() {
        return Figure.of(
                "operand-rate",
                "bytes per second that all engines take from the cache",
                law.tiles.operandRate,
                Unit.BYTE_PER_SECOND,
                "operand-bytes * peak-bf16 / 2",
                law.calibrated.figure(law.calibrated.kernels(), "operandBytes"),
                law.chip.peakFigure(DataType.BF16).as("peak-bf16"));
    }

    private Figure leaf(String name, String label, double value) {
        return Figure.leaf(name, label, value, Unit.ONE, counted);
    }
}
