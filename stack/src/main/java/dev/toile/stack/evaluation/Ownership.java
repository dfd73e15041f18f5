package dev.toile.stack.evaluation;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.finance.Economics;
import dev.toile.stack.site.ItPower;
import java.util.ArrayList;
import java.util.List;

/**
 * What it takes to own so many systems: power to be provided, money paid once, money that pays it back every year.
 * Whoever rents owns nothing.
 *
 * @param candidate whose systems they are
 * @param systems in all
 */
record Ownership(Candidate candidate, double systems) {

    private boolean rented() {
        return candidate.rental() != null;
    }

    private Economics economics() {
        return candidate.economics();
    }

    /** IT power with everything busy, by the bill of materials. */
    ItPower itPower() {
        return new ItPower(systems * candidate.bill().power());
    }

    /** USD of IT equipment. */
    double itCapex() {
        return rented() ? 0 : systems * candidate.bill().price();
    }

    /** USD of the facility. */
    double facilityCapex() {
        var site = candidate.site();
        return rented() ? 0 : site.peakFacility(itPower()).watts() * site.facilityPrice();
    }

    /** USD paid once. */
    double capex() {
        return itCapex() + facilityCapex();
    }

    /** USD a year for staff, repair, insurance. */
    double operationsPerYear() {
        return economics().operationsShare() * itCapex();
    }

    /** USD a year that pays the IT equipment back with its cost of capital. */
    double itCapitalPerYear() {
        return itCapex() * economics().recovery(economics().itLifetime());
    }

    /** USD a year that pays the facility back with its cost of capital. */
    double facilityCapitalPerYear() {
        return facilityCapex() * economics().recovery(economics().facilityLifetime());
    }

    /** USD a year that pays the capital back with its cost. */
    double capitalPerYear() {
        return itCapitalPerYear() + facilityCapitalPerYear();
    }

    /** What a year's money goes into: each line of the bill, facility, energy, operations. */
    List<Breakdown.Part> yearly(double energyPerYear) {
        List<Breakdown.Part> parts = new ArrayList<>();
        double recovery = economics().recovery(economics().itLifetime());
        candidate
                .bill()
                .lines()
                .forEach(line -> parts.add(new Breakdown.Part(line.name(), systems * line.price() * recovery)));
        parts.add(new Breakdown.Part("facility", facilityCapitalPerYear()));
        parts.add(new Breakdown.Part("energy", energyPerYear));
        parts.add(new Breakdown.Part("operations", operationsPerYear()));
        return List.copyOf(parts);
    }

    /** The tree behind {@link #itPower}, over that of the number of systems; the others likewise. */
    Figure itPowerFigure(Figure systemsFigure) {
        return Figure.of(
                "it-power",
                "IT power with everything busy",
                itPower().watts(),
                Unit.WATT,
                "systems * system-power",
                systemsFigure,
                candidate.bill().explainPower());
    }

    /** Facility power on the design day. */
    Figure facilityPowerFigure(Figure systemsFigure) {
        return candidate.site().peakFacilityFigure(itPowerFigure(systemsFigure)).as("facility-power");
    }

    Figure itCapexFigure(Figure systemsFigure) {
        return rented()
                ? none("it-capex", "IT equipment")
                : Figure.of(
                        "it-capex",
                        "IT equipment",
                        itCapex(),
                        Unit.USD,
                        "systems * system-price",
                        systemsFigure,
                        candidate.bill().explainPrice());
    }

    private Figure facilityCapexFigure(Figure systemsFigure) {
        return rented()
                ? none("facility-capex", "facility")
                : Figure.of(
                        "facility-capex",
                        "facility",
                        facilityCapex(),
                        Unit.USD,
                        "facility-power * facility-price",
                        facilityPowerFigure(systemsFigure),
                        candidate.site().facilityPriceFigure());
    }

    private static Figure none(String name, String label) {
        return Figure.leaf(name, label + ": rented, not owned", 0, Unit.USD, Source.definition("rented by the hour"));
    }

    Figure capexFigure(Figure systemsFigure) {
        List<Figure> parts = List.of(itCapexFigure(systemsFigure), facilityCapexFigure(systemsFigure));
        return Figure.sum("capex", "paid once", capex(), Unit.USD, parts);
    }

    Figure operationsFigure(Figure systemsFigure) {
        return Figure.of(
                "operations-per-year",
                "staff, repair, insurance",
                operationsPerYear(),
                Unit.USD_PER_YEAR,
                "operations-share * it-capex",
                economics().operationsShareFigure(),
                itCapexFigure(systemsFigure));
    }

    Figure capitalFigure(Figure systemsFigure) {
        Figure it = Figure.of(
                "it-capital-per-year",
                "IT equipment, paid back with its cost of capital",
                itCapitalPerYear(),
                Unit.USD_PER_YEAR,
                "it-capex * it-recovery",
                itCapexFigure(systemsFigure),
                economics().itRecoveryFigure());
        Figure facility = Figure.of(
                "facility-capital-per-year",
                "facility, paid back with its cost of capital",
                facilityCapitalPerYear(),
                Unit.USD_PER_YEAR,
                "facility-capex * facility-recovery",
                facilityCapexFigure(systemsFigure),
                economics().facilityRecoveryFigure());
        return Figure.sum("capital-per-year", "capital", capitalPerYear(), Unit.USD_PER_YEAR, List.of(it, facility));
    }
}
