package dev.toile.app;

import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.search.Method;
import dev.toile.search.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run searches.
 *
 * @param seed of everything drawn
 * @param threads that evaluate; the result does not depend on their number
 * @param total designs that may be tried in all; null for every design of small spaces and a default for larger ones
 * @param chosen method for every space; null for what suits it
 * @param scenarios of prices and technology for the designs that are listed; 0 for none
 */
record SearchPlan(
        long seed,
        int threads,
        @Nullable Long total,
        @Nullable Method chosen,
        int scenarios) {

    /**
     * Designs of one candidate that may be tried. Of a total, small spaces (and candidates without choices) get what
     * they have, and the others share the rest evenly.
     */
    long budget(Study study, CandidateSpace candidate) {
        double designs = designs(study, candidate);
        if (total == null) {
            return designs <= Method.ENUMERATED ? Method.ENUMERATED : Method.BUDGET;
        }
        List<Double> sizes = study.candidates().stream()
                .map(each -> designs(study, each))
                .sorted()
                .toList();
        double left = total;
        for (int i = 0; i < sizes.size(); i++) {
            double share = Math.floor(left / (sizes.size() - i));
            if (sizes.get(i) > share) {
                return (long) Math.max(1, Math.min(designs, share));
            }
            left -= sizes.get(i);
        }
        return (long) designs;
    }

    private static double designs(Study study, CandidateSpace candidate) {
        return StudyProblem.of(study, candidate).space().designs();
    }

    Method method(Problem problem, long budget) {
        return chosen == null ? Method.suited(problem, budget) : chosen;
    }

    /** Trials that a run may take in all. */
    long trials(Study study) {
        return study.candidates().stream()
                .mapToLong(candidate -> (long) Math.min((double) budget(study, candidate), designs(study, candidate)))
                .sum();
    }
}
