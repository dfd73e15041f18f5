package dev.toile.evidence.calibration;

import dev.toile.evidence.calibration.Constants.Entry;
import dev.toile.evidence.calibration.ExpertsData.Sample;
import dev.toile.stack.mapping.experts.ExpertsConstants;
import dev.toile.stack.mapping.experts.ExpertsConstants.Generation;
import dev.toile.stack.mapping.experts.ExpertsConstants.Kernel;
import java.io.PrintWriter;
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

    void print(PrintWriter out) {
        out.println();
        out.println("Fits on two generations carried to the third: rows, median / mean / P90 in percent, fit side; kept"
                + " out.");
        out.println();
        out.println("```");
        transfer(List.of("ampere", "hopper"), "blackwell", out);
        transfer(List.of("ampere", "blackwell"), "hopper", out);
        transfer(List.of("hopper", "blackwell"), "ampere", out);
        out.println("```");
    }

    /** What each constant earns: those of a kernel on its calls, the shared ones on one call in ten of all. */
    void ablation(ExpertsConstants fitted, PrintWriter out) {
        out.println(Ablation.HEADER);
        List<String> paths =
                Constants.of(fitted).entries().stream().map(Entry::path).toList();
        ablation("all", fitted, path -> path.startsWith("shared."), paths, s -> true)
                .print(out);
        fitted.generations()
                .forEach((generation, kernels) -> kernels.kernels().keySet().forEach(kernel -> {
                    String prefix = "generations." + generation + ".kernels." + kernel + ".";
                    Predicate<Sample> calls = s -> s.generation().equals(generation)
                            && s.row().kernel().equals(kernel);
                    ablation(generation + " " + kernel, fitted, path -> path.startsWith(prefix), paths, calls)
                            .print(out);
                }));
    }

    private Ablation<ExpertsConstants> ablation(
            String title,
            ExpertsConstants fitted,
            Predicate<String> asked,
            List<String> paths,
            Predicate<Sample> calls) {
        List<String> frozen = paths.stream().filter(asked.negate()).toList();
        return new Ablation<>(
                title,
                fitted,
                frozen,
                c -> calibration.loss(c, calls, false),
                c -> calibration.meanError(c, calls, false),
                c -> calibration.meanError(c, calls, true));
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
    private void transfer(List<String> from, String to, PrintWriter out) {
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
        generations.put(
                to,
                new Generation(
                        Objects.requireNonNull(start.generations().get(to)).router(), kernels));
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
