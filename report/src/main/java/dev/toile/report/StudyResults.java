package dev.toile.report;

import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Rescored;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

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
        SequencedMap<String, Rescored> simulated) {

    /** Copies the lists. */
    public StudyResults {
        workload = List.copyOf(workload);
        limits = List.copyOf(limits);
        objectives = List.copyOf(objectives);
        entries = List.copyOf(entries);
        front = List.copyOf(front);
        simulated = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(simulated));
    }

    /** The same with finalists that were simulated. */
    public StudyResults with(SequencedMap<String, Rescored> finalists) {
        return new StudyResults(
                version, study, seed, model, workload, limits, objectives, entries, front, evaluations, finalists);
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
