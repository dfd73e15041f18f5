package dev.toile.stack.serving.traffic;

import java.util.SplittableRandom;

/** Random numbers of mean 1. */
final class Draw {

    private Draw() {}

    static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }

    /** Gamma-distributed with a coefficient of variation: Marsaglia and Tsang, ACM TOMS 26(3), 2000. */
    static double gamma(SplittableRandom random, double variation) {
        if (variation == 0) {
            return 1;
        }
        if (variation == 1) {
            return exponential(random);
        }
        double shape = 1 / (variation * variation);
        double boost = shape < 1 ? Math.pow(1 - random.nextDouble(), 1 / shape) : 1;
        double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return boost * d * v / shape;
            }
        }
    }
}
