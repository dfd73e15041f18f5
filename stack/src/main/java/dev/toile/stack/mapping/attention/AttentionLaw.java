package dev.toile.stack.mapping.attention;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.BatchedMatmul;
import org.jspecify.annotations.Nullable;

/**
 * The time of attention, and of the products around latent attention, on one chip under one software stack: picks the law
 * by the shape.
 */
public final class AttentionLaw implements Law<Operation> {

    private final Machine machine;
    private final Dispatch dispatch;
    private final Law<Attention> prefill;
    private final Law<Attention> otherPrefill;
    private final Law<Attention> perHead;
    private final Law<Attention> grouped;
    private final Law<Attention> groupedEight;
    private final Law<Attention> otherGrouped;
    private final Law<Attention> otherGroupedEight;
    private final Law<Attention> latentPrefill;
    private final Law<Attention> latentDecode;
    private final Law<BatchedMatmul> absorbed;
    private final @Nullable Law<BatchedMatmul> absorbedEight;

    /**
     * The law of a chip.
     *
     * @param chip that runs the operations
     * @param software its constants and their sources
     * @param stream share of the memory bandwidth that long cold streams reach under this software
     * @param warmth of the data
     */
    public AttentionLaw(Chip chip, AttentionSoftware software, double stream, Warmth warmth) {
        AttentionConstants c = software.constants();
        Provenance from = software.provenance();
        dispatch = c.dispatch();
        machine = Machine.of(chip, warmth, stream, dispatch.eightBit());
        prefill = new PrefillLaw(machine, c.prefill(), from);
        otherPrefill = c.otherPrefill() == null ? prefill : new PrefillLaw(machine, c.otherPrefill(), from);
        perHead = new PerHeadLaw(machine, c.perHead(), from);
        grouped = new GroupedLaw(machine, c.grouped(), from);
        groupedEight = grouped(c.groupedEight(), from, grouped);
        otherGrouped = grouped(c.otherGrouped(), from, grouped);
        otherGroupedEight = grouped(c.otherGroupedEight(), from, groupedEight);
        latentPrefill = new PrefillLaw(machine, c.latentPrefill(), from);
        latentDecode = switch (c.latentDecode()) {
            case LatentDecodeConstants.Split split -> new LatentDecodeLaw(machine, split, from);
            case LatentDecodeConstants.Unsplit unsplit -> new LatentUnsplitLaw(machine, unsplit, from);
        };
        absorbed = new AbsorbedLaw(machine, c.absorbed(), from, false);
        absorbedEight = c.absorbedEight() == null ? null : new AbsorbedLaw(machine, c.absorbedEight(), from, true);
    }

    private Law<Attention> grouped(@Nullable GroupedConstants constants, Provenance from, Law<Attention> otherwise) {
        return constants == null ? otherwise : new GroupedLaw(machine, constants, from);
    }

    /** Whether an operation is one of those timed here. */
    public static boolean times(Operation operation) {
        return operation instanceof Attention || operation instanceof BatchedMatmul;
    }

    @Override
    public double seconds(Operation operation) {
        return switch (operation) {
            case Attention o -> law(o).seconds(o);
            case BatchedMatmul o -> law(o).seconds(o);
            default -> throw notHere(operation);
        };
    }

    @Override
    public double traffic(Operation operation) {
        return switch (operation) {
            case Attention o -> law(o).traffic(o);
            case BatchedMatmul o -> law(o).traffic(o);
            default -> throw notHere(operation);
        };
    }

    @Override
    public Figure explain(Operation operation) {
        return switch (operation) {
            case Attention o -> law(o).explain(o);
            case BatchedMatmul o -> law(o).explain(o);
            default -> throw notHere(operation);
        };
    }

    private static IllegalArgumentException notHere(Operation operation) {
        return new IllegalArgumentException(operation.name() + " is no attention");
    }

    private Law<Attention> law(Attention o) {
        // Only rotated keys that were expanded from latents, or latents themselves, are longer than their values.
        boolean latent = o.valueDim() > 0 && o.keyDim() > o.valueDim();
        // A prompt of one token has nothing before it: it runs like other prompts.
        if (!o.decode() || o.context() <= o.queries()) {
            return latent ? latentPrefill : dispatch.other(o.keyDim(), o.window() > 0) ? otherPrefill : prefill;
        }
        if (latent) {
            return latentDecode;
        }
        boolean eight = machine.eight(o.cache());
        double group = o.heads() / o.keyValueHeads();
        if (dispatch.other(o.keyDim(), o.window() > 0)) {
            return eight ? otherGroupedEight : otherGrouped;
        }
        double rows = o.sequences() * o.keyValueHeads();
        if (!dispatch.grouped(group, rows, o.context(), eight, machine.units())) {
            return perHead;
        }
        return eight ? groupedEight : grouped;
    }

    private Law<BatchedMatmul> law(BatchedMatmul o) {
        return absorbedEight != null && machine.eight(o.activations()) ? absorbedEight : absorbed;
    }
}
