package dev.toile.stack.evaluation;

import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.ServingPlan;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.serving.simulation.CapacitySearch.Capacity;
import dev.toile.stack.serving.simulation.CapacitySearch.Probe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fleet as the closed form plans it, and as the simulation of its replicas has it: the rate that keeps the promises
 * decides how many replicas it takes, and with that chips, power and money.
 *
 * @param planned by the closed form
 * @param rate requests per second that the plan gives the simulated replicas under full load
 * @param capacity of the same replicas, simulated
 * @param simulated the fleet that the simulated capacity asks for; null when no rate keeps the promises
 */
public record Rescored(
        Fleet planned,
        double rate,
        Capacity capacity,
        @Nullable Fleet simulated) {

    static Rescored of(Fleet planned, double rate, Capacity capacity) {
        double factor = capacity.rate() / rate;
        if (factor == 0) {
            return new Rescored(planned, rate, capacity, null);
        }
        List<Pool> pools = planned.plan().pools().stream()
                .map(pool -> pool instanceof SteppedPool stepped ? stepped.loaded(stepped.load() * factor) : pool)
                .toList();
        ServingPlan plan =
                new ServingPlan(planned.plan().mode(), pools, planned.plan().latency(), "simulation");
        Fleet fleet = Evaluator.fleet(planned.candidate(), planned.workload(), plan);
        return new Rescored(planned, rate, capacity, fleet);
    }

    /** Simulated over planned requests per second of the same replicas, less one. */
    public double difference() {
        return capacity.rate() / rate - 1;
    }

    /** The probe at the capacity; null when no rate keeps the promises. */
    public @Nullable Probe atCapacity() {
        return capacity.probes().stream()
                .filter(probe -> probe.rate() == capacity.rate())
                .findFirst()
                .orElse(null);
    }

    /** A figure of the planned fleet. */
    public double planned(String name) {
        return Figures.value(new Evaluation.Serves(planned), name);
    }

    /** The same figure of the simulated fleet; NaN when there is none. */
    public double simulated(String name) {
        return simulated == null ? Double.NaN : Figures.value(new Evaluation.Serves(simulated), name);
    }
}
