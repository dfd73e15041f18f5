package dev.toile.stack.training;

import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.network.CollectiveTime;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.parallel.Timed;
import dev.toile.stack.workload.Shard;
import dev.toile.stack.workload.StepOperations;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.TrainingJob;
import dev.toile.stack.workload.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * Times an iteration of a job under a layout.
 *
 * @param timer of the model's operations on the candidate
 * @param profile of the software
 * @param job what is trained
 */
public record Trainer(StepTimer timer, SoftwareProfile profile, TrainingJob job) {

    /**
     * Bytes per score that an unfused attention core moves: scores, softmax and dropped-out softmax at 2 bytes, each
     * written once and read once, and the dropout mask of 1 byte.
     */
    private static final double UNFUSED_SCORE_BYTES = 13;

    /** Bytes per parameter that Adam reads and writes beside the gradient: master weight, two moments, bf16 weight. */
    private static final double OPTIMISER_TRAFFIC = 2 * 12 + 2;

    /** One iteration. */
    public Iteration iteration(TrainingLayout layout) {
        Shard shard = new Shard(layout.tensor(), 1, job.sequenceParallel());
        double tokens = layout.microBatch() * job.sequence();
        StepShape shape = new StepShape(0, 0, layout.microBatch(), job.sequence(), job.sequence(), tokens);
        StepOperations operations = new StepOperations(timer.model(), timer.precision(), shard, shape);
        List<Pass> layers = passes(layers(operations, layout));
        List<Pass> head = passes(operations.headWithLoss());
        double bytes = tokens * timer.model().hidden() * 2 / layout.tensor();
        int stages = layout.pipeline() == 1 ? 1 : 2;
        CollectiveTime send = time("stage-send", Collective.Kind.SEND, bytes, stages, layout.tensor() * layout.data());
        double parameters = new TrainingMemory(timer.model(), job, layout).chipParameters();
        return new Iteration(
                job,
                layout,
                timer.chip(),
                layers,
                head,
                send,
                exchange(layout, parameters),
                parameters / layout.data() * (job.gradientBytes() + OPTIMISER_TRAFFIC),
                profile,
                3 * (flops(layers) + flops(head)) * layout.tensor() * job.batch() / layout.microBatch());
    }

    /** Operations of all layers; without fusion attention computes all pairs and moves its scores. */
    private List<Work> layers(StepOperations operations, TrainingLayout layout) {
        List<Work> layers = new ArrayList<>();
        for (Work work : operations.layers()) {
            if (work.operation() instanceof Collective c
                    && c.kind() == Collective.Kind.ALL_REDUCE
                    && job.sequenceParallel()) {
                layers.addAll(halves(work, c));
                continue;
            }
            boolean allPairs = work.operation() instanceof Operation.Attention && !job.fusedAttention();
            layers.add(allPairs ? new Work(work.operation(), 2 * work.count(), work.term()) : work);
        }
        if (!job.fusedAttention()) {
            layers.add(scores(layout));
        }
        return layers;
    }

    /**
     * With residuals cut along the sequence a sum is only scattered, and what the next matrix needs is gathered: two calls
     * in place of one, and no sum that switches could shorten.
     */
    private static List<Work> halves(Work work, Collective sum) {
        String part = sum.name().replace("-all-reduce", "");
        return List.of(
                half(work, sum, part + "-reduce-scatter", Collective.Kind.REDUCE_SCATTER),
                half(work, sum, part + "-all-gather", Collective.Kind.ALL_GATHER));
    }

    private static Work half(Work work, Collective sum, String name, Collective.Kind kind) {
        return new Work(new Collective(name, kind, sum.bytes(), sum.ranks(), sum.stride()), work.count(), work.term());
    }

    private List<Pass> passes(List<Work> work) {
        return timer.parts(work).stream()
                .map(part -> new Pass(part, backwardShare(part.work())))
                .toList();
    }

    /** What the backward pass costs over the forward pass of an operation, recomputation included. */
    private double backwardShare(Timed work) {
        boolean again = job.recompute() == TrainingJob.Recompute.FULL;
        boolean core = job.recompute() == TrainingJob.Recompute.SELECTIVE;
        return switch (work) {
            case Timed.OnNetwork _ -> again ? 2 : 1;
            case Timed.OnChip(var mapping) ->
                switch (mapping.operation()) {
                    // FlashAttention-2 computes the scores again: five matrix products back for two forward.
                    case Operation.Attention _ -> job.fusedAttention() ? again ? 3.5 : 2.5 : again || core ? 3 : 2;
                    case Elementwise e -> again || (core && e.name().equals("attention-scores")) ? 3 : 2;
                    case Operation.Matmul _, Operation.BatchedMatmul _, Operation.Experts _, Collective _ ->
                        again ? 3 : 2;
                };
        };
    }

    private Work scores(TrainingLayout layout) {
        double heads = (double) timer.model().fewestHeads() / layout.tensor();
        double scores = layout.microBatch() * heads * job.sequence() * job.sequence();
        double bytes = scores * UNFUSED_SCORE_BYTES;
        return new Work(
                new Elementwise(
                        "attention-scores",
                        Elementwise.Kind.SOFTMAX,
                        scores / job.sequence(),
                        job.sequence(),
                        bytes / 2,
                        bytes / 2,
                        0),
                timer.model().layerCount(),
                Work.Term.PROMPT);
    }

    private GradientExchange exchange(TrainingLayout layout, double parameters) {
        int stride = layout.tensor();
        return new GradientExchange(
                time(
                        "gradients",
                        Collective.Kind.REDUCE_SCATTER,
                        parameters * job.gradientBytes(),
                        layout.data(),
                        stride),
                time("weights", Collective.Kind.ALL_GATHER, parameters * DataType.BF16.bytes(), layout.data(), stride),
                job.overlapGradients());
    }

    private CollectiveTime time(String name, Collective.Kind kind, double bytes, int ranks, int stride) {
        return timer.collectives().time(new Collective(name, kind, bytes, ranks, stride));
    }

    private double flops(List<Pass> passes) {
        double flops = 0;
        for (Pass pass : passes) {
            if (pass.part().work() instanceof Timed.OnChip(var mapping)) {
                boolean causal = mapping.operation() instanceof Operation.Attention && job.fusedAttention();
                flops += pass.part().count()
                        * (causal ? 2 : 1)
                        * mapping.operation().flops();
            }
        }
        return flops;
    }
}
