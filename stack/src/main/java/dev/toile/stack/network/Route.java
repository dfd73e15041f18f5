package dev.toile.stack.network;

import dev.toile.stack.operation.Operation.Collective;

/**
 * The steps and bytes of one algorithm for one collective, before a protocol carries them.
 *
 * @param algorithm such as {@code ring}
 * @param insideSteps latency steps inside the domain
 * @param insideBytes bytes one accelerator sends inside the domain
 * @param outsideSteps latency steps between domains
 * @param outsideBytes bytes one accelerator sends between domains
 * @param copied bytes of its own share that a rank copies
 */
record Route(
        String algorithm,
        double insideSteps,
        double insideBytes,
        double outsideSteps,
        double outsideBytes,
        double copied) {

    private static final double LOG_2 = Math.log(2);
    private static final String IN_SWITCHES = "in-network";

    /** The switches add what all ranks send them once, and send them the sum. */
    static Route inSwitches(Collective c, double steps) {
        return new Route(IN_SWITCHES, steps, c.bytes(), 0, 0, 0);
    }

    /** Whether the switches add. */
    boolean inSwitches() {
        return algorithm.equals(IN_SWITCHES);
    }

    /**
     * One ring through all ranks, domain after domain: of its p hops, one leaves each of the d domains.
     *
     * @param passes 1 for a gather or a scatter, 2 for a reduction to all
     */
    static Route ring(Collective c, double passes, int inside, int domains) {
        double p = c.ranks();
        double bytes = passes * (p - 1) / p * c.bytes();
        double outsideBytes = domains == 1 ? 0 : bytes / inside;
        return new Route(
                "ring",
                passes * (p - domains),
                bytes - outsideBytes,
                passes * (domains - 1),
                outsideBytes,
                c.bytes() / p);
    }

    /** Up a chain in each domain and a binary tree over them, and down again: steps grow with the logarithm of domains. */
    static Route tree(Collective c, int inside, int domains) {
        double i = inside;
        return new Route(
                "tree",
                2 * (i - 1),
                2 * (i - 1) / i * c.bytes(),
                2 * Math.ceil(Math.log(domains) / LOG_2 - 1e-9),
                2 * c.bytes() / i,
                c.bytes() / c.ranks());
    }

    /** Every pair exchanges its part; what leaves the domain goes through the accelerator's own adapter. */
    static Route pairwise(Collective c, int inside, int domains) {
        double p = c.ranks();
        return new Route(
                "pairwise",
                Math.log(inside) / LOG_2,
                c.bytes() * (inside - 1) / p,
                Math.log(domains) / LOG_2,
                c.bytes() * (p - inside) / p,
                c.bytes() / p);
    }

    /** One rank sends to another. */
    static Route copy(Collective c, int domains) {
        return domains == 1 ? new Route("copy", 1, c.bytes(), 0, 0, 0) : new Route("copy", 0, 0, 1, c.bytes(), 0);
    }
}
