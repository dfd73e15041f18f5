package dev.toile.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search of one candidate's choices did, as {@code results.json} holds it: written and read with these records.
 *
 * @param candidate whose choices were open
 * @param designs in its space
 * @param method by which it was searched
 * @param trials designs that were tried
 * @param feasible trials that can do the work
 * @param ruledOut designs that bounds ruled out without a look at each
 * @param front designs that no other of the space beats
 * @param axes its choices
 * @param points the front and a sample of the other trials that work
 * @param convergence hypervolume after so many trials, as a share of that at the end
 * @param steps the best design with one choice changed
 * @param importance of each axis for each objective; empty where there were too few trials to tell
 */
public record Searched(
        String candidate,
        double designs,
        String method,
        long trials,
        long feasible,
        double ruledOut,
        long front,
        List<Choice> axes,
        List<Tried> points,
        List<Converged> convergence,
        List<Step> steps,
        List<Importance> importance) {

    /** Copies the lists; those that older results lack are empty. */
    public Searched {
        axes = orEmpty(axes);
        points = orEmpty(points);
        convergence = orEmpty(convergence);
        steps = orEmpty(steps);
        importance = orEmpty(importance);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /**
     * A choice.
     *
     * @param name of it
     * @param options in order
     */
    public record Choice(String name, List<String> options) {}

    /**
     * A design that was tried.
     *
     * @param options index of the option of each choice, -1 where it is not open
     * @param values of the objectives in published units
     * @param front whether it is on the front of its space
     * @param entry name of the candidate that lists it with all figures; null when none does
     */
    public record Tried(
            List<Integer> options,
            List<Double> values,
            boolean front,
            @Nullable String entry) {}

    /**
     * How far the search was.
     *
     * @param trials so far
     * @param share of the final hypervolume
     */
    public record Converged(long trials, double share) {}

    /**
     * The best design with one choice changed.
     *
     * @param axis index of the choice
     * @param option index of the option
     * @param values of the objectives in published units; null where the design cannot work
     */
    public record Step(int axis, int option, @Nullable List<Double> values) {}

    /**
     * How much of an objective hangs on a choice, over all trials.
     *
     * @param axis index of the choice
     * @param shares loss of a random forest's accuracy when the choice is shuffled (permutation importance; Breiman
     *     2001), over the sum of all choices, for each objective
     */
    public record Importance(int axis, List<Double> shares) {}
}
