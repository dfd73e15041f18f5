package dev.toile.search;

import java.util.Arrays;

/**
 * What one point came to.
 *
 * @param number of the point in its space
 * @param objectives all to be made small; meaningless where the point is infeasible
 * @param violation 0 where the point is feasible; up to 1 where an evaluation found that it is not, the larger the
 *     farther; above 1 where bounds ruled it out, for which no evaluation was needed
 */
@SuppressWarnings("ArrayRecordComponent") // hot, and equality is by content
public record Trial(long number, double[] objectives, double violation) {

    /** Turns a NaN into the worst. */
    public Trial {
        objectives = objectives.clone();
        for (int i = 0; i < objectives.length; i++) {
            objectives[i] = Double.isNaN(objectives[i]) ? Double.POSITIVE_INFINITY : objectives[i];
        }
    }

    /** Whether the design can work and every objective is a number. */
    public boolean feasible() {
        if (violation > 0) {
            return false;
        }
        for (double objective : objectives) {
            if (Double.isInfinite(objective)) {
                return false;
            }
        }
        return true;
    }

    /** Whether bounds ruled the point out, so that it cost no evaluation. */
    public boolean ruledOut() {
        return violation > 1;
    }

    /** Constraints first: feasible beats infeasible, then less violation, then Pareto dominance (Deb 2002, sec. VI). */
    boolean beats(Trial other) {
        boolean mine = feasible();
        if (mine != other.feasible()) {
            return mine;
        }
        return mine ? ParetoFront.dominates(objectives, other.objectives) : violation < other.violation;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trial(long itsNumber, double[] itsObjectives, double itsViolation)
                && number == itsNumber
                && Arrays.equals(objectives, itsObjectives)
                && Double.compare(violation, itsViolation) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public String toString() {
        return "trial " + number + " " + Arrays.toString(objectives) + (violation > 0 ? " violation " + violation : "");
    }
}
