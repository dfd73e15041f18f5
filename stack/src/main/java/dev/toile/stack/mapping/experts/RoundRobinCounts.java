package dev.toile.stack.mapping.experts;

import dev.toile.stack.operation.Operation.Experts;

/**
 * Counts when experts take turns: slot j of token t goes to expert t + j ceil(experts / topK), so all experts get as many
 * tokens as any other, or one less. With few tokens the first rank always has one, as in the benchmarks.
 */
enum RoundRobinCounts implements TokenCounts {
    INSTANCE;

    @Override
    public double rows(Experts o, int draw) {
        return fewTokens(o) ? active(o, draw) : o.slots();
    }

    @Override
    public double active(Experts o, int draw) {
        double local = (double) o.experts() / o.ranks();
        if (fewTokens(o)) {
            return Math.min(local, Math.ceil(local * o.tokens() / stride(o)));
        }
        return local * Math.min(1, mean(o));
    }

    @Override
    public double tiles(Experts o, int height, int draw) {
        if (fewTokens(o)) {
            return active(o, draw);
        }
        double local = (double) o.experts() / o.ranks();
        double mean = mean(o);
        double least = Math.floor(mean);
        double more = mean - least;
        return local * ((1 - more) * Math.ceil(least / height) + more * Math.ceil((least + 1) / height));
    }

    private static boolean fewTokens(Experts o) {
        return o.tokens() < stride(o);
    }

    private static double stride(Experts o) {
        return Math.ceil((double) o.experts() / o.topK());
    }

    private static double mean(Experts o) {
        return o.tokens() * o.topK() / o.experts();
    }
}
