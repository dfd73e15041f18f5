package dev.toile.catalog.study;

import dev.toile.catalog.bind.Choosable;
import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.OneOf;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Unit;
import dev.toile.catalog.entry.ChipSpec;
import dev.toile.catalog.text.Location;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.serving.ServingPlanner;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One candidate as it is written. */
public sealed interface CandidateSpec {

    /** Where it is written. */
    Location location();

    /**
     * A system from the catalog.
     *
     * @param buy id of the system
     * @param name in the results; the id when left out
     * @param layout of a training job; Toile chooses when left out
     * @param deploy what is fixed of how it serves
     * @param deployFor the same for the workload of that name, in a mix
     * @param location of the mapping
     */
    @OneOf("buy")
    @Choosable
    record Buy(
            String buy,
            @Nullable String name,
            @Nullable LayoutSpec layout,
            @Nullable DeploySpec deploy,
            @Default("{}") Map<String, DeploySpec> deployFor,
            Location location)
            implements CandidateSpec {}

    /**
     * Somebody else's systems by the hour.
     *
     * @param rent id of the system
     * @param name in the results; the id when left out
     * @param price of one accelerator
     * @param measured rates that somebody measured, instead of predicted ones
     * @param deploy what is fixed of how it serves
     * @param deployFor the same for the workload of that name, in a mix
     * @param location of the mapping
     */
    @OneOf("rent")
    @Choosable
    record Rent(
            String rent,
            @Nullable String name,

            @Doc("price of one accelerator, such as 2 USD/h") @Unit("USD/s")
            double price,

            @Nullable MeasuredSpec measured,
            @Nullable DeploySpec deploy,
            @Default("{}") Map<String, DeploySpec> deployFor,
            Location location)
            implements CandidateSpec {}

    /**
     * A chip of one's own.
     *
     * @param build what to build
     * @param deploy what is fixed of how it serves
     * @param deployFor the same for the workload of that name, in a mix
     * @param location of the mapping
     */
    @OneOf("build")
    @Choosable
    record Build(
            BuildSpec build,
            @Nullable DeploySpec deploy,
            @Default("{}") Map<String, DeploySpec> deployFor,
            Location location)
            implements CandidateSpec {

        /** The same, with its one-time cost spread over another number of packages. */
        Build at(double volume) {
            BuildSpec spec =
                    new BuildSpec(build.name(), build.chip(), build.design(), build.system(), volume, build.software());
            return new Build(spec, deploy, deployFor, location);
        }
    }

    /** What is fixed of how it serves. */
    @Nullable
    DeploySpec deploy();

    /** What is fixed for one workload of a mix, by its name. */
    Map<String, DeploySpec> deployFor();

    /**
     * What is fixed of how a candidate serves; Toile decides what is left out.
     *
     * @param tensor chips that share each matrix
     * @param pipeline stages
     * @param expert chips over which experts are spread
     * @param batch most sequences in one step of an attention replica
     * @param mode prompts and answers on the same chips or not
     * @param precision number formats instead of the workload's
     */
    @Doc("What is fixed of how a candidate serves; Toile decides what is left out")
    record DeploySpec(
            @Doc("chips that share each matrix") @Range(min = 1, max = 4096) @Nullable
            Integer tensor,

            @Doc("pipeline stages") @Range(min = 1, max = 4096) @Nullable
            Integer pipeline,

            @Doc("chips over which experts are spread") @Range(min = 1, max = 4096) @Nullable
            Integer expert,

            @Doc("most sequences in one step") @Range(min = 1, max = 1e6) @Nullable
            Integer batch,

            ServingPlanner.@Nullable Modes mode,
            @Nullable FormatsSpec precision) {}

    /**
     * Number formats of a candidate; what is left out is the workload's.
     *
     * @param weights of the linear layers
     * @param activations that enter them
     * @param kvCache of keys and values
     */
    @Doc("Number formats of a candidate; what is left out is the workload's")
    record FormatsSpec(
            @Nullable DataType weights,
            @Nullable DataType activations,
            @Nullable DataType kvCache) {}

    /**
     * Layout of a training job.
     *
     * @param tensor chips that share each matrix
     * @param pipeline stages
     * @param data replicas
     * @param microBatch sequences of one pass
     * @param interleave layer groups of a stage
     */
    record LayoutSpec(
            @Range(min = 1, max = 1e6) int tensor,
            @Range(min = 1, max = 1e6) int pipeline,
            @Range(min = 1, max = 1e6) int data,
            @Range(min = 1, max = 1e6) int microBatch,
            @Range(min = 1, max = 1e6) @Default("1") int interleave) {}

    /**
     * Rates that somebody measured.
     *
     * @param source who, where, when
     * @param prefill pool that works on prompts
     * @param decode pool that works on answers
     */
    record MeasuredSpec(String source, RateSpec prefill, RateSpec decode) {}

    /**
     * A measured rate.
     *
     * @param chips of one replica
     * @param rate tokens per second of one replica; prompt tokens count cached ones
     */
    record RateSpec(
            @Range(min = 1, max = 1e6) int chips,
            @Unit("token/s") @Range(minExclusive = true) double rate) {}

    /**
     * A chip and the system around it.
     *
     * @param name of the chip
     * @param chip its parts; or else
     * @param design id of a design of the catalog
     * @param system around it
     * @param volume packages over which the one-time cost is spread
     * @param software profile that runs it
     */
    @Doc("A chip of one's own and the system around it")
    record BuildSpec(
            @Default("built") String name,
            @Nullable ChipSpec chip,

            @Doc("a design of the catalog, such as bespoke-reticle, instead of the parts of a chip") @Nullable
            String design,

            @Nullable SystemSpec system,

            @Unit("1") @Range(min = 1, max = 1e9) @Default("100 k")
            double volume,

            @Default("built") String software) {}

    /**
     * The system around a built chip.
     *
     * @param extends_ id of a catalog system (the underscore keeps the name from being a Java keyword; the key has none)
     * @param accelerators in one system; the base's when left out
     */
    record SystemSpec(
            @Default("ethernet-rack") String extends_,
            @Range(min = 1, max = 100_000) @Nullable Integer accelerators) {}
}
