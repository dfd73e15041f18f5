package dev.toile.stack.parallel;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.band.Band;
import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One forward pass of a batch through all layers: what it costs, and its parts when somebody asks.
 */
public final class Step {

    private final String name;
    private final StepShape shape;
    private final Parallelism parallelism;
    private final StepTimer timer;
    private final double seconds;
    private final StepCost tokens;
    private final StepCost logits;

    /** What it costs; counted when somebody asks for more than seconds, for of most steps nobody does. */
    private @Nullable StepCost cost;

    /** What {@link #explain} gave: many figures read a step, and its tree is the largest there is. */
    private @Nullable Figure explanation;

    Step(String name, StepShape shape, Parallelism parallelism, StepTimer timer, StepCost cost) {
        this(name, shape, parallelism, timer, cost.seconds(), cost, StepCost.NONE);
        this.cost = cost;
    }

    /** A step of which the terms that follow from its tokens and its logits are known. */
    Step(
            String name,
            StepShape shape,
            Parallelism parallelism,
            StepTimer timer,
            double seconds,
            StepCost tokens,
            StepCost logits) {
        this.name = name;
        this.shape = shape;
        this.parallelism = parallelism;
        this.timer = timer;
        this.seconds = seconds;
        this.tokens = tokens;
        this.logits = logits;
    }

    private StepCost cost() {
        StepCost known = cost;
        if (known == null) {
            StepCost context = timer.cost(Work.Term.DECODE, parallelism, shape)
                    .plus(timer.cost(Work.Term.PROMPT, parallelism, shape));
            known = tokens.plus(logits).plus(context).plus(timer.cost(Work.Term.BOTH, parallelism, shape));
            cost = known;
        }
        return known;
    }

    /** Such as {@code decode-step}. */
    public String name() {
        return name;
    }

    /** Tokens of one attention replica. */
    public StepShape shape() {
        return shape;
    }

    /** How the replica is laid over chips. */
    public Parallelism parallelism() {
        return parallelism;
    }

    /**
     * An operation and how often the pass does it.
     *
     * @param work with its time
     * @param count times over all layers
     */
    public record Part(Timed work, double count) {
        /** Seconds of all calls. */
        public double seconds() {
            return count * work.seconds();
        }

        /** The tree behind {@link #seconds()}. */
        public Figure explain() {
            Source layers = Source.definition("counted from the layers of the model");
            return Figure.of(
                    work.name() + "-all",
                    work.name().replace('-', ' ') + ", all layers",
                    seconds(),
                    Unit.SECOND,
                    "count * " + work.name(),
                    Figure.leaf("count", "calls in one pass", count, Unit.ONE, layers),
                    work.explain());
        }

        Figure explainJoules(Energy energy, Chip chip, Parallelism parallelism) {
            Source layers = Source.definition("counted from the layers of the model");
            Figure one = work.explainJoules(energy, chip);
            return Figure.of(
                    work.name() + "-" + energy.id(),
                    work.name().replace('-', ' ') + ", layers of one chip",
                    count * work.joules(energy, chip) / parallelism.pipeline(),
                    Unit.JOULE,
                    "count * " + one.name() + " / pipeline",
                    Figure.leaf("count", "calls in one pass", count, Unit.ONE, layers),
                    one,
                    Figure.leaf("pipeline", "stages", parallelism.pipeline(), Unit.ONE, layers));
        }
    }

    /** The chip that runs it. */
    public Chip chip() {
        return timer.chip();
    }

    /** Operations in order, with their count over all layers; timed anew. */
    public List<Part> parts() {
        return timer.parts(parallelism, shape);
    }

    /** How far its time may be off; empty when nobody says. */
    public Optional<StepBand> band() {
        return StepBand.of(name, parts(), chip(), timer.mapper().bands());
    }

    /** The same step, were it to take so many times as long; its explanation is not for it. */
    public Step taking(double factor) {
        return new Step(name, shape, parallelism, timer, cost().taking(factor));
    }

    /** One of a chip's energies over its stage, joules. */
    public double joules(Energy energy) {
        return cost().joules(energy) / parallelism.pipeline();
    }

    /** Seconds from the first layer to the last. */
    public double seconds() {
        return seconds;
    }

    /** Seconds between batches that enter the pipeline one after the other. */
    public double stageSeconds() {
        return seconds() / parallelism.pipeline();
    }

    /** Flops of the model's arithmetic on one chip over its stage, padding included. */
    public double chipFlops() {
        return cost().flops() / parallelism.pipeline();
    }

    /** The tree behind one of the energies of this step, operation by operation. */
    public Figure explainJoules(Energy energy) {
        List<Figure> figures = new ArrayList<>();
        for (Part part : parts()) {
            if (part.work().joules(energy, chip()) > 0) {
                figures.add(part.explainJoules(energy, chip(), parallelism));
            }
        }
        String label = energy.id().replace('-', ' ') + " of one chip in a " + name;
        return Figure.sum(energy.id(), label, joules(energy), Unit.JOULE, figures);
    }

    /** The tree behind {@link #seconds()}. */
    public Figure explain() {
        Figure known = explanation;
        if (known == null) {
            known = tree();
            explanation = known;
        }
        return known;
    }

    private Figure explain(Part part) {
        Figure figure = part.explain();
        Bands bands = timer.mapper().bands();
        if (bands == null || part.seconds() == 0) {
            return figure;
        }
        Band band = StepBand.band(part.work(), chip(), bands);
        String note = String.format(
                Locale.ROOT, "80 %% band: %.2f to %.2f times; %s", band.low(), band.high(), band.reason());
        return figure.noted(figure.note().isEmpty() ? note : figure.note() + "; " + note);
    }

    private Figure tree() {
        return Figure.sum(
                name,
                name.replace('-', ' ') + " under " + parallelism.label(),
                seconds(),
                Unit.SECOND,
                parts().stream().map(this::explain).toList());
    }
}
