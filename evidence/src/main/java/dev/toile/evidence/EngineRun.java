package dev.toile.evidence;

import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.mapping.ChipMapper;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.serving.simulation.Deployment;
import dev.toile.stack.serving.simulation.EngineOptions;
import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.serving.simulation.TermTimes;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.Transformer;

record EngineRun(Deployment deployment, TermTimes times) {

    record Limits(int sequences, int tokens, boolean chunked, double memory) {}

    static EngineRun of(Candidate candidate, Transformer model, Precision precision, Parallelism layout, Limits limits)
            throws Unpredictable {
        SoftwareProfile profile = candidate.profile();
        StepTimer timer = new StepTimer(
                model, precision, candidate.chip(),
                new ChipMapper(candidate.chip(), profile, Conditions.DEPLOYED), new Collectives(candidate.fabric()));
        EngineOptions options = new EngineOptions(
                Policy.TENSORRT_LLM, Math.max(limits.tokens(), limits.sequences()), limits.sequences(), limits.chunked(), 16, false, 0,
                HostTime.NONE, Speculation.NONE);
        Deployment deployment = new Deployment(new StepCosts(timer), profile, layout, options);
        if (!deployment.fits()) {
            throw new Unpredictable("the model does not fit under " + layout.label());
        }
        return new EngineRun(deployment, deployment.times());
    }

    double offline(Requests requests) {
        Served served = deployment.simulation(times, 1, RoutingPolicy.LEAST_OUTSTANDING).run(requests);
        return requests.size() / served.makespan();
    }
}
