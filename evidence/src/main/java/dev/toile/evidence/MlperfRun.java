package dev.toile.evidence;

import dev.toile.evidence.EngineRun.Running;
import dev.toile.evidence.MlperfBenchmarks.Benchmark;
import dev.toile.evidence.MlperfBenchmarks.Engine;
import dev.toile.evidence.MlperfBenchmarks.Setting;
import dev.toile.evidence.MlperfPredictions.Attempted;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.serving.Attempt;
import dev.toile.stack.serving.Demand;
import dev.toile.stack.serving.ServingPlan;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSoftware;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import dev.toile.stack.serving.traffic.SyntheticTraffic;
import dev.toile.stack.workload.Lengths;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.Traffic;

/**
 * One benchmark of MLPerf Inference in one scenario on one node.
 *
 * @param running what runs where
 * @param engine software that serves
 * @param benchmark lengths and limits
 * @param scenario Offline, Server or Interactive
 * @param perNode accelerators of a node: the largest replica
 * @param accelerators in all, over which requests are balanced
 */
record MlperfRun(
        Running running, EngineSoftware engine, Benchmark benchmark, String scenario, int perNode, int accelerators) {

    /** Fewest requests of a run: enough for a P99. */
    private static final int FEWEST = 6000;

    /** Requests over those under way where latency is limited, so that beginning and end of a run matter little. */
    private static final int FILLS = 8;

    /** The same of an offline run, whose end, when long answers run alone, counts: 40 minutes of requests of 100 s. */
    private static final int OFFLINE_FILLS = 24;

    /** Replicas that are simulated together: with more, balancing gains little. */
    private static final int MOST_REPLICAS = 4;

    private static final int PROBES = 10;

    /** Which requests an engine takes first, and which engine takes them. */
    private record Scheduling(Policy policy, RoutingPolicy routing) {}

    /** Under the settings that were published. */
    Attempted tokensPerSecond(Engine published) throws Unpredictable {
        Setting setting = published.setting(scenario);
        Precision precision = running.precision();
        Running cached = setting.cache() == null
                ? running
                : new Running(
                        running.candidate(),
                        running.model(),
                        new Precision(precision.weights(), precision.activations(), setting.cache()),
                        running.staticScales());
        Policy policy = published.policy() == null ? engine.policy() : published.policy();
        Parallelism layout = new Parallelism(published.tensor(), published.pipeline(), 1);
        RoutingPolicy routing = published.routing() == null ? RoutingPolicy.LEAST_OUTSTANDING : published.routing();
        return simulate(
                cached, EngineRun.costs(cached, engine), layout, new Scheduling(policy, routing), setting.setting());
    }

    /** Under a layout and settings of the planner's. */
    Attempted asPlanned() throws Unpredictable {
        StepCosts costs = EngineRun.costs(running, engine);
        Demand demand = new Demand(
                costs, EngineRun.profile(running.candidate(), engine), traffic(), benchmark.serviceLevel(scenario));
        return switch (new ServingPlanner(demand, ServingPlanner.Modes.COLOCATED, perNode).plan()) {
            case Attempt.Fails fails -> new Attempted(Double.NaN, fails.reason());
            case Attempt.Works(ServingPlan plan) -> {
                SteppedPool pool = (SteppedPool) plan.decoding();
                int most = (int) Math.ceil(pool.sequences());
                int budget = Math.max(most, (int) pool.fit().stepTokens());
                EngineRun.Setting setting = new EngineRun.Setting(most, budget, 1, Double.NaN);
                Scheduling usual = new Scheduling(engine.policy(), RoutingPolicy.LEAST_OUTSTANDING);
                yield simulate(running, costs, pool.parallelism(), usual, setting);
            }
        };
    }

    private Traffic traffic() {
        return new Traffic(
                1,
                1,
                lengths(benchmark.prompt().mid(), benchmark.promptSpread().mid()),
                lengths(benchmark.output().mid(), benchmark.outputSpread().mid()),
                0,
                Provenance.all(Source.definition("the rules of MLPerf")));
    }

    private static Lengths lengths(double mean, double spread) {
        return new Lengths(mean, mean * spread);
    }

    private Attempted simulate(
            Running cached, StepCosts costs, Parallelism layout, Scheduling scheduling, EngineRun.Setting setting)
            throws Unpredictable {
        EngineRun run = EngineRun.of(
                costs, EngineRun.profile(cached.candidate(), engine), engine, scheduling.policy(), layout, setting);
        ServiceLevel limits = benchmark.serviceLevel(scenario);
        boolean offline = limits.equals(ServiceLevel.NONE);
        int replicas = offline ? 1 : Math.clamp(accelerators / layout.chips(), 1, MOST_REPLICAS);
        int underWay = replicas * layout.attentionReplicas() * layout.pipeline() * setting.sequences();
        int count = Math.max(FEWEST, (offline ? OFFLINE_FILLS : FILLS) * underWay);
        Requests requests = SyntheticTraffic.of(traffic(), 1).requests(count, 1);
        double rate = offline
                ? run.offline(requests.faster(1e9))
                : run.server(requests, replicas, scheduling.routing(), limits, PROBES);
        double chips = replicas * layout.chips();
        double output = requests.meanOutput();
        return rate == 0
                ? new Attempted(Double.NaN, "the limits on latency are broken at every rate")
                : new Attempted(rate * output / chips, "");
    }
}
