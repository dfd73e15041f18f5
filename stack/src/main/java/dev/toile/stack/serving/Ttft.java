package dev.toile.stack.serving;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;

/**
 * Time to first token: what is left of the step under way, the wait behind other prompts, and the prompt's own steps.
 *
 * <p>The P99 adds to the median what the queue and a long prompt have above their means, in quadrature, for they are
 * independent; and the rest of a step that has only just begun.
 *
 * @param residual seconds until the step under way ends, mean
 * @param queue behind which a prompt waits
 * @param own seconds of a mean prompt's own steps, cache transfer included
 * @param ownP99 seconds of a long prompt's own steps
 */
public record Ttft(double residual, Queue queue, double own, double ownP99) {

    /** Unknown: nothing is modelled. */
    static final Ttft UNKNOWN = new Ttft(Double.NaN, new Queue(0, 0, 0), Double.NaN, Double.NaN);

    /** Share of the requests that may wait longer. */
    private static final double TAIL = 0.01;

    /** The same under the same load, were steps to take so many times as long. */
    public Ttft taking(double factor) {
        Queue longer = new Queue(queue.load(), queue.service() * factor, queue.squaredVariation());
        return new Ttft(residual * factor, longer, own * factor, ownP99 * factor);
    }

    /** Seconds, median; means stand for medians. */
    public double p50() {
        return residual + queue.meanWait() + own;
    }

    /** Seconds, 99th percentile. */
    public double p99() {
        double wait = queue.waitExceededBy(TAIL) - queue.meanWait();
        return p50() + residual + Math.sqrt(wait * wait + (ownP99 - own) * (ownP99 - own));
    }

    Figure explainP50() {
        return Figure.of(
                "ttft-p50",
                "time to first token, median",
                p50(),
                Unit.SECOND,
                "residual + mean-wait + own",
                residualFigure(),
                queue.explainMean(),
                ownFigure());
    }

    Figure explainP99() {
        return Figure.of(
                "ttft-p99",
                "time to first token, P99",
                p99(),
                Unit.SECOND,
                "ttft-p50 + residual + sqrt((wait-p99 - mean-wait) ^ 2 + (own-p99 - own) ^ 2)",
                explainP50(),
                residualFigure(),
                queue.explainExceededBy(TAIL).as("wait-p99"),
                queue.explainMean(),
                Figure.leaf(
                        "own-p99",
                        "steps of a P99 prompt",
                        ownP99,
                        Unit.SECOND,
                        Source.definition("step times, see TPOT")),
                ownFigure());
    }

    private Figure residualFigure() {
        Source step = Source.definition("half a step: arrivals do not wait for steps to begin");
        return Figure.leaf("residual", "rest of the step under way, mean", residual, Unit.SECOND, step);
    }

    private Figure ownFigure() {
        Source steps = Source.definition("step times under full load, and the cache transfer where there is one");
        return Figure.leaf("own", "steps of a mean prompt", own, Unit.SECOND, steps);
    }
}
