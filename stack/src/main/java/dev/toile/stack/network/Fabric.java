package dev.toile.stack.network;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.Operation.Collective;
import org.jspecify.annotations.Nullable;

/**
 * The two levels of a network as one accelerator sees them. Bandwidths are one direction, per accelerator.
 *
 * @param domain accelerators that reach each other at scale-up bandwidth
 * @param scaleUp bytes/s, nominal, inside the domain
 * @param scaleUpShare usable share of it in collectives
 * @param scaleUpLatency seconds of one step inside the domain
 * @param call seconds of the shortest collective call
 * @param inNetworkReduction whether the scale-up switches add
 * @param scaleOut bytes/s, nominal, out of the domain
 * @param scaleOutShare usable share of it
 * @param scaleOutLatency seconds of one step between domains
 * @param links what carries bytes inside the domain
 * @param mesh whether each pair of the domain has links of its own: a group of p can use (p - 1) / (domain - 1) of them
 * @param provenance where these numbers come from
 * @param collectives constants of the software and the generation of links; null for alpha and beta alone
 */
public record Fabric(
        int domain,
        double scaleUp,
        double scaleUpShare,
        double scaleUpLatency,
        double call,
        boolean inNetworkReduction,
        double scaleOut,
        double scaleOutShare,
        double scaleOutLatency,
        Links links,
        boolean mesh,
        Provenance provenance,
        CollectiveConstants.@Nullable Profile collectives) {

    /** Checks that there is a domain. */
    public Fabric {
        if (domain < 1) {
            throw new IllegalArgumentException("a scale-up domain of " + domain + " accelerators; expected 1 or more");
        }
    }

    /** A domain of switches or tori without constants of its software. */
    public Fabric(
            int domain,
            double scaleUp,
            double scaleUpShare,
            double scaleUpLatency,
            double call,
            boolean inNetworkReduction,
            double scaleOut,
            double scaleOutShare,
            double scaleOutLatency,
            Provenance provenance) {
        this(
                domain,
                scaleUp,
                scaleUpShare,
                scaleUpLatency,
                call,
                inNetworkReduction,
                scaleOut,
                scaleOutShare,
                scaleOutLatency,
                Links.MEMORY,
                false,
                provenance,
                null);
    }

    /** The same network under other software. */
    public Fabric with(CollectiveConstants.Profile constants, boolean adds) {
        return new Fabric(
                domain,
                scaleUp,
                scaleUpShare,
                scaleUpLatency,
                call,
                adds,
                scaleOut,
                scaleOutShare,
                scaleOutLatency,
                links,
                mesh,
                provenance,
                constants);
    }

    /** Usable bytes/s inside the domain. */
    double inside() {
        return scaleUp * scaleUpShare;
    }

    /** Usable bytes/s inside the domain for the ranks of a collective. */
    double inside(Collective collective) {
        return inside() * linked(collective);
    }

    private double linked(Collective collective) {
        int ranks = Math.min(collective.ranks(), domain / Math.max(1, collective.stride()));
        return mesh && ranks > 1 && ranks < domain ? (ranks - 1.0) / (domain - 1.0) : 1;
    }

    /** Usable bytes/s out of the domain. */
    double outside() {
        return scaleOut * scaleOutShare;
    }

    Figure insideFigure(Collective collective) {
        double linked = linked(collective);
        if (linked == 1) {
            return insideFigure();
        }
        return Figure.of(
                "usable-scale-up",
                "usable bandwidth of the links among these ranks, one direction",
                inside(collective),
                Unit.BYTE_PER_SECOND,
                "whole-mesh * linked",
                insideFigure().as("whole-mesh"),
                Figure.leaf(
                        "linked",
                        "share of a rank's links that lead to these ranks",
                        linked,
                        Unit.SHARE,
                        Source.definition("each pair of a full mesh has links of its own")));
    }

    private Figure insideFigure() {
        return Figure.of(
                "usable-scale-up",
                "usable scale-up bandwidth, one direction",
                inside(),
                Unit.BYTE_PER_SECOND,
                "scale-up * scale-up-share",
                provenance.figure("scale-up", "scale-up bandwidth, one direction", scaleUp, Unit.BYTE_PER_SECOND),
                provenance.figure("scale-up-share", "usable share of scale-up links", scaleUpShare, Unit.SHARE));
    }

    Figure outsideFigure() {
        return Figure.of(
                "usable-scale-out",
                "usable scale-out bandwidth, one direction",
                outside(),
                Unit.BYTE_PER_SECOND,
                "scale-out * scale-out-share",
                provenance.figure("scale-out", "scale-out bandwidth, one direction", scaleOut, Unit.BYTE_PER_SECOND),
                provenance.figure("scale-out-share", "usable share of scale-out links", scaleOutShare, Unit.SHARE));
    }

    Figure insideLatencyFigure() {
        return provenance.figure(
                "scale-up-latency", "one step inside the scale-up domain", scaleUpLatency, Unit.SECOND);
    }

    Figure outsideLatencyFigure() {
        return provenance.figure(
                "scale-out-latency", "one step between scale-up domains", scaleOutLatency, Unit.SECOND);
    }

    Figure callFigure() {
        return provenance.figure("collective-call", "shortest collective call", call, Unit.SECOND);
    }

    /** The same fabric, of whose scale-up bandwidth collectives get another share. */
    public Fabric sharing(double share) {
        return new Fabric(
                domain,
                scaleUp,
                share,
                scaleUpLatency,
                call,
                inNetworkReduction,
                scaleOut,
                scaleOutShare,
                scaleOutLatency,
                links,
                mesh,
                provenance,
                collectives);
    }
}
