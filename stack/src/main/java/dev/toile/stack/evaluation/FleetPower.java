package dev.toile.stack.evaluation;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.finance.Economics;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.site.ItPower;
import dev.toile.stack.site.UtilityPower;
import java.util.ArrayList;
import java.util.List;

/**
 * Power of a fleet: what must be provided for everything busy, and what flows at the mean rate.
 *
 * @param fleet whose power it is
 */
public record FleetPower(Fleet fleet) {

    /** IT power with everything busy, by the bill of materials. */
    public ItPower provided() {
        return fleet.owned().itPower();
    }

    /** Share of a pool's capacity that the mean rate uses. */
    double use(Pool pool) {
        return fleet.traffic().meanRate() / (fleet.replicas(pool) * fleet.replicaRate(pool));
    }

    /** Watts of a pool's accelerators at the mean rate. */
    double poolWatts(Pool pool) {
        var chip = fleet.candidate().chip();
        double dynamic = pool.activeWatts(chip) - chip.idlePower();
        return fleet.replicas(pool) * pool.chips() * (chip.idlePower() + use(pool) * dynamic);
    }

    /** Accelerators that stand in systems but belong to no replica. */
    double idleChips() {
        return fleet.systems() * fleet.candidate().system().accelerators() - fleet.chips();
    }

    /** IT power at the mean rate: accelerators by their work, everything else as under load. */
    public ItPower mean() {
        double pools = 0;
        for (Pool pool : fleet.plan().pools()) {
            pools += poolWatts(pool);
        }
        double idle = idleChips() * fleet.candidate().chip().idlePower();
        double surrounding = fleet.systems() * fleet.candidate().bill().surroundingPower();
        return new ItPower(pools + idle + surrounding);
    }

    /** Facility power on the design day, watts. */
    public double facilityWatts() {
        return fleet.candidate().site().peakFacility(provided()).watts();
    }

    /** Power the utility must be able to deliver, watts. */
    public double utilityWatts() {
        var site = fleet.candidate().site();
        return site.utility(site.peakFacility(provided())).watts();
    }

    /** Power at the utility meter at the mean rate. */
    public UtilityPower meanUtility() {
        var site = fleet.candidate().site();
        return site.utility(site.facility(mean()));
    }

    /** IT energy of one output token, its prompt and the idle hours included, joules. */
    public double joulesPerToken() {
        return mean().watts()
                / (fleet.traffic().meanRate() * fleet.traffic().output().mean());
    }

    /** The tree behind {@link #provided()}. */
    Figure providedFigure() {
        return fleet.owned().itPowerFigure(fleet.systemsFigure());
    }

    /** Facility power on the design day. */
    Figure facilityFigure() {
        return fleet.owned().facilityPowerFigure(fleet.systemsFigure());
    }

    /** Power the utility must be able to deliver. */
    Figure utilityFigure() {
        return fleet.candidate().site().utilityFigure("utility-power", facilityFigure());
    }

    private Figure poolFigure(Pool pool) {
        Figure replicas = fleet.replicasFigure(pool);
        Figure rate = fleet.replicaRateFigure(pool);
        Figure active = pool.activeWattsFigure(fleet.candidate().chip());
        Figure use = Figure.of(
                "use",
                "share of the capacity that the mean rate uses",
                use(pool),
                Unit.SHARE,
                "mean-requests / (" + replicas.name() + " * " + rate.name() + ")",
                fleet.traffic().meanRateFigure(),
                replicas,
                rate);
        return Figure.of(
                pool.role() + "-power",
                "accelerators of " + pool.role() + " at the mean rate",
                poolWatts(pool),
                Unit.WATT,
                replicas.name() + " * " + pool.chipsFigure().name() + " * (idle-power + use * (" + active.name()
                        + " - idle-power))",
                replicas,
                pool.chipsFigure(),
                fleet.candidate().chip().idlePowerFigure(),
                use,
                active);
    }

    /** The tree behind {@link #mean()}. */
    Figure meanFigure() {
        List<Figure> parts = new ArrayList<>();
        fleet.plan().pools().forEach(pool -> parts.add(poolFigure(pool)));
        var chip = fleet.candidate().chip();
        Figure systems = fleet.systemsFigure();
        parts.add(Figure.of(
                "unused-power",
                "accelerators that no replica uses",
                idleChips() * chip.idlePower(),
                Unit.WATT,
                "(systems * accelerators - chips) * idle-power",
                systems,
                fleet.candidate().system().acceleratorsFigure(),
                fleet.chipsFigure(),
                chip.idlePowerFigure()));
        Figure surrounding = fleet.candidate().bill().explainSurroundingPower();
        parts.add(Figure.of(
                "surroundings-power",
                "hosts, network and the rest",
                systems.value() * surrounding.value(),
                Unit.WATT,
                "systems * surrounding-power",
                systems,
                surrounding));
        return Figure.sum("mean-it-power", "IT power at the mean rate", mean().watts(), Unit.WATT, parts);
    }

    /** The tree behind {@link #meanUtility()}. */
    Figure meanUtilityFigure() {
        var site = fleet.candidate().site();
        return site.utilityFigure("mean-utility-power", site.facilityFigure(meanFigure()));
    }

    /** The tree behind {@link #joulesPerToken()}. */
    Figure joulesPerTokenFigure() {
        return Figure.of(
                "joules-per-token",
                "IT energy of an output token, its prompt and idle hours included",
                joulesPerToken(),
                Unit.JOULE_PER_TOKEN,
                "mean-it-power / (mean-requests * output-tokens)",
                meanFigure(),
                fleet.traffic().meanRateFigure(),
                fleet.traffic().outputFigure());
    }

    /** USD of energy in a year. */
    double energyPerYear() {
        return meanUtility().watts() * Economics.YEAR * fleet.candidate().site().powerPrice();
    }

    Figure energyPerYearFigure() {
        return Figure.of(
                "energy-per-year",
                "electricity",
                energyPerYear(),
                Unit.USD_PER_YEAR,
                "mean-utility-power * year * power-price",
                meanUtilityFigure(),
                Economics.yearFigure(),
                fleet.candidate().site().powerPriceFigure());
    }
}
