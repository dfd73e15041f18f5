package dev.toile.stack.training;

import dev.toile.stack.workload.AttentionLayer;
import dev.toile.stack.workload.FeedForward;
import dev.toile.stack.workload.TrainingJob;
import dev.toile.stack.workload.Transformer;
import dev.toile.stack.workload.Transformer.LayerRun;

/**
 * What one chip's memory holds while it trains (Korthikanti et al., arXiv:2205.05198, table 2 and section 4.3; the
 * optimiser's states are spread over the data-parallel replicas as in Rajbhandari et al., "ZeRO", SC 2020).
 *
 * @param model that is trained
 * @param job its batch and recomputation
 * @param layout over chips
 */
public record TrainingMemory(Transformer model, TrainingJob job, TrainingLayout layout) {

    /** bf16 weight. */
    private static final double WEIGHT_BYTES = 2;

    /** fp32 master weight and two Adam moments. */
    private static final double OPTIMISER_BYTES = 12;

    /** Parameters of one chip's stage. */
    public double chipParameters() {
        return (double) model.parameters() / layout.tensor() / layout.pipeline();
    }

    /**
     * Weights, gradients and optimiser states, bytes. Gradients that are spread over the replicas (ZeRO stage 2) are held
     * whole for one group of layers at a time.
     */
    public double states() {
        double whole = job.shardGradients() ? 1.0 / layout.interleave() : 1;
        double shared = job.shardGradients() ? job.gradientBytes() / layout.data() : 0;
        double bytes = WEIGHT_BYTES + job.gradientBytes() * whole + shared + OPTIMISER_BYTES / layout.data();
        return chipParameters() * Math.min(bytes, WEIGHT_BYTES + job.gradientBytes() + OPTIMISER_BYTES);
    }

    /** Activations kept for the backward passes in flight on the first stage, bytes. */
    public double activations() {
        double kept = 0;
        for (LayerRun run : model.layers()) {
            kept += run.count() * perToken(run);
        }
        return job.sequence() * layout.microBatch() * kept * inFlight();
    }

    /**
     * Passes whose activations the first stage holds, in units of a microbatch through all layers. One pass of each later
     * stage is on its way before the first comes back; groups that take turns hold more of them (Narayanan et al., SC
     * 2021, section 2.2). There are never more than the microbatches of an iteration.
     */
    private double inFlight() {
        double p = layout.pipeline();
        double v = layout.interleave();
        double groups = v == 1 ? p : (v + 1) * p - 1;
        return Math.min(groups, v * layout.microBatches(job.batch())) / (p * v);
    }

    /** Bytes that one layer keeps of a token on one chip. */
    private double perToken(LayerRun run) {
        double h = model.hidden();
        double t = layout.tensor();
        if (job.recompute() == TrainingJob.Recompute.FULL) {
            return job.sequenceParallel() ? 2 * h / t : 2 * h;
        }
        // Inputs of the norms and of the first matrices; with dropout, as before fused kernels, a mask of each part.
        double residual = 8 * h + (job.fusedAttention() ? 0 : 2 * h);
        double scores = job.recompute() == TrainingJob.Recompute.NONE && !job.fusedAttention()
                ? 5.0 * model.fewestHeads() * job.sequence()
                : 0;
        double split = attention(run.attention()) + feedForward(run.feedForward()) + scores;
        return (job.sequenceParallel() ? residual / t : residual) + split / t;
    }

    /** Queries, keys, values and the output of attention, 16 bits each. */
    private double attention(AttentionLayer attention) {
        return switch (attention) {
            case AttentionLayer.GroupedQuery g -> 4.0 * g.headDim() * (g.heads() + g.keyValueHeads());
            case AttentionLayer.None _ -> 0;
            default -> 8.0 * model.hidden();
        };
    }

    /** What goes into the activation function and what comes out of it, 16 bits each. */
    private static double feedForward(FeedForward feedForward) {
        return switch (feedForward) {
            case FeedForward.Dense d -> (d.gated() ? 6.0 : 4.0) * d.width();
            case FeedForward.MixtureOfExperts e -> 6.0 * ((double) e.topK() * e.width() + e.sharedWidth());
            case FeedForward.None _ -> 0;
        };
    }

    /** All of it. */
    public double bytes() {
        return states() + activations();
    }
}
