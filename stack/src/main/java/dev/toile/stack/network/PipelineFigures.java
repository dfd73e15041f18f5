package dev.toile.stack.network;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree of a {@link Pipeline}: terms that are zero stay out of it.
 *
 * @param pipeline its constants
 * @param time the collective
 * @param provenance of the constants
 */
record PipelineFigures(Pipeline pipeline, CollectiveTime time, Provenance provenance) {

    Figure tree(double seconds, double hops, double outsideHops, double inside, double outside, double own) {
        List<Figure> parts = new ArrayList<>();
        StringBuilder formula = new StringBuilder("call");
        parts.add(fitted("call", "call of " + time.algorithm(), pipeline.call(), Unit.SECOND));
        if (pipeline.extra() > 0) {
            formula.append(" + extra");
            parts.add(fitted("extra", "longer call of this algorithm and size", pipeline.extra(), Unit.SECOND));
        }
        if (time.route().insideSteps() > 0) {
            formula.append(" + hops");
            parts.add(hops(hops));
        }
        if (time.route().outsideSteps() > 0) {
            formula.append(" + outside-hops");
            parts.add(outsideHops(outsideHops));
        }
        transfer(formula, parts, inside, outside, own);
        String label =
                time.collective().name().replace('-', ' ') + " (" + time.algorithm() + ", " + pipeline.protocol() + ")";
        return Figure.of(
                time.collective().name(),
                label,
                seconds,
                Unit.SECOND,
                formula.toString(),
                parts.toArray(Figure[]::new));
    }

    private void transfer(StringBuilder formula, List<Figure> parts, double inside, double outside, double own) {
        boolean crosses = time.route().outsideBytes() > 0;
        String within = own > 0 ? "inside + own" : "inside";
        formula.append(crosses ? " + max(" + within + ", outside)" : " + " + within);
        parts.add(inside(inside));
        if (own > 0) {
            parts.add(own(own));
        }
        if (crosses) {
            parts.add(outside(outside));
        }
        if (pipeline.fill() > 0) {
            formula.append(crosses ? " + sqrt(fill * max(inside, outside))" : " + sqrt(fill * inside)");
            parts.add(fitted("fill", "fill of a pipeline stage", pipeline.fill(), Unit.SECOND));
        }
    }

    private Figure hops(double seconds) {
        return Figure.of(
                "hops",
                "hops inside the domain",
                seconds,
                Unit.SECOND,
                "steps * max(scale-up-latency, step)",
                counted("steps", "steps inside the domain", time.route().insideSteps(), Unit.ONE),
                time.fabric().insideLatencyFigure(),
                fitted("step", "one hop under " + pipeline.protocol(), pipeline.step(), Unit.SECOND));
    }

    private Figure outsideHops(double seconds) {
        return Figure.of(
                "outside-hops",
                "hops between domains",
                seconds,
                Unit.SECOND,
                "outside-steps * (scale-out-latency + relay)",
                counted("outside-steps", "steps between domains", time.route().outsideSteps(), Unit.ONE),
                time.fabric().outsideLatencyFigure(),
                fitted("relay", "step over the latency of the network", pipeline.relay(), Unit.SECOND));
    }

    private Figure inside(double seconds) {
        return Figure.of(
                "inside",
                "transfer inside the domain",
                seconds,
                Unit.SECOND,
                "bytes / (attained * usable-scale-up)",
                counted("bytes", "bytes sent inside the domain", time.insideBytes(), Unit.BYTE),
                attained(),
                time.fabric().insideFigure(time.collective()));
    }

    private Figure outside(double seconds) {
        return Figure.of(
                "outside",
                "transfer between domains",
                seconds,
                Unit.SECOND,
                "outside-bytes / (attained * usable-scale-out)",
                counted("outside-bytes", "bytes sent between domains", time.outsideBytes(), Unit.BYTE),
                attained(),
                time.fabric().outsideFigure());
    }

    private Figure own(double seconds) {
        return Figure.of(
                "own",
                "copy of the rank's own share",
                seconds,
                Unit.SECOND,
                "copied / copy-rate",
                counted("copied", "bytes of its own share", time.route().copied(), Unit.BYTE),
                fitted("copy-rate", "rate of copying one's own share", pipeline.copyRate(), Unit.BYTE_PER_SECOND));
    }

    private Figure attained() {
        return fitted("attained", "share of usable bandwidth of " + pipeline.protocol(), pipeline.share(), Unit.SHARE);
    }

    private Figure fitted(String id, String label, double value, Unit unit) {
        return provenance.figure(id, label, value, unit);
    }

    private Figure counted(String id, String label, double value, Unit unit) {
        return Figure.leaf(id, label, value, unit, Pipeline.counted(time));
    }
}
