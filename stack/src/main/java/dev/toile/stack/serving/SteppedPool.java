package dev.toile.stack.serving;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.parallel.Energy;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.Step;
import org.jspecify.annotations.Nullable;

/**
 * A pool whose rate follows from the time of its steps.
 *
 * @param role {@code serving}, {@code prefill} or {@code decode}
 * @param step the representative step under full load
 * @param promptless the same step without its prompts, where prompts and decoding share steps; null where they do not
 * @param sequences running sequences of one attention replica (prompts in a step, for prefill)
 * @param stepsPerRequest steps that one request takes part in
 * @param load share of the time in which a replica steps; below 1 where waiting must stay short
 * @param together mean time of the attention replicas' steps over that of the slowest, for which all wait; 1 where one is
 *     as long as the other
 * @param fit of the memory of one chip
 * @param contextBytes bytes of KV cache that the running sequences fill on one chip
 */
public record SteppedPool(
        String role,
        Step step,
        @Nullable Step promptless,
        double sequences,
        double stepsPerRequest,
        double load,
        double together,
        MemoryFit fit,
        double contextBytes)
        implements Pool {

    /** How the replica is laid over chips. */
    public Parallelism parallelism() {
        return step.parallelism();
    }

    /** The same pool, were its steps to take so many times as long. */
    public SteppedPool taking(double factor) {
        return new SteppedPool(
                role,
                step.taking(factor),
                promptless == null ? null : promptless.taking(factor),
                sequences,
                stepsPerRequest,
                load,
                together,
                fit,
                contextBytes);
    }

    /** The same pool under another load. */
    public SteppedPool loaded(double share) {
        return new SteppedPool(role, step, promptless, sequences, stepsPerRequest, share, together, fit, contextBytes);
    }

    @Override
    public double requestsPerSecond() {
        double inFlight =
                sequences * parallelism().attentionReplicas() * parallelism().pipeline();
        return load * together * inFlight / (stepsPerRequest * step.seconds());
    }

    @Override
    public Figure explain() {
        Source plan = Source.definition("chosen by the planner: the most that meets the service level and fits");
        Source layout = Source.definition("parallelism " + parallelism().label());
        return Figure.of(
                role + "-requests-per-replica",
                "requests per second of one " + role + " replica",
                requestsPerSecond(),
                Unit.REQUEST_PER_SECOND,
                "load * together * sequences * attention-replicas * pipeline / (steps-per-request * " + step.name()
                        + ")",
                Figure.leaf("load", "share of the time in which the replica steps", load, Unit.SHARE, plan),
                togetherFigure(),
                Figure.leaf("sequences", "sequences in a step of one attention replica", sequences, Unit.ONE, plan),
                Figure.leaf(
                        "attention-replicas",
                        "groups of chips with their own sequences",
                        parallelism().attentionReplicas(),
                        Unit.ONE,
                        layout),
                Figure.leaf("pipeline", "batches in the pipeline", parallelism().pipeline(), Unit.ONE, layout),
                Figure.leaf("steps-per-request", "steps of one request", stepsPerRequest, Unit.ONE, plan),
                step.explain());
    }

    private Figure togetherFigure() {
        return Figure.leaf(
                "together",
                "mean time of the attention replicas' steps over that of the slowest",
                together,
                Unit.SHARE,
                Source.definition("lengths of the traffic: the slowest of several gamma-distributed amounts of work"));
    }

    @Override
    public double chips() {
        return parallelism().chips();
    }

    @Override
    public Figure chipsFigure() {
        return Figure.leaf(
                role + "-chips-per-replica",
                "chips of one " + role + " replica",
                chips(),
                Unit.ONE,
                Source.definition("parallelism " + parallelism().label()));
    }

    @Override
    public double promptShare() {
        return promptless != null
                ? 1 - together * promptless.seconds() / step.seconds()
                : role.equals("prefill") ? 1 : 0;
    }

    @Override
    public Figure promptShareFigure() {
        String name = role + "-prompt-share";
        String label = "share of the time of " + role + " that goes into prompts";
        return promptless == null
                ? Figure.leaf(
                        name, label, promptShare(), Unit.SHARE, Source.definition("the pool does one or the other"))
                : Figure.of(
                        name,
                        label,
                        promptShare(),
                        Unit.SHARE,
                        "1 - together * " + promptless.name() + " / " + step.name(),
                        togetherFigure(),
                        promptless.explain(),
                        step.explain());
    }

    /** Watts of one chip while it steps, were there no limit. */
    private double stepWatts(Chip chip) {
        double joules = step.joules(Energy.TENSOR) + step.joules(Energy.MEMORY) + step.joules(Energy.LINK);
        return chip.idlePower() + joules / step.stageSeconds();
    }

    @Override
    public double activeWatts(Chip chip) {
        return chip.idlePower() + load * together * (Math.min(chip.power(), stepWatts(chip)) - chip.idlePower());
    }

    @Override
    public Figure activeWattsFigure(Chip chip) {
        Figure idle = chip.idlePowerFigure();
        Figure stepping = Figure.of(
                "stepping-power",
                "power of a chip while it steps, were there no limit",
                stepWatts(chip),
                Unit.WATT,
                "idle-power + (tensor-energy + memory-energy + link-energy) * pipeline / " + step.name(),
                idle,
                step.explainJoules(Energy.TENSOR),
                step.explainJoules(Energy.MEMORY),
                step.explainJoules(Energy.LINK),
                Figure.leaf(
                        "pipeline",
                        "stages",
                        parallelism().pipeline(),
                        Unit.ONE,
                        Source.definition("parallelism " + parallelism().label())),
                step.explain());
        return Figure.of(
                role + "-chip-power",
                "power of a chip of " + role + " under full load",
                activeWatts(chip),
                Unit.WATT,
                "idle-power + load * together * (min(chip-power, stepping-power) - idle-power)",
                idle,
                togetherFigure(),
                Figure.leaf(
                        "load",
                        "share of the time in which the replica steps",
                        load,
                        Unit.SHARE,
                        Source.definition("chosen by the planner")),
                chip.powerFigure(),
                stepping);
    }
}
