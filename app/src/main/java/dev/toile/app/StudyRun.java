package dev.toile.app;

import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Problem;
import dev.toile.report.Searched;
import dev.toile.report.StudyResults;
import dev.toile.report.StudyResults.Entry;
import dev.toile.search.Archive;
import dev.toile.search.Exhaustive;
import dev.toile.search.Method;
import dev.toile.search.Optimizer;
import dev.toile.search.ParetoFront;
import dev.toile.search.Search;
import dev.toile.search.Trial;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.MixEvaluator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs a study: every candidate, and of a candidate with choices as many designs as the budget allows.
 *
 * @param study to be run
 * @param plan how to search
 * @param watch is told of what is found, and says when to stop
 */
record StudyRun(Study study, SearchPlan plan, SearchWatch watch) {

    /** Designs of one space that are listed with all their figures; the others on its front are named only. */
    private static final int LISTED = 24;

    /** All results, ranked. */
    StudyResults results() throws BadInput {
        MixEvaluator evaluator = new MixEvaluator(study.mix());
        List<Entry> entries = new ArrayList<>();
        List<Searched> searches = new ArrayList<>();
        Map<String, int[]> points = new HashMap<>();
        long evaluations = 0;
        List<Robustness.Listed> designs = new ArrayList<>();
        for (CandidateSpace candidate : study.candidates()) {
            StudyProblem problem = StudyProblem.of(study, candidate);
            long budget = plan.budget(study, candidate);
            Method method = plan.method(problem, budget);
            Optimizer optimizer = method.optimizer(problem, plan.seed());
            Archive archive = new Search(problem, optimizer, plan.threads())
                    .run(
                            budget,
                            watch.known(candidate.name()),
                            (fresh, all) -> watch.told(candidate.name(), fresh, all),
                            watch::stopped);
            evaluations += archive.size();
            List<Trial> listed = worthListing(archive);
            for (Trial trial : listed) {
                int[] point = problem.space().point(trial.number());
                points.put(candidate.name(point), point);
                designs.add(new Robustness.Listed(
                        candidate.name(point), study.candidates().indexOf(candidate), point));
                entries.add(new Entry(evaluator.evaluate(candidate.at(point)), candidate.settings(point)));
            }
            if (!candidate.axes().isEmpty()) {
                double ruledOut = optimizer instanceof Exhaustive exhaustive ? exhaustive.ruledOut() : 0;
                searches.add(new SearchSummary(problem, archive).of(method, ruledOut, listed));
            }
        }
        entries.sort(ranking());
        return new StudyResults(
                Version.NUMBER,
                study.title(),
                plan.seed(),
                study.mix().shares().stream()
                        .map(share -> share.workload().model().name())
                        .collect(Collectors.joining(", ")),
                study.workloadLines(),
                study.limitLines(),
                study.objectives(),
                entries,
                front(entries),
                evaluations,
                new LinkedHashMap<>(),
                searches,
                new BuyOrBuild(study, points).of(entries).orElse(null),
                plan.scenarios() == 0
                        ? null
                        : new Robustness(Path.of(study.file()), plan.seed(), plan.scenarios()).of(designs));
    }

    /** Refuses a study with a space whose points have no numbers. */
    static void refuseTooLarge(Study study) throws BadInput {
        for (CandidateSpace candidate : study.candidates()) {
            if (StudyProblem.of(study, candidate).space().size() == Long.MAX_VALUE) {
                throw new BadInput(new Problem(
                        candidate.axes().getFirst().location(),
                        "the choices of candidate '" + candidate.name() + "' make a space that is too large to search",
                        String.format("%.1e points", points(candidate)),
                        String.format("at most %,d", Long.MAX_VALUE),
                        "give fewer options, or a larger step"));
            }
        }
    }

    private static double points(CandidateSpace candidate) {
        double points = 1;
        for (int size : candidate.sizes()) {
            points *= size;
        }
        return points;
    }

    /**
     * Of a space of designs, those that no other design of the space beats, of many the best in each objective and
     * others spread along the front; when none works, the one that comes closest.
     */
    private static List<Trial> worthListing(Archive archive) {
        List<Trial> front = archive.front();
        if (front.isEmpty()) {
            return archive.trials().stream().min(Comparator.comparingDouble(Trial::violation)).stream()
                    .toList();
        }
        if (front.size() <= LISTED) {
            return front;
        }
        Map<Long, Trial> chosen = new LinkedHashMap<>();
        for (int k = 0; k < front.getFirst().objectives().length; k++) {
            int objective = k;
            front.stream()
                    .min(Comparator.comparingDouble(trial -> trial.objectives()[objective]))
                    .ifPresent(best -> chosen.put(best.number(), best));
        }
        double step = (front.size() - 1.0) / (LISTED - chosen.size() - 1);
        for (double i = 0; i < front.size() - 0.5 && chosen.size() < LISTED; i += step) {
            Trial trial = front.get((int) Math.round(i));
            chosen.putIfAbsent(trial.number(), trial);
        }
        return List.copyOf(chosen.values());
    }

    private double[] minimised(Entry entry) {
        return study.objectives().stream()
                .mapToDouble(name -> StudyProblem.minimised(entry.evaluation(), name))
                .toArray();
    }

    /** By the first objective, then the others, then the name; infeasible candidates last. */
    private Comparator<Entry> ranking() {
        Comparator<Entry> ranking =
                Comparator.comparing((Entry entry) -> entry.evaluation() instanceof Evaluation.Infeasible);
        for (String objective : study.objectives()) {
            ranking = ranking.thenComparingDouble(entry -> StudyProblem.minimised(entry.evaluation(), objective));
        }
        return ranking.thenComparing(Entry::name);
    }

    private List<String> front(List<Entry> entries) {
        List<Entry> feasible = entries.stream()
                .filter(entry -> !(entry.evaluation() instanceof Evaluation.Infeasible))
                .toList();
        return ParetoFront.of(feasible.stream().map(this::minimised).toList()).stream()
                .map(index -> feasible.get(index).name())
                .toList();
    }
}
