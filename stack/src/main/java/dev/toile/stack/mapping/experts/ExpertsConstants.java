package dev.toile.stack.mapping.experts;

import dev.toile.stack.figure.Constant;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Experts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The constants of {@link ExpertsLaw}.
 *
 * @param shared by all generations of chips
 * @param generations by name, such as {@code hopper}
 */
public record ExpertsConstants(Shared shared, SequencedMap<String, Generation> generations) {

    /** Makes the map unmodifiable. */
    public ExpertsConstants {
        generations = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(generations));
    }

    /**
     * What did not differ between generations.
     *
     * @param memoryShare of the memory bandwidth that grouped products stream weights at
     * @param wave seconds of prologue and epilogue of one wave of tiles
     * @param finalise passes over tokens x hidden of the weighted sum, at full memory bandwidth
     * @param operands bytes that reach one engine in the time of one flop at its 16-bit peak
     * @param sort seconds of sorting for each pair of token and expert, local or not
     * @param choice seconds, for each expert of the layer and each of the experts of a token, that the router takes to
     *     choose: one warp does it for a token, in turns
     */
    public record Shared(
            @Constant(unit = "1", meaning = "share of memory bandwidth of streamed weights", low = 0.5, high = 0.98)
            double memoryShare,

            @Constant(unit = "s", meaning = "prologue and epilogue of a wave of tiles", high = 1e-5)
            double wave,

            @Constant(unit = "1", meaning = "passes over tokens x hidden of the weighted sum", high = 10)
            double finalise,

            @Constant(
                    unit = "byte/flop",
                    meaning = "operands into one engine for each flop of its 16-bit peak",
                    low = 1e-3,
                    high = 0.1)
            double operands,

            @Constant(unit = "s", meaning = "sorting of a pair of token and expert", high = 1e-8)
            double sort,

            @Constant(unit = "s", meaning = "choice of one expert among the layer's, for each of these", high = 1e-8)
            double choice) {}

    /**
     * What differs between generations.
     *
     * @param router what chooses the experts of a token
     * @param kernels by name; of those that take the same formats the first is the one the software picks
     */
    public record Generation(Router router, SequencedMap<String, Kernel> kernels) {
        /** Makes the map unmodifiable. */
        public Generation {
            kernels = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(kernels));
        }
    }

    /**
     * The kernel that chooses the experts of a token, and what takes its place beyond its limits: several launches of a
     * general framework. The limits are those of the software (TensorRT-LLM,
     * {@code _torch/modules/fused_moe/routing.py}: 128 experts and 8 of a token in 1.0, 512 and 16 in 1.3).
     *
     * @param experts the most that one kernel chooses from
     * @param picks the most that it chooses
     * @param unfused seconds more where it does not serve
     */
    public record Router(
            int experts,
            int picks,

            @Constant(unit = "s", meaning = "launches more where one kernel cannot choose the experts", high = 1e-4)
            double unfused) {

        /** Chooses among any number in no time. */
        static final Router FREE = new Router(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);

        /** Seconds more for a layer. */
        double more(Experts o) {
            return o.experts() > experts || o.topK() > picks ? unfused : 0;
        }
    }

    /**
     * One family of kernels for one pair of formats.
     *
     * @param weights format of the weights
     * @param activations format of the input of each product
     * @param gated whether it runs experts with a gate
     * @param launch seconds of all launches of a call
     * @param tensorShare of the dense peak of the math format that a tile attains
     * @param rowPasses passes over the rows between the kernels: permute, activation, quantise
     * @param slotPasses passes over hidden features of all pairs of token and expert, local or not
     */
    public record Kernel(
            DataType weights,
            DataType activations,
            boolean gated,

            @Constant(unit = "s", meaning = "all launches of a call", low = 5e-6, high = 9e-5)
            double launch,

            @Constant(unit = "1", meaning = "share of the dense peak that a tile attains", low = 0.1, high = 1)
            double tensorShare,

            @Constant(unit = "1", meaning = "passes over the rows between the products", high = 30)
            double rowPasses,

            @Constant(unit = "1", meaning = "passes over all pairs of token and expert", high = 30)
            double slotPasses) {

        /** The same kernel whose tiles attain another share. */
        public Kernel withTensorShare(double share) {
            return new Kernel(weights, activations, gated, launch, share, rowPasses, slotPasses);
        }
    }
}
