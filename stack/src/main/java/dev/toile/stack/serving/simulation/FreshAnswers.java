package dev.toile.stack.serving.simulation;

import java.util.Arrays;

/**
 * Sequences whose prompts were computed since the last decode step, by when their first tokens came: where prompts go
 * first, several steps of prompts may lie between that and the second token.
 */
final class FreshAnswers {

    private double[] ends = new double[16];
    private int[] counts = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** A first token came, not before those that are here. */
    void remember(double end) {
        if (size > 0 && ends[size - 1] == end) {
            counts[size - 1]++;
            return;
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        ends[size] = end;
        counts[size++] = 1;
    }

    /** A sequence whose first token came then gives way before it has decoded. */
    void forget(double end) {
        for (int i = 0; i < size; i++) {
            if (ends[i] == end) {
                counts[i]--;
                return;
            }
        }
        throw new IllegalStateException("a sequence that never decoded is not among the fresh ones");
    }

    /** All of them decode with a step: notes the gaps before their second tokens, and says how many there were. */
    int count(double end, Histogram gaps) {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            gaps.add(end - ends[i], counts[i]);
            sum += counts[i];
        }
        size = 0;
        return sum;
    }
}
