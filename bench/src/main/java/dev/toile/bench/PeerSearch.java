package dev.toile.bench;

import dev.toile.app.bench.EnumeratedSpace;
import dev.toile.search.Space;
import dev.toile.search.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.moeaframework.algorithm.NSGAII;
import org.moeaframework.core.PRNG;
import org.moeaframework.core.Solution;
import org.moeaframework.core.variable.EncodingUtils;
import org.moeaframework.problem.AbstractProblem;

/**
 * NSGA-II of the MOEA Framework with its own defaults on an enumerated space. Only designs it has not tried before count
 * against its budget.
 */
final class PeerSearch extends AbstractProblem {

    private final EnumeratedSpace truth;
    private final Space space;
    private final boolean binary;
    private final List<Trial> trials = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();

    private PeerSearch(EnumeratedSpace truth, boolean binary) {
        super(truth.problem().space().dimensions(), truth.problem().objectives(), 1);
        this.truth = truth;
        this.space = truth.problem().space();
        this.binary = binary;
    }

    /**
     * The distinct trials within the budget, in order.
     *
     * @param binary whether options are written as bits (crossover HUX, bit flips) instead of rounded reals (SBX,
     *     polynomial mutation)
     */
    static List<Trial> trials(EnumeratedSpace truth, long seed, boolean binary) {
        PRNG.setSeed(seed);
        PeerSearch problem = new PeerSearch(truth, binary);
        NSGAII algorithm = new NSGAII(problem);
        long calls = 0;
        while (problem.trials.size() < truth.budget() && calls < 20 * truth.budget()) {
            algorithm.step();
            calls = algorithm.getNumberOfEvaluations();
        }
        return problem.trials.subList(0, (int) Math.min(problem.trials.size(), truth.budget()));
    }

    @Override
    public Solution newSolution() {
        Solution solution = new Solution(numberOfVariables, numberOfObjectives, numberOfConstraints);
        for (int i = 0; i < numberOfVariables; i++) {
            int last = space.axes().get(i).size() - 1;
            solution.setVariable(i, binary ? EncodingUtils.newBinaryInt(0, last) : EncodingUtils.newInt(0, last));
        }
        return solution;
    }

    @Override
    public void evaluate(Solution solution) {
        int[] point = EncodingUtils.getInt(solution);
        Trial trial = truth.trial(space.canonical(point));
        if (known.add(trial.number())) {
            trials.add(trial);
        }
        double[] objectives = trial.objectives();
        for (int k = 0; k < objectives.length; k++) {
            solution.setObjective(k, trial.feasible() ? objectives[k] : 1e9);
        }
        solution.setConstraint(0, trial.feasible() ? 0 : trial.violation() + 1);
    }
}
