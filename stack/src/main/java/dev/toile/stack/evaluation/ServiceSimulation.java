package dev.toile.stack.evaluation;

import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.serving.simulation.CapacitySearch;
import dev.toile.stack.serving.simulation.Deployment;
import dev.toile.stack.serving.simulation.EngineOptions;
import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import dev.toile.stack.serving.simulation.EngineSoftware;
import dev.toile.stack.serving.simulation.RequestClass;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.serving.simulation.Simulation;
import dev.toile.stack.serving.simulation.SplitSimulation;
import dev.toile.stack.serving.simulation.TermTimes;
import dev.toile.stack.serving.traffic.AgentSessions;
import dev.toile.stack.serving.traffic.Arrivals;
import dev.toile.stack.serving.traffic.SyntheticTraffic;
import dev.toile.stack.serving.traffic.TokenLengths;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.Traffic;
import dev.toile.stack.workload.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Simulates what the planner planned: the same layout, batch and step budget, with requests that arrive one by one.
 * What it remembers of step times serves one thread.
 */
public final class ServiceSimulation {

    private static final double Z99 = 2.3263478740408408;

    /** Requests over those under way, so that beginning and end of a run matter little. */
    private static final int FILLS = 8;

    /** Of one probe: more would take seconds. */
    private static final int MOST_REQUESTS = 60_000;

    /** So many times as fast, all requests come at once. */
    private static final double AT_ONCE = 1e12;

    private final Fleet fleet;
    private final Choices choices;
    private final List<Part> parts = new ArrayList<>();

    /** One pool, ready to be simulated. */
    private record Part(SteppedPool pool, Deployment deployment, TermTimes times) {}

    /**
     * What is chosen by hand; the plan says the rest.
     *
     * @param policy of the scheduler
     * @param tokenBudget tokens of a step; null as planned
     * @param maxSequences of an engine; null as planned, with room for as many more as come in one moment of a hundred
     * @param blockTokens tokens of a block
     * @param prefixCache whether prompts that begin alike share blocks
     * @param hostCacheBytes of host memory for each accelerator that keep evicted blocks
     * @param host processor time of a step
     * @param software version of the engine, whose kernels count; null for those of the candidate's profile
     * @param speculation several tokens a step, guessed by a small model
     * @param replicas that are simulated together
     * @param routing of requests to them
     */
    public record Choices(
            Policy policy,
            @Nullable Integer tokenBudget,
            @Nullable Integer maxSequences,
            int blockTokens,
            boolean prefixCache,
            double hostCacheBytes,
            HostTime host,
            @Nullable EngineSoftware software,
            Speculation speculation,
            int replicas,
            RoutingPolicy routing) {

        /** Everything as planned: one replica with vLLM's scheduler. */
        public static final Choices PLANNED = new Choices(
                Policy.VLLM,
                null,
                null,
                16,
                true,
                0,
                HostTime.AHEAD,
                null,
                Speculation.NONE,
                1,
                RoutingPolicy.LEAST_OUTSTANDING);

        private StepTimer timer(Fleet fleet) {
            Transformer model = fleet.workload().model();
            Precision precision = fleet.workload().precision();
            return software == null
                    ? fleet.candidate().timer(model, precision)
                    : fleet.candidate().timer(model, precision, software, true);
        }

        private SoftwareProfile profile(Candidate candidate) {
            return software == null ? candidate.profile() : software.on(candidate.profile());
        }

        EngineOptions options(SteppedPool pool) {
            int most = maxSequences != null
                    ? maxSequences
                    : (int) Math.ceil(pool.sequences() + Z99 * Math.sqrt(pool.sequences()));
            int budget = tokenBudget != null ? tokenBudget : (int) pool.fit().stepTokens();
            return new EngineOptions(
                    policy,
                    Math.max(budget, most * (speculation.draft() + 1)),
                    most,
                    policy != Policy.PROMPTS_FIRST,
                    blockTokens,
                    prefixCache,
                    hostCacheBytes,
                    host,
                    speculation);
        }
    }

    /**
     * A simulation of a fleet.
     *
     * @throws IllegalArgumentException when the plan's rates were measured, so that there are no steps
     */
    public ServiceSimulation(Fleet fleet, Choices choices) {
        this.fleet = fleet;
        this.choices = choices;
        StepCosts costs = new StepCosts(choices.timer(fleet));
        SoftwareProfile profile = choices.profile(fleet.candidate());
        for (Pool each : fleet.plan().pools()) {
            if (!(each instanceof SteppedPool pool)) {
                throw new IllegalArgumentException(
                        "rates of " + fleet.candidate().name()
                                + " are stated, not predicted, so that there are no steps to simulate");
            }
            Deployment deployment = new Deployment(costs, profile, pool.parallelism(), choices.options(pool));
            parts.add(new Part(pool, deployment, deployment.times()));
        }
    }

    /** What is simulated. */
    public Fleet fleet() {
        return fleet;
    }

    /** Why nothing can be simulated; empty when it can. */
    public String obstacle() {
        for (Part part : parts) {
            if (!part.deployment().fits()) {
                return "no block of the KV cache fits beside the weights and a step of "
                        + part.deployment().options().tokenBudget() + " tokens";
            }
        }
        return "";
    }

    /** Requests per second that the plan gives the simulated replicas in the busiest hour. */
    public double plannedRate() {
        Pool decoding = fleet.plan().decoding();
        return fleet.traffic().peakRate() / fleet.replicas(decoding) * choices.replicas();
    }

    /** Requests like the study's, at a rate. */
    public Requests synthetic(int count, double rate, long seed) {
        return SyntheticTraffic.of(fleet.traffic(), rate).requests(count, seed).as(promised());
    }

    /**
     * The highest rate at which these replicas keep the study's promises, with requests like the study's. Where nothing
     * is promised, the rate at which they work off as many requests at once.
     *
     * @param requests of each probe, at least; more where many are under way at a time
     * @param probes runs in all
     * @param seed of the requests
     */
    public CapacitySearch.Capacity capacity(int requests, int probes, long seed) {
        double guess = fullRate();
        Requests all = synthetic(enough(requests), guess, seed);
        if (!fleet.workload().serviceLevel().equals(ServiceLevel.NONE)) {
            return new CapacitySearch(this::serve, fleet.workload().serviceLevel(), probes).search(all, guess);
        }
        Served served = serve(all.faster(AT_ONCE));
        double rate = all.size() / served.makespan();
        CapacitySearch.Probe only = new CapacitySearch.Probe(
                rate,
                served.distribution(served::ttft).quantile(0.99),
                served.distribution(served::tpot).quantile(0.99),
                served.goodRequests() / served.makespan(),
                served.attainment(),
                true);
        return new CapacitySearch.Capacity(rate, List.of(only));
    }

    /** So many requests, or as many as fill the replicas several times; a run that never fills up says nothing. */
    private int enough(int requests) {
        SteppedPool pool = (SteppedPool) fleet.plan().decoding();
        double underWay = choices.replicas()
                * pool.sequences()
                * pool.parallelism().attentionReplicas()
                * pool.parallelism().pipeline();
        return (int) Math.max(requests, Math.min(MOST_REQUESTS, FILLS * underWay));
    }

    /** Requests per second of the simulated replicas under full load, as the plan has it. */
    private double fullRate() {
        return fleet.plan().decoding().requestsPerSecond() * choices.replicas();
    }

    /** The fleet, sized anew by what the simulated replicas can take. */
    public Rescored rescored(int requests, int probes, long seed) {
        return Rescored.of(fleet, fullRate(), capacity(requests, probes, seed));
    }

    /**
     * Shares of good requests over the rate and over how the tokens of a request divide into prompt and answer; their
     * sum, and the spread of both, stay as the study has them.
     *
     * @param ratios prompt over output tokens
     * @param rates requests per second
     * @param requests of each run
     * @param seed of all of them
     * @return shares by ratio, then by rate
     */
    public double[][] attainment(double[] ratios, double[] rates, int requests, long seed) {
        Traffic own = fleet.traffic();
        double tokens = own.prompt().mean() + own.output().mean();
        double[][] shares = new double[ratios.length][rates.length];
        for (int i = 0; i < ratios.length; i++) {
            double output = tokens / (1 + ratios[i]);
            SyntheticTraffic traffic = new SyntheticTraffic(
                    new Arrivals.Poisson(1),
                    new TokenLengths.Gamma(own.prompt()
                            .scaled(ratios[i] * output / own.prompt().mean())),
                    new TokenLengths.Gamma(
                            own.output().scaled(output / own.output().mean())),
                    own.cachedShare());
            Requests each = traffic.requests(requests, seed).as(promised());
            for (int j = 0; j < rates.length; j++) {
                shares[i][j] = serve(each.faster(rates[j] / each.rate())).attainment();
            }
        }
        return shares;
    }

    private RequestClass promised() {
        return new RequestClass("all", fleet.workload().serviceLevel(), Double.POSITIVE_INFINITY);
    }

    private Served serve(Requests requests) {
        Simulation first = simulation(parts.getFirst(), replicas(parts.getFirst()));
        return parts.size() == 1
                ? first.run(requests)
                : new SplitSimulation(
                                first,
                                simulation(parts.getLast(), choices.replicas()),
                                parts.getFirst().deployment().transfer())
                        .run(requests);
    }

    /**
     * Sessions with turns like the study's requests: the lengths it states are those of a turn.
     *
     * @param count of requests, about
     * @param rate requests per second, about
     * @param shape of a session
     * @param seed of all random numbers
     */
    public Requests sessions(int count, double rate, AgentSessions.Shape shape, long seed) {
        AgentSessions sessions = new AgentSessions(
                new Arrivals.Poisson(rate / shape.turns()),
                new TokenLengths.Gamma(fleet.traffic().prompt()),
                new TokenLengths.Gamma(fleet.traffic().output()),
                shape,
                new RequestClass("user", fleet.workload().serviceLevel(), Double.POSITIVE_INFINITY));
        return sessions.requests(count, seed);
    }

    /** Whether turns may wait for answers: prompts and decoding must share their engines. */
    public boolean servesSessions() {
        return parts.size() == 1;
    }

    /** Serves requests. */
    public SimulatedService run(Requests requests) {
        Served served = serve(requests);
        List<SimulatedService.PhaseCost> costs = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            costs.add(new SimulatedService.PhaseCost(
                    part.pool().parallelism(),
                    replicas(part),
                    part.times().cost(served.phases().get(i).tally())));
        }
        return new SimulatedService(fleet, served, costs);
    }

    private Simulation simulation(Part part, int replicas) {
        return part.deployment().simulation(part.times(), replicas, choices.routing());
    }

    /** As many replicas for prompts as the fleet has for each that decodes, rounded up. */
    private int replicas(Part part) {
        double each = fleet.replicas(part.pool()) / fleet.replicas(fleet.plan().decoding());
        return (int) Math.max(1, Math.ceil(choices.replicas() * each - 1e-9));
    }
}
