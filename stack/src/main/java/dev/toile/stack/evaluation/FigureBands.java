package dev.toile.stack.evaluation;

import dev.toile.stack.parallel.Step;
import dev.toile.stack.parallel.StepBand;
import dev.toile.stack.serving.Latency;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.ServingPlan;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.training.Iteration;
import dev.toile.stack.training.Pass;
import dev.toile.stack.workload.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bands of the figures that follow from the time of steps: what the same plan comes to when every step takes as long as
 * the lower or the upper end of its band. Batch, layout, load and the model of queues stay; the bands are those of
 * kernels, and say nothing of what the model of serving leaves out.
 */
public final class FigureBands {

    /**
     * What a figure may be.
     *
     * @param low end
     * @param high end
     */
    public record Range(double low, double high) {}

    private static final double NOISE = 1e-12;

    private final Evaluation evaluation;
    private final Evaluation fast;
    private final Evaluation slow;
    private final List<StepBand> steps;

    private FigureBands(Evaluation evaluation, Evaluation fast, Evaluation slow, List<StepBand> steps) {
        this.evaluation = evaluation;
        this.fast = fast;
        this.slow = slow;
        this.steps = List.copyOf(steps);
    }

    /**
     * The bands of an evaluation; empty when it cannot work, when it serves a mix of workloads, and when nobody says how
     * far its kernels may be off.
     */
    public static Optional<FigureBands> of(Evaluation evaluation) {
        return switch (evaluation) {
            case Evaluation.Infeasible _, Evaluation.Mixed _ -> Optional.empty();
            case Evaluation.Serves(Fleet fleet) -> serving(evaluation, fleet);
            case Evaluation.Trains(Cluster cluster) -> training(evaluation, cluster);
        };
    }

    /** Bands of the steps, in the order of the pools. */
    public List<StepBand> steps() {
        return steps;
    }

    /** The band of a figure around its value; empty for a figure that does not follow from the time of steps. */
    public Optional<Range> of(String figure) {
        double value = Figures.value(evaluation, figure);
        double a = Figures.value(fast, figure);
        double b = Figures.value(slow, figure);
        if (Double.isNaN(value) || Double.isNaN(a) || Double.isNaN(b)) {
            return Optional.empty();
        }
        double low = Math.min(value, Math.min(a, b));
        double high = Math.max(value, Math.max(a, b));
        boolean follows = high - low > NOISE * Math.abs(value);
        return follows ? Optional.of(new Range(low, high)) : Optional.empty();
    }

    private static Optional<FigureBands> serving(Evaluation evaluation, Fleet fleet) {
        List<StepBand> bands = new ArrayList<>();
        for (Pool each : fleet.plan().pools()) {
            if (each instanceof SteppedPool pool) {
                Optional<StepBand> band = pool.step().band();
                if (band.isEmpty()) {
                    return Optional.empty();
                }
                bands.add(band.get());
            }
        }
        if (bands.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FigureBands(
                evaluation,
                new Evaluation.Serves(
                        taking(fleet, bands.stream().map(StepBand::low).toList())),
                new Evaluation.Serves(
                        taking(fleet, bands.stream().map(StepBand::high).toList())),
                bands));
    }

    /** The fleet when the steps of each stepped pool take so many times as long. */
    private static Fleet taking(Fleet fleet, List<Double> factors) {
        List<Pool> pools = new ArrayList<>();
        int next = 0;
        for (Pool each : fleet.plan().pools()) {
            pools.add(each instanceof SteppedPool pool ? pool.taking(factors.get(next++)) : each);
        }
        Latency latency = fleet.plan().latency();
        Latency seen = new Latency(
                latency.ttft().taking(factors.getFirst()), latency.tpot().taking(factors.getLast()));
        ServingPlan plan =
                new ServingPlan(fleet.plan().mode(), pools, seen, fleet.plan().boundBy());
        Workload.Serving workload = fleet.workload();
        Traffic traffic = workload.saturate()
                ? new Saturation(fleet.candidate(), plan, workload.traffic()).traffic()
                : fleet.traffic();
        return new Fleet(fleet.candidate(), workload, plan, traffic, fleet.spare());
    }

    /** Layers and head of an iteration have a band; sends, the exchange of gradients and the optimiser have none. */
    private static Optional<FigureBands> training(Evaluation evaluation, Cluster cluster) {
        Iteration iteration = cluster.iteration();
        List<Step.Part> parts = new ArrayList<>();
        double stages = iteration.layout().pipeline();
        iteration.layers().forEach(pass -> parts.add(both(pass, 1 / stages)));
        iteration.head().forEach(pass -> parts.add(both(pass, 1)));
        return StepBand.of(
                        "stage",
                        parts,
                        iteration.chip(),
                        cluster.candidate().profile().bands())
                .map(band -> new FigureBands(
                        evaluation, taking(cluster, band.low()), taking(cluster, band.high()), List.of(band)));
    }

    private static Step.Part both(Pass pass, double share) {
        return times(pass.part(), share * (1 + pass.backwardShare()));
    }

    private static Step.Part times(Step.Part part, double factor) {
        return new Step.Part(part.work(), part.count() * factor);
    }

    private static Evaluation taking(Cluster cluster, double factor) {
        Iteration i = cluster.iteration();
        Iteration other = new Iteration(
                i.job(),
                i.layout(),
                i.chip(),
                taking(i.layers(), factor),
                taking(i.head(), factor),
                i.send(),
                i.exchange(),
                i.optimiserBytes(),
                i.profile(),
                i.modelFlops());
        return new Evaluation.Trains(new Cluster(cluster.candidate(), cluster.workload(), other));
    }

    private static List<Pass> taking(List<Pass> passes, double factor) {
        return passes.stream()
                .map(pass -> new Pass(times(pass.part(), factor), pass.backwardShare()))
                .toList();
    }
}
