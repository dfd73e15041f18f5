package dev.toile.report;

import java.util.List;

/** What is behind the figures of a run's candidates. Built once, since several files show it. */
public final class Explanations {

    private final List<Explanation> byEntry;

    private Explanations(List<Explanation> byEntry) {
        this.byEntry = byEntry;
    }

    /** Those of all entries, in their order. */
    public static Explanations of(StudyResults results) {
        return new Explanations(results.entries().stream()
                .map(entry -> Explanation.of(entry.evaluation()))
                .toList());
    }

    Explanation at(int entry) {
        return byEntry.get(entry);
    }
}
