package dev.toile.app;

import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Problem;
import dev.toile.report.StudyResults;
import dev.toile.report.StudyResults.Entry;
import dev.toile.search.Enumeration;
import dev.toile.search.ParetoFront;
import dev.toile.search.Space;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Evaluator;
import dev.toile.stack.evaluation.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Evaluates a study: every candidate, and every point of a candidate with choices.
 *
 * @param study to be run
 * @param seed of the run; enumeration draws no random numbers, but results name it
 * @param threads that evaluate
 * @param progress is told of every evaluation
 */
record StudyRun(Study study, long seed, int threads, Runnable progress) {

    /** All results, ranked. */
    StudyResults results() {
        ThreadLocal<Evaluator> evaluators = ThreadLocal.withInitial(() -> new Evaluator(study.workload()));
        List<Entry> entries = new ArrayList<>();
        long evaluations = 0;
        for (CandidateSpace space : study.candidates()) {
            List<Entry> points = points(space, evaluators);
            evaluations += points.size();
            entries.addAll(worthListing(points));
        }
        entries.sort(ranking());
        return new StudyResults(
                Version.NUMBER,
                study.title(),
                seed,
                study.workload().model().name(),
                study.workloadLines(),
                study.limitLines(),
                study.objectives(),
                entries,
                front(entries),
                evaluations,
                new LinkedHashMap<>());
    }

    /** Evaluations that a run of the study takes. */
    static long evaluations(Study study) {
        return study.candidates().stream()
                .mapToLong(candidate -> new Space(candidate.sizes()).size())
                .reduce(0, Math::addExact);
    }

    /** Refuses a study with a space that is too large to enumerate. */
    static void refuseTooLarge(Study study) throws BadInput {
        for (CandidateSpace space : study.candidates()) {
            small(space);
        }
    }

    private static void small(CandidateSpace candidate) throws BadInput {
        long size = new Space(candidate.sizes()).size();
        if (size > Enumeration.LIMIT) {
            throw new BadInput(new Problem(
                    candidate.axes().getFirst().location(),
                    "the choices of candidate '" + candidate.name() + "' make a space that is too large to enumerate; "
                            + "search over larger spaces is not there yet",
                    String.format("%,d points", size),
                    String.format("at most %,d", Enumeration.LIMIT),
                    "give fewer options, or a larger step"));
        }
    }

    private List<Entry> points(CandidateSpace candidate, ThreadLocal<Evaluator> evaluators) {
        return new Enumeration(threads)
                .all(
                        new Space(candidate.sizes()),
                        point -> new Entry(evaluators.get().evaluate(candidate.at(point)), candidate.settings(point)),
                        progress);
    }

    /** Of a space of designs, those that no other design of the space beats; when none works, the first. */
    private List<Entry> worthListing(List<Entry> points) {
        List<Entry> feasible = points.stream()
                .filter(entry -> !(entry.evaluation() instanceof Evaluation.Infeasible))
                .toList();
        if (feasible.isEmpty()) {
            return List.of(points.getFirst());
        }
        List<double[]> objectives = feasible.stream().map(this::minimised).toList();
        return ParetoFront.of(objectives).stream().map(feasible::get).toList();
    }

    private double[] minimised(Entry entry) {
        return study.objectives().stream()
                .mapToDouble(name -> minimised(entry, name))
                .toArray();
    }

    private static double minimised(Entry entry, String objective) {
        double value = Figures.value(entry.evaluation(), objective);
        if (Double.isNaN(value)) {
            return Double.POSITIVE_INFINITY;
        }
        return Figures.moreIsBetter(objective) ? -value : value;
    }

    /** By the first objective, then the others, then the name; infeasible candidates last. */
    private Comparator<Entry> ranking() {
        Comparator<Entry> ranking =
                Comparator.comparing((Entry entry) -> entry.evaluation() instanceof Evaluation.Infeasible);
        for (String objective : study.objectives()) {
            ranking = ranking.thenComparingDouble(entry -> minimised(entry, objective));
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
