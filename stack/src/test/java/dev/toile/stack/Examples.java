package dev.toile.stack;

import dev.toile.stack.chip.ByType;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.chip.Engines;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.finance.Economics;
import dev.toile.stack.mapping.AttentionStyle;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.ChipMapper;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.KernelFamily;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.mapping.Tile;
import dev.toile.stack.mapping.matmul.MatmulFormat;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import dev.toile.stack.mapping.matmul.MatmulPath;
import dev.toile.stack.mapping.matmul.MatmulPhysics;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.program.Limits;
import dev.toile.stack.rack.HostCpu;
import dev.toile.stack.rack.HostWork;
import dev.toile.stack.rack.RackSystem;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.site.Site;
import dev.toile.stack.workload.AttentionLayer;
import dev.toile.stack.workload.FeedForward;
import dev.toile.stack.workload.Lengths;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.Traffic;
import dev.toile.stack.workload.Transformer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Examples for the tests. They have the size of things one can buy, so that results are in a familiar range, but no test
 * takes one of their numbers for the truth about the world: that is what the catalog is for.
 */
public final class Examples {

    /** Where every number of an example comes from. */
    public static final Provenance EXAMPLE =
            Provenance.all(new Source("example", "example value of the tests", "", "2026"));

    private static final double GIB = 1024.0 * 1024 * 1024;

    private Examples() {}

    /** Example chip of the size of an H100. */
    public static Chip h100() {
        return new Chip(
                "H100-like example",
                new Engines(132, 0, 0, 228 * 1024, 16),
                1.83e9,
                ByType.of(Map.of(
                        DataType.BF16, 989e12,
                        DataType.FP16, 989e12,
                        DataType.FP8, 1978e12,
                        DataType.INT8, 1978e12)),
                50e6,
                80 * GIB,
                3.35e12,
                450e9,
                700,
                70,
                energies(0.8e-12),
                31e-12,
                45e-12,
                814e-6,
                28_000,
                Double.NaN,
                EXAMPLE);
    }

    /** Example chip of the size of an A100: no 8-bit floating point. */
    public static Chip a100() {
        return new Chip(
                "A100-like example",
                new Engines(108, 0, 0, 164 * 1024, 16),
                1.41e9,
                ByType.of(Map.of(
                        DataType.BF16, 312e12,
                        DataType.FP16, 312e12,
                        DataType.INT8, 624e12)),
                40e6,
                80 * GIB,
                2.039e12,
                300e9,
                400,
                55,
                energies(1.1e-12),
                34e-12,
                50e-12,
                826e-6,
                15_000,
                Double.NaN,
                EXAMPLE);
    }

    private static ByType energies(double sixteenBit) {
        return ByType.of(Map.of(
                DataType.BF16,
                sixteenBit,
                DataType.FP16,
                sixteenBit,
                DataType.FP8,
                sixteenBit / 2,
                DataType.INT8,
                sixteenBit / 2));
    }

    /** Example software: attains less than everything, and each call costs microseconds. */
    public static SoftwareProfile profile() {
        EnumMap<KernelFamily, Double> attained = new EnumMap<>(KernelFamily.class);
        EnumMap<KernelFamily, Double> launch = new EnumMap<>(KernelFamily.class);
        for (KernelFamily family : KernelFamily.values()) {
            attained.put(family, 0.6);
            launch.put(family, 3e-6);
        }
        attained.put(KernelFamily.MATMUL, 0.75);
        attained.put(KernelFamily.DECODE_ATTENTION, 0.3);
        launch.put(KernelFamily.GROUPED_MATMUL, 8e-6);
        return profile(attained, 0.9, launch, kernels(0.9, 0.02, 3e-6, 150, 3));
    }

    /** Example software that loses nothing: the roofline itself, but for tiles. */
    public static SoftwareProfile ideal() {
        EnumMap<KernelFamily, Double> attained = new EnumMap<>(KernelFamily.class);
        EnumMap<KernelFamily, Double> launch = new EnumMap<>(KernelFamily.class);
        for (KernelFamily family : KernelFamily.values()) {
            attained.put(family, 1.0);
            launch.put(family, 0.0);
        }
        return profile(attained, 1, launch, kernels(1, 1e6, 0, 0, 64));
    }

    private static SoftwareProfile profile(
            Map<KernelFamily, Double> attained,
            double bandwidthShare,
            Map<KernelFamily, Double> launch,
            MatmulKernels kernels) {
        Calibrated<MatmulKernels> matmul = new Calibrated<>(kernels, Source.definition("example"));
        return new SoftwareProfile(
                "example software",
                attained,
                bandwidthShare,
                launch,
                MENU,
                matmul,
                0.9,
                8e-6,
                null,
                "",
                EXAMPLE,
                null,
                AttentionStyle.FUSED,
                null,
                null);
    }

    private static final List<Tile> MENU =
            List.of(new Tile(64, 64), new Tile(64, 128), new Tile(128, 128), new Tile(128, 256), new Tile(256, 128));

    /** Kernels of dense products with round constants; the same for all formats. */
    private static MatmulKernels kernels(
            double memoryShare, double operandBytes, double launch, double shortestStep, double overlap) {
        MatmulPath path = new MatmulPath(
                0,
                shortestStep,
                1,
                memoryShare == 1 ? 1 : 0.75 / memoryShare,
                0,
                0,
                0,
                0,
                0,
                64,
                MatmulPath.Split.STREAM,
                64,
                launch,
                MatmulPath.Skinny.NONE,
                MENU);
        MatmulPhysics physics = new MatmulPhysics(memoryShare, 0.85, overlap, overlap, memoryShare, 10, 1.5);
        return new MatmulKernels(physics, operandBytes, launch, Map.of(MatmulFormat.BF16, path));
    }

    /** Example network of a chip: domains of eight, one adapter a chip. */
    public static Fabric fabric(Chip chip) {
        return new Fabric(8, chip.scaleUp(), 0.8, 0.8e-6, 8e-6, true, 50e9, 0.95, 8e-6, EXAMPLE);
    }

    /** Example server with eight accelerators. */
    public static RackSystem server() {
        HostCpu host = new HostCpu("example host", "x86", 56, 500, 12_000, EXAMPLE);
        return new RackSystem(
                "example server",
                8,
                host,
                4,
                List.of(
                        new RackSystem.Part("scale-out adapters", 8, 1_700, 35, EXAMPLE),
                        new RackSystem.Part("chassis (residual)", 1, 31_400, 2_860, EXAMPLE)),
                EXAMPLE);
    }

    /** Example site. */
    public static Site site() {
        return new Site(1.15, 1.25, 0.03, 57 / 3.6e9, 12.5, EXAMPLE);
    }

    /** Example economics. */
    public static Economics economics() {
        return new Economics(5 * Economics.YEAR, 14 * Economics.YEAR, 0.08, 0.02, 0.97, 0.03, EXAMPLE);
    }

    /** Example host work: 3 ms a request, 25 us a token. */
    public static HostWork hostWork() {
        return new HostWork(3e-3, 25e-6, EXAMPLE);
    }

    /** Example model with grouped queries, of the shape of an 8B model: 32 layers of 4,096 features. */
    public static Transformer dense8b() {
        return dense("example 8B", 4096, 32, 32, 8, 14_336, 128_256);
    }

    /** Example model with grouped queries, of the shape of a 70B model: 80 layers of 8,192 features. */
    public static Transformer dense70b() {
        return dense("example 70B", 8192, 80, 64, 8, 28_672, 128_256);
    }

    /** Dense model with gated feed-forward layers, rotary positions, no biases and an output head of its own. */
    public static Transformer dense(
            String name, int hidden, int layers, int heads, int keyValueHeads, int width, int vocabulary) {
        AttentionLayer attention =
                new AttentionLayer.GroupedQuery(heads, keyValueHeads, hidden / heads, false, false, false);
        FeedForward forward = new FeedForward.Dense(width, true, false);
        return new Transformer(
                name,
                "example",
                hidden,
                vocabulary,
                false,
                0,
                1,
                List.of(new Transformer.LayerRun(layers, attention, forward)));
    }

    /** Example toy with a dense first layer and routed experts with a shared one in the others. */
    public static Transformer experts() {
        AttentionLayer attention = new AttentionLayer.GroupedQuery(16, 4, 128, false, false, true);
        return new Transformer(
                "example experts",
                "example",
                2048,
                32_000,
                false,
                0,
                1,
                List.of(
                        new Transformer.LayerRun(1, attention, new FeedForward.Dense(8192, true, false)),
                        new Transformer.LayerRun(
                                11, attention, new FeedForward.MixtureOfExperts(32, 4, 1024, 1024, false))));
    }

    /** Example toy with latent attention. */
    public static Transformer latent() {
        AttentionLayer attention = new AttentionLayer.Latent(16, 768, 512, 64, 128, 128);
        return new Transformer(
                "example latent",
                "example",
                2048,
                32_000,
                false,
                0,
                1,
                List.of(new Transformer.LayerRun(12, attention, new FeedForward.Dense(8192, true, false))));
    }

    /** Example traffic: chat, a request a second in the mean. */
    public static Traffic chat() {
        return new Traffic(1, 2, new Lengths(1000, 1800), new Lengths(250, 400), 0.2, EXAMPLE);
    }

    /** Steps of a model on a chip with the example network and software. */
    public static StepTimer timer(Transformer model, Chip chip) {
        return new StepTimer(
                model,
                Precision.BF16,
                chip,
                new ChipMapper(chip, profile(), Conditions.DEPLOYED),
                new Collectives(fabric(chip)));
    }

    /** A candidate around a chip, bought and owned. */
    public static Candidate candidate(Chip chip) {
        return new Candidate(
                "example with " + chip.name(),
                Candidate.Kind.BUY,
                chip,
                List.of(),
                profile(),
                fabric(chip),
                server(),
                site(),
                economics(),
                hostWork(),
                Limits.NONE,
                ServingPlanner.Modes.BOTH,
                null,
                List.of(),
                null,
                List.of());
    }

    private static Engines engines(Chip c, double count, double rows, double columns) {
        return new Engines(
                count, rows, columns, c.engines().memory(), c.engines().exponentials());
    }

    /** The chip with its bandwidth, peak rates and engines multiplied. */
    public static Chip scaled(Chip c, double bandwidth, double peak, double units) {
        EnumMap<DataType, Double> rates = new EnumMap<>(DataType.class);
        for (DataType type : DataType.values()) {
            if (c.peak().has(type)) {
                rates.put(type, c.peak().get(type) * peak);
            }
        }
        return new Chip(
                c.name(),
                engines(
                        c,
                        Math.rint(c.units() * units),
                        c.engines().rows(),
                        c.engines().columns()),
                c.clock(),
                ByType.of(rates),
                c.cache(),
                c.memoryCapacity(),
                c.memoryBandwidth() * bandwidth,
                c.scaleUp(),
                c.power(),
                c.idlePower(),
                c.flopEnergy(),
                c.memoryEnergy(),
                c.linkEnergy(),
                c.area(),
                c.price(),
                c.cost(),
                c.provenance());
    }

    /** The chip with its last-level cache multiplied. */
    public static Chip withCache(Chip c, double more) {
        return new Chip(
                c.name(),
                c.engines(),
                c.clock(),
                c.peak(),
                c.cache() * more,
                c.memoryCapacity(),
                c.memoryBandwidth(),
                c.scaleUp(),
                c.power(),
                c.idlePower(),
                c.flopEnergy(),
                c.memoryEnergy(),
                c.linkEnergy(),
                c.area(),
                c.price(),
                c.cost(),
                c.provenance());
    }

    /** The chip with another memory size and with systolic arrays of a size; 0 for none. */
    public static Chip shaped(Chip c, double capacity, double array) {
        return new Chip(
                c.name(),
                engines(c, c.units(), array, array),
                c.clock(),
                c.peak(),
                c.cache(),
                c.memoryCapacity() * capacity,
                c.memoryBandwidth(),
                c.scaleUp(),
                c.power(),
                c.idlePower(),
                c.flopEnergy(),
                c.memoryEnergy(),
                c.linkEnergy(),
                c.area(),
                c.price(),
                c.cost(),
                c.provenance());
    }
}
