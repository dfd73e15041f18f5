package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.Operation.Attention;

/**
 * Decoding over latents without a split of the context: two CTAs for each sequence and 64 heads, at most two at a time on
 * an engine, each through the whole context in steps of 64 tokens.
 *
 * <p>{@code seconds = launch + rounds (cta + steps products)}; two CTAs on an engine take {@code second} times as long as
 * one.
 */
final class LatentUnsplitLaw implements Law<Attention> {

    private static final double TILE = 64;
    private static final double STEP = 64;

    private final Machine machine;
    private final LatentDecodeConstants.Unsplit constants;
    private final Provenance provenance;

    LatentUnsplitLaw(Machine machine, LatentDecodeConstants.Unsplit constants, Provenance provenance) {
        this.machine = machine;
        this.constants = constants;
        this.provenance = provenance;
    }

    @Override
    public double seconds(Attention o) {
        boolean eight = machine.eight(o.cache());
        double body = rounds(o) * (constants.ctaCycles() / machine.clock() + steps(o) * step(o, eight));
        return machine.total(constants.floor(), Machine.fraction(o.sequences()), body, machine.roof(o, eight));
    }

    /** CTAs of the fullest engine, two at a time. */
    private double rounds(Attention o) {
        double ctas = 2 * Machine.atLeastOne(o.sequences()) * Math.ceil(o.heads() / TILE);
        double most = Math.ceil(ctas / machine.units());
        double pairs = Math.floor(most / 2);
        return constants.second() * pairs + (most - 2 * pairs);
    }

    private static double steps(Attention o) {
        return Math.ceil(o.seen() / STEP);
    }

    /** Half of the value vectors is left to the other CTA, but both compute the scores: counted as the whole work. */
    private static double stepFlops(Attention o) {
        return 2 * (o.keyDim() + o.valueDim()) * TILE * STEP;
    }

    private double step(Attention o, boolean eight) {
        return stepFlops(o) * machine.units() / (machine.peak(eight) * constants.tensor());
    }

    @Override
    public double traffic(Attention o) {
        return o.bytes();
    }

    @Override
    public Figure explain(Attention o) {
        boolean eight = machine.eight(o.cache());
        Cited cited = new Cited(constants, provenance);
        Figure step = Figure.of(
                "step",
                "products of 64 heads and tokens on one engine",
                step(o, eight),
                Unit.SECOND,
                "flops * units / (peak * tensor)",
                Machine.count("flops", "operations of a step", stepFlops(o)),
                machine.chip().unitsFigure(),
                machine.peakFigure(eight),
                cited.of("tensor"));
        Figure body = Figure.of(
                "body",
                "CTAs of the fullest engine",
                rounds(o) * (constants.ctaCycles() / machine.clock() + steps(o) * step.value()),
                Unit.SECOND,
                "rounds * (cta-cycles / clock + steps * step)",
                Machine.count(
                        "rounds",
                        "CTAs of the fullest engine; a pair takes " + constants.second() + " times as long as one",
                        rounds(o)),
                cited.of("ctaCycles"),
                machine.chip().clockFigure(),
                Machine.count("steps", "steps of 64 tokens", steps(o)),
                step);
        return machine.totalFigure(o, eight, cited.of("floor"), Machine.fraction(o.sequences()), body);
    }
}
