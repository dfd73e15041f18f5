package dev.toile.stack.evaluation;

import dev.toile.stack.training.Iteration;
import java.util.List;

/** Everything computed of a candidate under a workload. */
public sealed interface Evaluation {

    /** What was evaluated. */
    Candidate candidate();

    /**
     * It cannot do the work.
     *
     * @param candidate that was evaluated
     * @param reason one sentence with numbers
     */
    record Infeasible(Candidate candidate, String reason) implements Evaluation {}

    /**
     * It serves.
     *
     * @param fleet that carries the traffic
     */
    record Serves(Fleet fleet) implements Evaluation {
        @Override
        public Candidate candidate() {
            return fleet.candidate();
        }
    }

    /**
     * It does all of several works, each on a fleet or cluster of its own.
     *
     * @param candidate that was evaluated
     * @param parts in the order of the study, each feasible
     */
    record Mixed(Candidate candidate, List<Part> parts) implements Evaluation {
        /** Copies the list. */
        public Mixed {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One work of a mix.
     *
     * @param name of the workload
     * @param weight among the workloads
     * @param evaluation of it
     */
    record Part(String name, double weight, Evaluation evaluation) {}

    /**
     * It trains.
     *
     * @param cluster that trains
     */
    record Trains(Cluster cluster) implements Evaluation {
        @Override
        public Candidate candidate() {
            return cluster.candidate();
        }

        /** One iteration. */
        public Iteration iteration() {
            return cluster.iteration();
        }
    }
}
