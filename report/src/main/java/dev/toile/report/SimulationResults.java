package dev.toile.report;

import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.evaluation.Fleet;
import dev.toile.stack.evaluation.SimulatedService;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.serving.simulation.CapacitySearch.Capacity;
import dev.toile.stack.serving.simulation.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What simulations of a study's candidates found.
 *
 * @param version of Toile
 * @param study what was asked
 * @param seed of requests that were made up
 * @param model that runs
 * @param workload in words
 * @param trace file name of the requests; empty when they were made up
 * @param entries one for each candidate that was simulated
 * @param reasons why others were not
 */
public record SimulationResults(
        String version,
        String study,
        long seed,
        String model,
        List<String> workload,
        String trace,
        List<Entry> entries,
        List<String> reasons) {

    /** Copies the lists. */
    public SimulationResults {
        workload = List.copyOf(workload);
        entries = List.copyOf(entries);
        reasons = List.copyOf(reasons);
    }

    /**
     * Shares of good requests.
     *
     * @param ratios prompt over output tokens
     * @param rates requests per second
     * @param shares by ratio, then by rate
     */
    public record Heat(List<Double> ratios, List<Double> rates, List<List<Double>> shares) {
        /** Copies the lists. */
        public Heat {
            ratios = List.copyOf(ratios);
            rates = List.copyOf(rates);
            shares = List.copyOf(shares);
        }
    }

    /**
     * One candidate.
     *
     * @param name of it
     * @param service that was simulated
     * @param capacity the highest rate that keeps the promises
     * @param heat shares of good requests over rate and kind of request; null where it was not asked for
     */
    public record Entry(
            String name,
            SimulatedService service,
            Capacity capacity,
            @Nullable Heat heat) {

        private Fleet fleet() {
            return service.fleet();
        }

        /** How it is laid out, in words. */
        public String layout() {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < fleet().plan().pools().size(); i++) {
                Pool pool = fleet().plan().pools().get(i);
                EngineSettings settings = service.served().phases().get(i).settings();
                String label = pool instanceof SteppedPool stepped
                        ? stepped.parallelism().label()
                        : "";
                parts.add(pool.role() + " on " + service.costs().get(i).replicas() + " x " + label + ", up to "
                        + settings.maxSequences() + " sequences and " + settings.tokenBudget() + " tokens a step, "
                        + settings.blocks() + " blocks of " + settings.blockTokens() + " tokens");
            }
            return String.join("; ", parts);
        }

        /** A figure of the closed form, under full load; NaN where it has none. */
        public double planned(String name) {
            return Figures.value(new Evaluation.Serves(fleet()), name);
        }
    }
}
