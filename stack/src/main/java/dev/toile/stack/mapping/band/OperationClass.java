package dev.toile.stack.mapping.band;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import java.util.List;
import java.util.Locale;

/**
 * Operations whose predictions err alike.
 *
 * @param law that times them, such as {@code matmul} or {@code decode-attention}
 * @param formats that they store and multiply, such as {@code bf16} or {@code int4-bf16}; of a collective which one it is
 * @param regime what they wait for
 */
public record OperationClass(String law, String formats, Regime regime) {

    /**
     * The class of a call.
     *
     * @param operation that was called
     * @param chip that ran it, or took part
     * @param seconds predicted
     */
    public static OperationClass of(Operation operation, Chip chip, double seconds) {
        Regime regime = Regime.of(operation, chip, seconds);
        return switch (operation) {
            case Operation.Matmul o -> of("matmul", o.weights(), chip.mathType(o.math()), regime);
            case Operation.BatchedMatmul o -> of("batched-matmul", o.weights(), chip.mathType(o.math()), regime);
            case Operation.Experts o -> of("experts", o.weights(), chip.mathType(o.math()), regime);
            // Kernels of attention compute in the format of the cache, whatever the model calls its arithmetic.
            case Operation.Attention o -> of(attention(o), o.cache(), o.cache(), regime);
            case Operation.Elementwise _ -> new OperationClass("elementwise", "any", regime);
            case Operation.Collective o -> new OperationClass("collective", kebab(o.kind()), regime);
        };
    }

    /** The classes that hold this one and itself, the widest first: {@code matmul}, {@code matmul memory}, ... */
    public List<String> names() {
        return List.of(law, law + " " + regime.label(), law + " " + regime.label() + " " + formats);
    }

    /** For a reader, such as {@code matmul bf16, bound by memory}. */
    public String words() {
        String bound = switch (regime) {
            case LAUNCH -> "far from its roofs";
            case MEMORY -> law.equals("collective") ? "bound by links" : "bound by memory";
            case COMPUTE -> "bound by arithmetic";
        };
        return law + " " + formats + ", " + bound;
    }

    /** Latent attention has other kernels: its keys are longer than its values. */
    private static String attention(Operation.Attention o) {
        String latent = o.keyDim() > o.valueDim() ? "latent-" : "";
        return latent + (o.decode() && o.context() > o.queries() ? "decode" : "prefill") + "-attention";
    }

    private static OperationClass of(String law, DataType stored, DataType math, Regime regime) {
        boolean wide = stored.bytes() == 2 && math.bytes() == 2;
        String formats = stored == math || wide ? kebab(stored) : kebab(stored) + "-" + kebab(math);
        return new OperationClass(law, formats, regime);
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
