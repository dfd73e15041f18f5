package dev.toile.stack.serving;

import dev.toile.stack.operation.DataType;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.workload.Precision;
import org.jspecify.annotations.Nullable;

/**
 * What a design fixes of how it serves; the planner decides what is null.
 *
 * @param tensor chips that share each matrix
 * @param pipeline stages
 * @param expert chips over which experts are spread; ignored by models without experts
 * @param batch most sequences in one step of an attention replica
 * @param modes ways to serve; the workload's when null
 * @param weights number format; the workload's when null
 * @param activations number format; the workload's when null
 * @param kvCache number format; the workload's when null
 */
public record Deployment(
        @Nullable Integer tensor,
        @Nullable Integer pipeline,
        @Nullable Integer expert,
        @Nullable Integer batch,
        ServingPlanner.@Nullable Modes modes,
        @Nullable DataType weights,
        @Nullable DataType activations,
        @Nullable DataType kvCache) {

    /** Fixes nothing. */
    public static final Deployment FREE = new Deployment(null, null, null, null, null, null, null, null);

    /** Whether a layout agrees with what is fixed. */
    public boolean allows(Parallelism parallelism, boolean experts) {
        return (tensor == null || tensor == parallelism.tensor())
                && (pipeline == null || pipeline == parallelism.pipeline())
                && (expert == null || !experts || expert == parallelism.expert());
    }

    /** The most sequences of a step. */
    public double mostSequences() {
        return batch == null ? Double.POSITIVE_INFINITY : batch;
    }

    /** Number formats of a workload, where this fixes none. */
    public Precision precision(Precision of) {
        return new Precision(
                weights == null ? of.weights() : weights,
                activations == null ? of.activations() : activations,
                kvCache == null ? of.kvCache() : kvCache);
    }

    /** This, with what another fixes taking precedence. */
    public Deployment with(Deployment other) {
        return new Deployment(
                other.tensor == null ? tensor : other.tensor,
                other.pipeline == null ? pipeline : other.pipeline,
                other.expert == null ? expert : other.expert,
                other.batch == null ? batch : other.batch,
                other.modes == null ? modes : other.modes,
                other.weights == null ? weights : other.weights,
                other.activations == null ? activations : other.activations,
                other.kvCache == null ? kvCache : other.kvCache);
    }
}
