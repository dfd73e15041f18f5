package dev.toile.stack.network;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.Operation.Collective;
import org.jspecify.annotations.Nullable;

/**
 * The time of one collective under the algorithm that was chosen: alpha-beta on both levels of the network
 * (Thakur et al., "Optimization of Collective Communication Operations in MPICH", IJHPCA 19(1), 2005), by a
 * {@link Pipeline} where the fabric has constants of its software.
 *
 * @param collective what is communicated
 * @param fabric over which network
 * @param route steps and bytes of the algorithm, such as {@code ring}, {@code tree}, {@code one-shot} or
 *     {@code in-network}
 * @param pipeline protocol that carries them; null without constants
 */
public record CollectiveTime(
        Collective collective,
        Fabric fabric,
        Route route,
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
        double inside = route.insideSteps() * fabric.scaleUpLatency() + route.insideBytes() / fabric.inside(collective);
        double outside = route.outsideSteps() == 0
                ? 0
                : route.outsideSteps() * fabric.scaleOutLatency() + route.outsideBytes() / fabric.outside();
        return fabric.call() + inside + outside;
    }

    /** The other where it is faster. */
    CollectiveTime orFaster(CollectiveTime other) {
        return other.seconds() < seconds() ? other : this;
    }

    /** Such as {@code ring}, {@code tree}, {@code one-shot} or {@code in-network}. */
    public String algorithm() {
        return route.algorithm();
    }

    /** Such as {@code LL} or {@code Simple}; empty without constants of the software. */
    public String protocol() {
        return pipeline == null ? "" : pipeline.protocol();
    }

    /** Bytes one accelerator sends inside the domain. */
    public double insideBytes() {
        return route.insideBytes();
    }

    /** Bytes one accelerator sends between domains. */
    public double outsideBytes() {
        return route.outsideBytes();
    }

    /** Bytes one accelerator sends. */
    public double sentBytes() {
        return route.insideBytes() + route.outsideBytes();
    }

    /** The tree behind {@link #seconds()}. */
    public Figure explain() {
        Source counted = Source.definition("counted from " + algorithm() + " over " + collective.ranks() + " ranks");
        if (collective.ranks() < 2) {
            return Figure.leaf(collective.name(), "no communication: one rank", 0, Unit.SECOND, counted);
        }
        CollectiveConstants.Profile constants = fabric.collectives();
        if (pipeline != null && constants != null) {
            return pipeline.explain(this, constants);
        }
        Figure call = fabric.callFigure();
        Figure steps = Figure.leaf("steps", "steps inside the domain", route.insideSteps(), Unit.ONE, counted);
        Figure bytes = Figure.leaf("bytes", "bytes sent inside the domain", insideBytes(), Unit.BYTE, counted);
        String label = collective.name().replace('-', ' ') + " (" + algorithm() + ")";
        String inside = "collective-call + steps * scale-up-latency + bytes / usable-scale-up";
        if (route.outsideSteps() == 0) {
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
                Figure.leaf("outside-steps", "steps between domains", route.outsideSteps(), Unit.ONE, counted),
                fabric.outsideLatencyFigure(),
                Figure.leaf("outside-bytes", "bytes sent between domains", outsideBytes(), Unit.BYTE, counted),
                fabric.outsideFigure());
    }
}
