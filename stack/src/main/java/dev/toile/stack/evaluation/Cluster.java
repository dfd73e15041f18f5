package dev.toile.stack.evaluation;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.finance.Economics;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.site.ItPower;
import dev.toile.stack.training.Iteration;
import java.util.List;

/**
 * Accelerators that train a model, from the first iteration to the last.
 *
 * @param candidate they are of
 * @param workload they do
 * @param iteration they repeat
 */
public record Cluster(Candidate candidate, Workload.Training workload, Iteration iteration) {

    /** Accelerators. */
    public double chips() {
        return iteration.layout().chips();
    }

    /** Systems that hold them. */
    public double systems() {
        return Math.ceil(chips() / candidate.system().accelerators() - 1e-9);
    }

    /** IT power with everything busy. */
    public ItPower itPower() {
        return owned().itPower();
    }

    /** Seconds of the whole run, standstills included. */
    public double trainingSeconds() {
        return iteration.trainingSeconds() / candidate.economics().availability();
    }

    /** Tokens per second and accelerator. */
    public double tokensPerSecondPerChip() {
        return workload.job().batch() * workload.job().sequence() / iteration.seconds() / chips();
    }

    Ownership owned() {
        return new Ownership(candidate, systems());
    }

    /** USD of IT equipment and facility. */
    public double capex() {
        return owned().capex();
    }

    /** USD a year: rent, or energy at full power with operations. */
    public double opexPerYear() {
        Rental rental = candidate.rental();
        if (rental != null) {
            return chips() * rental.usdPerChipSecond() * Economics.YEAR;
        }
        return energyPerYear() + owned().operationsPerYear();
    }

    /** USD of electricity in a year at full power. */
    double energyPerYear() {
        var site = candidate.site();
        return site.utility(site.facility(itPower())).watts() * Economics.YEAR * site.powerPrice();
    }

    /** USD a year, capital included. */
    public double usdPerYear() {
        return opexPerYear() + owned().capitalPerYear();
    }

    /** USD of the run: its share of the years. */
    public double usdOfRun() {
        return usdPerYear() * trainingSeconds() / Economics.YEAR;
    }

    /** USD of a million tokens seen. */
    public double usdPerMillionTokens() {
        return usdOfRun() / workload.job().tokens() * 1e6;
    }

    /** IT energy of a token seen, joules. */
    public double joulesPerToken() {
        return itPower().watts() / (tokensPerSecondPerChip() * chips());
    }

    /** What the money goes into, USD a year. */
    List<Breakdown.Part> moneyParts() {
        return candidate.rental() != null
                ? List.of(new Breakdown.Part("rent", opexPerYear()))
                : owned().yearly(energyPerYear());
    }

    Figure chipsFigure() {
        return Figure.leaf(
                "chips",
                "accelerators that train",
                chips(),
                Unit.ONE,
                Source.definition("layout " + iteration.layout().label()));
    }

    Figure systemsFigure() {
        return Figure.of(
                "systems",
                candidate.system().name() + " systems",
                systems(),
                Unit.ONE,
                "ceil(chips / accelerators - 0.000000001)",
                chipsFigure(),
                candidate.system().acceleratorsFigure());
    }

    Figure itPowerFigure() {
        return owned().itPowerFigure(systemsFigure());
    }

    Figure capexFigure() {
        return owned().capexFigure(systemsFigure());
    }

    Figure opexFigure() {
        Rental rental = candidate.rental();
        if (rental != null) {
            return Figure.of(
                    "opex-per-year",
                    "rent",
                    opexPerYear(),
                    Unit.USD_PER_YEAR,
                    "chips * rental * year",
                    chipsFigure(),
                    rental.figure(),
                    Economics.yearFigure());
        }
        var site = candidate.site();
        Figure energy = Figure.of(
                "energy-per-year",
                "electricity at full power",
                energyPerYear(),
                Unit.USD_PER_YEAR,
                "utility-power * year * power-price",
                site.utilityFigure("utility-power", site.facilityFigure(itPowerFigure())),
                Economics.yearFigure(),
                site.powerPriceFigure());
        Figure operations = owned().operationsFigure(systemsFigure());
        return Figure.sum(
                "opex-per-year", "running cost", opexPerYear(), Unit.USD_PER_YEAR, List.of(energy, operations));
    }

    Figure usdPerYearFigure() {
        List<Figure> parts = List.of(opexFigure(), owned().capitalFigure(systemsFigure()));
        return Figure.sum("usd-per-year", "yearly cost", usdPerYear(), Unit.USD_PER_YEAR, parts);
    }

    Figure trainingSecondsFigure() {
        return Figure.of(
                "training-time",
                "from the first iteration to the last, standstills included",
                trainingSeconds(),
                Unit.SECOND,
                "tokens / (batch * sequence) * iteration-time / availability",
                job("tokens", "tokens to be seen", workload.job().tokens()),
                job("batch", "sequences of an iteration", workload.job().batch()),
                job("sequence", "tokens of a sequence", workload.job().sequence()),
                iteration.explain(),
                candidate.economics().availabilityFigure());
    }

    private static Figure job(String name, String label, double value) {
        return Figure.leaf(name, label, value, Unit.ONE, Source.study("the training job"));
    }

    Figure tokensPerSecondPerChipFigure() {
        return Figure.of(
                "tokens-per-second-per-chip",
                "tokens seen per second and accelerator",
                tokensPerSecondPerChip(),
                Unit.TOKEN_PER_SECOND,
                "batch * sequence / iteration-time / chips",
                job("batch", "sequences of an iteration", workload.job().batch()),
                job("sequence", "tokens of a sequence", workload.job().sequence()),
                iteration.explain(),
                chipsFigure());
    }

    Figure usdOfRunFigure() {
        return Figure.of(
                "usd-of-run",
                "cost of the run",
                usdOfRun(),
                Unit.USD,
                "usd-per-year * training-time / year",
                usdPerYearFigure(),
                trainingSecondsFigure(),
                Economics.yearFigure());
    }

    Figure usdPerMillionTokensFigure() {
        return Figure.of(
                "usd-per-million-tokens",
                "cost of a million tokens seen",
                usdPerMillionTokens(),
                Unit.USD_PER_MILLION_TOKENS,
                "usd-of-run / tokens * 1000000",
                usdOfRunFigure(),
                job("tokens", "tokens to be seen", workload.job().tokens()));
    }

    Figure joulesPerTokenFigure() {
        return Figure.of(
                "joules-per-token",
                "IT energy of a token seen, at full power",
                joulesPerToken(),
                Unit.JOULE_PER_TOKEN,
                "it-power / (tokens-per-second-per-chip * chips)",
                itPowerFigure(),
                tokensPerSecondPerChipFigure(),
                chipsFigure());
    }

    Figure mfuFigure() {
        Source counted = Source.definition("three forward passes, all query-key pairs (Narayanan et al., SC 2021)");
        return Figure.of(
                "mfu",
                "model flop utilisation at the 16-bit peak",
                iteration.mfu(),
                Unit.SHARE,
                "model-flops / (iteration-time * chips * peak)",
                Figure.leaf("model-flops", "flops of an iteration", iteration.modelFlops(), Unit.FLOP, counted),
                iteration.explain(),
                chipsFigure(),
                candidate.chip().peakFigure(DataType.BF16).as("peak"));
    }
}
