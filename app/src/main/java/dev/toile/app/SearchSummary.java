package dev.toile.app;

import dev.toile.report.Searched;
import dev.toile.search.Archive;
import dev.toile.search.Method;
import dev.toile.search.Trial;
import java.util.Locale;

/** What is told of a search in the results. */
final class SearchSummary {

    private SearchSummary() {}

    static Searched of(StudyProblem problem, Method method, Archive archive, double ruledOut) {
        return new Searched(
                problem.candidate().name(),
                problem.space().designs(),
                method.name().toLowerCase(Locale.ROOT),
                archive.size(),
                archive.trials().stream().filter(Trial::feasible).count(),
                ruledOut,
                archive.front().size());
    }
}
