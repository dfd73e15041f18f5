package dev.toile.search;

import java.util.ArrayList;
import java.util.List;

/** Points that bounds ruled out, and what follows from them for others, so that these need no trial. */
final class Bounds {

    private final Problem problem;

    /** None of them follows from another. */
    private final List<int[]> ruledOut = new ArrayList<>();

    /** Nothing is known yet. */
    Bounds(Problem problem) {
        this.problem = problem;
    }

    /** Learns from a trial. */
    void add(Trial trial) {
        if (!trial.ruledOut()) {
            return;
        }
        int[] point = problem.space().point(trial.number());
        if (!ruleOut(point)) {
            ruledOut.removeIf(other -> problem.rulesOut(point, other));
            ruledOut.add(point);
        }
    }

    /** Whether a point cannot work, for all that is known. */
    boolean ruleOut(int[] point) {
        for (int[] known : ruledOut) {
            if (problem.rulesOut(known, point)) {
                return true;
            }
        }
        return false;
    }
}
