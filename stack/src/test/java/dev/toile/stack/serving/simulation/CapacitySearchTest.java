package dev.toile.stack.serving.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.serving.simulation.CapacitySearch.Capacity;
import dev.toile.stack.serving.simulation.CapacitySearch.Probe;
import dev.toile.stack.serving.simulation.EngineSettings.HostTier;
import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import dev.toile.stack.workload.ServiceLevel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CapacitySearchTest {

    private static final EngineSettings ENGINE = new EngineSettings(
            Policy.VLLM, 256, 32, true, 16, 2000, false, HostTier.NONE, HostTime.NONE, Speculation.NONE);

    private static Capacity search(ServiceLevel promise, int probes) {
        Requests requests = SimulationTest.random(new Random(5), 2000, 10, 300, 100);
        Simulation simulation = Simulation.of(ENGINE, new SimulationTest.Times());
        return new CapacitySearch(simulation::run, promise, probes).search(requests, 3);
    }

    @Test
    void theRateFoundKeepsThePromiseAndALittleMoreBreaksIt() {
        Capacity capacity = search(new ServiceLevel(0.5, 0.05), 12);
        assertThat(capacity.rate()).isPositive();
        double broken = capacity.probes().stream()
                .filter(probe -> !probe.meets())
                .mapToDouble(Probe::rate)
                .min()
                .orElseThrow();
        assertThat(broken).isBetween(capacity.rate(), capacity.rate() * 1.1);
    }

    @Test
    void aHarderPromiseIsKeptAtALowerRate() {
        assertThat(search(new ServiceLevel(0.2, 0.02), 10).rate())
                .isLessThan(search(new ServiceLevel(2, 0.2), 10).rate());
    }

    @Test
    void withoutAPromiseTheSearchEndsWhereTheServiceSaturates() {
        Capacity capacity = search(ServiceLevel.NONE, 10);
        assertThat(capacity.probes()).anyMatch(probe -> !probe.meets());
        assertThat(capacity.rate()).isPositive();
    }
}
