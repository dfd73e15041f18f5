package dev.toile.stack.serving.simulation;

import java.util.Arrays;

/** Who finishes at which step: a ring of lists, for entry, removal and look-up in constant time. */
final class Calendar {

    private static final int NONE = -1;

    private final int[] next;
    private final int[] previous;
    private int[] heads = new int[1024];

    /** An empty one; its links lie in arrays by request, which several calendars may share. */
    Calendar(int[] next, int[] previous) {
        this.next = next;
        this.previous = previous;
        Arrays.fill(heads, NONE);
    }

    /** Makes room for entries so many steps ahead. */
    void reach(int steps, int now) {
        if (steps < heads.length) {
            return;
        }
        int size = Integer.highestOneBit(steps) << 1;
        int[] larger = new int[size];
        Arrays.fill(larger, NONE);
        int length = heads.length;
        for (int step = now; step < now + length; step++) {
            larger[step & (size - 1)] = heads[step & (length - 1)];
        }
        heads = larger;
    }

    void add(int request, int step) {
        int bucket = step & (heads.length - 1);
        int head = heads[bucket];
        next[request] = head;
        previous[request] = NONE;
        if (head != NONE) {
            previous[head] = request;
        }
        heads[bucket] = request;
    }

    void remove(int request, int step) {
        int after = next[request];
        int before = previous[request];
        if (before == NONE) {
            heads[step & (heads.length - 1)] = after;
        } else {
            next[before] = after;
        }
        if (after != NONE) {
            previous[after] = before;
        }
    }

    /** The first request of a step; -1 for none. */
    int first(int step) {
        return heads[step & (heads.length - 1)];
    }
}
