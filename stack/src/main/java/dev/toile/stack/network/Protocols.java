package dev.toile.stack.network;

import dev.toile.stack.network.CollectiveConstants.Choice;
import dev.toile.stack.network.CollectiveConstants.Estimate;
import dev.toile.stack.network.CollectiveConstants.Generation;
import dev.toile.stack.network.CollectiveConstants.Shared;
import dev.toile.stack.operation.Operation.Collective;

/**
 * The protocols of a communication library, and its choice among them. LL sends each word with a flag: short steps, half
 * of the bandwidth. LL128 sends lines of 128 bytes with one flag, where links deliver them whole. Simple sends chunks
 * behind a barrier: long steps, all of the bandwidth.
 *
 * <p>The library reckons {@code call + steps step + bytes / bandwidth} for each, with numbers of its own (NCCL,
 * src/graph/tuning.cc), and takes the least. It often leaves LL early: the time then jumps, which no smooth law follows.
 * A later protocol that is faster in truth is taken before the library reckons so; thus more bytes never take less time.
 *
 * @param fabric the network
 * @param constants of its software
 */
record Protocols(Fabric fabric, CollectiveConstants.Profile constants) {

    /** The time of a route under the protocol that the library takes. */
    CollectiveTime best(Collective c, Route route) {
        Choice choice = constants.choice();
        double ll = estimate(c, choice.ll(), choice.ll().share(), route);
        double simple = estimate(c, choice.simple(), choice.simple().share(), route);
        boolean lines = fabric.links() == Links.MEMORY;
        double ll128 =
                lines ? estimate(c, choice.lines(), constants.generation().linesEstimate(), route) : Double.MAX_VALUE;
        CollectiveTime best = timed(c, route, simple());
        if (simple <= ll && simple <= ll128) {
            return best;
        }
        if (lines) {
            best = best.orFaster(timed(c, route, ll128()));
        }
        return ll128 <= ll ? best : best.orFaster(timed(c, route, ll(c)));
    }

    private double estimate(Collective c, Estimate e, double share, Route route) {
        Links links = fabric.links();
        double part = links == Links.MEMORY ? share : e.share(links);
        double inside = route.insideBytes() / (part * fabric.inside(c));
        double outside = route.outsideBytes() == 0 ? 0 : route.outsideBytes() / (e.networkShare() * fabric.outside());
        return e.call()
                + route.insideSteps() * e.step(links)
                + route.outsideSteps() * e.networkStep()
                + Math.max(inside, outside);
    }

    private Pipeline ll(Collective c) {
        Generation g = constants.generation();
        Shared s = constants.shared();
        double filled = g.filled() * filling(c);
        return new Pipeline("LL", call(), filled, g.llStep(), 0, s.llShare(), g.copyRate(), 0);
    }

    /** How far a buffer fills the threads of a kernel. */
    private double filling(Collective c) {
        return Math.min(1, c.bytes() / constants.shared().filledFrom());
    }

    private Pipeline ll128() {
        Generation g = constants.generation();
        Shared s = constants.shared();
        return new Pipeline("LL128", call(), 0, g.linesStep(), s.relay(), 1, g.copyRate(), 0);
    }

    private Pipeline simple() {
        Generation g = constants.generation();
        double call = Math.max(fabric.call(), g.simpleCall());
        return new Pipeline(
                "Simple", call, 0, g.simpleStep(), constants.shared().relay(), 1, g.copyRate(), 0);
    }

    private double call() {
        return Math.max(fabric.call(), constants.generation().call());
    }

    /**
     * An exchange of all with all: small parts go to each peer at the rate of one channel of LL, large ones at that of
     * the links; the faster way wins.
     */
    CollectiveTime exchange(Collective c, Route route) {
        Generation g = constants.generation();
        Shared s = constants.shared();
        double each = route.copied() / s.exchangeRate();
        CollectiveTime small =
                timed(c, route, new Pipeline("LL", call(), g.exchange().call() + each, g.llStep(), 0, 1, 0, 0));
        double extra = g.exchange().call() + g.exchange().simpleCall();
        return small.orFaster(timed(
                c,
                route,
                new Pipeline(
                        "Simple",
                        call(),
                        extra,
                        g.llStep(),
                        s.relay(),
                        1,
                        g.exchange().copyRate(),
                        g.exchange().fill())));
    }

    /** The switches add: each rank sends its buffer once and receives the sum. */
    CollectiveTime inSwitches(Collective c) {
        Shared s = constants.shared();
        Route route = Route.inSwitches(c, 0);
        Generation g = constants.generation();
        return timed(
                c, route, new Pipeline("Simple", call(), s.switchCall(), 0, 0, g.switchShare(), 0, s.switchFill()));
    }

    /** Every rank reads the buffers of all others and adds them itself, in one kernel of the serving software. */
    CollectiveTime oneShot(Collective c) {
        Generation g = constants.generation();
        double call = Math.max(fabric.call(), g.oneShotCall());
        double peers = g.oneShotPeer() * (c.ranks() - 1) * filling(c);
        Route route = new Route("one-shot", 0, (c.ranks() - 1) * c.bytes(), 0, 0, 0);
        return timed(
                c,
                route,
                new Pipeline("own kernel", call, peers, 0, 0, constants.shared().oneShotShare(), 0, 0));
    }

    private CollectiveTime timed(Collective c, Route route, Pipeline pipeline) {
        return new CollectiveTime(c, fabric, route, pipeline);
    }
}
