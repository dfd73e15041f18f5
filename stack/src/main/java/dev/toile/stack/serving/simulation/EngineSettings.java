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
 * @param speculation several tokens a step, guessed by a small model
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
        HostTime host,
        Speculation speculation) {

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
        TENSORRT_LLM,
        /**
         * As vLLM's first scheduler without chunked prompts: whenever a waiting prompt can begin, the step consists of
         * whole prompts alone and decoding sequences wait; a hundredth of the blocks stays free when one begins
         * (vllm/core/scheduler.py, {@code _schedule_default}, and the watermark of its block manager). Blocks and
         * eviction as {@link #VLLM}.
         */
        PROMPTS_FIRST
    }

    /**
     * Processor time of a step.
     *
     * @param perStep seconds of each step
     * @param perSequence seconds more for each running sequence
     * @param overlapped whether the host prepares a step while the last one runs, so that only the longer counts; the
     *     price is that a request which comes in while a step runs misses the next one too, for that is decided already.
     *     So vLLM does from version 0.14 (asynchronous scheduling, pull request 19970, on by default since) and
     *     TensorRT-LLM with its overlap scheduler
     * @param every how many decode steps the host decides at once: it is paid for the first of them only, and with
     *     {@link Policy#PROMPTS_FIRST} no prompt begins before the last (vLLM's multi-step scheduling)
     */
    public record HostTime(double perStep, double perSequence, boolean overlapped, int every) {
        /** No time at all: steps are decided when the last one has ended. */
        public static final HostTime NONE = new HostTime(0, 0, false);

        /** No time at all, yet steps are decided one ahead. */
        public static final HostTime AHEAD = new HostTime(0, 0, true);

        /** Checks the number of steps. */
        public HostTime {
            if (every < 1 || !(perStep >= 0) || !(perSequence >= 0)) {
                throw new IllegalArgumentException("a host that takes " + perStep + " s and " + perSequence
                        + " s a sequence for every " + every + " steps; expected 0 or more, 0 or more, at least 1");
            }
        }

        /** A host that decides every step. */
        public HostTime(double perStep, double perSequence, boolean overlapped) {
            this(perStep, perSequence, overlapped, 1);
        }

        /** Seconds of a whole step with prompts in it. */
        double step(double accelerator, int sequences) {
            return with(accelerator, perStep + perSequence * sequences);
        }

        /** Seconds of a whole step that only decodes: its share of what several cost. */
        double decodeStep(double accelerator, int sequences) {
            return with(accelerator, (perStep + perSequence * sequences) / every);
        }

        private double with(double accelerator, double host) {
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

    /**
     * A small model drafts tokens, one step of the large one checks them all (Leviathan et al., "Fast inference from
     * transformers via speculative decoding", ICML 2023).
     *
     * @param draft tokens that are guessed for each sequence in a step; 0 without speculation
     * @param acceptance chance that a guess is right when those before it were
     * @param draftShare time of one pass of the small model over that of a step of the large one with as many tokens
     */
    public record Speculation(int draft, double acceptance, double draftShare) {
        /** One token a step. */
        public static final Speculation NONE = new Speculation(0, 0, 0);

        /** Checks the ranges. */
        public Speculation {
            if (draft < 0 || !(acceptance >= 0 && acceptance < 1) || !(draftShare >= 0)) {
                throw new IllegalArgumentException("speculation with " + draft + " tokens, accepted with " + acceptance
                        + " and a draft share of " + draftShare + "; expected 0 or more, below 1, 0 or more");
            }
        }

        /** Tokens that the large model sees of a sequence in a step. */
        int seen() {
            return draft + 1;
        }

        /** Tokens that a sequence gains in a step, mean: {@code (1 - a^(k + 1)) / (1 - a)}, eq. 1 of the paper. */
        public double gained() {
            return draft == 0 ? 1 : (1 - Math.pow(acceptance, draft + 1)) / (1 - acceptance);
        }

        /** Variance of the tokens that a sequence gains in a step: a geometric distribution cut off at the draft. */
        double gainVariance() {
            double squares = 0;
            double reached = 1;
            for (int tokens = 1; tokens <= draft + 1; tokens++) {
                double chance = tokens > draft ? reached : reached * (1 - acceptance);
                squares += chance * tokens * tokens;
                reached *= acceptance;
            }
            return squares - gained() * gained();
        }

        /**
         * Steps that an answer takes: by the renewal theorem their mean is {@code tokens / gained}, their variance
         * {@code tokens variance / gained^3} (Cox, "Renewal Theory", 1962), and they are all but normal.
         *
         * @param tokens still to come
         * @param normal a number from the standard normal distribution
         */
        int steps(int tokens, double normal) {
            double gained = gained();
            double spread = Math.sqrt(tokens * gainVariance() / (gained * gained * gained));
            return Math.clamp((long) Math.ceil(tokens / gained + normal * spread), fewest(tokens), tokens);
        }

        private int fewest(int tokens) {
            return (tokens + draft) / (draft + 1);
        }

        /** Passes of the small model, in steps of the large one. */
        double overhead() {
            return draft * draftShare;
        }
    }

    /** Checks what an engine cannot work with. */
    public EngineSettings {
        if (tokenBudget < 1 || maxSequences < 1 || blockTokens < 1 || blocks < 1) {
            throw new IllegalArgumentException("an engine of " + tokenBudget + " tokens a step, " + maxSequences
                    + " sequences and " + blocks + " blocks of " + blockTokens + " tokens; expected at least 1 each");
        }
        if (tokenBudget < maxSequences * speculation.seen()) {
            throw new IllegalArgumentException("a step of " + tokenBudget + " tokens cannot hold " + maxSequences
                    + " sequences of " + speculation.seen() + " tokens; expected a token budget of at least as many");
        }
        if (policy == Policy.PROMPTS_FIRST && chunked) {
            throw new IllegalArgumentException(
                    "prompts that come first are computed whole; expected them not to be cut");
        }
        if (speculation.draft() > 0 && policy != Policy.TENSORRT_LLM) {
            throw new IllegalArgumentException(
                    "speculation with the policy " + policy + "; it is modelled with blocks reserved at admission");
        }
    }

    /** Blocks that so many tokens fill. */
    public int blocksOf(int tokens) {
        return (tokens + blockTokens - 1) / blockTokens;
    }

    /** Blocks that a sequence holds with so many tokens: all it will ever need where nothing is evicted. */
    int held(Requests requests, int request, int tokens) {
        return blocksOf(policy == Policy.TENSORRT_LLM ? requests.prompt(request) + requests.output(request) : tokens);
    }

    /** Whether a request fits at all when it is alone. */
    boolean fits(int prompt, int output) {
        return blocksOf(prompt + output) <= blocks;
    }
}
