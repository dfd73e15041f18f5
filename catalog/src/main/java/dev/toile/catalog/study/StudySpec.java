package dev.toile.catalog.study;

import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Unit;
import dev.toile.catalog.text.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A study as it is written.
 *
 * @param toile version of the format
 * @param study what is asked, in a sentence
 * @param workload what has to be done; null when there are several
 * @param workloads several, each with its name and weight; else empty
 * @param candidates what may do it
 * @param economics terms that differ from the catalog's
 * @param objectives figures to be made small (or large, where more is better), the most important first
 * @param limits that no candidate may break
 * @param catalog files with entries of one's own, beside the study
 * @param location of the document
 */
@Doc("A Toile study: which model and traffic, which hardware, what counts as good")
public record StudySpec(
        @Doc("format version") @Range(min = 1, max = 1) int toile,
        @Doc("what is asked, in a sentence") String study,

        @Doc("what has to be done; or several under workloads") @Nullable
        WorkloadSpec workload,

        @Doc("several workloads, each with a name and a weight, that one design has to do") @Default("[]")
        List<WorkloadSpec> workloads,

        List<CandidateSpec> candidates,
        @Nullable EconomicsSpec economics,

        @Doc("figures to optimise, the most important first") @Default("[usd-per-million-tokens, joules-per-token]")
        List<String> objectives,

        @Nullable LimitsSpec limits,

        @Doc("files with catalog entries of one's own, beside the study") @Default("[]")
        List<String> catalog,

        Location location) {

    /** The one workload, or all of them. */
    List<WorkloadSpec> works() {
        return workload == null ? workloads : List.of(workload);
    }

    /**
     * Terms that differ from the catalog's; each is optional.
     *
     * @param powerPrice of electricity at the meter
     * @param pue facility energy over IT energy
     * @param peakPue facility power over IT power on the design day
     * @param distributionLoss share of the utility's energy lost before the facility
     * @param facilityPrice per watt of facility power
     * @param lifetime of IT equipment
     * @param facilityLifetime of shell, power and cooling
     * @param costOfCapital per year
     * @param operationsShare staff, repair, insurance per year over IT capex
     * @param availability share of the year in which the fleet works
     * @param spare accelerators above what the peak needs
     */
    @Doc("Terms that differ from the catalog's")
    public record EconomicsSpec(
            @Unit("USD/J") @Nullable Double powerPrice,
            @Unit("1") @Range(min = 1, max = 5) @Nullable Double pue,
            @Unit("1") @Range(min = 1, max = 5) @Nullable Double peakPue,
            @Unit("1") @Range(max = 0.9) @Nullable Double distributionLoss,
            @Unit("USD/W") @Nullable Double facilityPrice,
            @Unit("s") @Range(minExclusive = true) @Nullable Double lifetime,
            @Unit("s") @Range(minExclusive = true) @Nullable Double facilityLifetime,
            @Unit("1") @Range(max = 1) @Nullable Double costOfCapital,
            @Unit("1") @Range(max = 1) @Nullable Double operationsShare,

            @Unit("1") @Range(max = 1, minExclusive = true) @Nullable
            Double availability,

            @Unit("1") @Range(max = 10) @Nullable Double spare) {}

    /**
     * What no candidate may exceed.
     *
     * @param itPower with everything busy
     * @param capex IT equipment and facility
     * @param chips accelerators
     */
    @Doc("What no candidate may exceed")
    public record LimitsSpec(
            @Unit("W") @Nullable Double itPower,
            @Unit("USD") @Nullable Double capex,
            @Unit("1") @Nullable Double chips) {}
}
