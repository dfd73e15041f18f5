package dev.toile.stack.mapping;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.attention.AttentionLaw;
import dev.toile.stack.mapping.attention.Warmth;
import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.mapping.experts.ExpertsLaw;
import dev.toile.stack.mapping.matmul.MatmulLaw;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
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
    private final @Nullable AttentionLaw attention;
    private final @Nullable ExpertsLaw experts;
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
        this.attention = profile.attention() == null
                ? null
                : new AttentionLaw(
                        chip,
                        profile.attention(),
                        profile.bandwidthShare(),
                        conditions.warm() ? Warmth.WARM : Warmth.COLD);
        this.experts = profile.experts() == null ? null : new ExpertsLaw(chip, profile.experts());
    }

    @Override
    public Mapping<?> map(Operation operation) {
        return switch (operation) {
            case Matmul matmul -> Mapping.of(matmul, chip, law(matmul.weights(), matmul.activations()));
            case Operation.Attention o when attention != null -> Mapping.of(o, chip, attention);
            case Operation.BatchedMatmul o when attention != null -> Mapping.of(o, chip, attention);
            case Operation.Experts o when experts != null -> Mapping.of(o, chip, experts);
            default -> Mapping.of(operation, chip, roofline);
        };
    }

    @Override
    public @Nullable Bands bands() {
        return profile.bands();
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
