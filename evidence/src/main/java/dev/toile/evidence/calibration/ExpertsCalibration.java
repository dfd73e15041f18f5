package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.calibration.ExpertsData.Sample;
import dev.toile.stack.mapping.experts.ExpertsConstants;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Fits the constants of the law of experts to measured calls and writes {@code experts.yaml} of the catalog. One
 * configuration of experts in five (hidden, inner, experts, topK) is kept out whole.
 */
public final class ExpertsCalibration {

    private final ExpertsData data;
    private final int every;
    private final ExpertsData.Predictor predictor = new ExpertsData.Predictor();

    /** Fits see every n-th row of the fit side: all for the catalog, fewer for the many fits of a report. */
    private ExpertsCalibration(ExpertsData data, int every) {
        this.data = data;
        this.every = every;
    }

    /** Fits, tells both sides, and gives the file. */
    static String fit(Path measured, PrintWriter log) throws BadInput {
        Catalog catalog = Catalog.bundled();
        ExpertsCalibration calibration = new ExpertsCalibration(ExpertsData.read(measured, catalog), 1);
        ExpertsConstants fitted = calibration.fit(starts(catalog.experts().constants()), s -> true, c -> c);
        calibration.print(fitted, log);
        return ExpertsYaml.of(fitted);
    }

    /** What each constant earns, and what an unseen generation gets. */
    static void ablate(Path measured, PrintWriter out) throws BadInput {
        Catalog catalog = Catalog.bundled();
        ExpertsCalibration calibration = new ExpertsCalibration(ExpertsData.read(measured, catalog), 10);
        ExpertsReport report =
                new ExpertsReport(calibration, starts(catalog.experts().constants()));
        report.ablation(catalog.experts().constants(), out);
        report.print(out);
    }

    /**
     * Where every fit begins, whatever the catalog holds, so that running it again changes nothing: the catalog only says
     * which kernels there are and in which formats, and the limits of the routers.
     */
    private static ExpertsConstants starts(ExpertsConstants known) {
        SequencedMap<String, ExpertsConstants.Generation> generations = new LinkedHashMap<>();
        known.generations().forEach((name, generation) -> {
            SequencedMap<String, ExpertsConstants.Kernel> kernels = new LinkedHashMap<>();
            generation.kernels().forEach((id, k) -> {
                double slotPasses = readsAllSlots(id) ? 5 : 0;
                kernels.put(
                        id,
                        new ExpertsConstants.Kernel(
                                k.weights(), k.activations(), k.gated(), 20e-6, 0.8, 1.3, slotPasses));
            });
            ExpertsConstants.Router router = generation.router();
            generations.put(
                    name,
                    new ExpertsConstants.Generation(
                            new ExpertsConstants.Router(router.experts(), router.picks(), 20e-6), kernels));
        });
        return new ExpertsConstants(new ExpertsConstants.Shared(0.94, 1.6e-6, 2.5, 0.011, 0.25e-9, 1e-9), generations);
    }

    /** Triton kernels for weights of four bits compute the slots of other ranks too (section C of the model notes). */
    private static boolean readsAllSlots(String kernel) {
        return kernel.contains("w4a16");
    }

    ExpertsData data() {
        return data;
    }

    double[] predict(ExpertsConstants constants, List<Sample> samples) {
        return predictor.predict(constants, samples);
    }

    /**
     * The constants with the least mean absolute log error on the fit side.
     *
     * @param start to begin with
     * @param which rows
     * @param fixed forces some constants to a value
     */
    ExpertsConstants fit(ExpertsConstants start, Predicate<Sample> which, UnaryOperator<ExpertsConstants> fixed) {
        return fit(start, which, fixed, path -> true);
    }

    /** The same, moving only some paths. */
    ExpertsConstants fit(
            ExpertsConstants start,
            Predicate<Sample> which,
            UnaryOperator<ExpertsConstants> fixed,
            Predicate<String> moved) {
        List<Sample> samples = data.side(false, every).stream().filter(which).toList();
        List<String> frozen = Constants.of(start).entries().stream()
                .filter(e -> !moved.test(e.path()) || (e.path().endsWith("slotPasses") && e.value() == 0))
                .map(Constants.Entry::path)
                .toList();
        return fixed.apply(new Fit<>(start, c -> loss(fixed.apply(c), samples), frozen).best());
    }

    /** Mean absolute log error of one side of a group; for all calls, of one in ten. */
    double loss(ExpertsConstants constants, Predicate<Sample> which, boolean keptOut) {
        return loss(constants, some(which, keptOut));
    }

    /** The same of the error itself, a share. */
    double meanError(ExpertsConstants constants, Predicate<Sample> which, boolean keptOut) {
        List<Sample> samples = some(which, keptOut);
        return Residuals.of(
                        predict(constants, samples),
                        samples.stream().mapToDouble(Sample::seconds).toArray())
                .mean();
    }

    private List<Sample> some(Predicate<Sample> which, boolean keptOut) {
        return data.side(keptOut, every).stream().filter(which).toList();
    }

    private double loss(ExpertsConstants constants, List<Sample> samples) {
        double[] predicted = predict(constants, samples);
        double loss = 0;
        for (int i = 0; i < predicted.length; i++) {
            loss += Math.abs(Math.log(predicted[i] / samples.get(i).seconds()));
        }
        return loss / predicted.length;
    }

    /** The constants with some values changed. */
    static ExpertsConstants set(ExpertsConstants constants, Predicate<String> which, DoubleUnaryOperator to) {
        Constants<ExpertsConstants> all = Constants.of(constants);
        return all.with(all.entries().stream()
                .mapToDouble(e -> which.test(e.path()) ? to.applyAsDouble(e.value()) : e.value())
                .toArray());
    }

    void print(ExpertsConstants constants, PrintWriter out) {
        SequencedMap<String, Predicate<Sample>> groups = new LinkedHashMap<>();
        for (Sample s : data.rows()) {
            String both = s.generation() + " " + s.spread();
            groups.putIfAbsent(both, x -> (x.generation() + " " + x.spread()).equals(both));
        }
        for (Sample s : data.rows()) {
            String each = s.generation() + " " + s.row().kernel() + " " + s.spread();
            groups.putIfAbsent(each, x -> (x.generation() + " " + x.row().kernel() + " " + x.spread()).equals(each));
        }
        out.printf("%-52s %s%n", "median / mean / P90 of absolute errors", "fit side; kept out");
        groups.forEach((name, which) ->
                out.printf("%-52s %s; %s%n", name, line(constants, which, false), line(constants, which, true)));
    }

    /** One side of a group in percent. */
    String line(ExpertsConstants constants, Predicate<Sample> which, boolean keptOut) {
        List<Sample> samples = data.side(keptOut, 1).stream().filter(which).toList();
        if (samples.isEmpty()) {
            return "-";
        }
        Residuals r = Residuals.of(
                predict(constants, samples),
                samples.stream().mapToDouble(Sample::seconds).toArray());
        return String.format(
                Locale.ROOT, "%4d rows %.1f / %.1f / %.1f", r.rows(), 100 * r.median(), 100 * r.mean(), 100 * r.p90());
    }

    /** Groups that the report compares. */
    static Map<String, Predicate<Sample>> headlines() {
        SequencedMap<String, Predicate<Sample>> groups = new LinkedHashMap<>();
        for (String generation : List.of("ampere", "hopper", "blackwell")) {
            for (String spread : List.of("balanced", "power law")) {
                groups.put(
                        generation + " " + spread,
                        s -> s.generation().equals(generation) && s.spread().equals(spread));
            }
        }
        return groups;
    }
}
