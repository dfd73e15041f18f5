package dev.toile.stack.network;

import dev.toile.stack.operation.Operation.Collective;
import org.jspecify.annotations.Nullable;

/**
 * The menu of collective algorithms over a fabric and its software; the fastest wins.
 *
 * @param fabric the network
 */
public record Collectives(Fabric fabric) {

    private static final double LOG_2 = Math.log(2);

    /** The time of a collective among neighbouring ranks: domains are filled before the next one is used. */
    public CollectiveTime time(Collective collective) {
        int inside = Math.clamp(fabric.domain() / collective.stride(), 1, Math.max(1, collective.ranks()));
        int domains = (collective.ranks() + inside - 1) / inside;
        if (collective.ranks() < 2) {
            return new CollectiveTime(collective, fabric, "none", 0, 0, 0, 0, null);
        }
        return switch (collective.kind()) {
            case ALL_REDUCE ->
                domains == 1 ? allReduceInside(collective) : allReduceAcross(collective, inside, domains);
            case ALL_GATHER, REDUCE_SCATTER -> gather(collective, inside, domains);
            case ALL_TO_ALL -> allToAll(collective, inside, domains);
            case SEND -> send(collective, domains);
        };
    }

    private CollectiveTime allReduceInside(Collective c) {
        double p = c.ranks();
        CollectiveTime best = inside(c, "ring", 2 * (p - 1), 2 * (p - 1) / p * c.bytes(), library(c.bytes() / p));
        if (fabric.inNetworkReduction()) {
            best = faster(best, inSwitches(c));
        }
        return faster(best, oneShot(c));
    }

    /** The switches add: each rank sends its buffer once and receives the sum. */
    private @Nullable CollectiveTime inSwitches(Collective c) {
        CollectiveConstants.Profile constants = fabric.collectives();
        if (constants == null) {
            return inside(c, "in-network", 2, c.bytes(), null);
        }
        CollectiveConstants.Generation g = constants.generation();
        if (g.switchShare() == 0 || c.ranks() < g.switchRanks()) {
            return null;
        }
        double call = Math.max(fabric.call(), g.call()) + constants.shared().switchCall();
        return inside(
                c,
                "in-network",
                0,
                c.bytes(),
                new Pipeline(call, g.switchShare(), 0, constants.shared().fill()));
    }

    /** Every rank reads the buffers of all others and adds them itself, in one kernel of the serving software. */
    private @Nullable CollectiveTime oneShot(Collective c) {
        double bytes = (c.ranks() - 1) * c.bytes();
        CollectiveConstants.Profile constants = fabric.collectives();
        if (constants == null) {
            return inside(c, "one-shot", 1, bytes, null);
        }
        CollectiveConstants.Generation g = constants.generation();
        if (!constants.ownKernels() || c.bytes() > g.oneShotLimit()) {
            return null;
        }
        CollectiveConstants.Shared shared = constants.shared();
        double call = Math.max(fabric.call(), g.oneShotCall());
        return inside(c, "one-shot", 0, bytes, new Pipeline(call, shared.oneShotShare(), 0, 0));
    }

    /**
     * Reduce-scatter inside, all-reduce of each share across, all-gather inside. Across, either a ring over all domains
     * or a tree, whose steps grow with the logarithm of the number of domains but which sends every byte twice.
     */
    private CollectiveTime allReduceAcross(Collective c, double inside, double domains) {
        double share = c.bytes() / inside;
        Pipeline library = library(c.bytes() / c.ranks());
        CollectiveTime ring = new CollectiveTime(
                c,
                fabric,
                "hierarchical ring",
                2 * (inside - 1),
                2 * (inside - 1) / inside * c.bytes(),
                2 * (domains - 1),
                2 * (domains - 1) / domains * share,
                library);
        if (fabric.collectives() == null) {
            return ring;
        }
        CollectiveTime tree = new CollectiveTime(
                c,
                fabric,
                "hierarchical tree",
                2 * (inside - 1),
                2 * (inside - 1) / inside * c.bytes(),
                2 * Math.ceil(Math.log(domains) / LOG_2),
                2 * share,
                library);
        return faster(ring, tree);
    }

    private CollectiveTime gather(Collective c, double inside, double domains) {
        double insideBytes = (inside - 1) / inside * c.bytes();
        Pipeline library = library(c.bytes() / c.ranks());
        if (domains == 1) {
            return inside(c, "ring", inside - 1, insideBytes, library);
        }
        double outsideBytes = (domains - 1) / domains * c.bytes() / inside;
        return new CollectiveTime(
                c, fabric, "hierarchical ring", inside - 1, insideBytes, domains - 1, outsideBytes, library);
    }

    /** Every pair exchanges its part at once; what leaves the domain goes through the accelerator's own adapter. */
    private CollectiveTime allToAll(Collective c, double inside, double domains) {
        double insideBytes = c.bytes() * (inside - 1) / c.ranks();
        double outsideBytes = c.bytes() * (c.ranks() - inside) / c.ranks();
        CollectiveConstants.Profile constants = fabric.collectives();
        if (constants == null) {
            return new CollectiveTime(c, fabric, "pairwise", 1, insideBytes, domains > 1 ? 1 : 0, outsideBytes, null);
        }
        CollectiveConstants.Shared shared = constants.shared();
        double call = Math.max(fabric.call(), constants.generation().call()) + shared.exchange();
        Pipeline pipeline = new Pipeline(call, 1, c.bytes() / c.ranks(), shared.exchangeFill());
        return new CollectiveTime(c, fabric, "pairwise", 0, insideBytes, domains > 1 ? 1 : 0, outsideBytes, pipeline);
    }

    private CollectiveTime send(Collective c, double domains) {
        Pipeline library = library(0);
        return domains == 1
                ? inside(c, "copy", 1, c.bytes(), library)
                : new CollectiveTime(c, fabric, "copy between domains", 0, 0, 1, c.bytes(), library);
    }

    /** The communication library's own pipeline. */
    private @Nullable Pipeline library(double copied) {
        CollectiveConstants.Profile constants = fabric.collectives();
        if (constants == null) {
            return null;
        }
        double call = Math.max(fabric.call(), constants.generation().call());
        return new Pipeline(call, 1, copied, constants.shared().fill());
    }

    private CollectiveTime inside(
            Collective c, String algorithm, double steps, double bytes, @Nullable Pipeline pipeline) {
        return new CollectiveTime(c, fabric, algorithm, steps, bytes, 0, 0, pipeline);
    }

    private static CollectiveTime faster(CollectiveTime a, @Nullable CollectiveTime b) {
        return b != null && b.seconds() < a.seconds() ? b : a;
    }
}
