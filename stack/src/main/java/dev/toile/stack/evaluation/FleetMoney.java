package dev.toile.stack.evaluation;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.finance.Economics;
import java.util.List;

/**
 * Money of a fleet: what is paid once, what is paid every year, and what a token costs.
 *
 * <p>An owned fleet pays its IT equipment and its facility back over their lives, and energy, staff and repair as they
 * come. A rented one pays for the accelerators that are busy. The cost of a token includes its prompt's; where prompts
 * and answers are told apart, they bear the cost in proportion to the accelerators' time they take.
 *
 * @param fleet whose money it is
 * @param power of the fleet
 */
public record FleetMoney(Fleet fleet, FleetPower power) {

    private static final double MILLION = 1e6;

    private Economics economics() {
        return fleet.candidate().economics();
    }

    private boolean rented() {
        return fleet.candidate().rental() != null;
    }

    private Ownership owned() {
        return fleet.owned();
    }

    /** USD paid once. */
    public double capex() {
        return owned().capex();
    }

    /** USD a year for energy, staff, repair; or for rent. */
    public double opexPerYear() {
        Rental rental = fleet.candidate().rental();
        return rental != null
                ? fleet.meanChips() * rental.usdPerChipSecond() * Economics.YEAR
                : power.energyPerYear() + owned().operationsPerYear();
    }

    /** USD a year that pays the capital back with its cost. */
    public double capitalPerYear() {
        return owned().capitalPerYear();
    }

    /** USD a year in all. */
    public double usdPerYear() {
        return capitalPerYear() + opexPerYear();
    }

    /** Output tokens a year. */
    public double outputPerYear() {
        return tokensPerYear(fleet.traffic().output().mean());
    }

    /** Prompt tokens a year, cached ones included. */
    public double inputPerYear() {
        return tokensPerYear(fleet.traffic().prompt().mean());
    }

    private double tokensPerYear(double perRequest) {
        return fleet.traffic().meanRate() * perRequest * Economics.YEAR * availability();
    }

    private double availability() {
        return rented() ? 1 : economics().availability();
    }

    /** USD of a million output tokens with their prompts: all cost over all answers, whatever serves them how. */
    public double usdPerMillionTokens() {
        return usdPerYear() / outputPerYear() * MILLION;
    }

    /** USD of a million output tokens without their prompts: the share of the accelerators' time that decodes. */
    public double usdPerMillionOutput() {
        return usdPerYear() * (1 - fleet.promptShare()) / outputPerYear() * MILLION;
    }

    /** USD of a million prompt tokens. */
    public double usdPerMillionInput() {
        return usdPerYear() * fleet.promptShare() / inputPerYear() * MILLION;
    }

    /** USD of one request. */
    public double usdPerRequest() {
        return usdPerYear() / (fleet.traffic().meanRate() * Economics.YEAR * availability());
    }

    Figure capexFigure() {
        return owned().capexFigure(fleet.systemsFigure());
    }

    Figure opexFigure() {
        Rental rental = fleet.candidate().rental();
        if (rental != null) {
            return Figure.of(
                    "opex-per-year",
                    "rent of the accelerators that are busy",
                    opexPerYear(),
                    Unit.USD_PER_YEAR,
                    "mean-chips * rental * year",
                    fleet.meanChipsFigure(),
                    rental.figure(),
                    Economics.yearFigure());
        }
        Figure operations = owned().operationsFigure(fleet.systemsFigure());
        return Figure.sum(
                "opex-per-year",
                "running cost",
                opexPerYear(),
                Unit.USD_PER_YEAR,
                List.of(power.energyPerYearFigure(), operations));
    }

    Figure capitalFigure() {
        return owned().capitalFigure(fleet.systemsFigure());
    }

    Figure usdPerYearFigure() {
        return Figure.sum(
                "usd-per-year", "yearly cost", usdPerYear(), Unit.USD_PER_YEAR, List.of(capitalFigure(), opexFigure()));
    }

    private Figure tokensFigure(String name, String label, Figure perRequest, double value) {
        Figure available = rented()
                ? Figure.leaf(
                        "availability",
                        "only what runs is paid",
                        1,
                        Unit.SHARE,
                        Source.definition("rented by the hour"))
                : economics().availabilityFigure();
        return Figure.of(
                name,
                label,
                value,
                Unit.TOKEN_PER_YEAR,
                "mean-requests * " + perRequest.name() + " * year * availability",
                fleet.traffic().meanRateFigure(),
                perRequest,
                Economics.yearFigure(),
                available);
    }

    Figure outputPerYearFigure() {
        return tokensFigure(
                "output-per-year", "output tokens a year", fleet.traffic().outputFigure(), outputPerYear());
    }

    Figure inputPerYearFigure() {
        return tokensFigure(
                "input-per-year", "prompt tokens a year", fleet.traffic().promptFigure(), inputPerYear());
    }

    Figure usdPerMillionTokensFigure() {
        return Figure.of(
                "usd-per-million-tokens",
                "cost of a million output tokens, their prompts included",
                usdPerMillionTokens(),
                Unit.USD_PER_MILLION_TOKENS,
                "usd-per-year / output-per-year * 1000000",
                usdPerYearFigure(),
                outputPerYearFigure());
    }

    Figure usdPerMillionOutputFigure() {
        return Figure.of(
                "usd-per-million-output-tokens",
                "cost of a million output tokens, their prompts apart",
                usdPerMillionOutput(),
                Unit.USD_PER_MILLION_TOKENS,
                "usd-per-year * (1 - prompt-share) / output-per-year * 1000000",
                usdPerYearFigure(),
                fleet.promptShareFigure(),
                outputPerYearFigure());
    }

    Figure usdPerMillionInputFigure() {
        return Figure.of(
                "usd-per-million-input-tokens",
                "cost of a million prompt tokens, cached ones included",
                usdPerMillionInput(),
                Unit.USD_PER_MILLION_TOKENS,
                "usd-per-year * prompt-share / input-per-year * 1000000",
                usdPerYearFigure(),
                fleet.promptShareFigure(),
                inputPerYearFigure());
    }

    Figure usdPerRequestFigure() {
        Figure output = outputPerYearFigure();
        return Figure.of(
                "usd-per-request",
                "cost of a request",
                usdPerRequest(),
                Unit.plain("USD/request"),
                "usd-per-year * output-tokens / output-per-year",
                usdPerYearFigure(),
                fleet.traffic().outputFigure(),
                output);
    }

    /** What the money goes into, USD a year. */
    public List<Breakdown.Part> parts() {
        if (rented()) {
            return List.of(new Breakdown.Part("rent", opexPerYear()));
        }
        return owned().yearly(power.energyPerYear());
    }
}
