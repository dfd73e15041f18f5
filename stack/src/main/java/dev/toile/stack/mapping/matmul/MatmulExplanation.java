package dev.toile.stack.mapping.matmul;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.Operation.Matmul;
import java.util.ArrayList;
import java.util.List;

/** The tree behind the time of one product: the tile that won as leaves, everything else as formulas. */
record MatmulExplanation(MatmulLaw law, Matmul product) {

    /** How the winner divides the depth: {@code parts} is 1 when it does not. */
    private record Choice(
            int tile, double tiles, double steps, double parts, double even, double compute, double fix) {}

    Figure tree() {
        double once = law.launch() + law.bodySeconds(product);
        List<Figure> inputs = new ArrayList<>(List.of(launch(), body()));
        String formula = "launch + body";
        if (law.waitSeconds(once, product.flops()) > 0) {
            formula += " + wait";
            inputs.add(waiting(once));
        }
        double quantise = law.quantiseSeconds(product.m(), product.k());
        if (quantise > 0) {
            formula += " + quantise";
            inputs.add(quantise(product.m(), product.k(), quantise));
        }
        String name = product.name();
        String label = name.replace('-', ' ');
        return Figure.of(name, label, law.seconds(product), Unit.SECOND, formula, inputs.toArray(Figure[]::new));
    }

    private Figure launch() {
        Figure plain = constant(law.calibrated.kernels(), "launch");
        return law.launch() == plain.value()
                ? plain
                : Figure.of(
                        "launch",
                        "shortest call, all its launches together",
                        law.launch(),
                        Unit.SECOND,
                        "plain-launch + extra-launch",
                        plain.as("plain-launch"),
                        constant(law.path, "extraLaunch"));
    }

    private Figure body() {
        Figure product = law.skinny(this.product.m()) ? skinny() : tiled();
        return Figure.of(
                "body",
                "the product itself; no faster than the memory's wires carry its bytes",
                law.bodySeconds(this.product),
                Unit.SECOND,
                "max(" + product.name() + ", traffic / memory-bandwidth)",
                product,
                counted("traffic", "bytes read and written", law.traffic(this.product), Unit.BYTE),
                law.chip.memoryBandwidthFigure());
    }

    private Figure tiled() {
        double read = law.readSeconds(product);
        double write = law.writeSeconds(product);
        Choice choice = choice(read, write);
        Figure output = counted("output", "bytes written", MatmulLaw.outputBytes(product), Unit.BYTE);
        Figure writing = Figure.of(
                "write",
                "writing the output",
                write,
                Unit.SECOND,
                "write-cost * output / memory-bandwidth",
                constant(law.path, "writeCost"),
                output,
                law.chip.memoryBandwidthFigure());
        return Figure.of(
                "tiled",
                "engines, reads and writes, overlapping in part",
                law.tiles.together(choice.compute, read, write) + choice.fix,
                Unit.SECOND,
                "((compute ^ overlap + read ^ overlap) ^ (write-overlap / overlap) + write ^ write-overlap)"
                        + " ^ (1 / write-overlap) + fix-up",
                new TileExplanation(law, source()).compute(choice.tile, choice.tiles, choice.steps, choice.parts),
                read(read),
                writing,
                constant(law.physics(), "overlap"),
                constant(law.physics(), "writeOverlap"),
                fixUp(choice));
    }

    private Figure fixUp(Choice choice) {
        if (choice.parts == 1) {
            return counted("fix-up", "the depth is not split", 0, Unit.SECOND);
        }
        return Figure.of(
                "fix-up",
                "adding up the parts of the depth through the cache",
                choice.fix,
                Unit.SECOND,
                "split-fix + part-bytes * (parts + 1) / operand-rate",
                constant(law.path, "splitFix"),
                counted("part-bytes", "bytes of one part, written and read", 4 * product.m() * product.n(), Unit.BYTE),
                counted("parts", "parts of the depth, mean", choice.even, Unit.ONE),
                new TileExplanation(law, source()).operandRate());
    }

    /** The choice that the law made, found again; ties go to the first. */
    private Choice choice(double read, double write) {
        TileTimes t = law.tiles;
        double m = product.m();
        double n = product.n();
        double steps = Math.ceil(product.k() / law.tiles.depth);
        Choice best = new Choice(0, 0, 0, 1, 1, Double.POSITIVE_INFINITY, 0);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < t.rows.length; i++) {
            double tiles = t.tiles(i, m, n);
            double compute = t.unsplit(i, tiles, steps);
            if (t.together(compute, read, write) < least) {
                least = t.together(compute, read, write);
                best = new Choice(i, tiles, steps, 1, 1, compute, 0);
            }
            for (int fill = 1; fill <= t.ways(); fill++) {
                double parts = t.parts(tiles, steps, fill);
                double split = parts > 1 ? t.split(i, tiles, steps, parts) : Double.POSITIVE_INFINITY;
                double even = t.evenParts(tiles, steps, fill);
                double fix = t.fix(m, n, even);
                if (t.together(split, read, write) + fix < least) {
                    least = t.together(split, read, write) + fix;
                    best = new Choice(i, tiles, steps, parts, even, split, fix);
                }
            }
        }
        return best;
    }

    private Figure read(double seconds) {
        double m = product.m();
        double n = product.n();
        double k = product.k();
        return Figure.of(
                "read",
                "reading weights and input",
                seconds,
                Unit.SECOND,
                "(weights * (1 - weights-warm) + input * (1 - input-warm)) / (memory-share * memory-bandwidth)",
                counted("weights", "bytes of the weights", law.weightBytes(n, k), Unit.BYTE),
                counted("weights-warm", "share of them still in the cache", law.weightsWarm(m, n, k), Unit.SHARE),
                counted("input", "bytes of the input", law.inputBytes(m, k), Unit.BYTE),
                counted("input-warm", "share of it still in the cache", law.inputWarm(m, n, k), Unit.SHARE),
                constant(law.physics(), "memoryShare"),
                law.chip.memoryBandwidthFigure());
    }

    private Figure skinny() {
        double read = law.readSeconds(product);
        double along = law.alongSeconds(product.k());
        double across = law.acrossSeconds(product.m(), product.n());
        return Figure.of(
                "skinny",
                "the kernel for few rows",
                law.skinnySeconds(product.m(), product.n(), product.k(), read),
                Unit.SECOND,
                "max((along ^ overlap + read ^ overlap + across ^ overlap) ^ (1 / overlap), flops / peak)",
                counted("along", "walking along the depth", along, Unit.SECOND),
                read(read),
                counted("across", "walking across columns and rows", across, Unit.SECOND),
                constant(law.physics(), "overlap"),
                counted("flops", "flops without padding", product.flops(), Unit.FLOP),
                law.chip.peakFigure(law.operands.math()).as("peak"));
    }

    private Figure waiting(double once) {
        Figure powered = Figure.of(
                "powered",
                "time in which the chip's power delivers the energy",
                law.poweredSeconds(product.flops()),
                Unit.SECOND,
                "flops * flop-energy / (power-share * chip-power)",
                counted("flops", "flops without padding", product.flops(), Unit.FLOP),
                counted("flop-energy", "energy of a flop at this width", law.flopEnergy, Unit.JOULE_PER_FLOP),
                constant(law.physics(), "powerShare"),
                law.chip.powerFigure());
        return Figure.of(
                "wait",
                "what the power limit adds",
                law.waitSeconds(once, product.flops()),
                Unit.SECOND,
                "felt * (powered - once)",
                counted("felt", "how far the limit is felt", law.felt(once), Unit.SHARE),
                powered,
                counted("once", "launch and product at the full clock", once, Unit.SECOND));
    }

    private Figure quantise(double m, double k, double seconds) {
        return Figure.of(
                "quantise",
                "quantising the input",
                seconds,
                Unit.SECOND,
                "wide-input * ((1 - warm) * quantise-cold + warm * min(quantise-warm, quantise-cold)) / clock / units",
                counted("wide-input", "bytes of the input at 16 bit", 2 * m * k, Unit.BYTE),
                counted("warm", "share of it still in the cache", law.resident(2 * m * k), Unit.SHARE),
                constant(law.path, "quantiseCold"),
                constant(law.path, "quantiseWarm"),
                law.chip.clockFigure(),
                law.chip.unitsFigure());
    }

    private Figure constant(Record record, String component) {
        return law.calibrated.figure(record, component);
    }

    private Figure counted(String name, String label, double value, Unit unit) {
        return Figure.leaf(name, label, value, unit, source());
    }

    private Source source() {
        return Source.definition("counted from the shape of " + product.name() + " and the choice of the mapper");
    }
}
