package dev.toile.catalog;

import dev.toile.catalog.bind.Binder;
import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Sources;
import dev.toile.catalog.entry.ChipEntry;
import dev.toile.catalog.entry.HostEntry;
import dev.toile.catalog.entry.MemoryEntry;
import dev.toile.catalog.entry.ProcessEntry;
import dev.toile.catalog.entry.ProfileEntry;
import dev.toile.catalog.entry.SystemEntry;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.AttentionStyle;
import dev.toile.stack.mapping.KernelFamily;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A user's own catalog file beside a study: entries of any kind in the form of the bundled ones. An entry of a name that
 * is there already takes its place.
 */
final class OwnCatalog {

    private OwnCatalog() {}

    private record Entries(
            @Default("{}") Map<String, Source> sources,
            @Default("{}") Map<String, ProcessEntry> processes,
            @Default("{}") Map<String, MemoryEntry> memories,
            @Default("{}") Map<String, ChipEntry> chips,
            @Default("{}") Map<String, HostEntry> hosts,
            @Default("{}") Map<String, SystemEntry> systems,
            @Default("{}") Map<String, ProfileEntry> profiles) {}

    /** The catalog with the entries of a file; what they refer to must be there. */
    static Catalog over(Catalog base, Path file) throws BadInput {
        Node document = Documents.read(file);
        Problems problems = new Problems();
        Entries own = Binder.forCatalog(Sources.read(document, problems)).bind(document, Entries.class, problems);
        problems.throwIfAny();
        if (own == null) {
            throw new IllegalStateException("a catalog without problems does not bind");
        }
        Catalog merged = new Catalog(
                merged(base.processes(), own.processes()),
                merged(base.memories(), own.memories()),
                merged(base.chips(), own.chips()),
                merged(base.hosts(), own.hosts()),
                merged(base.systems(), own.systems()),
                merged(base.profiles(), own.profiles()),
                base.kernels(),
                base.experts(),
                base.collectives(),
                base.attention(),
                base.links(),
                base.designs(),
                base.silicon(),
                base.economics());
        own.chips().forEach((id, chip) -> {
            Location at = place(document, "chips", id);
            known(
                    at,
                    "memory generation",
                    chip.memory().generation(),
                    merged.memories().keySet(),
                    problems);
            known(at, "software profile", chip.profile(), merged.profiles().keySet(), problems);
            known(at, "process", chip.process(), merged.processes().keySet(), problems);
            if (chip.idlePower().mid() > chip.power().mid()) {
                problems.add(
                        at,
                        "the chip takes more power idle than at work",
                        Unit.WATT.format(chip.idlePower().mid()),
                        "idle-power of at most " + Unit.WATT.format(chip.power().mid()),
                        "exchange power and idle-power");
            }
        });
        own.profiles().forEach((id, profile) -> {
            complete(place(document, "profiles", id), profile, problems);
            known(
                    place(document, "profiles", id),
                    "generation of fitted constants",
                    profile.generation(),
                    base.collectives().constants().generations().keySet(),
                    problems);
            references(place(document, "profiles", id), profile, base, problems);
        });
        own.systems().forEach((id, system) -> {
            Location at = place(document, "systems", id);
            known(at, "host", system.host(), merged.hosts().keySet(), problems);
            if (system.chip() != null) {
                known(at, "chip", system.chip(), merged.chips().keySet(), problems);
            }
        });
        problems.throwIfAny();
        return merged;
    }

    /** The fitted constants that a profile names are there, and unfused attention has those of its softmax. */
    private static void references(Location at, ProfileEntry profile, Catalog base, Problems problems) {
        if (profile.attention() != null) {
            known(
                    at,
                    "attention constants",
                    profile.attention(),
                    base.attention().keySet(),
                    problems);
        }
        if (profile.products() != null) {
            known(
                    at,
                    "constants of dense products",
                    profile.products(),
                    base.kernels().matmul().keySet(),
                    problems);
        }
        if (profile.elementwise() != null) {
            known(
                    at,
                    "constants of elementwise work",
                    profile.elementwise(),
                    base.kernels().elementwise().keySet(),
                    problems);
        } else if (profile.attentionStyle() == AttentionStyle.UNFUSED) {
            problems.add(
                    at,
                    "unfused attention runs a softmax, of which nothing is said",
                    "",
                    "elementwise: one of "
                            + String.join(", ", base.kernels().elementwise().keySet()),
                    "");
        }
    }

    /** A profile speaks of every family of kernels and has a menu of tiles. */
    private static void complete(Location at, ProfileEntry profile, Problems problems) {
        for (KernelFamily family : KernelFamily.values()) {
            if (!profile.attained().containsKey(family) || !profile.launch().containsKey(family)) {
                String name = family.name().toLowerCase(Locale.ROOT).replace('_', '-');
                problems.add(at, "attained or launch lacks a family of kernels", name, "both with every family", "");
            }
        }
        if (profile.tiles().isEmpty()) {
            problems.add(at, "the menu of tiles is empty", "[]", "at least one tile such as 128x128", "");
        }
    }

    private static <T> SequencedMap<String, T> merged(Map<String, T> base, Map<String, T> own) {
        SequencedMap<String, T> all = new LinkedHashMap<>(base);
        all.putAll(own);
        return all;
    }

    private static Location place(Node document, String kind, String id) {
        if (document instanceof MapNode map && map.get(kind) instanceof MapNode entries) {
            MapNode.Entry entry = entries.entries().get(id);
            if (entry != null) {
                return entry.keyLocation();
            }
        }
        return document.location();
    }

    private static void known(Location at, String kind, String id, Collection<String> all, Problems problems) {
        if (!all.contains(id)) {
            problems.add(
                    at,
                    "the catalog knows no " + kind + " of this name",
                    "'" + id + "'",
                    "one of " + String.join(", ", all),
                    Names.nearest(id, all).orElse(""));
        }
    }
}
