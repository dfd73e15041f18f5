package dev.toile.stack.serving.simulation;

import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;

/**
 * What a person sets of an engine; the blocks follow from the memory.
 *
 * @param policy which scheduler it is
 * @param tokenBudget tokens of one step
 * @param maxSequences that run at once
 * @param chunked whether prompts may be cut
 * @param blockTokens tokens of one block
 * @param prefixCache whether prompts that begin alike share blocks
 * @param hostCacheBytes of host memory for each accelerator that hold evicted blocks
 * @param host processor time of a step
 * @param speculation several tokens a step, guessed by a small model
 */
public record EngineOptions(
        Policy policy,
        int tokenBudget,
        int maxSequences,
        boolean chunked,
        int blockTokens,
        boolean prefixCache,
        double hostCacheBytes,
        HostTime host,
        Speculation speculation) {

    /** As vLLM serves when nothing is said, with so many sequences and tokens in a step. */
    public static EngineOptions vllm(int tokenBudget, int maxSequences) {
        return new EngineOptions(
                Policy.VLLM, tokenBudget, maxSequences, true, 16, true, 0, HostTime.AHEAD, Speculation.NONE);
    }
}
