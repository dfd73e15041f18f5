package dev.toile.stack.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.evaluation.Breakdown.Part;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.finance.Economics;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.parallel.Energy;
import dev.toile.stack.program.Limits;
import dev.toile.stack.rack.RackSystem;
import dev.toile.stack.serving.MeasuredPool;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.site.Site;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.TrainingJob;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.assertj.core.data.Percentage;

/** The number on the fast path and the tree behind it are two computations: nothing but this makes them agree. */
class EveryFigureExplainsItselfTest {
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-7);

    @Provide
    Arbitrary<Candidate> bought() {
        return candidates(Worlds.chips());
    }

    @Provide
    Arbitrary<Candidate> built() {
        Arbitrary<ChipDesign> possible =
                Worlds.designs().filter(design -> design.obstacles().isEmpty());
        Arbitrary<ChipDesign> any = Worlds.designs();
        return Arbitraries.oneOf(possible, possible, possible, any)
                .flatMap(design -> candidates(Arbitraries.just(design.chip()))
                        .map(candidate -> with(candidate, design.obstacles(), List.of())));
    }

    private static Arbitrary<Candidate> candidates(Arbitrary<Chip> chips) {
        Arbitrary<Limits> limits = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Limits.NONE)), Tuple.of(1, Arbitraries.just(new Limits(20e3, 1e6, 16))));
        Arbitrary<Boolean> rented = Arbitraries.of(false, false, true);
        return Combinators.combine(
                        chips,
                        Worlds.fabrics(),
                        systems(),
                        sites(),
                        Worlds.economics(),
                        Arbitraries.of(ServingPlanner.Modes.class),
                        rented,
                        limits)
                .as(EveryFigureExplainsItselfTest::candidate);
    }

    private static Candidate candidate(
            Chip chip,
            Fabric fabric,
            RackSystem system,
            Site site,
            Economics economics,
            ServingPlanner.Modes modes,
            boolean rented,
            Limits limits) {
        return new Candidate(
                "random",
                rented ? Candidate.Kind.RENT : Candidate.Kind.BUY,
                chip,
                List.of(),
                Examples.profile(),
                fabric,
                system,
                site,
                economics,
                Examples.hostWork(),
                limits,
                modes,
                rented ? new Rental(2.5 / 3600, Examples.EXAMPLE) : null,
                List.of(),
                null,
                List.of());
    }

    private static Candidate with(Candidate c, List<String> obstacles, List<MeasuredPool> measured) {
        return new Candidate(
                c.name(),
                c.kind(),
                c.chip(),
                obstacles,
                c.profile(),
                c.fabric(),
                c.system(),
                c.site(),
                c.economics(),
                c.hostWork(),
                c.limits(),
                c.modes(),
                c.rental(),
                measured,
                c.layout(),
                c.notes());
    }

    private static Arbitrary<RackSystem> systems() {
        RackSystem server = Examples.server();
        return Combinators.combine(Arbitraries.of(1, 4, 8, 72), Arbitraries.of(1, 2, 4), Arbitraries.of(true, false))
                .as((accelerators, perHost, parts) -> new RackSystem(
                        server.name(),
                        accelerators,
                        server.host(),
                        perHost,
                        parts ? server.parts() : List.of(),
                        Examples.EXAMPLE));
    }

    private static Arbitrary<Site> sites() {
        return Combinators.combine(
                        Arbitraries.doubles().between(1, 1.6),
                        Arbitraries.doubles().between(0, 0.1),
                        Arbitraries.doubles().between(0, 0.3))
                .as((pue, loss, price) -> new Site(pue, pue + 0.1, loss, price / 3.6e6, 12.5, Examples.EXAMPLE));
    }

    @Provide
    Arbitrary<Workload> serving() {
        Arbitrary<ServiceLevel> loose = Arbitraries.of(
                ServiceLevel.NONE, new ServiceLevel(60, 2), new ServiceLevel(10, 0.5), new ServiceLevel(1, 0.05));
        return Combinators.combine(
                        Worlds.models(),
                        Worlds.precisions(),
                        Worlds.traffic(),
                        Arbitraries.of(false, false, true),
                        loose,
                        Arbitraries.of(true, false))
                .as((model, precision, traffic, saturate, level, sold) ->
                        new Workload.Serving(model, precision, traffic, saturate, level, sold ? PRICES : null));
    }

    private static final Prices PRICES = new Prices(0.5e-6, 0.1e-6, 2e-6, Examples.EXAMPLE);

    @Provide
    Arbitrary<Workload> training() {
        Arbitrary<TrainingJob> jobs = Combinators.combine(
                        Arbitraries.of(TrainingJob.Recompute.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((recompute, parallel, fused, overlap) ->
                        new TrainingJob(1e10, 1024, 64, recompute, parallel, fused, overlap));
        return Combinators.combine(Worlds.models(), Worlds.precisions(), jobs, Arbitraries.of(1, 8, 16, 48))
                .as(Workload.Training::new);
    }

    /** Rates that somebody measured: one pool for all, or one for prompts and one for answers. */
    @Provide
    Arbitrary<List<MeasuredPool>> measurements() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 32),
                        Arbitraries.doubles().between(100, 1e5))
                .as((apart, chips, rate) -> apart
                        ? List.of(
                                new MeasuredPool("prefill", chips, rate * 8, 1000, Examples.EXAMPLE),
                                new MeasuredPool("decode", 2 * chips, rate, 200, Examples.EXAMPLE))
                        : List.of(new MeasuredPool("serving", chips, rate, 200, Examples.EXAMPLE)));
    }

    @Property(tries = 120)
    @StatisticsReport(onFailureOnly = true)
    void ofAFleetOfBoughtChips(@ForAll("bought") Candidate candidate, @ForAll("serving") Workload workload) {
        Evaluation evaluation = new Evaluator(workload).evaluate(candidate);
        check(evaluation);
        mostlyFeasible(evaluation);
    }

    @Property(tries = 60)
    @StatisticsReport(onFailureOnly = true)
    void ofAFleetOfBuiltChips(@ForAll("built") Candidate candidate, @ForAll("serving") Workload workload) {
        Evaluation evaluation = new Evaluator(workload).evaluate(candidate);
        check(evaluation);
        mostlyFeasible(evaluation);
    }

    @Property(tries = 120)
    @StatisticsReport(onFailureOnly = true)
    void ofAClusterThatTrains(@ForAll("bought") Candidate candidate, @ForAll("training") Workload workload) {
        Evaluation evaluation = new Evaluator(workload).evaluate(candidate);
        check(evaluation);
        mostlyFeasible(evaluation);
    }

    @Property(tries = 60)
    void ofAClusterOfBuiltChipsThatTrains(@ForAll("built") Candidate candidate, @ForAll("training") Workload workload) {
        check(new Evaluator(workload).evaluate(candidate));
    }

    @Property(tries = 120)
    @StatisticsReport(onFailureOnly = true)
    void ofAFleetWhoseRatesSomebodyMeasured(
            @ForAll("bought") Candidate c,
            @ForAll("measurements") List<MeasuredPool> measured,
            @ForAll("serving") Workload workload) {
        Candidate candidate = with(c, c.obstacles(), measured);
        Evaluation evaluation = new Evaluator(workload).evaluate(candidate);
        check(evaluation);
        mostlyFeasible(evaluation);
    }

    private static void mostlyFeasible(Evaluation evaluation) {
        Statistics.collect(evaluation instanceof Evaluation.Infeasible ? "infeasible" : "feasible");
        Statistics.coverage(coverage -> coverage.check("feasible").percentage(share -> share > 30));
    }

    private static void check(Evaluation evaluation) {
        List<String> names = Figures.names(evaluation);
        if (evaluation instanceof Evaluation.Infeasible(Candidate _, String reason)) {
            assertThat(reason).isNotBlank();
            assertThat(names).isEmpty();
            assertThat(Breakdowns.of(evaluation)).isEmpty();
            return;
        }
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
        for (String name : names) {
            Figure tree = Figures.explain(evaluation, name).orElseThrow();
            assertThat(tree.name()).isEqualTo(name);
            assertThat(tree.unit().symbol())
                    .as(name)
                    .isEqualTo(Figures.unit(name).orElseThrow().symbol());
            Trees.explains(tree, Figures.value(evaluation, name));
        }
        breakdownsAddUp(evaluation);
        PlotDataAgrees.with(evaluation);
    }

    private static void breakdownsAddUp(Evaluation evaluation) {
        for (Breakdown breakdown : Breakdowns.of(evaluation)) {
            List<Double> totals = totals(evaluation, breakdown.id());
            assertThat(breakdown.groups()).hasSameSizeAs(totals);
            for (int i = 0; i < totals.size(); i++) {
                double sum = breakdown.groups().get(i).parts().stream()
                        .mapToDouble(Part::value)
                        .sum();
                assertThat(sum).as(breakdown.title()).isCloseTo(totals.get(i), ROUNDING);
            }
        }
    }

    private static List<Double> totals(Evaluation evaluation, String id) {
        if (id.equals("money")) {
            return List.of(Figures.value(evaluation, "usd-per-year"));
        }
        if (evaluation instanceof Evaluation.Trains(Cluster cluster)) {
            return List.of(
                    id.equals("time")
                            ? cluster.iteration().seconds()
                            : cluster.candidate().chip().memoryCapacity());
        }
        Fleet fleet = ((Evaluation.Serves) evaluation).fleet();
        Chip chip = fleet.candidate().chip();
        List<Double> totals = new ArrayList<>();
        for (Pool each : fleet.plan().pools()) {
            SteppedPool pool = (SteppedPool) each;
            totals.add(
                    switch (id) {
                        case "time" -> pool.step().seconds();
                        case "memory" -> chip.memoryCapacity();
                        default -> joulesPerToken(fleet, pool);
                    });
        }
        return totals;
    }

    /** Watts of a replica whose chips have no limit, over the output tokens it helps to bring forth in a second. */
    private static double joulesPerToken(Fleet fleet, SteppedPool pool) {
        double dynamic = 0;
        for (Energy energy : Energy.values()) {
            dynamic += pool.step().joules(energy) / pool.step().stageSeconds();
        }
        double idle = fleet.candidate().chip().idlePower();
        double tokens = fleet.replicaRate(pool) * fleet.traffic().output().mean();
        return pool.chips() * (idle + pool.load() * dynamic) / tokens;
    }
}
