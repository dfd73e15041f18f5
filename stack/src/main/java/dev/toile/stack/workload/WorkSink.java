package dev.toile.stack.workload;

import dev.toile.stack.operation.Operation;

/**
 * Takes the operations of a step one after the other: a list keeps them, a timer only adds up what they cost. Makers of
 * operations ask {@link #wants} first where much would be made in vain.
 */
public interface WorkSink {

    /** Whether operations of a term are wanted at all. */
    boolean wants(Work.Term term);

    /**
     * Takes an operation of a term that is wanted.
     *
     * @param operation on one chip
     * @param count times, usually the number of equal layers
     * @param term what of a step's shape it depends on
     */
    void add(Operation operation, double count, Work.Term term);

    /** An operation whose size follows from the number of new tokens. */
    default void byTokens(Operation operation, double count) {
        offer(operation, count, Work.Term.TOKENS);
    }

    /** An operation whose size follows from the number of tokens that get an output. */
    default void byLogits(Operation operation, double count) {
        offer(operation, count, Work.Term.LOGITS);
    }

    /** An operation whose size follows from the running sequences and their context. */
    default void byDecode(Operation operation, double count) {
        offer(operation, count, Work.Term.DECODE);
    }

    /** An operation whose size follows from the prompts and their context. */
    default void byPrompt(Operation operation, double count) {
        offer(operation, count, Work.Term.PROMPT);
    }

    /** An operation that runs for sequences and prompts together. */
    default void byBoth(Operation operation, double count) {
        offer(operation, count, Work.Term.BOTH);
    }

    private void offer(Operation operation, double count, Work.Term term) {
        if (wants(term)) {
            add(operation, count, term);
        }
    }
}
