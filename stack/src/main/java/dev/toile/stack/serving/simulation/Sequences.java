package dev.toile.stack.serving.simulation;

import java.util.Arrays;

/** What engines remember of requests while they are served, and what became of them: flat arrays by request. */
final class Sequences {

    /** Links of the waiting and running lists. */
    final int[] next;

    final int[] previous;

    /** Links of the calendars of who ends when. */
    final int[] dueNext;

    final int[] duePrevious;

    /** Answer tokens that were brought forth before the present admission. */
    final int[] generated;

    /** Tokens of the sequence whose keys and values are in the cache, while its prompt is computed. */
    final int[] computed;

    /** Tokens in the cache less those that decode steps gained so far, while it decodes: a number that stays. */
    final double[] offset;

    /** The decode step with which it ends. */
    final int[] finish;

    /** Leading hash blocks it holds in the prefix cache. */
    final int[] pinned;

    /** When the last token came, for sequences that do not decode. */
    final double[] lastToken;

    /** When the engine saw the request: the first step boundary after its arrival. */
    final double[] seen;

    /** The first step of its engine that it can be part of: later than the next when that is decided already. */
    final int[] ready;

    /** When it arrived. */
    final double[] arrived;

    /** When it was first part of a step. */
    final double[] scheduled;

    final double[] firstToken;

    /** NaN for those that can never be served. */
    final double[] finished;

    Sequences(int requests) {
        next = new int[requests];
        previous = new int[requests];
        dueNext = new int[requests];
        duePrevious = new int[requests];
        generated = new int[requests];
        computed = new int[requests];
        offset = new double[requests];
        finish = new int[requests];
        pinned = new int[requests];
        lastToken = new double[requests];
        seen = new double[requests];
        ready = new int[requests];
        arrived = new double[requests];
        scheduled = new double[requests];
        firstToken = new double[requests];
        finished = new double[requests];
        Arrays.fill(scheduled, Double.NaN);
        Arrays.fill(firstToken, Double.NaN);
        Arrays.fill(finished, Double.NaN);
    }

    /** Tokens to compute before the next one comes: the prompt, and after a preemption the answer so far. */
    int target(Requests requests, int request) {
        return requests.prompt(request) + generated[request];
    }
}
