package dev.toile.catalog.study;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.Designs;
import dev.toile.catalog.entry.ChipSpec;
import dev.toile.catalog.entry.DesignEntry;
import dev.toile.catalog.entry.EconomicsEntry;
import dev.toile.catalog.entry.SystemEntry;
import dev.toile.catalog.study.StudySpec.EconomicsSpec;
import dev.toile.catalog.study.StudySpec.LimitsSpec;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.chip.Core;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.evaluation.Deployments;
import dev.toile.stack.evaluation.Rental;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.mapping.Tile;
import dev.toile.stack.program.Limits;
import dev.toile.stack.serving.Deployment;
import dev.toile.stack.serving.MeasuredPool;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.training.TrainingLayout;
import dev.toile.stack.workload.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts candidates together from what a study says and what the catalog knows.
 *
 * @param catalog that knows
 * @param designs of built chips
 * @param terms economics, site and host work under which all candidates compete
 * @param limits of the study
 * @param modes ways to serve that may be used
 * @param traffic of the study, for measured rates; null in a training study
 * @param studyFile for naming where values come from
 */
record CandidateAssembler(
        Catalog catalog,
        Designs designs,
        Terms terms,
        Limits limits,
        ServingPlanner.Modes modes,
        @Nullable Traffic traffic,
        String studyFile) {

    static CandidateAssembler of(
            Catalog catalog,
            @Nullable EconomicsSpec economics,
            @Nullable LimitsSpec limits,
            ServingPlanner.Modes modes,
            @Nullable Traffic traffic,
            String studyFile) {
        EconomicsEntry known = catalog.economics();
        return new CandidateAssembler(
                catalog,
                new Designs(catalog),
                Terms.of(known, economics, studyFile),
                limits(limits),
                modes,
                traffic,
                studyFile);
    }

    private static Limits limits(@Nullable LimitsSpec spec) {
        if (spec == null) {
            return Limits.NONE;
        }
        double none = Double.POSITIVE_INFINITY;
        return new Limits(
                spec.itPower() == null ? none : spec.itPower(),
                spec.capex() == null ? none : spec.capex(),
                spec.chips() == null ? none : spec.chips());
    }

    private Provenance study() {
        return Provenance.all(Source.study(studyFile));
    }

    /** The candidate of a specification; null when the problems say why there is none. */
    @Nullable
    Candidate assemble(String name, CandidateSpec spec, Problems problems) {
        return switch (spec) {
            case CandidateSpec.Buy buy -> bought(name, buy, problems);
            case CandidateSpec.Rent rent -> rented(name, rent, problems);
            case CandidateSpec.Build build -> built(name, build, problems);
        };
    }

    private static Deployments deployments(CandidateSpec spec) {
        if (spec.deploy() == null && spec.deployFor().isEmpty()) {
            return Deployments.FREE;
        }
        Map<String, Deployment> byWorkload = new HashMap<>();
        spec.deployFor().forEach((workload, deploy) -> byWorkload.put(workload, deployment(deploy)));
        return new Deployments(spec.deploy() == null ? Deployment.FREE : deployment(spec.deploy()), byWorkload);
    }

    private static Deployment deployment(CandidateSpec.DeploySpec spec) {
        CandidateSpec.FormatsSpec formats = spec.precision();
        return new Deployment(
                spec.tensor(),
                spec.pipeline(),
                spec.expert(),
                spec.batch(),
                spec.mode(),
                formats == null ? null : formats.weights(),
                formats == null ? null : formats.activations(),
                formats == null ? null : formats.kvCache());
    }

    private @Nullable Candidate bought(String name, CandidateSpec.Buy buy, Problems problems) {
        SystemEntry system = known("system", buy.buy(), catalog.systems(), buy.location(), problems);
        if (system == null || system.chip() == null) {
            lacksChip(system, buy.buy(), buy.location(), problems);
            return null;
        }
        Chip chip = linked(catalog.chip(system.chip()), system);
        String software = softwareOf(system.chip());
        SoftwareProfile profile = catalog.profile(software);
        CandidateSpec.@Nullable LayoutSpec layout = buy.layout();
        return candidate(
                name,
                Candidate.Kind.BUY,
                chip,
                List.of(),
                software,
                profile,
                system,
                system.accelerators().mid(),
                null,
                List.of(),
                layout,
                null,
                buy);
    }

    private @Nullable Candidate rented(String name, CandidateSpec.Rent rent, Problems problems) {
        SystemEntry system = known("system", rent.rent(), catalog.systems(), rent.location(), problems);
        if (system == null || system.chip() == null) {
            lacksChip(system, rent.rent(), rent.location(), problems);
            return null;
        }
        Chip chip = linked(catalog.chip(system.chip()), system);
        Rental rental = new Rental(rent.price(), study());
        return candidate(
                name,
                Candidate.Kind.RENT,
                chip,
                List.of(),
                softwareOf(system.chip()),
                catalog.profile(softwareOf(system.chip())),
                system,
                system.accelerators().mid(),
                rental,
                measured(rent, problems),
                null,
                null,
                rent);
    }

    private List<MeasuredPool> measured(CandidateSpec.Rent rent, Problems problems) {
        CandidateSpec.MeasuredSpec spec = rent.measured();
        if (spec == null) {
            return List.of();
        }
        if (traffic == null) {
            problems.add(
                    rent.location(),
                    "measured rates are for serving",
                    "",
                    "",
                    "leave out 'measured', or give the workload a traffic");
            return List.of();
        }
        Provenance source = Provenance.all(new Source("measured", spec.source(), "", ""));
        return List.of(
                new MeasuredPool(
                        "prefill",
                        spec.prefill().chips(),
                        spec.prefill().rate(),
                        traffic.prompt().mean(),
                        source),
                new MeasuredPool(
                        "decode",
                        spec.decode().chips(),
                        spec.decode().rate(),
                        traffic.output().mean(),
                        source));
    }

    private static void lacksChip(@Nullable SystemEntry system, String id, Location location, Problems problems) {
        if (system != null) {
            problems.add(
                    location,
                    "system '" + id + "' has no accelerators of its own",
                    "",
                    "",
                    "it is meant for a built chip: build: {system: {extends: " + id + "}}");
        }
    }

    private String softwareOf(String chip) {
        return Objects.requireNonNull(catalog.chips().get(chip)).profile();
    }

    /** A system may give a chip fewer or more links than its maker's page states. */
    private static Chip linked(Chip chip, SystemEntry system) {
        return system.scaleUp() == null
                ? chip
                : chip.withScaleUp(system.scaleUp().mid());
    }

    private @Nullable Candidate built(String name, CandidateSpec.Build build, Problems problems) {
        CandidateSpec.BuildSpec spec = build.build();
        String base = spec.system() == null ? "ethernet-rack" : spec.system().extends_();
        SystemEntry system = known("system", base, catalog.systems(), build.location(), problems);
        var software = known("software profile", spec.software(), catalog.profiles(), build.location(), problems);
        ChipSpec parts = parts(spec, build.location(), problems);
        if (system == null || software == null || parts == null) {
            return null;
        }
        if (system.scaleUp() == null && parts.scaleUp() == null) {
            problems.add(
                    build.location(),
                    "neither the chip nor system '" + base + "' says how wide the scale-up links are",
                    "",
                    "a bandwidth",
                    "scale-up: 800 GB/s");
            return null;
        }
        ChipDesign design = designs.design(
                spec.name(),
                parts,
                system.scaleUp() == null ? 0 : system.scaleUp().mid(),
                system.scaleOut().mid(),
                spec.volume(),
                study());
        double accelerators = spec.system() != null && spec.system().accelerators() != null
                ? spec.system().accelerators()
                : system.accelerators().mid();
        Chip chip = design.chip();
        SoftwareProfile profile = catalog.profile(spec.software()).withChipEnergy();
        return candidate(
                name,
                Candidate.Kind.BUILD,
                chip,
                design.obstacles(),
                spec.software(),
                parts.array().flow() == Core.Flow.SYSTOLIC ? profile.withTiles(tiles(parts.array())) : profile,
                system,
                accelerators,
                null,
                List.of(),
                null,
                parts.scaleOut(),
                build);
    }

    /** The parts of the chip, its own or a design's; null when the problems say why there are none. */
    private @Nullable ChipSpec parts(CandidateSpec.BuildSpec spec, Location at, Problems problems) {
        ChipSpec parts = spec.chip();
        if ((parts == null) == (spec.design() == null)) {
            problems.add(
                    at,
                    "a build names either the parts of a chip or a design of the catalog",
                    parts == null ? "neither" : "both",
                    "chip or design",
                    "design: bespoke-reticle");
            return null;
        }
        if (parts == null) {
            DesignEntry design =
                    known("design", Objects.requireNonNull(spec.design()), catalog.designs(), at, problems);
            return design == null ? null : design.chip();
        }
        return designs.check(parts, at, problems) ? parts : null;
    }

    /** Tokens stream through an array whose columns hold output features: any number of rows, whole arrays of columns. */
    private static List<Tile> tiles(ChipSpec.ArraySpec array) {
        List<Tile> tiles = new ArrayList<>();
        for (int rows : new int[] {16, 64, 128, 256}) {
            for (int arrays = 1; arrays <= 4; arrays *= 2) {
                tiles.add(new Tile(rows, arrays * array.columns()));
            }
        }
        return tiles;
    }

    private Candidate candidate(
            String name,
            Candidate.Kind kind,
            Chip chip,
            List<String> obstacles,
            String software,
            SoftwareProfile profile,
            SystemEntry system,
            double accelerators,
            @Nullable Rental rental,
            List<MeasuredPool> measured,
            CandidateSpec.@Nullable LayoutSpec layout,
            @Nullable Double ownScaleOut,
            CandidateSpec spec) {
        var host = Objects.requireNonNull(catalog.hosts().get(system.host()), system.host())
                .host();
        List<String> notes = new ArrayList<>();
        if (!profile.borrowed().isEmpty()) {
            notes.add("software profile borrowed: " + profile.borrowed());
        }
        return new Candidate(
                name,
                kind,
                chip,
                obstacles,
                profile,
                system.fabric(chip, profile, catalog.collectivesOf(software), accelerators, ownScaleOut),
                system.rack(host, accelerators),
                terms.site(),
                terms.economics(),
                terms.hostWork(),
                limits,
                modes,
                rental,
                measured,
                layout == null
                        ? null
                        : new TrainingLayout(
                                layout.tensor(),
                                layout.pipeline(),
                                layout.data(),
                                layout.microBatch(),
                                layout.interleave()),
                notes,
                deployments(spec));
    }

    private static <T> @Nullable T known(
            String kind, String id, Map<String, T> all, Location location, Problems problems) {
        T found = all.get(id);
        if (found == null) {
            problems.add(
                    location,
                    "the catalog knows no " + kind + " of this name",
                    "'" + id + "'",
                    "one of " + String.join(", ", all.keySet()),
                    Names.nearest(id, all.keySet()).orElse(""));
        }
        return found;
    }
}
