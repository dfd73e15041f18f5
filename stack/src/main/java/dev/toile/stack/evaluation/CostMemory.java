package dev.toile.stack.evaluation;

import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.Transformer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Step costs of the machines seen last, for candidates that differ in price, site or traffic only. Few are kept, so that
 * a search over a million chips needs no more memory than one over ten.
 */
final class CostMemory {

    private static final int KEPT = 8;

    private record Entry(Candidate candidate, Transformer model, Precision precision, StepCosts costs) {
        boolean suits(Candidate other, Transformer itsModel, Precision itsPrecision) {
            return sameMachine(candidate, other) && model.equals(itsModel) && precision.equals(itsPrecision);
        }

        private static boolean sameMachine(Candidate a, Candidate b) {
            return a.chip().equals(b.chip())
                    && a.profile().equals(b.profile())
                    && a.fabric().equals(b.fabric());
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();

    StepCosts of(Candidate candidate, Transformer model, Precision precision) {
        for (Entry entry : entries) {
            if (entry.suits(candidate, model, precision)) {
                return entry.costs();
            }
        }
        StepCosts costs = new StepCosts(candidate.timer(model, precision));
        entries.addFirst(new Entry(candidate, model, precision, costs));
        if (entries.size() > KEPT) {
            entries.removeLast();
        }
        return costs;
    }
}
