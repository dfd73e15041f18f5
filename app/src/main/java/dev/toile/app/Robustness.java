package dev.toile.app;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.bind.Draw;
import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.study.StudyReader;
import dev.toile.catalog.text.BadInput;
import dev.toile.report.Robust;
import dev.toile.search.ParetoFront;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.evaluation.MixEvaluator;
import dev.toile.stack.figure.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the listed designs again under other prices and technology: each scenario draws every range of the catalog
 * from a triangular distribution, once for all designs. What the study itself states stays as it is.
 *
 * @param file of the study
 * @param seed of the scenarios
 * @param scenarios to be drawn
 */
record Robustness(Path file, long seed, int scenarios) {

    /** A listed design: a point of a candidate of the study. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Listed(String name, int candidate, int[] point) {}

    /**
     * All designs, the best by the median of the first objective first, then by the 90th percentile.
     *
     * @throws BadInput when the study cannot be read again
     */
    Robust of(List<Listed> designs) throws BadInput {
        Map<String, List<double[]>> values = new LinkedHashMap<>();
        Map<String, Integer> fronts = new LinkedHashMap<>();
        designs.forEach(design -> values.put(design.name(), new ArrayList<>()));
        List<String> objectives = List.of();
        for (int scenario = 0; scenario < scenarios; scenario++) {
            Draw draw = Draw.triangular(seed * 1_000_003 + scenario);
            Study study = new StudyReader(Catalog.drawn(draw)).read(file);
            objectives = study.objectives();
            scenario(study, designs, values, fronts);
        }
        List<String> names = objectives;
        return new Robust(
                scenarios,
                designs.stream()
                        .map(design -> design(design.name(), values, fronts, names))
                        .sorted(Comparator.comparingDouble((Robust.Design design) -> first(design.p50()))
                                .thenComparingDouble(design -> first(design.p90()))
                                .thenComparing(Robust.Design::name))
                        .toList());
    }

    private static double first(@Nullable List<Double> values) {
        return values == null ? Double.POSITIVE_INFINITY : values.getFirst();
    }

    private static void scenario(
            Study study, List<Listed> designs, Map<String, List<double[]>> values, Map<String, Integer> fronts) {
        MixEvaluator evaluator = new MixEvaluator(study.mix());
        List<String> working = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        for (Listed design : designs) {
            CandidateSpace space = study.candidates().get(design.candidate());
            Evaluation evaluation = evaluator.evaluate(space.at(design.point()));
            if (!(evaluation instanceof Evaluation.Infeasible)) {
                double[] minimised = study.objectives().stream()
                        .mapToDouble(name -> StudyProblem.minimised(evaluation, name))
                        .toArray();
                values.computeIfAbsent(design.name(), _ -> new ArrayList<>()).add(minimised);
                working.add(design.name());
                points.add(minimised);
            }
        }
        ParetoFront.of(points).forEach(i -> fronts.merge(working.get(i), 1, Integer::sum));
    }

    private Robust.Design design(
            String name, Map<String, List<double[]>> all, Map<String, Integer> fronts, List<String> objectives) {
        List<double[]> values = all.getOrDefault(name, List.of());
        return new Robust.Design(
                name,
                values.size() / (double) scenarios,
                fronts.getOrDefault(name, 0) / (double) scenarios,
                values.isEmpty() ? null : quantiles(values, 0.5, objectives),
                values.isEmpty() ? null : quantiles(values, 0.9, objectives));
    }

    /** The smallest value that so large a share of the scenarios keeps, in published units. */
    private static List<Double> quantiles(List<double[]> values, double share, List<String> objectives) {
        List<Double> quantiles = new ArrayList<>();
        for (int k = 0; k < objectives.size(); k++) {
            int objective = k;
            double[] sorted = values.stream()
                    .mapToDouble(each -> each[objective])
                    .sorted()
                    .toArray();
            double value = sorted[(int) Math.ceil(share * sorted.length) - 1];
            Unit unit = Figures.unit(objectives.get(k)).orElse(Unit.ONE);
            quantiles.add(unit.published(Figures.moreIsBetter(objectives.get(k)) ? -value : value));
        }
        return quantiles;
    }
}
