package dev.toile.stack.workload;

/**
 * Tokens of one step of one attention replica: new tokens of running sequences and tokens of prompts.
 *
 * @param decodeSequences sequences that produce one token each
 * @param decodeContext tokens a decoding sequence sees, mean
 * @param promptSequences prompts (or chunks of prompts) in the step
 * @param promptTokens new tokens of each
 * @param promptContext tokens the last of them sees: cached prefix and earlier chunks included
 * @param logits tokens for which the output head runs
 */
public record StepShape(
        double decodeSequences,
        double decodeContext,
        double promptSequences,
        double promptTokens,
        double promptContext,
        double logits) {

    /** A decode step. */
    public static StepShape decode(double sequences, double context) {
        return new StepShape(sequences, context, 0, 0, 0, sequences);
    }

    /** A prefill of whole prompts, each after a cached prefix. */
    public static StepShape prefill(double prompts, double newTokens, double cachedTokens) {
        return new StepShape(0, 0, prompts, newTokens, newTokens + cachedTokens, prompts);
    }

    /** All new tokens. */
    public double tokens() {
        return decodeSequences + promptSequences * promptTokens;
    }

    /** New tokens of a step that exists: a mean shape rounded to whole tokens, at least one. */
    public int wholeTokens() {
        return whole(tokens());
    }

    /** Tokens that get an output, rounded like {@link #wholeTokens()}; none when no prompt ends and nothing decodes. */
    public int wholeLogits() {
        return logits == 0 ? 0 : whole(logits);
    }

    private static int whole(double tokens) {
        return (int) Math.clamp(Math.rint(tokens), 1, Integer.MAX_VALUE);
    }
}
