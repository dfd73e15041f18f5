package dev.toile.stack.mapping.elementwise;

import dev.toile.stack.figure.Constant;
import dev.toile.stack.operation.Operation.Elementwise.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a software stack makes of elementwise work on a generation of chips.
 *
 * @param memoryShare of the memory bandwidth that long streams reach
 * @param kernels by kind; of every kind one
 */
public record ElementwiseConstants(
        @Constant(unit = "1", meaning = "share of the memory bandwidth that long streams reach", low = 0.1, high = 1)
        double memoryShare,

        Map<Kind, Kernel> kernels) {

    /** Software that loses nothing: no launch, and every byte crosses the memory once at full bandwidth. */
    public static final ElementwiseConstants IDEAL = uniform(1, Kernel.FREE);

    /** Copies the kernels and checks that every kind has one. */
    public ElementwiseConstants {
        kernels = Collections.unmodifiableMap(new EnumMap<>(kernels));
        for (Kind kind : Kind.values()) {
            if (!kernels.containsKey(kind)) {
                throw new IllegalArgumentException("no elementwise kernel for " + kind);
            }
        }
    }

    private static ElementwiseConstants uniform(double share, Kernel kernel) {
        Map<Kind, Kernel> kernels = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            kernels.put(kind, kernel);
        }
        return new ElementwiseConstants(share, kernels);
    }

    /**
     * The kernel of one kind.
     *
     * @param launch seconds from the call until the kernel starts, and from its end until the host knows
     * @param shadow seconds that the host works on after the launch; a shorter kernel hides behind them
     * @param rowCycles of one row, whatever its length
     * @param elementCycles of one engine per element, all its rows at work
     * @param rowsAtOnce rows that one engine works on together
     * @param again times that a row that cannot be held is read again, parameters of its length included
     * @param held bytes of a row that an engine holds from one pass to the next
     * @param shortColumns elements up to which a row stays in registers
     * @param shortShare element cycles of such a row over those of longer ones
     */
    public record Kernel(
            @Constant(unit = "s", meaning = "start and end of a call around its kernel", high = 2e-4)
            double launch,

            @Constant(unit = "s", meaning = "work of the host in whose shadow a kernel runs", high = 2e-4)
            double shadow,

            @Constant(unit = "cycle", meaning = "a row, whatever its length", high = 5e4)
            double rowCycles,

            @Constant(unit = "cycle", meaning = "an element on an engine with all its rows at work", high = 20)
            double elementCycles,

            @Constant(unit = "1", meaning = "rows that an engine works on together", fitted = false)
            double rowsAtOnce,

            @Constant(unit = "1", meaning = "times that a row too long to be held is read again", high = 4)
            double again,

            @Constant(unit = "byte", meaning = "bytes of a row that an engine holds between passes", fitted = false)
            double held,

            @Constant(unit = "1", meaning = "elements up to which a row stays in registers", fitted = false)
            double shortColumns,

            @Constant(unit = "1", meaning = "element cycles of such rows over those of longer ones", fitted = false)
            double shortShare) {

        /** A kernel that costs nothing but its bytes and exponentials. */
        static final Kernel FREE = new Kernel(0, 0, 0, 0, 1, 0, 0, 0, 1);

        /** The same kernel after another launch. */
        public Kernel launchedIn(double seconds) {
            return new Kernel(
                    seconds, shadow, rowCycles, elementCycles, rowsAtOnce, again, held, shortColumns, shortShare);
        }
    }
}
