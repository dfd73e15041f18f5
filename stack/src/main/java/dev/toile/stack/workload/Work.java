package dev.toile.stack.workload;

import dev.toile.stack.operation.Operation;

/**
 * An operation and how often one step does it.
 *
 * @param operation on one chip
 * @param count times, usually the number of equal layers
 * @param term what of a step's shape it depends on
 */
public record Work(Operation operation, double count, Term term) {

    /** What of a step's shape an operation depends on, so that a planner need not time again what did not change. */
    public enum Term {
        /** The number of new tokens alone. */
        TOKENS,
        /** The number of tokens that get an output. */
        LOGITS,
        /** Running sequences and their context. */
        DECODE,
        /** Prompts, their new tokens and their context. */
        PROMPT,
        /** Sequences and prompts together, where one call serves both. */
        BOTH
    }
}
