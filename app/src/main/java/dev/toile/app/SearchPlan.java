package dev.toile.app;

import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.search.Method;
import dev.toile.search.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a run searches.
 *
 * @param seed of everything drawn
 * @param threads that evaluate; the result does not depend on their number
 * @param total designs that may be tried in all; null for every design of small spaces and a default for larger ones
 * @param chosen method for every space; null for what suits it
 */
record SearchPlan(
        long seed,
        int threads,
        @Nullable Long total,
        @Nullable Method chosen) {

    /** Designs of one candidate that may be tried: candidates without choices take one, the others share the rest. */
    long budget(Study study, CandidateSpace candidate) {
        if (candidate.axes().isEmpty()) {
            return 1;
        }
        double designs = StudyProblem.of(study, candidate).space().designs();
        if (total == null) {
            return designs <= Method.ENUMERATED ? Method.ENUMERATED : Method.BUDGET;
        }
        long open = study.candidates().stream()
                .filter(each -> !each.axes().isEmpty())
                .count();
        long left = total - (study.candidates().size() - open);
        return Math.max(1, left / open);
    }

    Method method(Problem problem, long budget) {
        return chosen == null ? Method.suited(problem, budget) : chosen;
    }

    /** Trials that a run may take in all. */
    long trials(Study study) {
        return study.candidates().stream()
                .mapToLong(candidate -> (long) Math.min(
                        budget(study, candidate),
                        StudyProblem.of(study, candidate).space().designs()))
                .sum();
    }
}
