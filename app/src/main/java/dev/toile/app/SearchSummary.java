package dev.toile.app;

import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.text.ScalarNode;
import dev.toile.report.Searched;
import dev.toile.report.Searched.Choice;
import dev.toile.report.Searched.Converged;
import dev.toile.report.Searched.Importance;
import dev.toile.report.Searched.Step;
import dev.toile.report.Searched.Tried;
import dev.toile.search.Archive;
import dev.toile.search.Convergence;
import dev.toile.search.Method;
import dev.toile.search.PermutationImportance;
import dev.toile.search.Problem;
import dev.toile.search.Trial;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is told of a search in the results.
 *
 * @param problem that was searched
 * @param archive of all trials
 */
record SearchSummary(StudyProblem problem, Archive archive) {

    /** Trials beside the front that are told of. */
    private static final int SAMPLE = 600;

    /** Options of a long axis that are tried from the best design. */
    private static final int MOST_STEPS = 13;

    Searched of(Method method, double ruledOut, List<Trial> listed) {
        CandidateSpace candidate = problem.candidate();
        return new Searched(
                candidate.name(),
                problem.space().designs(),
                method.name().toLowerCase(Locale.ROOT),
                archive.size(),
                archive.trials().stream().filter(Trial::feasible).count(),
                ruledOut,
                archive.front().size(),
                choices(),
                points(listed),
                Convergence.of(archive).stream()
                        .map(step -> new Converged(step.trials(), step.share()))
                        .toList(),
                steps(),
                importance());
    }

    private List<Choice> choices() {
        CandidateSpace candidate = problem.candidate();
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < candidate.axes().size(); i++) {
            choices.add(new Choice(
                    candidate.labels().get(i),
                    candidate.axes().get(i).options().stream()
                            .map(ScalarNode::text)
                            .toList()));
        }
        return choices;
    }

    /** The front, and as many others, evenly spread over the time of the search. */
    private List<Tried> points(List<Trial> listed) {
        Map<Long, String> names = new HashMap<>();
        listed.forEach(trial -> names.put(
                trial.number(), problem.candidate().name(problem.space().point(trial.number()))));
        List<Tried> points = new ArrayList<>();
        Map<Long, Trial> front = new HashMap<>();
        archive.front().forEach(trial -> front.put(trial.number(), trial));
        List<Trial> rest = archive.trials().stream()
                .filter(trial -> trial.feasible() && !front.containsKey(trial.number()))
                .toList();
        double step = Math.max(1, rest.size() / (double) SAMPLE);
        for (double i = 0; i < rest.size(); i += step) {
            points.add(tried(rest.get((int) i), false, names));
        }
        archive.front().stream().limit(SAMPLE).forEach(trial -> points.add(tried(trial, true, names)));
        return points;
    }

    private Tried tried(Trial trial, boolean onFront, Map<Long, String> names) {
        int[] point = problem.space().point(trial.number());
        List<Integer> options = new ArrayList<>();
        for (int i = 0; i < point.length; i++) {
            options.add(problem.candidate().open(i, point) ? point[i] : -1);
        }
        return new Tried(options, published(trial), onFront, names.get(trial.number()));
    }

    private List<Double> published(Trial trial) {
        List<Double> values = new ArrayList<>();
        List<String> objectives = problem.study().objectives();
        for (int k = 0; k < objectives.size(); k++) {
            double value = trial.objectives()[k];
            Unit unit = Figures.unit(objectives.get(k)).orElse(Unit.ONE);
            values.add(unit.published(Figures.moreIsBetter(objectives.get(k)) ? -value : value));
        }
        return values;
    }

    /** From the best design by the first objective, every option of one choice at a time. */
    private List<Step> steps() {
        if (archive.front().isEmpty()) {
            return List.of();
        }
        int[] best = problem.space().point(archive.front().getFirst().number());
        Problem.Judge judge = problem.judge();
        List<Step> steps = new ArrayList<>();
        for (int axis = 0; axis < best.length; axis++) {
            if (!problem.candidate().open(axis, best)) {
                continue;
            }
            int options = problem.space().axes().get(axis).size();
            int stride = Math.max(1, (int) Math.ceil(options / (double) MOST_STEPS));
            for (int option = best[axis] % stride; option < options; option += stride) {
                int[] point = best.clone();
                point[axis] = option;
                Trial trial = judge.evaluate(problem.space().canonical(point));
                steps.add(new Step(axis, option, trial.feasible() ? published(trial) : null));
            }
        }
        return steps;
    }

    private List<Importance> importance() {
        double[][] shares = PermutationImportance.of(archive);
        List<Importance> importance = new ArrayList<>();
        for (int axis = 0; axis < shares.length; axis++) {
            List<Double> each = new ArrayList<>();
            for (double share : shares[axis]) {
                each.add(share);
            }
            importance.add(new Importance(axis, each));
        }
        return importance;
    }
}
