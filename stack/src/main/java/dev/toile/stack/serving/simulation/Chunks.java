package dev.toile.stack.serving.simulation;

import java.util.Arrays;

/** The chunks of prompts that one step computes. */
final class Chunks {

    private int[] requests = new int[64];
    private int[] tokens = new int[64];
    private int size;

    void clear() {
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Request of a chunk. */
    int request(int chunk) {
        return requests[chunk];
    }

    /** Tokens of a chunk. */
    int tokens(int chunk) {
        return tokens[chunk];
    }

    void add(int request, int count) {
        if (size == requests.length) {
            requests = Arrays.copyOf(requests, 2 * size);
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        requests[size] = request;
        tokens[size++] = count;
    }
}
