package dev.toile.catalog.study;

import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Unit;
import dev.toile.catalog.text.Location;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.workload.TrainingJob;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done: either traffic or a training job.
 *
 * @param name in a mix of several
 * @param weight in a mix of several
 * @param model a catalog name or the path of a Hugging Face config.json
 * @param precision number formats
 * @param traffic requests to be served
 * @param serviceLevel promised to users
 * @param serving which ways to serve may be used
 * @param prices that users pay
 * @param training a training job
 * @param location of the mapping
 */
@Doc("What has to be done: traffic to serve, or a model to train")
public record WorkloadSpec(
        @Doc("in a mix: what results call it, such as chat") @Default("workload")
        String name,

        @Doc("in a mix: weight in figures that are averaged over the workloads")
        @Unit("1")
        @Range(minExclusive = true)
        @Default("1")
        double weight,

        @Doc("catalog name, or path of a Hugging Face config.json")
        String model,

        @Nullable PrecisionSpec precision,
        @Nullable TrafficSpec traffic,
        @Nullable ServiceLevelSpec serviceLevel,
        @Default("both") ServingPlanner.Modes serving,
        @Nullable PricesSpec prices,
        @Nullable TrainingSpec training,
        Location location) {

    /**
     * Number formats; what is left out stays at 16 bit.
     *
     * @param weights of the linear layers
     * @param activations that enter them
     * @param kvCache of keys and values
     */
    @Doc("Number formats; what is left out is bf16")
    public record PrecisionSpec(
            @Default("bf16") DataType weights,
            @Default("bf16") DataType activations,
            @Default("bf16") DataType kvCache) {}

    /**
     * Requests: so many users, or a rate, or tokens a day, or as many as one system can serve.
     *
     * @param users people
     * @param requests of each of them
     * @param rate of requests, instead of users
     * @param tokens totals, instead of users: the prompt's mean follows from them
     * @param saturate one system, fed to its limit
     * @param peakToAverage busiest hour over mean
     * @param prompt tokens
     * @param output tokens
     * @param cachedShare share of the prompt tokens found in the prefix cache
     * @param location of the mapping
     */
    @Doc("Requests that arrive: users, a rate, tokens a day, or saturate: true")
    public record TrafficSpec(
            @Unit("user") @Range(minExclusive = true) @Nullable
            Double users,

            @Unit("request/user/s") @Range(minExclusive = true) @Nullable
            Double requests,

            @Unit("request/s") @Range(minExclusive = true) @Nullable
            Double rate,

            @Nullable TokensSpec tokens,
            @Default("false") boolean saturate,

            @Unit("1") @Range(min = 1, max = 1000) @Default("1")
            double peakToAverage,

            @Nullable LengthSpec prompt,
            LengthSpec output,
            @Unit("1") @Range(max = 0.999) @Default("0") double cachedShare,
            Location location) {}

    /**
     * Tokens in all.
     *
     * @param input prompt tokens, cached ones included
     * @param output tokens of answers
     */
    public record TokensSpec(
            @Unit("token/s") @Range(minExclusive = true) double input,
            @Unit("token/s") @Range(minExclusive = true) double output) {}

    /**
     * Lengths; without P90 every length is the mean.
     *
     * @param mean tokens
     * @param p90 tokens
     */
    public record LengthSpec(
            @Unit("token") @Range(minExclusive = true) double mean,

            @Unit("token") @Range(minExclusive = true) @Nullable
            Double p90) {}

    /**
     * What users are promised; what is left out is not promised.
     *
     * @param ttftP99 time to first token
     * @param tpotP99 time per output token
     */
    public record ServiceLevelSpec(
            @Unit("s") @Range(minExclusive = true) @Nullable Double ttftP99,
            @Unit("s") @Range(minExclusive = true) @Nullable Double tpotP99) {}

    /**
     * What users pay.
     *
     * @param input computed prompt tokens
     * @param cachedInput prompt tokens from the cache; the price of input when left out
     * @param output tokens
     */
    public record PricesSpec(
            @Unit("USD/token") double input,
            @Unit("USD/token") @Nullable Double cachedInput,
            @Unit("USD/token") double output) {}

    /**
     * A pre-training run.
     *
     * @param tokens to be seen
     * @param sequence tokens of one sequence
     * @param batch sequences of one iteration
     * @param chips that train
     * @param recompute what the backward pass computes again
     * @param sequenceParallel whether norms are cut along the sequence
     * @param fusedAttention whether attention keeps its scores on chip
     * @param overlapGradients whether gradients are exchanged during the backward pass
     * @param gradientBytes bytes per parameter at which gradients are summed and exchanged
     * @param shardGradients whether each replica keeps only its part of the gradients
     */
    public record TrainingSpec(
            @Unit("token") @Range(minExclusive = true) double tokens,
            @Unit("token") @Range(min = 1) double sequence,
            @Range(min = 1, max = 1e7) int batch,
            @Range(min = 1, max = 1e6) int chips,
            @Default("selective") TrainingJob.Recompute recompute,
            @Default("true") boolean sequenceParallel,
            @Default("true") boolean fusedAttention,
            @Default("true") boolean overlapGradients,

            @Unit("byte") @Range(min = 1, max = 4) @Default("2 byte")
            double gradientBytes,

            @Default("false") boolean shardGradients) {}
}
