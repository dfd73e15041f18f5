package dev.toile.stack.network;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.Operation.Collective;
import org.jspecify.annotations.Nullable;

/**
 * The time of one collective under the algorithm that was chosen: alpha-beta on both levels of the network
 * (Thakur et al., "Optimization of Collective Communication Operations in MPICH", IJHPCA 19(1), 2005), with the fill of
 * a {@link Pipeline} where the fabric has constants of its software.
 *
 * @param collective what is communicated
 * @param fabric over which network
 * @param algorithm such as {@code ring}, {@code one-shot}, {@code in-network} or {@code hierarchical ring}
 * @param insideSteps latency steps inside the domain
 * @param insideBytes bytes one accelerator sends inside the domain
 * @param outsideSteps latency steps between domains
 * @param outsideBytes bytes one accelerator sends between domains
 * @param pipeline call, fill and share of the algorithm; null without constants
 */
public record CollectiveTime(
        Collective collective,
        Fabric fabric,
        String algorithm,
        double insideSteps,
        double insideBytes,
        double outsideSteps,
        double outsideBytes,
        @Nullable Pipeline pipeline) {

    /** Seconds; zero among fewer than two ranks. */
    public double seconds() {
        if (collective.ranks() < 2) {
            return 0;
        }
        CollectiveConstants.Profile constants = fabric.collectives();
        if (pipeline != null && constants != null) {
            return pipeline.seconds(this, constants);
        }
        double inside = insideSteps * fabric.scaleUpLatency() + insideBytes / fabric.inside(collective);
        double outside =
                outsideSteps == 0 ? 0 : outsideSteps * fabric.scaleOutLatency() + outsideBytes / fabric.outside();
        return fabric.call() + inside + outside;
    }

    /** Bytes one accelerator sends. */
    public double sentBytes() {
        return insideBytes + outsideBytes;
    }

    /** The tree behind {@link #seconds()}. */
    public Figure explain() {
        Source counted = Source.definition("counted from " + algorithm + " over " + collective.ranks() + " ranks");
        if (collective.ranks() < 2) {
            return Figure.leaf(collective.name(), "no communication: one rank", 0, Unit.SECOND, counted);
        }
        CollectiveConstants.Profile constants = fabric.collectives();
        if (pipeline != null && constants != null) {
            return pipeline.explain(this, constants);
        }
        Figure call = fabric.callFigure();
        Figure steps = Figure.leaf("steps", "steps inside the domain", insideSteps, Unit.ONE, counted);
        Figure bytes = Figure.leaf("bytes", "bytes sent inside the domain", insideBytes, Unit.BYTE, counted);
        String label = collective.name().replace('-', ' ') + " (" + algorithm + ")";
        String inside = "collective-call + steps * scale-up-latency + bytes / usable-scale-up";
        if (outsideSteps == 0) {
            return Figure.of(
                    collective.name(),
                    label,
                    seconds(),
                    Unit.SECOND,
                    inside,
                    call,
                    steps,
                    fabric.insideLatencyFigure(),
                    bytes,
                    fabric.insideFigure(collective));
        }
        return Figure.of(
                collective.name(),
                label,
                seconds(),
                Unit.SECOND,
                inside + " + outside-steps * scale-out-latency + outside-bytes / usable-scale-out",
                call,
                steps,
                fabric.insideLatencyFigure(),
                bytes,
                fabric.insideFigure(collective),
                Figure.leaf("outside-steps", "steps between domains", outsideSteps, Unit.ONE, counted),
                fabric.outsideLatencyFigure(),
                Figure.leaf("outside-bytes", "bytes sent between domains", outsideBytes, Unit.BYTE, counted),
                fabric.outsideFigure());
    }
}
