package dev.toile.stack.evaluation;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.finance.Economics;
import dev.toile.stack.mapping.ChipMapper;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.program.Limits;
import dev.toile.stack.rack.Bill;
import dev.toile.stack.rack.HostWork;
import dev.toile.stack.rack.RackSystem;
import dev.toile.stack.serving.MeasuredPool;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.serving.simulation.EngineSoftware;
import dev.toile.stack.site.Site;
import dev.toile.stack.training.TrainingLayout;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.Transformer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One complete design, from chip to site.
 *
 * @param name unique in its study
 * @param kind how it is come by
 * @param chip its accelerator
 * @param obstacles why the chip or the system cannot be made or run a model; empty when it can; a chip that multiplies
 *     nothing wider than 8 bits adds one
 * @param profile of its software
 * @param fabric of its network
 * @param system rack or server
 * @param site where it stands
 * @param economics on which terms
 * @param hostWork what serving asks of the hosts
 * @param limits it must keep
 * @param modes ways to serve it may use
 * @param rental when it is rented instead of owned; null otherwise
 * @param measured pools whose rates are stated instead of predicted; empty otherwise
 * @param layout training layout that is fixed; null lets Toile choose
 * @param notes what a reader must know, such as a borrowed software profile
 * @param deployments what the design fixes of how it serves
 */
public record Candidate(
        String name,
        Kind kind,
        Chip chip,
        List<String> obstacles,
        SoftwareProfile profile,
        Fabric fabric,
        RackSystem system,
        Site site,
        Economics economics,
        HostWork hostWork,
        Limits limits,
        ServingPlanner.Modes modes,
        @Nullable Rental rental,
        List<MeasuredPool> measured,
        @Nullable TrainingLayout layout,
        List<String> notes,
        Deployments deployments) {

    /** A candidate that leaves to the planner how it serves. */
    public Candidate(
            String name,
            Kind kind,
            Chip chip,
            List<String> obstacles,
            SoftwareProfile profile,
            Fabric fabric,
            RackSystem system,
            Site site,
            Economics economics,
            HostWork hostWork,
            Limits limits,
            ServingPlanner.Modes modes,
            @Nullable Rental rental,
            List<MeasuredPool> measured,
            @Nullable TrainingLayout layout,
            List<String> notes) {
        this(
                name,
                kind,
                chip,
                obstacles,
                profile,
                fabric,
                system,
                site,
                economics,
                hostWork,
                limits,
                modes,
                rental,
                measured,
                layout,
                notes,
                Deployments.FREE);
    }

    /** Copies the lists. */
    public Candidate {
        obstacles = withRates(obstacles, chip);
        measured = List.copyOf(measured);
        notes = List.copyOf(notes);
    }

    /** Norms, softmax and the sums of products need a format of 16 bits or more. */
    private static List<String> withRates(List<String> obstacles, Chip chip) {
        if (chip.multiplies(DataType.BF16)) {
            return List.copyOf(obstacles);
        }
        String lacking =
                chip.name() + " multiplies neither BF16, FP16 nor FP32, which models need beside narrow formats";
        return obstacles.contains(lacking)
                ? List.copyOf(obstacles)
                : Stream.concat(obstacles.stream(), Stream.of(lacking)).toList();
    }

    /** How a candidate is come by. */
    public enum Kind {
        /** Chips from the market. */
        BUY,
        /** A chip of one's own. */
        BUILD,
        /** Somebody else's machines by the hour. */
        RENT
    }

    /** Times a model's steps on this candidate. */
    public StepTimer timer(Transformer model, Precision precision) {
        return new StepTimer(
                model, precision, chip, new ChipMapper(chip, profile, Conditions.DEPLOYED), new Collectives(fabric));
    }

    /** The same under a version of a serving engine, scales of 8-bit activations being known beforehand or not. */
    public StepTimer timer(Transformer model, Precision precision, EngineSoftware engine, boolean staticScales) {
        ChipMapper mapper = new ChipMapper(chip, engine.on(profile), engine.conditions(staticScales));
        return new StepTimer(model, precision, chip, mapper, new Collectives(fabric));
    }

    /** The same design for one workload of a mix, whose limits are checked for the mix as a whole. */
    Candidate within(String workload, ServingPlanner.Modes itsModes) {
        return with(Limits.NONE, itsModes, deployments.only(workload));
    }

    /** The same design without limits, for those who want to know how far it breaks them. */
    public Candidate unlimited() {
        return with(Limits.NONE, modes, deployments);
    }

    private Candidate with(Limits itsLimits, ServingPlanner.Modes itsModes, Deployments itsDeployments) {
        return new Candidate(
                name,
                kind,
                chip,
                obstacles,
                profile,
                fabric,
                system,
                site,
                economics,
                hostWork,
                itsLimits,
                itsModes,
                rental,
                measured,
                layout,
                notes,
                itsDeployments);
    }

    /** What one system is made of. */
    public Bill bill() {
        return new Bill(system, chip);
    }
}
