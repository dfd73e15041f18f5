package dev.toile.stack.evaluation;

import dev.toile.stack.parallel.Step;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.serving.Colocated;
import dev.toile.stack.serving.Demand;
import dev.toile.stack.serving.Disaggregated;
import dev.toile.stack.serving.Latency;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.ServingPlan;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.serving.Ttft;
import dev.toile.stack.workload.ServiceLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoubleFunction;

/**
 * How fast one user is served against how much one accelerator serves: the same replica with more and fewer sequences,
 * from one to as many as its memory holds. Everything but the number of sequences stays as planned.
 *
 * @param layout of the replica that decodes, such as {@code TP8}
 * @param promised to users
 * @param boundBy what keeps the plan from more sequences
 * @param points in the order of their sequences
 * @param chosen index of the plan's own point
 */
public record OperatingCurve(String layout, ServiceLevel promised, String boundBy, List<Point> points, int chosen) {

    /** Enough for a smooth curve over six decades, few enough to read as a table. */
    private static final int STEPS = 24;

    /** As in the planner: more sequences than any machine runs. */
    private static final double MOST_SEQUENCES = 1e6;

    /** Copies the points. */
    public OperatingCurve {
        points = List.copyOf(points);
    }

    /**
     * One number of sequences.
     *
     * @param batch sequences that one replica decodes at once
     * @param userRate output tokens per second of one user: one over the median TPOT
     * @param chipRate output tokens per second and accelerator, all pools and hosts considered
     * @param latency that users see
     * @param missed the promise that is broken: {@code TPOT}, {@code TTFT}, {@code prompts} when no step has room for
     *     them; empty when all are kept
     */
    public record Point(double batch, double userRate, double chipRate, Latency latency, String missed) {}

    /** The curve of a fleet; empty where rates were measured, because then no step is modelled. */
    public static Optional<OperatingCurve> of(Fleet fleet) {
        return fleet.plan().decoding() instanceof SteppedPool pool ? Optional.of(of(fleet, pool)) : Optional.empty();
    }

    private static OperatingCurve of(Fleet fleet, SteppedPool pool) {
        TreeSet<Double> sequences = new TreeSet<>(List.of(1.0, pool.sequences()));
        double most = Math.max(pool.sequences(), memoryLimit(fleet, pool));
        for (int i = 1; i < STEPS; i++) {
            sequences.add(Math.rint(Math.pow(most, i / (STEPS - 1.0))));
        }
        List<Point> points = new ArrayList<>();
        DoubleFunction<Latency> latency = latency(fleet, pool);
        for (double each : sequences) {
            points.add(point(fleet, pool, each, latency.apply(each)));
        }
        int chosen = sequences.headSet(pool.sequences()).size();
        return new OperatingCurve(
                pool.parallelism().label(),
                fleet.workload().serviceLevel(),
                fleet.plan().boundBy(),
                points,
                chosen);
    }

    /** Sequences of one attention replica whose contexts fit beside the weights, at least one. */
    private static double memoryLimit(Fleet fleet, SteppedPool pool) {
        var traffic = fleet.traffic();
        double fitting = pool.fit().sequences(traffic.runningContext(), traffic.runningContextDeviation());
        return Math.max(1, Math.floor(Math.min(fitting / pool.parallelism().pipeline(), MOST_SEQUENCES)));
    }

    private static Point point(Fleet fleet, SteppedPool pool, double sequences, Latency latency) {
        Step step = latency.tpot().step();
        if (step == null) {
            throw new IllegalStateException("a stepped pool has a step for every number of sequences");
        }
        SteppedPool other = new SteppedPool(
                pool.role(),
                step,
                null,
                sequences,
                pool.stepsPerRequest(),
                pool.load(),
                step.seconds() / latency.tpot().p50(),
                pool.fit(),
                pool.contextBytes() / pool.sequences() * sequences);
        List<Pool> pools = new ArrayList<>(fleet.plan().pools());
        pools.set(pools.size() - 1, other);
        ServingPlan plan = new ServingPlan(
                fleet.plan().mode(), pools, latency, fleet.plan().boundBy());
        Fleet same = new Fleet(fleet.candidate(), fleet.workload(), plan, fleet.traffic(), fleet.spare());
        double batch = sequences
                * pool.parallelism().attentionReplicas()
                * pool.parallelism().pipeline();
        return new Point(
                batch,
                1 / latency.tpotP50(),
                same.tokensPerSecondPerChip(),
                latency,
                missed(fleet.workload().serviceLevel(), latency));
    }

    /** What users see of any number of sequences; what steps cost is remembered from one to the next. */
    private static DoubleFunction<Latency> latency(Fleet fleet, SteppedPool pool) {
        Workload.Serving workload = fleet.workload();
        var candidate = fleet.candidate();
        Demand demand = new Demand(
                new StepCosts(candidate.timer(workload.model(), workload.precision())),
                candidate.profile(),
                workload.traffic(),
                workload.serviceLevel());
        if (fleet.plan().pools().size() == 1) {
            Colocated shared = new Colocated(demand, pool.parallelism());
            double budget = pool.fit().stepTokens();
            return sequences -> shared.latency(sequences, budget);
        }
        Disaggregated split = new Disaggregated(demand);
        Ttft prompts = fleet.plan().latency().ttft();
        return sequences -> new Latency(
                prompts, split.decodeLatency(pool.parallelism(), sequences).tpot());
    }

    private static String missed(ServiceLevel promised, Latency latency) {
        if (latency.tpotP99() > promised.tpotP99()) {
            return "TPOT";
        }
        if (Double.isNaN(latency.ttftP99())) {
            return "prompts";
        }
        return latency.ttftP99() > promised.ttftP99() ? "TTFT" : "";
    }
}
