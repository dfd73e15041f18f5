package dev.toile.stack.mapping.experts;

import dev.toile.stack.operation.Routing;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Token counts of the experts of the most loaded rank in one random draw, made as the kernel benchmarks of
 * aiconfigurator make them (collector at 095f58a): shares of the experts are drawn from a power law with exponent alpha,
 * scaled to all slots and rounded; no expert gets a token twice; what is left over goes to the emptiest experts of each
 * rank in turn; the rank with most tokens counts.
 *
 * <p>The older collector, of TensorRT-LLM 1.0, gives what is left over to the experts with most tokens. An expert may so
 * be due more tokens than there are; the kernel then gives the tokens that cannot have it twice their next choice, and as
 * all that remain are equal, that is the first expert of all, on the rank that is measured.
 *
 * @param experts of the layer
 * @param topK experts of a token
 * @param ranks over which the experts are spread
 * @param routing power law with an exponent other than 1
 */
record PowerLawDraw(int experts, int topK, int ranks, Routing routing) {

    /** With few tokens most experts get none: shares from 0.01 to 2. Otherwise from 1 to 0.8 of the tokens. */
    private double[] shares(int tokens, long seed) {
        boolean few = (long) tokens * topK <= experts;
        double low = few ? 0.01 : 1;
        double high = few ? 2 : 0.8 * tokens;
        double a = 1 - routing.alpha();
        double from = Math.pow(low, a);
        double to = Math.pow(high, a);
        SplittableRandom random = new SplittableRandom(seed);
        double[] shares = new double[experts];
        for (int i = 0; i < experts; i++) {
            shares[i] = Math.pow((to - from) * random.nextDouble() + from, 1 / a);
        }
        return shares;
    }

    /** One token more to the experts with most tokens, or one less of those with fewest; among equals to the first. */
    private static void popular(int[] counts, long left) {
        Integer[] order = new Integer[counts.length];
        Arrays.setAll(order, i -> i);
        int[] before = counts.clone();
        Arrays.sort(order, (a, b) -> Integer.compare(before[b], before[a]));
        for (int i = 0; i < left; i++) {
            counts[order[i % order.length]]++;
        }
        long missing = -left;
        for (int i = 0; missing > 0; i++) {
            int fewest = order[order.length - 1 - i % order.length];
            if (counts[fewest] > 0) {
                counts[fewest]--;
                missing--;
            }
        }
    }

    /** Tokens of each expert of the most loaded rank under the older collector, ascending. */
    private int[] heaviestOfPopular(int[] counts, long left, int tokens) {
        popular(counts, left);
        int local = experts / ranks;
        int heaviest = 0;
        long most = -1;
        long twice = 0;
        for (int rank = 0; rank < ranks; rank++) {
            long sum = 0;
            for (int i = rank * local; i < (rank + 1) * local; i++) {
                sum += counts[i];
                twice += Math.max(0, counts[i] - tokens);
            }
            if (sum > most) {
                most = sum;
                heaviest = rank;
            }
        }
        int[] own = Arrays.copyOfRange(counts, heaviest * local, (heaviest + 1) * local);
        for (int i = 0; i < local; i++) {
            own[i] = Math.min(own[i], tokens);
            int more = (int) Math.min(twice, tokens - own[i]);
            own[i] += more;
            twice -= more;
        }
        Arrays.sort(own);
        return own;
    }

    /** Tokens of each expert of the most loaded rank, ascending. */
    int[] heaviest(int tokens, long seed) {
        double[] shares = shares(tokens, seed);
        double scale = (double) tokens * topK / Arrays.stream(shares).sum();
        int[] counts = new int[experts];
        long left = (long) tokens * topK;
        boolean popular = routing.kind() == Routing.Kind.POWER_LAW_TO_POPULAR;
        for (int i = 0; i < experts; i++) {
            double share = Math.rint(shares[i] * scale);
            counts[i] = (int) (popular ? share : Math.min(tokens, share));
            left -= counts[i];
        }
        if (popular) {
            return heaviestOfPopular(counts, left, tokens);
        }
        int local = experts / ranks;
        int[] heaviest = new int[0];
        long most = -1;
        for (int rank = 0; rank < ranks; rank++) {
            int[] own = Arrays.copyOfRange(counts, rank * local, (rank + 1) * local);
            Arrays.sort(own);
            long given = left / ranks + Long.signum(left) * (rank < Math.abs(left % ranks) ? 1L : 0L);
            level(own, given, tokens);
            long sum = Arrays.stream(own).asLongStream().sum();
            if (sum > most) {
                most = sum;
                heaviest = own;
            }
        }
        return heaviest;
    }

    /** Gives tokens one by one to the emptiest expert, or takes them from the fullest. */
    private static void level(int[] sorted, long given, int tokens) {
        for (long left = given; left > 0; left--) {
            int i = 0;
            while (i + 1 < sorted.length && sorted[i + 1] == sorted[0]) {
                i++;
            }
            // The last of equals keeps the order; many at once when there is room, for speed.
            int room = i + 1 < sorted.length ? sorted[i + 1] - sorted[0] : tokens - sorted[0];
            long rounds = Math.min(room, left / (i + 1));
            if (rounds > 0) {
                for (int j = 0; j <= i; j++) {
                    sorted[j] += (int) rounds;
                }
                left -= rounds * (i + 1L) - 1;
            } else if (sorted[i] < tokens) {
                sorted[i]++;
            } else {
                return;
            }
        }
        for (long left = given; left < 0; left++) {
            int i = sorted.length - 1;
            while (i > 0 && sorted[i - 1] == sorted[sorted.length - 1]) {
                i--;
            }
            if (sorted[i] == 0) {
                return;
            }
            sorted[i]--;
        }
    }
}
