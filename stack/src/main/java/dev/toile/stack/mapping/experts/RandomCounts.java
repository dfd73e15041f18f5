package dev.toile.stack.mapping.experts;

import dev.toile.stack.operation.Operation.Experts;

/**
 * Expected counts when every token picks its experts at random: the tokens of one expert are binomial with mean
 * {@code tokens topK / experts}. {@code E[ceil(c / h)]} is the sum of {@code P(c > j h)} over j = 0, 1, ...; the first
 * is exact, the others by the normal law. Ranks are taken as equal.
 */
enum RandomCounts implements TokenCounts {
    INSTANCE;

    @Override
    public double rows(Experts o, int draw) {
        return o.slots();
    }

    @Override
    public double active(Experts o, int draw) {
        return o.active();
    }

    @Override
    public double tiles(Experts o, int height, int draw) {
        double local = (double) o.experts() / o.ranks();
        double share = (double) o.topK() / o.experts();
        double mean = o.tokens() * share;
        double deviation = Math.sqrt(mean * (1 - share));
        if (deviation > 0.5 * height) {
            // So wide that all remainders are alike: half a tile is lost on average.
            return local * (mean / height + 0.5);
        }
        double some = 1 - Math.pow(1 - share, o.tokens());
        double sure = Math.floor(Math.max(0, mean - 6 * deviation) / height);
        double tiles = Math.max(some, sure);
        for (double j = Math.max(1, sure); j * height < mean + 6 * deviation + 1; j++) {
            tiles += some * above((j * height + 0.5 - mean) / Math.max(deviation, 1e-9));
        }
        return local * Math.max(tiles, mean / height);
    }

    /** The normal tail beyond z, to 1e-4 (Abramowitz and Stegun, 26.2.17, with three terms). */
    private static double above(double z) {
        double x = Math.abs(z);
        double t = 1 / (1 + 0.33267 * x);
        double tail = Math.exp(-x * x / 2) * 0.3989422804 * t * (0.4361836 + t * (-0.1201676 + t * 0.9372980));
        return z > 0 ? tail : 1 - tail;
    }
}
