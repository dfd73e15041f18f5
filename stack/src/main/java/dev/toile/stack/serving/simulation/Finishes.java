package dev.toile.stack.serving.simulation;

/** Is told of every request that has been answered. */
@FunctionalInterface
interface Finishes {

    /** A request whose last token came at a time. */
    void finished(int request, double at);
}
