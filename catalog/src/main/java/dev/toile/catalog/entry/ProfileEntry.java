package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.mapping.AttentionStyle;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.KernelFamily;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.mapping.Tile;
import dev.toile.stack.mapping.attention.AttentionSoftware;
import dev.toile.stack.mapping.experts.ExpertsProfile;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One software profile in {@code profiles.yaml}.
 *
 * @param name of the software and the generation of chips
 * @param attained share of the dense peak that a family of kernels reaches
 * @param bandwidthShare share of the memory bandwidth that long streams reach
 * @param launch shortest call of a family of kernels
 * @param collectiveCall shortest collective
 * @param memoryFraction share of the memory that may be filled
 * @param tiles menu of output tiles, rows x columns
 * @param generation of chips whose fitted constants it takes: ampere, hopper or blackwell
 * @param matmulTiles menu of dense products where it is not that of those kernels
 * @param attention id of its attention constants in {@code attention.yaml}; absent where a roofline has to do
 * @param attainedCaps whether the attained shares of dense and grouped products cap the kernels it borrows: they were
 *     measured on this generation, the kernels were not
 * @param borrowed why it is used where it was not measured; empty when it was
 * @param products id of its constants of dense products where they are not those of the generation
 * @param elementwise id of its constants of elementwise work; absent where launch and bytes are all that is known
 * @param attentionStyle how attention runs; {@code ideal} makes experts and collectives lose nothing, too
 * @param weightsShare share of the memory bandwidth at which dense products stream their weights, where it was measured on
 *     this generation and the kernels were not
 */
@Doc("What a software stack makes of a generation of chips")
public record ProfileEntry(
        String name,
        @Unit("1") Map<KernelFamily, Sourced> attained,
        @Unit("1") Sourced bandwidthShare,
        @Unit("s") Map<KernelFamily, Sourced> launch,
        @Unit("s") Sourced collectiveCall,
        @Unit("1") Sourced memoryFraction,
        List<Tile> tiles,
        @Default("hopper") String generation,
        @Default("[]") List<Tile> matmulTiles,
        @Nullable String attention,
        @Default("false") boolean attainedCaps,
        @Default("") String borrowed,
        @Nullable String products,
        @Nullable String elementwise,
        @Default("fused") AttentionStyle attentionStyle,
        @Nullable @Unit("1") Sourced weightsShare) {

    /**
     * The profile of the stack.
     *
     * @param fitted kernels by generation, this one's among them
     * @param kernels its attention constants; null where there are none
     */
    public SoftwareProfile profile(Kernels fitted, @Nullable AttentionSoftware kernels) {
        Citations citations = new Citations("the software profile " + name)
                .add("bandwidth-share", bandwidthShare)
                .add("collective-call", collectiveCall)
                .add("memory-fraction", memoryFraction);
        if (weightsShare != null) {
            citations.add("weights-share", weightsShare);
        }
        Map<KernelFamily, Double> shares = new EnumMap<>(KernelFamily.class);
        attained.forEach((family, share) -> {
            citations.add("attained-" + kebab(family), share);
            shares.put(family, share.mid());
        });
        Map<KernelFamily, Double> floors = new EnumMap<>(KernelFamily.class);
        launch.forEach((family, floor) -> {
            citations.add("launch-" + kebab(family), floor);
            floors.put(family, floor.mid());
        });
        return new SoftwareProfile(
                name,
                shares,
                bandwidthShare.mid(),
                floors,
                tiles,
                matmul(fitted),
                memoryFraction.mid(),
                collectiveCall.mid(),
                kernels,
                borrowed,
                citations.provenance(),
                null,
                attentionStyle,
                elementwise == null ? null : fitted.elementwise(elementwise),
                null);
    }

    /** Experts under the shares of peak that were measured on this generation. */
    public ExpertsProfile capped(ExpertsProfile routed) {
        return attainedCaps ? routed.capped(share(KernelFamily.GROUPED_MATMUL)) : routed;
    }

    /** Whether the software loses nothing. */
    public boolean ideal() {
        return attentionStyle == AttentionStyle.IDEAL;
    }

    /** Id of its constants of dense products. */
    public String productsId() {
        return products == null ? generation : products;
    }

    private Calibrated<MatmulKernels> matmul(Kernels fitted) {
        Calibrated<MatmulKernels> found = Objects.requireNonNull(fitted.matmul().get(productsId()), productsId());
        MatmulKernels tiled =
                matmulTiles.isEmpty() ? found.kernels() : found.kernels().withTiles(matmulTiles);
        MatmulKernels own = weightsShare == null ? tiled : tiled.withMemoryShare(weightsShare.mid());
        return new Calibrated<>(
                attainedCaps ? own.capped(share(KernelFamily.MATMUL), share(KernelFamily.QUANTISED_MATMUL)) : own,
                found.source());
    }

    private double share(KernelFamily family) {
        return Objects.requireNonNull(attained.get(family)).mid();
    }

    private static String kebab(KernelFamily family) {
        return family.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
