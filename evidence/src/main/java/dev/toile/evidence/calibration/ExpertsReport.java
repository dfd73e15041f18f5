package dev.toile.evidence.calibration;

import dev.toile.stack.mapping.experts.ExpertsConstants;
import dev.toile.stack.mapping.experts.ExpertsConstants.Generation;
import dev.toile.stack.mapping.experts.ExpertsConstants.Kernel;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * What each constant of the law of experts earns, and how far a law fitted on some generations carries to another.
 *
 * @param calibration with its data
 * @param start of every fit
 */
record ExpertsReport(ExpertsCalibration calibration, ExpertsConstants start) {

    void print(PrintStream out) {
        transfer(List.of("ampere", "hopper"), "blackwell", out);
        transfer(List.of("ampere", "blackwell"), "hopper", out);
        transfer(List.of("hopper", "blackwell"), "ampere", out);
        out.println("ablation, each refitted");
        line("nothing", path -> false, 0, out);
        line("wave", path -> path.endsWith("wave"), 0, out);
        line("finalise", path -> path.endsWith("finalise"), 0, out);
        line("sort", path -> path.endsWith("sort"), 0, out);
        line("operands", path -> path.endsWith("operands"), 0.1, out);
        line("row passes", path -> path.endsWith("rowPasses"), 0, out);
        line("slot passes", path -> path.endsWith("slotPasses"), 0, out);
        line("one tensor share", path -> path.endsWith("tensorShare"), 0.85, out);
    }

    private void line(String removed, Predicate<String> which, double value, PrintStream out) {
        ExpertsConstants fitted =
                calibration.fit(start, s -> true, c -> ExpertsCalibration.set(c, which, old -> value));
        out.println("without " + removed + errors(fitted, "", true));
    }

    private String errors(ExpertsConstants fitted, String generation, boolean both) {
        StringBuilder text = new StringBuilder();
        ExpertsCalibration.headlines().forEach((name, group) -> {
            if (name.startsWith(generation)) {
                text.append("\n    ").append(name).append(": ");
                text.append(both ? calibration.line(fitted, group, false) + "; " : "");
                text.append(calibration.line(fitted, group, true));
            }
        });
        return text.toString();
    }

    /** Fits on some generations; the other one takes its kernels' constants from the nearest of theirs, but for launches. */
    private void transfer(List<String> from, String to, PrintStream out) {
        ExpertsConstants fitted = calibration.fit(start, s -> from.contains(s.generation()), c -> c);
        SequencedMap<String, Kernel> kernels = new LinkedHashMap<>();
        kernels(start, to).forEach((name, kernel) -> {
            Kernel near = nearest(fitted, from, kernel);
            kernels.put(
                    name,
                    new Kernel(
                            kernel.weights(),
                            kernel.activations(),
                            kernel.gated(),
                            near.launch(),
                            near.tensorShare(),
                            near.rowPasses(),
                            near.slotPasses()));
        });
        SequencedMap<String, Generation> generations = new LinkedHashMap<>(fitted.generations());
        generations.put(to, new Generation(kernels));
        ExpertsConstants carried = new ExpertsConstants(fitted.shared(), generations);
        out.println("from " + from + " to " + to + ", nothing fitted there" + errors(carried, to, true));
        ExpertsConstants launched = calibration.fit(
                carried,
                s -> s.generation().equals(to),
                c -> c,
                path -> path.endsWith("launch") && path.contains("." + to + "."));
        out.println("from " + from + " to " + to + ", launches fitted there" + errors(launched, to, true));
    }

    private static SequencedMap<String, Kernel> kernels(ExpertsConstants constants, String generation) {
        return Objects.requireNonNull(constants.generations().get(generation)).kernels();
    }

    private static Kernel nearest(ExpertsConstants fitted, List<String> from, Kernel like) {
        Kernel best = null;
        double least = Double.POSITIVE_INFINITY;
        for (String generation : from) {
            for (Kernel k : kernels(fitted, generation).values()) {
                double distance = 4
                                * Math.abs(Math.log(k.activations().bytes()
                                        / like.activations().bytes()))
                        + Math.abs(Math.log(k.weights().bytes() / like.weights().bytes()))
                        + (k.activations() == like.activations() ? 0 : 0.1)
                        + (k.gated() == like.gated() ? 0 : 0.2);
                if (distance <= least) {
                    least = distance;
                    best = k;
                }
            }
        }
        return Objects.requireNonNull(best);
    }
}
