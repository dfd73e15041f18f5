package dev.toile.stack.network;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;

/**
 * A protocol as a pipeline of chunks over both levels of a network:
 *
 * <pre>
 * seconds = call + extra + steps max(latency, step) + outside-steps (outside-latency + relay)
 *         + max(x + own, y) + sqrt(fill max(x, y))
 * x = bytes / (share usable)     y = outside-bytes / (share outside-usable)     own = copied / copy-rate
 * </pre>
 *
 * <p>The steps are passed one after the other by the first chunk; the levels then work at the same time on different
 * chunks, so that the slower one counts. The root is the fill and overhead of chunks of the best size (section "pipelined
 * algorithms" of Chan et al., "Collective communication: theory, practice, and experience", CCPE 19(13), 2007).
 *
 * @param protocol name
 * @param call seconds before the first byte
 * @param extra seconds on top, of this algorithm and size
 * @param step seconds of one hop inside the domain in this software
 * @param relay seconds that a step between domains takes over the latency of the network
 * @param share of the usable bandwidths that the protocol attains
 * @param copyRate bytes/s at which a rank copies its own share; 0 where it copies none
 * @param fill seconds f of sqrt(f x)
 */
record Pipeline(
        String protocol,
        double call,
        double extra,
        double step,
        double relay,
        double share,
        double copyRate,
        double fill) {

    double seconds(CollectiveTime t, CollectiveConstants.Profile constants) {
        double seconds = plain(t);
        double host = constants.library().shortest(t.route());
        double exposed = constants.library().exposed();
        return host == 0
                ? seconds + exposed
                : Math.sqrt(Math.sqrt(square(square(seconds)) + square(square(host)))) + exposed;
    }

    private static double square(double value) {
        return value * value;
    }

    private double plain(CollectiveTime t) {
        double inside = inside(t);
        double outside = outside(t);
        double filling = fill == 0 ? 0 : Math.sqrt(fill * Math.max(inside, outside));
        return call + extra + hops(t) + outsideHops(t) + Math.max(inside + own(t), outside) + filling;
    }

    /** A hop takes what the link takes or what the software takes, whichever is more. */
    private double hops(CollectiveTime t) {
        return t.route().insideSteps() * Math.max(t.fabric().scaleUpLatency(), step);
    }

    private double outsideHops(CollectiveTime t) {
        return t.route().outsideSteps() * (t.fabric().scaleOutLatency() + relay);
    }

    private double inside(CollectiveTime t) {
        return t.route().insideBytes() / (share * t.fabric().inside(t.collective()));
    }

    private double outside(CollectiveTime t) {
        return t.route().outsideBytes() == 0
                ? 0
                : t.route().outsideBytes() / (share * t.fabric().outside());
    }

    private double own(CollectiveTime t) {
        return copyRate == 0 ? 0 : t.route().copied() / copyRate;
    }

    Figure explain(CollectiveTime t, CollectiveConstants.Profile constants) {
        Figure plain = new PipelineFigures(this, t, constants.provenance())
                .tree(plain(t), hops(t), outsideHops(t), inside(t), outside(t), own(t));
        double host = constants.library().shortest(t.route());
        double exposed = constants.library().exposed();
        if (host == 0 && exposed == 0) {
            return plain.noted(constants.note());
        }
        // A host that launches call by call hides short calls behind its own time, with a smooth corner.
        return Figure.of(
                plain.name(),
                plain.label(),
                seconds(t, constants),
                Unit.SECOND,
                "(work ^ 4 + host-launch ^ 4) ^ 0.25 + exposed",
                plain.as("work"),
                constants.provenance().figure("host-launch", "launch by the host", host, Unit.SECOND),
                constants
                        .provenance()
                        .figure("exposed", "wait for the host of calls one by one", exposed, Unit.SECOND));
    }

    /** Where counted numbers come from. */
    static Source counted(CollectiveTime t) {
        return Source.definition(
                "counted from " + t.algorithm() + " over " + t.collective().ranks() + " ranks");
    }
}
