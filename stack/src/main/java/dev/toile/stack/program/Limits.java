package dev.toile.stack.program;

import dev.toile.stack.figure.Unit;
import dev.toile.stack.site.ItPower;
import java.util.ArrayList;
import java.util.List;

/**
 * What a programme may use.
 *
 * @param itPower watts of IT; infinite when unlimited
 * @param capex USD; infinite when unlimited
 * @param chips accelerators; infinite when unlimited
 */
public record Limits(double itPower, double capex, double chips) {

    /** No limits. */
    public static final Limits NONE =
            new Limits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** By which factor a fleet exceeds the limit that it breaks most; at most 1 when it keeps them all. */
    public double excess(ItPower needed, double neededCapex, double neededChips) {
        return Math.max(needed.watts() / itPower, Math.max(neededCapex / capex, neededChips / chips));
    }

    /** Which limits a fleet breaks, in words; empty when it keeps them all. */
    public List<String> brokenBy(ItPower needed, double neededCapex, double neededChips) {
        List<String> broken = new ArrayList<>();
        if (needed.watts() > itPower) {
            broken.add("it needs " + Unit.WATT.format(needed.watts()) + " of IT power; the limit is "
                    + Unit.WATT.format(itPower));
        }
        if (neededCapex > capex) {
            broken.add(
                    "it needs " + Unit.USD.format(neededCapex) + " of capex; the limit is " + Unit.USD.format(capex));
        }
        if (neededChips > chips) {
            broken.add("it needs " + Unit.ONE.format(neededChips) + " chips; the limit is " + Unit.ONE.format(chips));
        }
        return broken;
    }
}
