package dev.toile.stack.mapping;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.attention.AttentionLaw;
import dev.toile.stack.mapping.attention.IdealAttentionLaw;
import dev.toile.stack.mapping.attention.Warmth;
import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.mapping.elementwise.ElementwiseLaw;
import dev.toile.stack.mapping.experts.ExpertsLaw;
import dev.toile.stack.mapping.matmul.BatchedMatmulLaw;
import dev.toile.stack.mapping.matmul.MatmulLaw;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.BatchedMatmul;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.operation.Operation.Experts;
import dev.toile.stack.operation.Operation.Matmul;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Maps operations to one chip under one software profile: each kind by its law. Not safe for use by several threads, for
 * laws remember.
 */
public final class ChipMapper implements Mapper {

    private static final int TYPES = DataType.values().length;

    private final Chip chip;
    private final SoftwareProfile profile;
    private final Conditions conditions;
    private final RooflineLaw roofline;
    private final Law<? super Attention> attention;
    private final @Nullable Law<? super BatchedMatmul> batched;
    private final Law<? super Elementwise> elementwise;
    private final Law<? super Experts> experts;
    private final AtomicReferenceArray<MatmulLaw> matmuls = new AtomicReferenceArray<>(TYPES * TYPES);

    /**
     * A mapper.
     *
     * @param chip that runs the operations
     * @param profile of the software that launches them
     * @param conditions under which calls run
     */
    public ChipMapper(Chip chip, SoftwareProfile profile, Conditions conditions) {
        this.chip = chip;
        this.profile = profile;
        this.conditions = conditions;
        this.roofline = new RooflineLaw(chip, profile);
        ElementwiseLaw passes = profile.elementwise() == null ? null : new ElementwiseLaw(chip, profile.elementwise());
        this.elementwise = passes == null ? roofline : passes;
        this.experts = profile.experts() == null ? roofline : new ExpertsLaw(chip, profile.experts());
        Warmth warmth = conditions.warm() ? Warmth.WARM : Warmth.COLD;
        if (profile.style() == AttentionStyle.IDEAL) {
            IdealAttentionLaw ideal = new IdealAttentionLaw(chip, warmth);
            this.attention = cached(ideal);
            this.batched = ideal;
        } else if (profile.style() == AttentionStyle.UNFUSED && passes != null) {
            this.attention = new UnfusedAttention(batched(DataType.BF16, DataType.BF16), passes);
            this.batched = null;
        } else if (profile.attention() != null) {
            AttentionLaw fused = new AttentionLaw(chip, profile.attention(), profile.bandwidthShare(), warmth);
            this.attention = cached(fused);
            this.batched = fused;
        } else {
            this.attention = cached(roofline);
            this.batched = roofline;
        }
    }

    @Override
    public Mapping<?> map(Operation operation) {
        return switch (operation) {
            case Matmul o -> Mapping.of(o, chip, law(o.weights(), o.activations()));
            case Attention o -> Mapping.of(o, chip, attention);
            case BatchedMatmul o when batched != null -> Mapping.of(o, chip, batched);
            case BatchedMatmul o -> Mapping.of(o, chip, batched(o.weights(), o.activations()));
            case Elementwise o -> Mapping.of(o, chip, elementwise);
            case Experts o -> Mapping.of(o, chip, experts);
            case Operation.Collective o -> Mapping.of(o, chip, roofline);
        };
    }

    @Override
    public double seconds(Operation operation) {
        return switch (operation) {
            case Matmul o -> law(o.weights(), o.activations()).seconds(o);
            case Attention o -> attention.seconds(o);
            case BatchedMatmul o when batched != null -> batched.seconds(o);
            case BatchedMatmul o -> batched(o.weights(), o.activations()).seconds(o);
            case Elementwise o -> elementwise.seconds(o);
            case Experts o -> experts.seconds(o);
            case Operation.Collective o -> roofline.seconds(o);
        };
    }

    @Override
    public @Nullable Bands bands() {
        return profile.bands();
    }

    private Law<? super Attention> cached(Law<? super Attention> law) {
        return conditions.castCache() ? new CastCacheLaw(law) : law;
    }

    /** Products of two activations, under software that has no kernel of its own for them. */
    private BatchedMatmulLaw batched(DataType weights, DataType activations) {
        return new BatchedMatmulLaw(chip, profile.matmul(), weights, activations, conditions);
    }

    /** The law for a pair of formats; made when it is first asked for, the same whoever asks first. */
    private MatmulLaw law(DataType weights, DataType activations) {
        int index = weights.ordinal() * TYPES + activations.ordinal();
        MatmulLaw known = matmuls.getAcquire(index);
        if (known != null) {
            return known;
        }
        MatmulLaw law = new MatmulLaw(chip, profile.matmul(), weights, activations, conditions);
        return matmuls.compareAndSet(index, null, law) ? law : matmuls.get(index);
    }
}
