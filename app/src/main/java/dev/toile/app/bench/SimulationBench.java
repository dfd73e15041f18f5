package dev.toile.app.bench;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.study.StudyReader;
import dev.toile.catalog.text.BadInput;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.serving.simulation.Deployment;
import dev.toile.stack.serving.simulation.EngineOptions;
import dev.toile.stack.serving.simulation.Histogram;
import dev.toile.stack.serving.simulation.RequestClass;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.serving.simulation.TermTimes;
import dev.toile.stack.serving.traffic.Arrivals;
import dev.toile.stack.serving.traffic.SyntheticTraffic;
import dev.toile.stack.serving.traffic.TokenLengths;
import dev.toile.stack.workload.ServiceLevel;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;

/**
 * Requests served in a simulation, from the random numbers to all figures: the set-up with which Vidur's speed is quoted
 * (Agrawal et al., MLSys 2024), chunks of 512 and 128 sequences on one A100.
 */
final class SimulationBench {

    private static final int REQUESTS = 20_000;

    private static final double[] SHARES = {0.5, 0.9, 0.95, 0.99, 0.999};

    private static final String STUDY = """
        toile: 1
        study: Llama 3.1 8B on an A100
        workload:
          model: llama-3.1-8b
          serving: colocated
          traffic: {rate: 6.45 requests/s, prompt: {mean: 1155 tokens}, output: {mean: 211 tokens}}
        candidates: [{buy: hgx-a100}]
        """;

    private SimulationBench() {}

    static BenchTask requests() {
        Deployment deployment = deployment();
        TermTimes times = deployment.times();
        SyntheticTraffic traffic = new SyntheticTraffic(
                new Arrivals.Poisson(6.45),
                TokenLengths.azureConversationPrompts(),
                TokenLengths.azureConversationOutputs(),
                0);
        RequestClass promised = new RequestClass("chat", new ServiceLevel(2, 0.1), Double.POSITIVE_INFINITY);
        return new BenchTask(
                "simulate-requests",
                "one request served in a simulation of 20,000, all figures on",
                i -> {
                    Requests requests = traffic.requests(REQUESTS, i).as(promised);
                    Served served = deployment
                            .simulation(times, 1, RoutingPolicy.ROUND_ROBIN)
                            .run(requests);
                    return all(served) + times.cost(served.decoding().tally()).tensorJoules();
                },
                REQUESTS);
    }

    /** Every figure of latency, and who was served well. */
    private static double all(Served served) {
        double sum = served.attainment()
                + served.goodRequests() / served.makespan()
                + served.decoding().occupancy()
                + served.decoding().peakOccupancy();
        for (IntToDoubleFunction each :
                new IntToDoubleFunction[] {served::ttft, served::tpot, served::endToEnd, served::queued}) {
            var values = served.distribution(each);
            sum += values.mean();
            for (double share : SHARES) {
                sum += values.quantile(share);
            }
        }
        Histogram gaps = served.gaps();
        for (double share : SHARES) {
            sum += gaps.quantile(share);
        }
        return sum;
    }

    private static Deployment deployment() {
        try {
            Study study = new StudyReader(Catalog.bundled()).parse("bench", STUDY, Path.of("."));
            Candidate candidate = study.candidates().getFirst().at(new int[0]);
            StepCosts costs = new StepCosts(
                    candidate.timer(study.workload().model(), study.workload().precision()));
            return new Deployment(costs, candidate.profile(), new Parallelism(1, 1, 1), EngineOptions.vllm(512, 128));
        } catch (BadInput e) {
            throw new IllegalStateException("the benchmark's own study is broken", e);
        }
    }
}
