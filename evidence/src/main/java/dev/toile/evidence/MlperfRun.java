package dev.toile.evidence;

import dev.toile.evidence.MlperfBenchmarks.Benchmark;
import dev.toile.evidence.MlperfBenchmarks.Engine;
import dev.toile.evidence.MlperfPredictions.Attempted;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.serving.Attempt;
import dev.toile.stack.serving.Demand;
import dev.toile.stack.serving.ServingPlan;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.serving.simulation.CapacitySearch;
import dev.toile.stack.serving.simulation.Deployment;
import dev.toile.stack.serving.simulation.EngineOptions;
import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.serving.simulation.TermTimes;
import dev.toile.stack.serving.traffic.SyntheticTraffic;
import dev.toile.stack.workload.Lengths;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.Traffic;
import java.util.Optional;

/**
 * One benchmark of MLPerf Inference in one scenario on one node.
 *
 * @param candidate whose system it is
 * @param costs of the model's steps
 * @param benchmark lengths and limits
 * @param scenario Offline, Server or Interactive
 * @param perNode accelerators of a node: the largest replica
 * @param accelerators in all, over which requests are balanced
 */
record MlperfRun(
        Candidate candidate, StepCosts costs, Benchmark benchmark, String scenario, int perNode, int accelerators) {

    /** Fewest requests of a run: enough for a P99. */
    private static final int FEWEST = 6000;

    /** Requests over those under way, so that beginning and end of a run matter little. */
    private static final int FILLS = 8;

    /** Replicas that are simulated together: with more, balancing gains little. */
    private static final int MOST_REPLICAS = 4;

    private static final int PROBES = 10;
    private static final int TOKEN_BUDGET = 8192;

    Attempted tokensPerSecond(Optional<Engine> published) throws Unpredictable {
        ServiceLevel limits = benchmark.serviceLevel(scenario);
        if (published.isPresent()) {
            Engine engine = published.get();
            if (perNode % engine.tensor() == 0) {
                int most = limits.equals(ServiceLevel.NONE) ? engine.offlineSequences() : engine.serverSequences();
                return simulate(limits, new Parallelism(engine.tensor(), 1, 1), engine.policy(), most, TOKEN_BUDGET);
            }
        }
        Demand demand = new Demand(costs, candidate.profile(), traffic(), limits);
        return switch (new ServingPlanner(demand, ServingPlanner.Modes.COLOCATED, perNode).plan()) {
            case Attempt.Fails fails -> new Attempted(Double.NaN, fails.reason());
            case Attempt.Works(ServingPlan plan) -> {
                SteppedPool pool = (SteppedPool) plan.decoding();
                int most = (int) Math.ceil(pool.sequences());
                int budget = Math.max(most, (int) pool.fit().stepTokens());
                yield simulate(limits, pool.parallelism(), Policy.VLLM, most, budget);
            }
        };
    }

    private Traffic traffic() {
        return new Traffic(
                1,
                1,
                lengths(benchmark.prompt().mid()),
                lengths(benchmark.output().mid()),
                0,
                Provenance.all(Source.definition("the rules of MLPerf")));
    }

    private Lengths lengths(double mean) {
        return new Lengths(mean, mean * benchmark.spread().mid());
    }

    private Attempted simulate(ServiceLevel limits, Parallelism parallelism, Policy policy, int most, int budget) {
        EngineOptions options = new EngineOptions(
                policy, Math.max(budget, most), most, true, 16, false, 0, HostTime.NONE, Speculation.NONE);
        Deployment deployment = new Deployment(costs, candidate.profile(), parallelism, options);
        if (!deployment.fits()) {
            return new Attempted(Double.NaN, "the model does not fit under " + parallelism.label());
        }
        TermTimes times = deployment.times();
        boolean offline = limits.equals(ServiceLevel.NONE);
        int replicas = offline ? 1 : Math.clamp(accelerators / parallelism.chips(), 1, MOST_REPLICAS);
        int count = Math.max(FEWEST, FILLS * replicas * parallelism.attentionReplicas() * most);
        Requests requests = SyntheticTraffic.of(traffic(), 1).requests(count, 1);
        double output = requests.meanOutput();
        double rate;
        if (offline) {
            Served served = deployment
                    .simulation(times, replicas, RoutingPolicy.LEAST_OUTSTANDING)
                    .run(requests.faster(1e9));
            rate = count / served.makespan();
        } else {
            CapacitySearch search = new CapacitySearch(
                    each -> deployment
                            .simulation(times, replicas, RoutingPolicy.LEAST_OUTSTANDING)
                            .run(each),
                    limits,
                    PROBES);
            rate = search.search(requests, replicas * parallelism.chips()).rate();
        }
        double hosts = candidate.hostWork().requestsPerAccelerator(candidate.system(), output)
                * replicas
                * parallelism.chips();
        return rate == 0
                ? new Attempted(Double.NaN, "the limits on latency are broken at every rate")
                : new Attempted(Math.min(rate, hosts) * output / (replicas * parallelism.chips()), "");
    }
}
