package dev.toile.report;

import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Rescored;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a study found, ready to be written down.
 *
 * @param version of Toile
 * @param study what was asked
 * @param seed of the run
 * @param model that runs
 * @param workload in words
 * @param limits in words
 * @param objectives the most important first
 * @param entries sorted by the first objective, infeasible ones last
 * @param front names of those that none other beats in every objective
 * @param evaluations of candidates in all, those that are not listed included
 * @param simulated finalists that were simulated, by name
 * @param searches of candidates with choices
 * @param breakEven of building over buying; null where only one of them works
 * @param robust how the listed designs fare in other scenarios; null when none were asked for
 */
public record StudyResults(
        String version,
        String study,
        long seed,
        String model,
        List<String> workload,
        List<String> limits,
        List<String> objectives,
        List<Entry> entries,
        List<String> front,
        long evaluations,
        SequencedMap<String, Rescored> simulated,
        List<Searched> searches,
        @Nullable BreakEven breakEven,
        @Nullable Robust robust) {

    /** Copies the lists. */
    public StudyResults {
        workload = List.copyOf(workload);
        limits = List.copyOf(limits);
        objectives = List.copyOf(objectives);
        entries = List.copyOf(entries);
        front = List.copyOf(front);
        simulated = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(simulated));
        searches = List.copyOf(searches);
    }

    /** The same with finalists that were simulated. */
    public StudyResults with(SequencedMap<String, Rescored> finalists) {
        return new StudyResults(
                version,
                study,
                seed,
                model,
                workload,
                limits,
                objectives,
                entries,
                front,
                evaluations,
                finalists,
                searches,
                breakEven,
                robust);
    }

    /**
     * One candidate, or one point of a candidate's space.
     *
     * @param evaluation everything computed of it
     * @param settings options of its choices, in order
     */
    public record Entry(Evaluation evaluation, Map<String, String> settings) {

        /** Its name. */
        public String name() {
            return evaluation.candidate().name();
        }
    }
}
