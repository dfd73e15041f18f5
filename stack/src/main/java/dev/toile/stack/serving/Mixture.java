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
 */
record Mixture(
        double prompt,
        double cached,
        double promptVariation,
        double longPrompt,
        double output,
        double context,
        double contextDeviation) {

    static Mixture of(Traffic traffic) {
        return new Mixture(
                traffic.newPromptTokens(),
                traffic.cachedPromptTokens(),
                traffic.prompt().squaredVariation(),
                traffic.prompt().p99() / traffic.prompt().mean() * traffic.newPromptTokens(),
                traffic.output().mean(),
                traffic.runningContext(),
                traffic.runningContextDeviation());
    }

    /** Prompt tokens of a step in the steady state: each finished sequence is followed by a prompt. */
    double promptTokens(double sequences) {
        return sequences * prompt / output;
    }

    /** A step in the steady state. */
    StepShape steady(double sequences) {
        return shape(sequences, promptTokens(sequences));
    }

    /** A step of so many sequences with so many prompt tokens; long prompts weigh more in attention. */
    StepShape shape(double sequences, double promptTokens) {
        double each = prompt * (1 + promptVariation);
        double finished = promptTokens / prompt;
        return new StepShape(sequences, context, promptTokens / each, each, each + cached, sequences + finished);
    }
}
