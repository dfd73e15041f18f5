package dev.toile.stack.evaluation;

import dev.toile.stack.parallel.Roofline;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.training.Iteration;
import dev.toile.stack.training.Pass;
import java.util.ArrayList;
import java.util.List;

/** The roofline of each pass of an evaluation. */
public final class Rooflines {

    private Rooflines() {}

    /**
     * A roofline and where its operations are explained.
     *
     * @param roofline of one pass
     * @param why path of the pass's figure, as in {@link Composition.Node#why()}; an operation's figure is below it
     *     under its name with {@code -all} behind
     */
    public record Explained(Roofline roofline, String why) {}

    /** In the order of the pools; of a training run the forward pass. None where no step is modelled. */
    public static List<Explained> of(Evaluation evaluation) {
        return switch (evaluation) {
            case Evaluation.Infeasible _, Evaluation.Mixed _ -> List.of();
            case Evaluation.Serves(Fleet fleet) -> serving(fleet);
            case Evaluation.Trains(Cluster cluster) -> List.of(training(cluster.iteration()));
        };
    }

    private static List<Explained> serving(Fleet fleet) {
        List<Explained> out = new ArrayList<>();
        for (Pool each : fleet.plan().pools()) {
            if (each instanceof SteppedPool pool) {
                String role = pool.role();
                String rate =
                        "tokens-per-second-per-chip/chips-per-rate/" + role + "-chips-per-rate/" + role + "-rate/";
                // Only pools that answer users wait for hosts, so only theirs is the smaller of two rates.
                String replica = role.equals("prefill") ? "" : role + "-requests-per-replica/";
                out.add(new Explained(
                        Roofline.of(pool.step()), rate + replica + pool.step().name()));
            }
        }
        return out;
    }

    private static Explained training(Iteration iteration) {
        Roofline forward = Roofline.of(
                "forward pass",
                iteration.chip(),
                iteration.layers().stream().map(Pass::part).toList());
        return new Explained(forward, "iteration-time/stage/forward");
    }
}
