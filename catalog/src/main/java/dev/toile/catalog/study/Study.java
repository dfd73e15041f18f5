package dev.toile.catalog.study;

import dev.toile.stack.evaluation.Mix;
import dev.toile.stack.evaluation.Workload;
import java.util.List;

/**
 * A study that has been checked: what has to be done, and what may do it.
 *
 * @param file it was read from, as the user wrote it
 * @param title what is asked, in a sentence
 * @param workload what has to be done; the first of several
 * @param mix all that has to be done, with names and weights
 * @param workloadLines the workload in words, for people
 * @param limitLines the limits in words, for people
 * @param objectives figures that count, the most important first
 * @param candidates what may do it, each with its open choices
 * @param values every value as it was written
 */
public record Study(
        String file,
        String title,
        Workload workload,
        Mix mix,
        List<String> workloadLines,
        List<String> limitLines,
        List<String> objectives,
        List<CandidateSpace> candidates,
        List<WrittenValue> values) {

    /** Copies the lists. */
    public Study {
        workloadLines = List.copyOf(workloadLines);
        limitLines = List.copyOf(limitLines);
        objectives = List.copyOf(objectives);
        candidates = List.copyOf(candidates);
        values = List.copyOf(values);
    }
}
