package dev.toile.catalog.study;

import dev.toile.catalog.bind.Choosable;
import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.OneOf;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Unit;
import dev.toile.catalog.entry.ChipSpec;
import dev.toile.catalog.text.Location;
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
     * @param location of the mapping
     */
    @OneOf("buy")
    @Choosable
    record Buy(String buy, @Nullable String name, @Nullable LayoutSpec layout, Location location)
            implements CandidateSpec {}

    /**
     * Somebody else's systems by the hour.
     *
     * @param rent id of the system
     * @param name in the results; the id when left out
     * @param price of one accelerator
     * @param measured rates that somebody measured, instead of predicted ones
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
            Location location)
            implements CandidateSpec {}

    /**
     * A chip of one's own.
     *
     * @param build what to build
     * @param location of the mapping
     */
    @OneOf("build")
    @Choosable
    record Build(BuildSpec build, Location location) implements CandidateSpec {}

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
