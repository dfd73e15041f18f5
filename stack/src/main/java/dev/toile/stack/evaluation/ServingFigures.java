package dev.toile.stack.evaluation;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.finance.Economics;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.serving.Latency;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.SteppedPool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The figures of a serving fleet: one row each, the number and its tree side by side. */
final class ServingFigures {

    private record Row(String name, Unit unit, ToDoubleFunction<View> value, Function<View, Figure> tree) {}

    /** A fleet with its power and money. */
    private record View(Fleet fleet, FleetPower power, FleetMoney money) {
        static View of(Fleet fleet) {
            FleetPower power = new FleetPower(fleet);
            return new View(fleet, power, new FleetMoney(fleet, power));
        }

        Chip chip() {
            return fleet.candidate().chip();
        }

        Latency latency() {
            return fleet.plan().latency();
        }

        Pool decoding() {
            return fleet.plan().decoding();
        }

        Optional<Revenue> revenue() {
            return Optional.ofNullable(fleet.workload().prices()).map(prices -> new Revenue(money, prices));
        }
    }

    private static final List<Row> ROWS = List.of(
            row(
                    "usd-per-million-tokens",
                    Unit.USD_PER_MILLION_TOKENS,
                    v -> v.money.usdPerMillionTokens(),
                    v -> v.money.usdPerMillionTokensFigure()),
            row(
                    "usd-per-million-output-tokens",
                    Unit.USD_PER_MILLION_TOKENS,
                    v -> v.money.usdPerMillionOutput(),
                    v -> v.money.usdPerMillionOutputFigure()),
            row(
                    "usd-per-million-input-tokens",
                    Unit.USD_PER_MILLION_TOKENS,
                    v -> v.money.usdPerMillionInput(),
                    v -> v.money.usdPerMillionInputFigure()),
            row(
                    "usd-per-request",
                    Unit.plain("USD/request"),
                    v -> v.money.usdPerRequest(),
                    v -> v.money.usdPerRequestFigure()),
            row(
                    "joules-per-token",
                    Unit.JOULE_PER_TOKEN,
                    v -> v.power.joulesPerToken(),
                    v -> v.power.joulesPerTokenFigure()),
            row(
                    "tokens-per-second-per-chip",
                    Unit.TOKEN_PER_SECOND,
                    v -> v.fleet.tokensPerSecondPerChip(),
                    v -> v.fleet.tokensPerSecondPerChipFigure()),
            row(
                    "ttft-p50",
                    Unit.SECOND,
                    v -> v.latency().ttftP50(),
                    v -> v.latency().explain("ttft-p50")),
            row(
                    "ttft-p99",
                    Unit.SECOND,
                    v -> v.latency().ttftP99(),
                    v -> v.latency().explain("ttft-p99")),
            row(
                    "tpot-p50",
                    Unit.SECOND,
                    v -> v.latency().tpotP50(),
                    v -> v.latency().explain("tpot-p50")),
            row(
                    "tpot-p99",
                    Unit.SECOND,
                    v -> v.latency().tpotP99(),
                    v -> v.latency().explain("tpot-p99")),
            row("batch", Unit.ONE, v -> batch(v), ServingFigures::batchFigure),
            row("chips", Unit.ONE, v -> v.fleet.chips(), v -> v.fleet.chipsFigure()),
            row("mean-chips", Unit.ONE, v -> v.fleet.meanChips(), v -> v.fleet.meanChipsFigure()),
            row("systems", Unit.ONE, v -> v.fleet.systems(), v -> v.fleet.systemsFigure()),
            row("it-power", Unit.WATT, v -> v.power.provided().watts(), v -> v.power.providedFigure()),
            row("facility-power", Unit.WATT, v -> v.power.facilityWatts(), v -> v.power.facilityFigure()),
            row("utility-power", Unit.WATT, v -> v.power.utilityWatts(), v -> v.power.utilityFigure()),
            row("mean-it-power", Unit.WATT, v -> v.power.mean().watts(), v -> v.power.meanFigure()),
            row("capex", Unit.USD, v -> v.money.capex(), v -> v.money.capexFigure()),
            row("opex-per-year", Unit.USD_PER_YEAR, v -> v.money.opexPerYear(), v -> v.money.opexFigure()),
            row("usd-per-year", Unit.USD_PER_YEAR, v -> v.money.usdPerYear(), v -> v.money.usdPerYearFigure()),
            row(
                    "usd-per-day",
                    Unit.plain("USD/day"),
                    v -> perDay(v.money.usdPerYear()),
                    v -> Revenue.daily("usd-per-day", v.money.usdPerYearFigure())),
            row(
                    "revenue-per-year",
                    Unit.USD_PER_YEAR,
                    v -> v.revenue().map(Revenue::perYear).orElse(Double.NaN),
                    v -> v.revenue().orElseThrow().perYearFigure()),
            row(
                    "revenue-per-day",
                    Unit.plain("USD/day"),
                    v -> v.revenue().map(r -> perDay(r.perYear())).orElse(Double.NaN),
                    v -> Revenue.daily(
                            "revenue-per-day", v.revenue().orElseThrow().perYearFigure())),
            row(
                    "cost-profit-margin",
                    Unit.SHARE,
                    v -> v.revenue().map(Revenue::margin).orElse(Double.NaN),
                    v -> v.revenue().orElseThrow().marginFigure()),
            row("prompt-share", Unit.SHARE, v -> v.fleet.promptShare(), v -> v.fleet.promptShareFigure()),
            row("mfu", Unit.SHARE, ServingFigures::mfu, ServingFigures::mfuFigure),
            row("chip-area", Unit.AREA, v -> v.chip().area(), v -> v.chip().areaFigure()),
            row("chip-power", Unit.WATT, v -> v.chip().power(), v -> v.chip().powerFigure()),
            row("chip-cost", Unit.USD, v -> v.chip().knownCost(), v -> v.chip().costFigure()),
            row("chip-price", Unit.USD, v -> v.chip().price(), v -> v.chip().priceFigure()));

    private ServingFigures() {}

    private static Row row(String name, Unit unit, ToDoubleFunction<View> value, Function<View, Figure> tree) {
        return new Row(name, unit, value, tree);
    }

    static List<String> all() {
        return ROWS.stream().map(Row::name).toList();
    }

    static List<String> names(Fleet fleet) {
        View view = View.of(fleet);
        return ROWS.stream()
                .filter(row -> !Double.isNaN(row.value().applyAsDouble(view)))
                .map(Row::name)
                .toList();
    }

    private static final Map<String, Row> BY_NAME =
            ROWS.stream().collect(Collectors.toUnmodifiableMap(Row::name, row -> row));

    private static Optional<Row> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Optional<Unit> unit(String name) {
        return find(name).map(Row::unit);
    }

    static double value(Fleet fleet, String name) {
        return find(name).map(row -> row.value().applyAsDouble(View.of(fleet))).orElse(Double.NaN);
    }

    static Optional<Figure> explain(Fleet fleet, String name) {
        View view = View.of(fleet);
        return find(name)
                .filter(row -> !Double.isNaN(row.value().applyAsDouble(view)))
                .map(row -> row.tree().apply(view));
    }

    private static double perDay(double perYear) {
        return perYear / Economics.YEAR * 86_400;
    }

    private static double batch(View v) {
        return v.decoding() instanceof SteppedPool pool
                ? pool.sequences()
                        * pool.parallelism().attentionReplicas()
                        * pool.parallelism().pipeline()
                : Double.NaN;
    }

    private static Figure batchFigure(View v) {
        SteppedPool pool = (SteppedPool) v.decoding();
        Source layout = Source.definition("parallelism " + pool.parallelism().label());
        Source plan = Source.definition(
                "chosen by the planner, bound by " + v.fleet.plan().boundBy());
        return Figure.of(
                "batch",
                "sequences that one replica decodes at once",
                batch(v),
                Unit.ONE,
                "sequences * attention-replicas * pipeline",
                Figure.leaf("sequences", "sequences in a step", pool.sequences(), Unit.ONE, plan),
                Figure.leaf(
                        "attention-replicas",
                        "groups of chips",
                        pool.parallelism().attentionReplicas(),
                        Unit.ONE,
                        layout),
                Figure.leaf(
                        "pipeline",
                        "batches in the pipeline",
                        pool.parallelism().pipeline(),
                        Unit.ONE,
                        layout));
    }

    private static DataType math(View v) {
        return v.chip().mathType(v.fleet.workload().precision().activations());
    }

    private static double mfu(View v) {
        double weighted = 0;
        for (Pool each : v.fleet.plan().pools()) {
            if (!(each instanceof SteppedPool pool)) {
                return Double.NaN;
            }
            weighted += v.fleet.replicas(pool) * pool.chips() * poolMfu(v, pool);
        }
        return weighted / v.fleet.chips();
    }

    private static double poolMfu(View v, SteppedPool pool) {
        return pool.load()
                * pool.step().chipFlops()
                * pool.parallelism().pipeline()
                / (pool.step().seconds() * v.chip().peakFor(math(v)));
    }

    private static Figure mfuFigure(View v) {
        List<Figure> parts = v.fleet.plan().pools().stream()
                .map(each -> poolMfuFigure(v, (SteppedPool) each))
                .toList();
        double sum = parts.stream().mapToDouble(Figure::value).sum();
        return Figure.of(
                "mfu",
                "flops of the model over the dense peak, under full load",
                mfu(v),
                Unit.SHARE,
                "used-chips / chips",
                Figure.sum("used-chips", "accelerators' worth of model flops", sum, Unit.ONE, parts),
                v.fleet.chipsFigure());
    }

    private static Figure poolMfuFigure(View v, SteppedPool pool) {
        Source counted = Source.definition(
                "counted from the operations of " + pool.step().name());
        Source plan = Source.definition("chosen by the planner");
        Figure replicas = v.fleet.replicasFigure(pool);
        Figure step = pool.step().explain();
        return Figure.of(
                pool.role() + "-used-chips",
                "accelerators' worth of model flops in " + pool.role(),
                replicas.value() * pool.chips() * poolMfu(v, pool),
                Unit.ONE,
                replicas.name() + " * " + pool.chipsFigure().name() + " * load * step-flops * pipeline / ("
                        + step.name() + " * peak)",
                replicas,
                pool.chipsFigure(),
                Figure.leaf("load", "share of the time in which a replica steps", pool.load(), Unit.SHARE, plan),
                Figure.leaf(
                        "step-flops", "flops of one chip in a step", pool.step().chipFlops(), Unit.FLOP, counted),
                Figure.leaf("pipeline", "stages", pool.parallelism().pipeline(), Unit.ONE, plan),
                step,
                v.chip().peakFigure(math(v)).as("peak"));
    }
}
