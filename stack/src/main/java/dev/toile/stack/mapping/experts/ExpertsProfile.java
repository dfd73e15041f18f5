package dev.toile.stack.mapping.experts;

import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.experts.ExpertsConstants.Generation;
import dev.toile.stack.mapping.experts.ExpertsConstants.Kernel;
import dev.toile.stack.mapping.experts.ExpertsConstants.Router;
import dev.toile.stack.mapping.experts.ExpertsConstants.Shared;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Experts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/**
 * The constants of one generation, for a chip of it or for one that borrows them.
 *
 * @param shared by all generations
 * @param generation of the chip, or the nearest that was measured
 * @param note why they are borrowed; empty when they are not
 * @param provenance of all of them
 * @param overlapped whether products and reads hide behind each other entirely; else they add as the root of squares
 */
public record ExpertsProfile(
        Shared shared, Generation generation, String note, Provenance provenance, boolean overlapped) {

    /** Software that loses nothing but by whole tiles: each constant is the best that it can be. */
    public static ExpertsProfile ideal() {
        Source source = Source.definition("no loss but by the shape of tiles and engines: a lower bound");
        SequencedMap<String, Kernel> kernels = new LinkedHashMap<>();
        kernels.put("ideal", new Kernel(DataType.BF16, DataType.BF16, true, 0, 1, 0, 0));
        return new ExpertsProfile(
                new Shared(1, 0, 0, 1e6, 0, 0), new Generation(Router.FREE, kernels), "", Provenance.all(source), true);
    }

    /** Checks that there is a kernel to run. */
    public ExpertsProfile {
        if (generation.kernels().isEmpty()) {
            throw new IllegalArgumentException("a generation without kernels for experts");
        }
    }

    /** The constants of a calibration for a generation. */
    public static ExpertsProfile of(ExpertsConstants constants, String generation, String note, Provenance source) {
        Generation found = constants.generations().get(generation);
        if (found == null) {
            throw new IllegalArgumentException("no constants for experts on " + generation + "; expected one of "
                    + constants.generations().sequencedKeySet());
        }
        return new ExpertsProfile(constants.shared(), found, note, source, false);
    }

    /** The same with kernels of 8 bit and less that multiply at another rate. */
    public ExpertsProfile withNarrowRate(double factor) {
        return with(kernel ->
                kernel.activations().bytes() < 2 ? Math.min(1, kernel.tensorShare() * factor) : kernel.tensorShare());
    }

    /** The same on engines where nothing better than a share of the peak was measured. */
    public ExpertsProfile capped(double share) {
        return with(kernel -> Math.min(kernel.tensorShare(), share));
    }

    private ExpertsProfile with(ToDoubleFunction<Kernel> tensorShare) {
        SequencedMap<String, Kernel> kernels = new LinkedHashMap<>();
        generation
                .kernels()
                .forEach(
                        (name, kernel) -> kernels.put(name, kernel.withTensorShare(tensorShare.applyAsDouble(kernel))));
        return new ExpertsProfile(shared, new Generation(generation.router(), kernels), note, provenance, overlapped);
    }

    /** The name of the kernel for an operation: the first of its formats, or else the nearest. */
    public String nameFor(Experts o) {
        String best = generation.kernels().sequencedKeySet().getFirst();
        double least = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, Kernel> entry : generation.kernels().entrySet()) {
            double distance = distance(entry.getValue(), o);
            if (distance < least) {
                least = distance;
                best = entry.getKey();
            }
        }
        return best;
    }

    /** Whether a kernel was measured in just these formats. */
    static boolean fits(Kernel kernel, Experts o) {
        return distance(kernel, o) == 0;
    }

    /** The data path of the activations matters most, then the weights, then the gate. */
    private static double distance(Kernel kernel, Experts o) {
        return 4 * distance(kernel.activations(), o.activations())
                + distance(kernel.weights(), o.weights())
                + (kernel.gated() == o.gated() ? 0 : 0.5);
    }

    private static double distance(DataType a, DataType b) {
        // FP16 runs like BF16.
        boolean alike = a == b || (a.bytes() == 2 && b.bytes() == 2);
        return alike ? 0 : 0.1 + Math.abs(Math.log(a.bytes() / b.bytes()));
    }
}
