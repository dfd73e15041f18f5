package dev.toile.evidence;

import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.serving.simulation.CapacitySearch;
import dev.toile.stack.serving.simulation.Deployment;
import dev.toile.stack.serving.simulation.EngineOptions;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import dev.toile.stack.serving.simulation.EngineSoftware;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.serving.simulation.TermTimes;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.Transformer;

/**
 * A version of a serving engine, set as somebody published it, on a machine.
 *
 * @param deployment of one replica
 * @param times of its steps
 */
record EngineRun(Deployment deployment, TermTimes times) {

    private static final int BLOCK_TOKENS = 16;

    /**
     * What runs where.
     *
     * @param candidate whose system it is
     * @param model that is served
     * @param precision of the deployment
     * @param staticScales whether scales of 8-bit activations are known beforehand
     */
    record Running(Candidate candidate, Transformer model, Precision precision, boolean staticScales) {}

    /**
     * How an engine is set.
     *
     * @param sequences most that run at once
     * @param tokens of a step
     * @param steps that the host decides at once
     * @param memory share that may be filled: of all of it, or where blocks are reserved of what weights and activations
     *     leave, as the engines define it; NaN for that of the chip's profile
     */
    record Setting(int sequences, int tokens, int steps, double memory) {}

    /** The profile of a candidate's software under an engine. */
    static SoftwareProfile profile(Candidate candidate, EngineSoftware engine) {
        return engine.on(candidate.profile());
    }

    /** Step costs of a model under an engine. */
    static StepCosts costs(Running served, EngineSoftware engine) {
        return new StepCosts(
                served.candidate().timer(served.model(), served.precision(), engine, served.staticScales()));
    }

    /**
     * An engine under a layout.
     *
     * @param policy of its scheduler
     * @throws Unpredictable when the model does not fit
     */
    static EngineRun of(
            StepCosts costs,
            SoftwareProfile profile,
            EngineSoftware engine,
            Policy policy,
            Parallelism layout,
            Setting setting)
            throws Unpredictable {
        int tokens = setting.tokens();
        EngineOptions options = new EngineOptions(
                policy,
                tokens,
                Math.min(setting.sequences(), tokens),
                policy != Policy.PROMPTS_FIRST,
                BLOCK_TOKENS,
                false,
                0,
                engine.host(setting.steps()),
                Speculation.NONE);
        SoftwareProfile filled = filled(costs, profile, policy, layout, tokens, setting.memory());
        Deployment deployment = new Deployment(costs, filled, layout, options);
        if (!deployment.fits()) {
            throw new Unpredictable("the model does not fit under " + layout.label());
        }
        return new EngineRun(deployment, deployment.times());
    }

    private static SoftwareProfile filled(
            StepCosts costs, SoftwareProfile profile, Policy policy, Parallelism layout, int tokens, double share) {
        if (Double.isNaN(share)) {
            return profile;
        }
        if (policy != Policy.TENSORRT_LLM) {
            return profile.withMemoryFraction(share);
        }
        StepTimer timer = costs.timer();
        MemoryFit fit = new MemoryFit(timer.model(), timer.precision(), layout, timer.chip(), profile, tokens);
        double used =
                Math.min(1, (fit.weights() + fit.activations()) / timer.chip().memoryCapacity());
        return profile.withMemoryFraction(used + share * (1 - used));
    }

    /** Requests per second of one replica when all requests are there at once. */
    double offline(Requests requests) {
        Served served = simulate(requests, 1, RoutingPolicy.ROUND_ROBIN);
        return requests.size() / served.makespan();
    }

    /** Requests per second of so many replicas at which the limits are kept; 0 where they are broken at every rate. */
    double server(Requests requests, int replicas, RoutingPolicy routing, ServiceLevel limits, int probes) {
        // Where the engine saturates: near the answer, so that few probes are spent on finding a bracket.
        double saturated = requests.size()
                / simulate(requests.faster(1e9), replicas, routing).makespan();
        CapacitySearch search = new CapacitySearch(each -> simulate(each, replicas, routing), limits, probes);
        return search.search(requests, saturated).rate();
    }

    private Served simulate(Requests requests, int replicas, RoutingPolicy routing) {
        return deployment.simulation(times, replicas, routing).run(requests);
    }
}
