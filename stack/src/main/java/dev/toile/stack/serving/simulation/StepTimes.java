package dev.toile.stack.serving.simulation;

/**
 * Seconds of a step by term, so that each is looked up by what it depends on alone. A step takes the sum of its terms.
 *
 * <p>Implementations may remember, and then serve one thread.
 */
public interface StepTimes {

    /** Products, norms and collectives of so many new tokens; at least 1. */
    double tokens(int tokens);

    /**
     * Of {@link #tokens}, the part that engines with experts in common do for each other: experts, and the tokens' way
     * there and back, when each engine has so many tokens. 0 where nothing is shared.
     */
    default double shared(int tokens) {
        return 0;
    }

    /** The output head for so many tokens; 0 for none. */
    double logits(int tokens);

    /** Attention of sequences that decode, with the sum of the tokens they see; 0 for none. */
    double decode(int sequences, double contexts);

    /**
     * Attention of the prompts in a step.
     *
     * @param queries new tokens
     * @param before tokens of the same prompt that are in the cache already
     */
    double prompt(int queries, int before);

    /** What {@link #prompt} contains once a step, however many prompts share it: the launch of its kernels. */
    double promptLaunch();
}
