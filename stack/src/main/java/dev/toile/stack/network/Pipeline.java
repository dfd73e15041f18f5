package dev.toile.stack.network;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;

/**
 * A collective as a pipeline of chunks (section "pipelined algorithms" of Chan et al., "Collective communication: theory,
 * practice, and experience", CCPE 19(13), 2007):
 *
 * <pre>
 * seconds = call + steps step + outside-steps outside-step + max(x + own, y) + sqrt(fill max(x, y))
 * x = bytes / (share x usable)     y = outside-bytes / outside-usable     own = copied / (copy-rate x usable)
 * </pre>
 *
 * <p>Chunks of c seconds cost the transfer x, a fill of c for each stage and an overhead for each of the x / c chunks;
 * the best c leaves a root of x. It takes the place of a menu of protocols: on A100 and H100 three fitted protocols with
 * four more constants predicted no better. The levels of a hierarchy work at the same time on different chunks, so the
 * slower one counts.
 *
 * @param call seconds before the first byte
 * @param share of the usable bandwidth inside the domain that the algorithm attains
 * @param copied bytes of its own share that a rank copies
 * @param fill seconds f of sqrt(f x)
 */
record Pipeline(double call, double share, double copied, double fill) {

    double seconds(CollectiveTime t, CollectiveConstants.Profile constants) {
        double inside = inside(t);
        double outside = outside(t);
        double seconds = call
                + t.insideSteps() * step(t, constants)
                + t.outsideSteps() * t.fabric().scaleOutLatency()
                + Math.max(inside + copied / copyRate(t, constants), outside)
                + Math.sqrt(fill * Math.max(inside, outside));
        double host = constants.hostLaunch();
        return host == 0 ? seconds : Math.pow(Math.pow(seconds, 4) + Math.pow(host, 4), 0.25);
    }

    private double inside(CollectiveTime t) {
        return t.insideBytes() / (share * usable(t));
    }

    private static double outside(CollectiveTime t) {
        return t.outsideBytes() == 0 ? 0 : t.outsideBytes() / t.fabric().outside();
    }

    private static double usable(CollectiveTime t) {
        return t.fabric().inside(t.collective());
    }

    /** A hop takes what the link takes or what the software takes, whichever is more. */
    private static double step(CollectiveTime t, CollectiveConstants.Profile constants) {
        return Math.max(t.fabric().scaleUpLatency(), constants.generation().step());
    }

    private static double copyRate(CollectiveTime t, CollectiveConstants.Profile constants) {
        return constants.generation().copyRate() * usable(t);
    }

    Figure explain(CollectiveTime t, CollectiveConstants.Profile constants) {
        Source counted = Source.definition(
                "counted from " + t.algorithm() + " over " + t.collective().ranks() + " ranks");
        Figure inside = Figure.of(
                "inside",
                "transfer inside the domain",
                inside(t),
                Unit.SECOND,
                "bytes / (attained * usable-scale-up)",
                Figure.leaf("bytes", "bytes sent inside the domain", t.insideBytes(), Unit.BYTE, counted),
                fitted(constants, "attained", "share of usable bandwidth of " + t.algorithm(), share, Unit.SHARE),
                t.fabric().insideFigure(t.collective()));
        Figure own = Figure.of(
                "own",
                "copy of the rank's own share",
                copied / copyRate(t, constants),
                Unit.SECOND,
                "copied / (copy-rate * usable-scale-up)",
                Figure.leaf("copied", "bytes of its own share", copied, Unit.BYTE, counted),
                fitted(
                        constants,
                        "copy-rate",
                        "rate of copying over that of the links",
                        constants.generation().copyRate(),
                        Unit.ONE),
                t.fabric().insideFigure(t.collective()));
        Figure steps = Figure.of(
                "hops",
                "hops inside the domain",
                t.insideSteps() * step(t, constants),
                Unit.SECOND,
                "steps * max(scale-up-latency, step)",
                Figure.leaf("steps", "steps inside the domain", t.insideSteps(), Unit.ONE, counted),
                t.fabric().insideLatencyFigure(),
                fitted(
                        constants,
                        "step",
                        "one hop under this software",
                        constants.generation().step(),
                        Unit.SECOND));
        Figure start = fitted(constants, "call", "call of " + t.algorithm(), call, Unit.SECOND);
        Figure stage = fitted(constants, "fill", "fill of a pipeline stage", fill, Unit.SECOND);
        return hosted(t, constants, across(t, counted, start, steps, inside, own, stage));
    }

    private static Figure across(
            CollectiveTime t, Source counted, Figure start, Figure steps, Figure inside, Figure own, Figure stage) {
        String label = t.collective().name().replace('-', ' ') + " (" + t.algorithm() + ")";
        double seconds = start.value()
                + steps.value()
                + t.outsideSteps() * t.fabric().scaleOutLatency()
                + Math.max(inside.value() + own.value(), outside(t))
                + Math.sqrt(stage.value() * Math.max(inside.value(), outside(t)));
        if (t.outsideSteps() == 0) {
            return Figure.of(
                    t.collective().name(),
                    label,
                    seconds,
                    Unit.SECOND,
                    "call + hops + inside + own + sqrt(fill * inside)",
                    start,
                    steps,
                    inside,
                    own,
                    stage);
        }
        return Figure.of(
                t.collective().name(),
                label,
                seconds,
                Unit.SECOND,
                "call + hops + outside-steps * scale-out-latency + max(inside + own, outside)"
                        + " + sqrt(fill * max(inside, outside))",
                start,
                steps,
                Figure.leaf("outside-steps", "steps between domains", t.outsideSteps(), Unit.ONE, counted),
                t.fabric().outsideLatencyFigure(),
                inside,
                own,
                Figure.of(
                        "outside",
                        "transfer between domains",
                        outside(t),
                        Unit.SECOND,
                        "outside-bytes / usable-scale-out",
                        Figure.leaf(
                                "outside-bytes", "bytes sent between domains", t.outsideBytes(), Unit.BYTE, counted),
                        t.fabric().outsideFigure()),
                stage);
    }

    /** A host that launches call by call hides short calls behind its own time, with a smooth corner. */
    private Figure hosted(CollectiveTime t, CollectiveConstants.Profile constants, Figure plain) {
        if (constants.hostLaunch() == 0) {
            return plain.noted(constants.note());
        }
        return Figure.of(
                plain.name(),
                plain.label(),
                seconds(t, constants),
                Unit.SECOND,
                "(work ^ 4 + host-launch ^ 4) ^ 0.25",
                plain.as("work"),
                fitted(constants, "host-launch", "launch by the host", constants.hostLaunch(), Unit.SECOND));
    }

    private static Figure fitted(
            CollectiveConstants.Profile constants, String id, String label, double value, Unit unit) {
        return constants.provenance().figure(id, label, value, unit);
    }
}
