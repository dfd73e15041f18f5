package dev.toile.stack.workload;

import dev.toile.stack.operation.DataType;

/**
 * A pre-training run.
 *
 * @param tokens to be seen in all
 * @param sequence tokens of one sequence
 * @param batch sequences of one iteration over all replicas
 * @param recompute what is computed again in the backward pass
 * @param sequenceParallel whether norms and residuals are cut along the sequence among tensor-parallel chips
 * @param fusedAttention whether attention keeps its scores on chip (FlashAttention) or writes them to memory
 * @param overlapGradients whether gradients are reduced while the backward pass goes on
 * @param gradientBytes bytes per parameter at which gradients are summed and exchanged: 2, or 4 in single precision
 * @param shardGradients whether each replica keeps only its part of the gradients (ZeRO stage 2)
 */
public record TrainingJob(
        double tokens,
        double sequence,
        double batch,
        Recompute recompute,
        boolean sequenceParallel,
        boolean fusedAttention,
        boolean overlapGradients,
        double gradientBytes,
        boolean shardGradients) {

    /** With gradients of 16 bits that every replica holds. */
    public TrainingJob(
            double tokens,
            double sequence,
            double batch,
            Recompute recompute,
            boolean sequenceParallel,
            boolean fusedAttention,
            boolean overlapGradients) {
        this(
                tokens,
                sequence,
                batch,
                recompute,
                sequenceParallel,
                fusedAttention,
                overlapGradients,
                DataType.BF16.bytes(),
                false);
    }

    /** What the backward pass computes again instead of keeping (Korthikanti et al., arXiv:2205.05198). */
    public enum Recompute {
        /** Nothing: all activations are kept. */
        NONE,
        /** Only the attention core. */
        SELECTIVE,
        /** The whole layer. */
        FULL
    }
}
