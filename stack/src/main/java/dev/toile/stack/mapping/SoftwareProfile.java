package dev.toile.stack.mapping;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.attention.AttentionSoftware;
import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.mapping.elementwise.ElementwiseConstants;
import dev.toile.stack.mapping.experts.ExpertsProfile;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a software stack makes of a generation of chips.
 *
 * @param name such as {@code tensorrt-llm-hopper}
 * @param attained share of the dense peak that the family's best kernel reaches; for families bound by memory it is
 *     still the share of the tensor peak
 * @param bandwidthShare share of the memory bandwidth that long streams reach
 * @param launch seconds of the shortest call of a family
 * @param tiles output tiles of grouped products
 * @param matmul constants of dense products
 * @param memoryFraction share of the memory that weights, cache and activations may fill
 * @param collectiveCall seconds of the shortest collective
 * @param attention constants of its attention kernels; null where there are none
 * @param borrowed why this profile is used for a chip it was not measured on; empty when it was measured
 * @param provenance where these numbers come from
 * @param experts constants of the law of experts; null for the roofline
 * @param style how attention runs
 * @param elementwise constants of elementwise work; null where launch and bytes are all that is known
 * @param bands how far its predictions may be off; null when nobody says
 */
public record SoftwareProfile(
        String name,
        Map<KernelFamily, Double> attained,
        double bandwidthShare,
        Map<KernelFamily, Double> launch,
        List<Tile> tiles,
        Calibrated<MatmulKernels> matmul,
        double memoryFraction,
        double collectiveCall,
        @Nullable AttentionSoftware attention,
        String borrowed,
        Provenance provenance,
        @Nullable ExpertsProfile experts,
        AttentionStyle style,
        @Nullable Calibrated<ElementwiseConstants> elementwise,
        @Nullable Bands bands) {

    /** Copies the tables and checks that every family is there. */
    public SoftwareProfile {
        attained = Map.copyOf(new EnumMap<>(attained));
        launch = Map.copyOf(new EnumMap<>(launch));
        tiles = List.copyOf(tiles);
        for (KernelFamily family : KernelFamily.values()) {
            if (!attained.containsKey(family) || !launch.containsKey(family)) {
                throw new IllegalArgumentException("profile " + name + " says nothing of " + family);
            }
        }
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException("profile " + name + " has no tiles");
        }
        if (style == AttentionStyle.UNFUSED && elementwise == null) {
            throw new IllegalArgumentException("profile " + name + " runs softmax by itself, without constants for it");
        }
    }

    /** Share of the dense peak a family reaches. */
    public double attained(KernelFamily family) {
        return Objects.requireNonNull(attained.get(family));
    }

    /** Seconds of the shortest call of a family. */
    public double launch(KernelFamily family) {
        return Objects.requireNonNull(launch.get(family));
    }

    /** This profile with attention run in another way, and elementwise work by other constants. */
    public SoftwareProfile withAttention(AttentionStyle other, @Nullable Calibrated<ElementwiseConstants> constants) {
        return with(tiles, memoryFraction, matmul, experts, other, constants, bands);
    }

    /** This profile with another tile menu, for a chip whose tensor engines have another shape. */
    public SoftwareProfile withTiles(List<Tile> menu) {
        return with(
                menu, memoryFraction, products(matmul.kernels().withTiles(menu)), experts, style, elementwise, bands);
    }

    /** This profile on a chip that knows its own energy per flop, so that nothing fitted to another chip's limits its clock. */
    public SoftwareProfile withChipEnergy() {
        return with(
                tiles, memoryFraction, products(matmul.kernels().withChipEnergy()), experts, style, elementwise, bands);
    }

    /** This profile with the law of experts. */
    public SoftwareProfile withExperts(ExpertsProfile constants) {
        return with(tiles, memoryFraction, matmul, constants, style, elementwise, bands);
    }

    /** This profile with grouped products of 8 bit and less at another rate, where they are bound by arithmetic. */
    public SoftwareProfile withNarrowExperts(double factor) {
        return experts == null ? this : withExperts(experts.withNarrowRate(factor));
    }

    /** This profile with products of 8 bit and less at another rate, where they are bound by arithmetic. */
    public SoftwareProfile withNarrowProducts(double factor) {
        MatmulKernels kernels = matmul.kernels().withNarrowRate(factor);
        return with(tiles, memoryFraction, products(kernels), experts, style, elementwise, bands);
    }

    /** This profile where another share of the memory may be filled. */
    public SoftwareProfile withMemoryFraction(double share) {
        return with(tiles, share, matmul, experts, style, elementwise, bands);
    }

    /** This profile with bands. */
    public SoftwareProfile withBands(Bands known) {
        return with(tiles, memoryFraction, matmul, experts, style, elementwise, known);
    }

    private Calibrated<MatmulKernels> products(MatmulKernels kernels) {
        return new Calibrated<>(kernels, matmul.source());
    }

    private SoftwareProfile with(
            List<Tile> menu,
            double memory,
            Calibrated<MatmulKernels> products,
            @Nullable ExpertsProfile routed,
            AttentionStyle attentionStyle,
            @Nullable Calibrated<ElementwiseConstants> passes,
            @Nullable Bands known) {
        return new SoftwareProfile(
                name,
                attained,
                bandwidthShare,
                launch,
                menu,
                products,
                memory,
                collectiveCall,
                attention,
                borrowed,
                provenance,
                routed,
                attentionStyle,
                passes,
                known);
    }

    /** {@link #attained(KernelFamily)} as a figure. */
    public Figure attainedFigure(KernelFamily family) {
        String id = "attained-" + id(family);
        return provenance.figure(id, "share of peak " + name + " attains", attained(family), Unit.SHARE);
    }

    /** Share of the memory bandwidth long streams reach. */
    public Figure bandwidthShareFigure() {
        return provenance.figure(
                "bandwidth-share", "share of memory bandwidth " + name + " attains", bandwidthShare, Unit.SHARE);
    }

    /** Launch floor of a family. */
    public Figure launchFigure(KernelFamily family) {
        String id = "launch-" + id(family);
        return provenance.figure(id, "shortest call under " + name, launch(family), Unit.SECOND);
    }

    /** Share of the memory that may be filled. */
    public Figure memoryFractionFigure() {
        return provenance.figure(
                "memory-fraction", "share of the memory " + name + " fills", memoryFraction, Unit.SHARE);
    }

    private static String id(KernelFamily family) {
        return family.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
