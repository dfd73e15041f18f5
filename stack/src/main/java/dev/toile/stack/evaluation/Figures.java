package dev.toile.stack.evaluation;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be asked of an evaluation, by name: as a number on the fast path, as a tree when somebody wants to know why.
 */
public final class Figures {

    private Figures() {}

    /** All names an evaluation answers to, in the order of the report; empty for an infeasible one. */
    public static List<String> names(Evaluation evaluation) {
        return switch (evaluation) {
            case Evaluation.Infeasible _ -> List.of();
            case Evaluation.Serves(Fleet fleet) -> ServingFigures.names(fleet);
            case Evaluation.Trains _ -> TrainingFigures.NAMES;
            case Evaluation.Mixed mixed -> MixedFigures.names(mixed);
        };
    }

    /** Every name there is, for a study's objectives. */
    public static List<String> all() {
        return Stream.concat(ServingFigures.all().stream(), TrainingFigures.NAMES.stream())
                .distinct()
                .toList();
    }

    /** Figures of which more is better; of all others less is. */
    private static final Set<String> MORE_IS_BETTER = Set.of(
            "tokens-per-second-per-chip", "mfu", "revenue-per-year", "revenue-per-day", "cost-profit-margin", "batch");

    /** Whether a larger value of a figure is the better one. */
    public static boolean moreIsBetter(String name) {
        return MORE_IS_BETTER.contains(name);
    }

    /** A number; NaN when the evaluation has none of that name. */
    public static double value(Evaluation evaluation, String name) {
        return switch (evaluation) {
            case Evaluation.Infeasible _ -> Double.NaN;
            case Evaluation.Serves(Fleet fleet) -> ServingFigures.value(fleet, name);
            case Evaluation.Trains(Cluster cluster) -> TrainingFigures.value(cluster, name);
            case Evaluation.Mixed mixed -> MixedFigures.value(mixed, name);
        };
    }

    /** The unit of a figure; empty when there is none of that name. */
    public static Optional<Unit> unit(String name) {
        return ServingFigures.unit(name).or(() -> TrainingFigures.unit(name));
    }

    /** The tree behind a number; empty when the evaluation has none of that name. */
    public static Optional<Figure> explain(Evaluation evaluation, String name) {
        return switch (evaluation) {
            case Evaluation.Infeasible _ -> Optional.empty();
            case Evaluation.Serves(Fleet fleet) -> ServingFigures.explain(fleet, name);
            case Evaluation.Trains(Cluster cluster) -> TrainingFigures.explain(cluster, name);
            case Evaluation.Mixed mixed -> MixedFigures.explain(mixed, name);
        };
    }
}
