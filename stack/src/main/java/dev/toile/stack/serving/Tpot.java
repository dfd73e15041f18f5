package dev.toile.stack.serving;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.parallel.Step;
import org.jspecify.annotations.Nullable;

/**
 * Time per output token: a step and what it waits for other replicas; at the P99 a step with more company and more
 * prompts than usual, in quadrature.
 *
 * @param step whose time, with the waits, the median is; null when nothing is modelled
 * @param waits seconds for which a step waits for other attention replicas that step with it
 * @param crowd seconds that the sequences of a crowded moment add
 * @param prompts seconds that more prompts than usual add over a request's life
 */
public record Tpot(@Nullable Step step, double waits, double crowd, double prompts) {

    /** Unknown: nothing is modelled. */
    static final Tpot UNKNOWN = new Tpot(null, 0, Double.NaN, Double.NaN);

    /** The same, were steps to take so many times as long. */
    public Tpot taking(double factor) {
        return new Tpot(step == null ? null : step.taking(factor), waits * factor, crowd * factor, prompts * factor);
    }

    /** Seconds, median. */
    public double p50() {
        return step == null ? Double.NaN : step.seconds() + waits;
    }

    /** Seconds, 99th percentile. */
    public double p99() {
        return p99(p50(), crowd, prompts);
    }

    static double p99(double median, double crowd, double prompts) {
        return median + Math.sqrt(crowd * crowd + prompts * prompts);
    }

    Figure explainP50() {
        if (step == null) {
            throw new IllegalStateException("an unknown TPOT has no explanation");
        }
        String label = "time per output token, median";
        if (waits == 0) {
            return Figure.of("tpot-p50", label, p50(), Unit.SECOND, step.name(), step.explain());
        }
        Figure waiting = Figure.leaf(
                "waits",
                "wait for replicas that work on a prompt, mean",
                waits,
                Unit.SECOND,
                Source.definition("what the replica with the most and longest chunks does by itself, less the mean"));
        return Figure.of("tpot-p50", label, p50(), Unit.SECOND, step.name() + " + waits", step.explain(), waiting);
    }

    Figure explainP99() {
        return Figure.of(
                "tpot-p99",
                "time per output token, P99",
                p99(),
                Unit.SECOND,
                "tpot-p50 + sqrt(crowd ^ 2 + prompts ^ 2)",
                explainP50(),
                Figure.leaf(
                        "crowd",
                        "what the sequences of a crowded moment add to a step",
                        crowd,
                        Unit.SECOND,
                        Source.definition(
                                "2.33 standard deviations of the number of sequences; docs/model/serving.md")),
                Figure.leaf(
                        "prompts",
                        "what more prompts than usual add over a request's life",
                        prompts,
                        Unit.SECOND,
                        Source.definition("prompt work that one answer in a hundred meets; docs/model/serving.md")));
    }
}
