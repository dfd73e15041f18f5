package dev.toile.stack.process;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clustered defects: the density of one die is that of the wafer times a gamma variable of mean 1 and shape alpha, which
 * makes the number of defects negative binomial (Stapper 1983). Given the density, units fail independently, so that
 * "at least k of n work" is an exact binomial; the yield is its mean over the gamma distribution.
 *
 * <p>The mean is taken with the trapezoid rule in the logarithm of the density, which converges exponentially for
 * integrands that decay at both ends; it meets the closed form of the negative binomial to 1e-9.
 */
final class DefectField {
    private static final double STEP = 0.25;
    private static final ConcurrentHashMap<Double, DefectField> KNOWN = new ConcurrentHashMap<>();

    private final double[] density;
    private final double[] weight;

    private DefectField(double alpha) {
        // exp(alpha u - alpha e^u): below low and above high nothing is left of it in doubles.
        double low = -40 / alpha;
        double high = Math.log(60 / alpha + 6);
        int points = (int) Math.ceil((high - low) / STEP) + 1;
        density = new double[points];
        weight = new double[points];
        double sum = 0;
        for (int i = 0; i < points; i++) {
            double u = low + i * STEP;
            density[i] = Math.exp(u);
            weight[i] = Math.exp(alpha * (u - density[i] + 1));
            sum += weight[i];
        }
        for (int i = 0; i < points; i++) {
            weight[i] /= sum;
        }
    }

    static DefectField of(double alpha) {
        return KNOWN.computeIfAbsent(alpha, DefectField::new);
    }

    /** Share of dies whose critical area is clean and which have enough of everything that has spares. */
    double share(double defectDensity, double criticalArea, List<Spares> groups) {
        double good = 0;
        for (int i = 0; i < density.length; i++) {
            double local = defectDensity * density[i];
            double works = weight[i] * Math.exp(-local * criticalArea);
            for (int g = 0; g < groups.size(); g++) {
                Spares group = groups.get(g);
                works *= group.enough(Math.exp(-local * group.area()));
            }
            good += works;
        }
        return good;
    }
}
