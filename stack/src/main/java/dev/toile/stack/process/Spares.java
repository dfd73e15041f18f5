package dev.toile.stack.process;

/**
 * Equal units of a die of which some may be defective and are switched off.
 *
 * @param units on the die
 * @param needed that must work
 * @param area m2 of one unit
 */
public record Spares(int units, int needed, double area) {

    /** Checks that no more are needed than there are. */
    public Spares {
        if (needed > units || needed < 0 || !(area >= 0)) {
            throw new IllegalArgumentException(needed + " of " + units + " units of " + area + " m2 cannot be needed");
        }
    }

    /** Probability that enough units work when each works with a probability of its own: the binomial's upper tail. */
    double enough(double works) {
        if (needed == 0 || works >= 1) {
            return 1;
        }
        if (works <= 0) {
            return 0;
        }
        // Terms from all units working downwards; the ratio of neighbours avoids factorials.
        double odds = (1 - works) / works;
        double term = Math.exp(units * Math.log(works));
        double sum = term;
        for (int defective = 1; defective <= units - needed; defective++) {
            term *= odds * (units - defective + 1) / defective;
            sum += term;
        }
        return Math.min(1, sum);
    }
}
