package dev.toile.stack.serving;

import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Traffic;

/**
 * What steps that mix prompts and decoding are made of under a traffic; its moments are taken once.
 *
 * @param prompt new tokens of a prompt, mean
 * @param cached tokens of a prompt that are found in the cache, mean
 * @param promptVariation squared variation of the prompts
 * @param longPrompt new tokens of a prompt as long as one in a hundred
 * @param output tokens of an answer, mean
 * @param context of a running sequence, mean
 * @param contextDeviation standard deviation of that
 * @param luck of answers with prompts
 */
record Mixture(
        double prompt,
        double cached,
        double promptVariation,
        double longPrompt,
        double output,
        double context,
        double contextDeviation,
        PromptLuck luck) {

    private static final double SMALLEST_CHUNK = 512;

    static Mixture of(Traffic traffic) {
        return new Mixture(
                traffic.newPromptTokens(),
                traffic.cachedPromptTokens(),
                traffic.prompt().squaredVariation(),
                traffic.prompt().p99() / traffic.prompt().mean() * traffic.newPromptTokens(),
                traffic.output().mean(),
                traffic.runningContext(),
                traffic.runningContextDeviation(),
                PromptLuck.of(traffic.output()));
    }

    /** Prompt tokens of a step in the steady state: each finished sequence is followed by a prompt. */
    double promptTokens(double sequences) {
        return sequences * prompt / output;
    }

    /** New tokens of the prompt in which a token is found: a long prompt has more of them than a short one. */
    double each() {
        return prompt * (1 + promptVariation);
    }

    /** Squared variation of the length of a prompt in which a token is found: the shape of gamma lengths grows by 1. */
    double lengthVariation() {
        return promptVariation / (1 + promptVariation);
    }

    /**
     * New tokens of a prompt that one step takes.
     *
     * @param sequences that decode beside it
     * @param budget tokens of a step
     */
    double chunk(double sequences, double budget) {
        return Math.min(each(), Math.max(SMALLEST_CHUNK, budget - sequences));
    }

    /** A step of so many sequences with one prompt of so many new tokens, as many of it cached as of all. */
    StepShape withOne(double sequences, double newTokens) {
        return new StepShape(sequences, context, 1, newTokens, newTokens * (1 + cached / prompt), sequences + 1);
    }

    /**
     * A step of so many sequences with so many prompt tokens. Attention goes with the square of a prompt, new tokens and
     * cached ones alike: a token is found in a long prompt more often than in a short one. Chunks of a prompt see the
     * mean of what the first and the last of them see.
     */
    StepShape shape(double sequences, double promptTokens, double budget) {
        double chunk = chunk(sequences, budget);
        double seen = cached * (1 + promptVariation) + (each() + chunk) / 2;
        double finished = promptTokens / prompt;
        return new StepShape(sequences, context, promptTokens / chunk, chunk, seen, sequences + finished);
    }
}
