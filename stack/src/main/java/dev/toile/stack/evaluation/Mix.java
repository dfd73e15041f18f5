package dev.toile.stack.evaluation;

import dev.toile.stack.serving.ServingPlanner;
import java.util.List;

/**
 * Several works that one design has to do, each on a fleet or cluster of its own.
 *
 * @param shares in the order of the study, at least one
 */
public record Mix(List<Share> shares) {

    /**
     * One work of a mix.
     *
     * @param name in kebab-case, unique in the mix
     * @param weight in figures that are averaged over the works, positive
     * @param workload what has to be done
     * @param modes ways to serve that may be used
     */
    public record Share(String name, double weight, Workload workload, ServingPlanner.Modes modes) {
        /** Checks the weight. */
        public Share {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("weight " + weight + " of workload " + name + "; expected above 0");
            }
        }
    }

    /** Copies the list. */
    public Mix {
        shares = List.copyOf(shares);
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("a mix of no workloads; expected at least one");
        }
    }
}
