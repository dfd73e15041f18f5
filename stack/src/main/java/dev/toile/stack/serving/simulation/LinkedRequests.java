package dev.toile.stack.serving.simulation;

/** A list of requests whose links lie in arrays that several lists share; a request is in one list at a time. */
final class LinkedRequests {

    private static final int NONE = -1;

    private final int[] next;
    private final int[] previous;
    private int first = NONE;
    private int last = NONE;
    private int size;

    LinkedRequests(int[] next, int[] previous) {
        this.next = next;
        this.previous = previous;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    /** The one behind; -1 for none. */
    int after(int request) {
        return next[request];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return first == NONE;
    }

    void addLast(int request) {
        next[request] = NONE;
        previous[request] = last;
        if (last == NONE) {
            first = request;
        } else {
            next[last] = request;
        }
        last = request;
        size++;
    }

    void addFirst(int request) {
        next[request] = first;
        previous[request] = NONE;
        if (first == NONE) {
            last = request;
        } else {
            previous[first] = request;
        }
        first = request;
        size++;
    }

    void remove(int request) {
        int before = previous[request];
        int behind = next[request];
        if (before == NONE) {
            first = behind;
        } else {
            next[before] = behind;
        }
        if (behind == NONE) {
            last = before;
        } else {
            previous[behind] = before;
        }
        size--;
    }
}
