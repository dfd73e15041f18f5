package dev.toile.stack.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.serving.ServingPlanner.Modes;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.Traffic;
import dev.toile.stack.workload.Transformer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ServingPlannerTest {

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    @Provide
    Arbitrary<Transformer> models() {
        return Arbitraries.oneOf(Worlds.models(), Arbitraries.just(Examples.dense8b()));
    }

    @Provide
    Arbitrary<Traffic> traffic() {
        return Worlds.traffic();
    }

    @Provide
    Arbitrary<ServiceLevel> levels() {
        return Worlds.serviceLevels();
    }

    private static Attempt plan(Chip chip, Transformer model, Traffic traffic, ServiceLevel level, Modes modes) {
        Demand demand = new Demand(new StepCosts(Examples.timer(model, chip)), Examples.profile(), traffic, level);
        return new ServingPlanner(demand, modes, 64).plan();
    }

    private static double chipsPerRate(Attempt attempt) {
        return attempt instanceof Attempt.Works(ServingPlan plan)
                ? plan.chipsPerRequestRate()
                : Double.POSITIVE_INFINITY;
    }

    @Property(tries = 100)
    void aPlanKeepsItsPromiseAndFitsInMemory(
            @ForAll("chips") Chip chip,
            @ForAll("models") Transformer model,
            @ForAll("traffic") Traffic traffic,
            @ForAll("levels") ServiceLevel level,
            @ForAll Modes modes) {
        switch (plan(chip, model, traffic, level, modes)) {
            case Attempt.Fails fails -> assertThat(fails.reason()).isNotBlank();
            case Attempt.Works(ServingPlan plan) -> {
                assertThat(level.meets(plan.latency().ttftP99(), plan.latency().tpotP99()))
                        .isTrue();
                assertThat(plan.latency().ttftP99())
                        .isGreaterThanOrEqualTo(plan.latency().ttftP50());
                assertThat(plan.latency().tpotP99())
                        .isGreaterThanOrEqualTo(plan.latency().tpotP50());
                assertThat(plan.pools()).hasSize(plan.mode().equals("colocated") ? 1 : 2);
                plan.pools().forEach(pool -> fits((SteppedPool) pool, chip));
            }
        }
    }

    private static void fits(SteppedPool pool, Chip chip) {
        assertThat(pool.fit().cacheCapacity()).isGreaterThanOrEqualTo(pool.contextBytes() * (1 - 1e-9));
        assertThat(pool.sequences()).isGreaterThanOrEqualTo(1);
        assertThat(pool.load()).isBetween(0.0, 1.0);
        assertThat(pool.promptShare()).isBetween(-1e-9, 1.0);
        assertThat(pool.activeWatts(chip)).isBetween(chip.idlePower(), chip.power());
        assertThat(pool.chips()).isLessThanOrEqualTo(64);
    }

    @Property(tries = 100)
    void theBetterOfBothWaysIsNoWorseThanEither(
            @ForAll("chips") Chip chip,
            @ForAll("models") Transformer model,
            @ForAll("traffic") Traffic traffic,
            @ForAll("levels") ServiceLevel level) {
        double both = chipsPerRate(plan(chip, model, traffic, level, Modes.BOTH));
        double colocated = chipsPerRate(plan(chip, model, traffic, level, Modes.COLOCATED));
        double apart = chipsPerRate(plan(chip, model, traffic, level, Modes.DISAGGREGATED));
        assertThat(both).isEqualTo(Math.min(colocated, apart));
    }

    @Test
    void aModelThatFitsNowhereIsRefusedWithTheBytes() {
        Attempt attempt = plan(
                Examples.shaped(Examples.h100(), 0.01, 0),
                Examples.dense70b(),
                Examples.chat(),
                ServiceLevel.NONE,
                Modes.BOTH);
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Fails.class, fails -> assertThat(fails.reason()).contains("GB"));
    }

    @Test
    void anImpossiblePromiseIsRefusedWithWhatCanBeHad() {
        ServiceLevel impossible = new ServiceLevel(10, 1e-6);
        Attempt attempt = plan(Examples.h100(), Examples.dense8b(), Examples.chat(), impossible, Modes.COLOCATED);
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Fails.class,
                        fails -> assertThat(fails.reason())
                                .startsWith("TPOT P99 is ")
                                .contains("promised 1 us"));
    }

    @Test
    void aPoolServesItsSequencesOncePerLife() {
        // Little's law: requests per second times the steps of a request times their seconds are the sequences.
        Attempt attempt =
                plan(Examples.h100(), Examples.dense8b(), Examples.chat(), ServiceLevel.NONE, Modes.COLOCATED);
        assertThat(attempt).isInstanceOfSatisfying(Attempt.Works.class, works -> {
            SteppedPool pool = (SteppedPool) works.plan().decoding();
            double inFlight = pool.requestsPerSecond() * 250 * pool.step().seconds();
            assertThat(inFlight)
                    .isCloseTo(pool.sequences() * pool.parallelism().pipeline(), Percentage.withPercentage(1e-9));
        });
    }
}
