package dev.toile.catalog;

import dev.toile.catalog.bind.Binder;
import dev.toile.catalog.bind.Draw;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Sources;
import dev.toile.catalog.entry.ChipEntry;
import dev.toile.catalog.entry.DesignEntry;
import dev.toile.catalog.entry.EconomicsEntry;
import dev.toile.catalog.entry.HostEntry;
import dev.toile.catalog.entry.Kernels;
import dev.toile.catalog.entry.LinkEntry;
import dev.toile.catalog.entry.MemoryEntry;
import dev.toile.catalog.entry.ProcessEntry;
import dev.toile.catalog.entry.ProfileEntry;
import dev.toile.catalog.entry.SiliconEntry;
import dev.toile.catalog.entry.SystemEntry;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.chip.LinkGeneration;
import dev.toile.stack.chip.MemoryGeneration;
import dev.toile.stack.chip.Silicon;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.mapping.attention.AttentionConstants;
import dev.toile.stack.mapping.attention.AttentionSoftware;
import dev.toile.stack.mapping.band.BandTable;
import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.mapping.experts.ExpertsConstants;
import dev.toile.stack.mapping.experts.ExpertsProfile;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import dev.toile.stack.network.CollectiveConstants;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What exists: process nodes, memories, chips, hosts, systems, software profiles and assumptions about money. Every
 * number has its source.
 *
 * @param processes by id
 * @param memories by id
 * @param chips by id
 * @param hosts by id
 * @param systems by id
 * @param profiles by id
 * @param kernels fitted constants by generation
 * @param experts constants of the law of experts, as its calibration wrote them
 * @param collectives constants of collectives, as their calibration wrote them
 * @param attention constants of attention kernels by id, such as {@code hopper}
 * @param links generations of serial lanes by id
 * @param designs chips described by their parts, by id
 * @param silicon what built chips are made of
 * @param economics assumptions about site and money
 */
public record Catalog(
        SequencedMap<String, ProcessEntry> processes,
        SequencedMap<String, MemoryEntry> memories,
        SequencedMap<String, ChipEntry> chips,
        SequencedMap<String, HostEntry> hosts,
        SequencedMap<String, SystemEntry> systems,
        SequencedMap<String, ProfileEntry> profiles,
        Kernels kernels,
        Fitted<ExpertsConstants> experts,
        Fitted<CollectiveConstants> collectives,
        SequencedMap<String, AttentionSoftware> attention,
        SequencedMap<String, LinkEntry> links,
        SequencedMap<String, DesignEntry> designs,
        SiliconEntry silicon,
        EconomicsEntry economics) {

    /** Makes the maps unmodifiable. */
    public Catalog {
        processes = Collections.unmodifiableSequencedMap(processes);
        memories = Collections.unmodifiableSequencedMap(memories);
        chips = Collections.unmodifiableSequencedMap(chips);
        hosts = Collections.unmodifiableSequencedMap(hosts);
        systems = Collections.unmodifiableSequencedMap(systems);
        profiles = Collections.unmodifiableSequencedMap(profiles);
        attention = Collections.unmodifiableSequencedMap(attention);
        links = Collections.unmodifiableSequencedMap(links);
        designs = Collections.unmodifiableSequencedMap(designs);
    }

    private record Processes(Map<String, Source> sources, Map<String, ProcessEntry> processes) {}

    private record Memories(Map<String, Source> sources, Map<String, MemoryEntry> memories) {}

    private record Chips(Map<String, Source> sources, Map<String, ChipEntry> chips) {}

    private record Hosts(Map<String, Source> sources, Map<String, HostEntry> hosts) {}

    private record Systems(Map<String, Source> sources, Map<String, SystemEntry> systems) {}

    private record Profiles(Map<String, Source> sources, Map<String, ProfileEntry> profiles) {}

    /**
     * Constants that a calibration program found.
     *
     * @param source what they were fitted to and by which program
     * @param constants the record
     * @param <R> its type
     */
    public record Fitted<R extends Record>(Source source, R constants) {}

    private record ExpertsFile(Map<String, Source> sources, ExpertsConstants experts) {}

    private record CollectivesFile(Map<String, Source> sources, CollectiveConstants collectives) {}

    private record Attention(Map<String, Source> sources, SequencedMap<String, AttentionConstants> attention) {}

    private record LinksFile(Map<String, Source> sources, Map<String, LinkEntry> links) {}

    private record DesignsFile(Map<String, Source> sources, Map<String, DesignEntry> designs) {}

    private record SiliconFile(Map<String, Source> sources, SiliconEntry silicon) {}

    private record EconomicsFile(Map<String, Source> sources, EconomicsEntry economics) {}

    /** The catalog that comes with Toile. */
    public static Catalog bundled() {
        return drawn(Draw.MID);
    }

    /**
     * The same with other values from the ranges that its sources give: one scenario of prices and technology.
     *
     * @param draw which value of each range is used
     */
    public static Catalog drawn(Draw draw) {
        return new Catalog(
                new LinkedHashMap<>(read("processes", Processes.class, draw).processes()),
                new LinkedHashMap<>(read("memories", Memories.class, draw).memories()),
                new LinkedHashMap<>(read("chips", Chips.class, draw).chips()),
                new LinkedHashMap<>(read("hosts", Hosts.class, draw).hosts()),
                new LinkedHashMap<>(read("systems", Systems.class, draw).systems()),
                new LinkedHashMap<>(read("profiles", Profiles.class, draw).profiles()),
                fitted(),
                experts(read("experts", ExpertsFile.class, draw)),
                collectives(read("collectives", CollectivesFile.class, draw)),
                attentionKernels(),
                new LinkedHashMap<>(read("links", LinksFile.class, draw).links()),
                new LinkedHashMap<>(read("designs", DesignsFile.class, draw).designs()),
                read("silicon", SiliconFile.class, draw).silicon(),
                read("economics", EconomicsFile.class, draw).economics());
    }

    /** All fitted constants have the one source of their file, those of a relative the source of its name. */
    private static SequencedMap<String, AttentionSoftware> attentionKernels() {
        try {
            Node document = relatives().after(tree("attention.yaml"), "attention", "attention");
            Attention file = bound(document, Attention.class, Draw.MID);
            Source fitted = file.sources().values().iterator().next();
            SequencedMap<String, AttentionSoftware> all = new LinkedHashMap<>();
            file.attention().forEach((id, constants) -> {
                Source source = file.sources().getOrDefault(id, fitted);
                all.put(id, new AttentionSoftware(constants, Provenance.all(source)));
            });
            return all;
        } catch (BadInput e) {
            throw broken(e);
        }
    }

    private static Relatives relatives() throws BadInput {
        return new Relatives(tree("relatives.yaml"));
    }

    private static MapNode tree(String file) throws BadInput {
        return (MapNode) Documents.parse(file, text(file));
    }

    /**
     * This catalog with the entries of a user's own file, which take the place of those of the same name.
     *
     * @throws BadInput when the file is not a catalog, or refers to what is not there
     */
    public Catalog with(Path file) throws BadInput {
        return OwnCatalog.over(this, file);
    }

    /** A file of the bundled catalog; an error in it is ours, not the user's. */
    private static <R extends Record> R read(String kind, Class<R> type, Draw draw) {
        try {
            return bound(tree(kind + ".yaml"), type, draw);
        } catch (BadInput e) {
            throw broken(e);
        }
    }

    private static <R extends Record> R bound(Node document, Class<R> type, Draw draw) throws BadInput {
        Problems problems = new Problems();
        @Nullable
        R bound = Binder.forCatalog(Sources.read(document, problems), draw).bind(document, type, problems);
        problems.throwIfAny();
        return Objects.requireNonNull(bound);
    }

    private static Kernels fitted() {
        try {
            SequencedMap<String, Calibrated<MatmulKernels>> products = new LinkedHashMap<>(
                    KernelFiles.matmul(relatives().after(tree("matmul.yaml"), "generations", "products")));
            KernelFiles.Eager eager = KernelFiles.eager("eager.yaml", text("eager.yaml"));
            products.putAll(eager.matmul());
            return new Kernels(products, eager.elementwise(), KernelFiles.bands("bands.yaml", text("bands.yaml")));
        } catch (BadInput e) {
            throw broken(e);
        }
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(Catalog.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException broken(BadInput e) {
        return new IllegalStateException("the bundled catalog is broken:\n" + e.getMessage(), e);
    }

    private static Fitted<ExpertsConstants> experts(ExpertsFile file) {
        return new Fitted<>(file.sources().values().iterator().next(), file.experts());
    }

    private static Fitted<CollectiveConstants> collectives(CollectivesFile file) {
        return new Fitted<>(file.sources().values().iterator().next(), file.collectives());
    }

    /**
     * The constants of collectives of a software profile in recorded graphs.
     *
     * @param id of the software profile
     */
    public CollectiveConstants.Profile collectivesOf(String id) {
        ProfileEntry entry = Objects.requireNonNull(profiles.get(id), id);
        if (entry.ideal()) {
            return CollectiveConstants.Profile.ideal();
        }
        CollectiveConstants constants = collectives.constants();
        CollectiveConstants.Generation generation =
                Objects.requireNonNull(constants.generations().get(entry.generation()), entry.generation());
        String note = entry.borrowed().isEmpty()
                ? ""
                : "Constants of collectives are those of " + entry.generation() + ": " + entry.borrowed() + ".";
        return new CollectiveConstants.Profile(
                constants.shared(),
                constants.choice(),
                generation,
                CollectiveConstants.Profile.RECORDED,
                true,
                note,
                Provenance.all(collectives.source()));
    }

    /** The stack's record of a software profile that is known to be there, with the constants of its laws. */
    public SoftwareProfile profile(String id) {
        ProfileEntry entry = Objects.requireNonNull(profiles.get(id), id);
        if (entry.ideal()) {
            return entry.profile(kernels, null).withExperts(ExpertsProfile.ideal());
        }
        String note = entry.borrowed().isEmpty()
                ? ""
                : "Constants of the law of experts are those of " + entry.generation() + ": " + entry.borrowed() + ".";
        SoftwareProfile profile = entry.profile(kernels, attentionOf(entry))
                .withExperts(entry.capped(ExpertsProfile.of(
                        experts.constants(), entry.generation(), note, Provenance.all(experts.source()))));
        Bands bands = bandsOf(entry);
        return bands == null ? profile : profile.withBands(bands);
    }

    /** A chip that is made when it is first asked for: candidates are assembled by the thousand and seldom explained. */
    private static final class Once implements Supplier<Chip> {
        private final Supplier<Chip> maker;
        private volatile @Nullable Chip made;

        Once(Supplier<Chip> maker) {
            this.maker = maker;
        }

        @Override
        public Chip get() {
            Chip known = made;
            if (known == null) {
                known = maker.get();
                made = known;
            }
            return known;
        }
    }

    /**
     * The bands of a profile with the constants of a generation; null where nothing of it was measured. Other software on
     * the generation is as far from what was measured as another generation.
     */
    private @Nullable Bands bandsOf(ProfileEntry entry) {
        boolean other = !entry.productsId().equals(entry.generation());
        BandTable.Generation measured = kernels.bands().generations().get(entry.generation());
        return measured == null
                ? null
                : new Bands(
                        kernels.bands(),
                        entry.generation(),
                        new Once(() -> chip(measured.chip())),
                        other || !entry.borrowed().isEmpty());
    }

    /** The stack's record of a chip that is known to be there. */
    public Chip chip(String id) {
        ChipEntry entry = Objects.requireNonNull(chips.get(id), id);
        return entry.chip(memory(entry.memory().generation()), lanes("serdes-112g"));
    }

    private @Nullable AttentionSoftware attentionOf(ProfileEntry entry) {
        return entry.attention() == null
                ? null
                : Objects.requireNonNull(attention.get(entry.attention()), entry.attention());
    }

    /** The stack's record of a memory generation that is known to be there. */
    public MemoryGeneration memory(String id) {
        return Objects.requireNonNull(memories.get(id), id).generation();
    }

    /** The stack's record of a generation of lanes that is known to be there. */
    public LinkGeneration lanes(String id) {
        return Objects.requireNonNull(links.get(id), id).generation();
    }

    /** The stack's record of a design that is known to be there. */
    public ChipDesign design(String id) {
        return design(id, Sourced::mid);
    }

    /**
     * The stack's record of a design at one end of what it may cost.
     *
     * @param id of the design
     * @param money takes prices and defect density at one end of their range
     */
    public ChipDesign design(String id, ToDoubleFunction<Sourced> money) {
        DesignEntry entry = Objects.requireNonNull(designs.get(id), id);
        Provenance given =
                Provenance.all(new Source(id, entry.name() + ": " + String.join("; ", entry.sources()), "", ""));
        return new Designs(this, money).design(entry.name(), entry.chip(), 0, 0, entry.volume(), given);
    }

    /** The stack's constants of built chips. */
    public Silicon siliconConstants() {
        return silicon.silicon();
    }
}
