package dev.toile.stack.network;

import dev.toile.stack.network.CollectiveConstants.Generation;
import dev.toile.stack.operation.Operation.Collective;

/**
 * The menu of collective algorithms over a fabric and its software; the fastest wins.
 *
 * @param fabric the network
 */
public record Collectives(Fabric fabric) {

    /** The time of a collective among neighbouring ranks: domains are filled before the next one is used. */
    public CollectiveTime time(Collective c) {
        int inside = Math.clamp(fabric.domain() / c.stride(), 1, Math.max(1, c.ranks()));
        int domains = (c.ranks() + inside - 1) / inside;
        if (c.ranks() < 2) {
            return new CollectiveTime(c, fabric, new Route("none", 0, 0, 0, 0, 0), null);
        }
        return switch (c.kind()) {
            case ALL_REDUCE -> allReduce(c, inside, domains);
            case ALL_GATHER, REDUCE_SCATTER -> library(c, Route.ring(c, 1, inside, domains));
            case ALL_TO_ALL -> allToAll(c, Route.pairwise(c, inside, domains));
            case SEND -> library(c, Route.copy(c, domains));
        };
    }

    private CollectiveTime allReduce(Collective c, int inside, int domains) {
        CollectiveTime ring = library(c, Route.ring(c, 2, inside, domains));
        if (domains > 1) {
            return ring.orFaster(library(c, Route.tree(c, inside, domains)));
        }
        CollectiveTime best = fabric.inNetworkReduction() ? withSwitches(c, ring) : ring;
        return withOwnKernel(c, best);
    }

    private CollectiveTime withSwitches(Collective c, CollectiveTime ring) {
        CollectiveConstants.Profile constants = fabric.collectives();
        if (constants == null) {
            return ring.orFaster(plain(c, Route.inSwitches(c, 2)));
        }
        Generation g = constants.generation();
        if (g.switchShare() == 0 || c.ranks() < g.switchRanks()) {
            return ring;
        }
        CollectiveTime inSwitches = new Protocols(fabric, constants).inSwitches(c);
        double from = constants.library().switchesFrom();
        return from > 0 && c.bytes() >= from ? inSwitches : ring.orFaster(inSwitches);
    }

    private CollectiveTime withOwnKernel(Collective c, CollectiveTime best) {
        CollectiveConstants.Profile constants = fabric.collectives();
        if (constants == null) {
            return best.orFaster(plain(c, new Route("one-shot", 1, (c.ranks() - 1) * c.bytes(), 0, 0, 0)));
        }
        return constants.ownKernels() && c.bytes() <= constants.generation().oneShotLimit()
                ? best.orFaster(new Protocols(fabric, constants).oneShot(c))
                : best;
    }

    private CollectiveTime allToAll(Collective c, Route route) {
        CollectiveConstants.Profile constants = fabric.collectives();
        return constants == null ? plain(c, route) : new Protocols(fabric, constants).exchange(c, route);
    }

    /** The communication library's own way. */
    private CollectiveTime library(Collective c, Route route) {
        CollectiveConstants.Profile constants = fabric.collectives();
        return constants == null ? plain(c, route) : new Protocols(fabric, constants).best(c, route);
    }

    private CollectiveTime plain(Collective c, Route route) {
        return new CollectiveTime(c, fabric, route, null);
    }
}
