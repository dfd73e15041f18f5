package dev.toile.stack.serving.simulation;

/**
 * How one engine schedules.
 *
 * @param policy which scheduler it is
 * @param tokenBudget tokens of one step, decoding and prompts together
 * @param maxSequences that run at once
 * @param chunked whether a prompt may be cut to fill a step
 * @param blockTokens tokens of one block of the KV cache
 * @param blocks of the KV cache
 * @param prefixCache whether the blocks of prompts are kept for prompts that begin alike
 * @param hostTier second tier of the prefix cache
 * @param host processor time of a step
 */
public record EngineSettings(
        Policy policy,
        int tokenBudget,
        int maxSequences,
        boolean chunked,
        int blockTokens,
        int blocks,
        boolean prefixCache,
        HostTier hostTier,
        HostTime host) {

    /** Scheduling policies, by what they do when the KV cache fills up. */
    public enum Policy {
        /**
         * As vLLM's V1 scheduler: decoding first, then the prompt under way, then waiting ones, first come first
         * served; blocks are taken as they are needed, and when none is left the sequence admitted last gives up its
         * blocks and is computed again (vllm/v1/core/sched/scheduler.py).
         */
        VLLM,
        /**
         * As TensorRT-LLM's default (GUARANTEED_NO_EVICT): a request is admitted when the blocks of its whole answer
         * are free, and is never evicted (TensorRT-LLM documentation, capacity scheduler policy).
         */
        TENSORRT_LLM
    }

    /**
     * Processor time of a step.
     *
     * @param perStep seconds of each step
     * @param perSequence seconds more for each running sequence
     * @param overlapped whether the host prepares a step while the last one runs, so that only the longer counts
     */
    public record HostTime(double perStep, double perSequence, boolean overlapped) {
        /** No time at all. */
        public static final HostTime NONE = new HostTime(0, 0, true);

        /** Seconds of a whole step. */
        double step(double accelerator, int sequences) {
            double host = perStep + perSequence * sequences;
            return overlapped ? Math.max(accelerator, host) : accelerator + host;
        }
    }

    /**
     * Blocks that leave the prefix cache of the accelerators go to host memory, and come back from there.
     *
     * @param blocks that have room; 0 without a second tier
     * @param secondsPerBlock to bring one back
     */
    public record HostTier(int blocks, double secondsPerBlock) {
        /** No second tier. */
        public static final HostTier NONE = new HostTier(0, 0);
    }

    /** Checks what an engine cannot work with. */
    public EngineSettings {
        if (tokenBudget < 1 || maxSequences < 1 || blockTokens < 1 || blocks < 1) {
            throw new IllegalArgumentException("an engine of " + tokenBudget + " tokens a step, " + maxSequences
                    + " sequences and " + blocks + " blocks of " + blockTokens + " tokens; expected at least 1 each");
        }
        if (tokenBudget < maxSequences) {
            throw new IllegalArgumentException("a step of " + tokenBudget + " tokens cannot hold " + maxSequences
                    + " sequences; expected a token budget of at least as many");
        }
    }

    /** Blocks that so many tokens fill. */
    public int blocksOf(int tokens) {
        return (tokens + blockTokens - 1) / blockTokens;
    }

    /** Whether a request fits at all when it is alone. */
    boolean fits(int prompt, int output) {
        return blocksOf(prompt + output) <= blocks;
    }
}
