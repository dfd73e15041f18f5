package dev.toile.catalog;

import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.entry.ChipSpec;
import dev.toile.catalog.entry.ChipSpec.ArraySpec;
import dev.toile.catalog.entry.ChipSpec.CoreSpec;
import dev.toile.catalog.entry.ChipSpec.SharedSpec;
import dev.toile.catalog.entry.ProcessEntry;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.chip.BaseDies;
import dev.toile.stack.chip.ByType;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.chip.Core;
import dev.toile.stack.chip.LinkGeneration;
import dev.toile.stack.chip.Links;
import dev.toile.stack.chip.MemoryGeneration;
import dev.toile.stack.chip.MemorySystem;
import dev.toile.stack.chip.SharedMemory;
import dev.toile.stack.chip.Silicon;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes designs of the stack out of parts as they are written. Entries become records of the stack once. */
public final class Designs {
    private static final Pattern FEATURE = Pattern.compile("(\\d+(?:\\.\\d+)?) ?nm");

    private final Catalog catalog;
    private final Silicon silicon;
    private final Map<String, Optional<ProcessNode>> nodes = new ConcurrentHashMap<>();
    private final Map<String, MemoryGeneration> memories = new ConcurrentHashMap<>();
    private final Map<String, LinkGeneration> lanes = new ConcurrentHashMap<>();

    private final ToDoubleFunction<Sourced> money;

    /** Designs of the parts that a catalog knows. */
    public Designs(Catalog catalog) {
        this(catalog, Sourced::mid);
    }

    /**
     * Designs at one end of what they may cost.
     *
     * @param catalog that knows the parts
     * @param money takes prices and defect density at one end of their range
     */
    public Designs(Catalog catalog, ToDoubleFunction<Sourced> money) {
        this.catalog = catalog;
        this.money = money;
        this.silicon = catalog.silicon().silicon(money);
    }

    /**
     * Adds a problem for everything that a specification names and the catalog does not know.
     *
     * @return whether it knows all
     */
    public boolean check(ChipSpec spec, Location at, Problems problems) {
        boolean fine = true;
        if (node(spec.process()).isEmpty()) {
            unknown("process", spec.process(), catalog.processes().keySet(), at, problems);
            fine = false;
        }
        ChipSpec.BaseSpec base = spec.base();
        if (base != null && node(base.process()).isEmpty()) {
            unknown("process", base.process(), catalog.processes().keySet(), at, problems);
            fine = false;
        }
        fine &= known(
                "memory generation", spec.hbm().generation(), catalog.memories().keySet(), at, problems);
        for (String id : List.of(
                spec.links().scaleUp(), spec.links().scaleOut(), spec.links().host())) {
            fine &= known("generation of lanes", id, catalog.links().keySet(), at, problems);
        }
        return multiplies(spec, at, problems) && fine;
    }

    private boolean multiplies(ChipSpec spec, Location at, Problems problems) {
        if (spec.types().isEmpty()) {
            problems.add(at, "the tensor units multiply nothing", "{}", "at least one type", "types: {bf16: 1}");
            return false;
        }
        for (DataType type : spec.types().keySet()) {
            if (!silicon.flopEnergy().has(type)) {
                String seen = type.toString().toLowerCase(Locale.ROOT);
                problems.add(at, "no energy is known for this type", seen, "types such as bf16, fp8, int8 or fp4", "");
                return false;
            }
        }
        return true;
    }

    private static boolean known(String kind, String id, Collection<String> all, Location at, Problems problems) {
        if (!all.contains(id)) {
            unknown(kind, id, all, at, problems);
            return false;
        }
        return true;
    }

    private static void unknown(String kind, String id, Collection<String> all, Location at, Problems problems) {
        problems.add(
                at,
                "the catalog knows no " + kind + " of this name",
                "'" + id + "'",
                "one of " + String.join(", ", all),
                Names.nearest(id, all).orElse(""));
    }

    /** A node by its id, or for a feature size such as 8nm one between its neighbours in the catalog. */
    public Optional<ProcessNode> node(String id) {
        return nodes.computeIfAbsent(id, this::findNode);
    }

    private Optional<ProcessNode> findNode(String id) {
        ProcessEntry entry = catalog.processes().get(id);
        if (entry != null) {
            return Optional.of(entry.node(money));
        }
        Matcher size = FEATURE.matcher(id);
        return size.matches() ? between(Double.parseDouble(size.group(1)) * 1e-9) : Optional.empty();
    }

    private Optional<ProcessNode> between(double feature) {
        List<ProcessNode> all = catalog.processes().values().stream()
                .map(entry -> entry.node(money))
                .sorted(Comparator.comparingDouble(ProcessNode::feature))
                .toList();
        Optional<ProcessNode> fine =
                all.reversed().stream().filter(n -> n.feature() <= feature).findFirst();
        Optional<ProcessNode> coarse =
                all.stream().filter(n -> n.feature() >= feature).findFirst();
        return fine.flatMap(f -> coarse.map(c -> ProcessNode.between(c, f, feature)));
    }

    /**
     * The design of a specification that has been checked.
     *
     * @param name of the chip
     * @param spec its parts
     * @param scaleUp bytes/s where the specification leaves them open
     * @param scaleOut bytes/s where the specification leaves them open
     * @param volume packages that share the one-time cost
     * @param given where the choices come from
     */
    public ChipDesign design(
            String name, ChipSpec spec, double scaleUp, double scaleOut, double volume, Provenance given) {
        ProcessNode process = node(spec.process()).orElseThrow();
        int dies = spec.computeDies();
        MemorySystem memory = memory(spec.hbm(), given);
        double spares = spec.spareUnits() != null
                ? spec.spareUnits()
                : Math.ceil(spec.tensorUnits() * silicon.harvest() / (1 - silicon.harvest()) - 1e-9);
        BaseDies base = base(spec, process, memory);
        double between =
                dies == 1 || base != null ? 0 : or(spec.dieToDie(), memory.totalBandwidth() * (dies - 1) / dies);
        return new ChipDesign(
                name,
                process,
                dies,
                spec.tensorUnits(),
                spares,
                core(spec),
                shared(spec),
                memory,
                links(spec, scaleUp, scaleOut),
                between,
                base,
                spec.packaging(),
                or(spec.clock(), process.clock()),
                spec.clockGating(),
                spec.fixedClock(),
                or(spec.powerLimit(), Double.POSITIVE_INFINITY),
                volume,
                silicon,
                given);
    }

    private @Nullable BaseDies base(ChipSpec spec, ProcessNode process, MemorySystem memory) {
        ChipSpec.BaseSpec base = spec.base();
        if (base == null) {
            return null;
        }
        int dies = base.dies();
        return new BaseDies(
                node(base.process()).orElseThrow(),
                dies,
                base.sram(),
                base.kind(),
                or(base.bandwidth(), 48.0 * spec.tensorUnits()),
                base.network(),
                or(base.clock(), or(spec.clock(), process.clock())),
                dies == 1 ? 0 : or(base.between(), memory.totalBandwidth() * (dies - 1) / dies));
    }

    private MemorySystem memory(ChipSpec.MemorySpec spec, Provenance given) {
        MemoryGeneration generation = memories.computeIfAbsent(spec.generation(), this::generationOf);
        int sites = Math.max(spec.stacks(), spec.sites() == null ? spec.stacks() : spec.sites());
        return new MemorySystem(
                generation,
                spec.stacks(),
                sites,
                spec.interfaces() == null ? sites : spec.interfaces(),
                or(spec.bandwidth(), generation.bandwidth()),
                or(spec.capacity(), generation.capacity()),
                given);
    }

    private MemoryGeneration generationOf(String id) {
        return Objects.requireNonNull(catalog.memories().get(id), id).generation(money);
    }

    private Core core(ChipSpec spec) {
        ArraySpec array = spec.array();
        CoreSpec core = spec.core();
        double macs = (double) array.rows() * array.columns() * array.depth() / array.cycles();
        return new Core(
                array.flow(),
                array.rows(),
                array.columns(),
                array.depth(),
                array.cycles(),
                ByType.of(spec.types()),
                or(core.vectorLanes(), array.columns()),
                core.doubleUnits(),
                core.narrowUnits(),
                core.issueSlots(),
                core.registers(),
                core.localMemory(),
                or(core.exponentials(), macs * silicon.exponentialsPerMac()));
    }

    private static SharedMemory shared(ChipSpec spec) {
        SharedSpec shared = spec.shared();
        return new SharedMemory(
                spec.sram() + shared.spare(),
                spec.sram(),
                shared.kind(),
                or(shared.bandwidth(), 48.0 * spec.tensorUnits()),
                shared.network());
    }

    private List<Links> links(ChipSpec spec, double scaleUp, double scaleOut) {
        ChipSpec.LinkSpec links = spec.links();
        List<Links> all = new ArrayList<>();
        add(all, Links.of(ChipDesign.SCALE_UP, generation(links.scaleUp()), or(spec.scaleUp(), scaleUp)));
        add(all, Links.of("scale-out", generation(links.scaleOut()), or(spec.scaleOut(), scaleOut)));
        add(all, new Links(ChipDesign.HOST, generation(links.host()), links.hostLanes()));
        return all;
    }

    private static void add(List<Links> all, Links links) {
        if (links.lanes() > 0) {
            all.add(links);
        }
    }

    private LinkGeneration generation(String id) {
        return lanes.computeIfAbsent(id, catalog::lanes);
    }

    private static double or(@Nullable Double value, double otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }
}
