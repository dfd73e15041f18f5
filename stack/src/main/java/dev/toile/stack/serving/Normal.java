package dev.toile.stack.serving;

/** The standard normal distribution, within a few parts in ten thousand: far less than what it is used on knows. */
final class Normal {

    private Normal() {}

    /** Value that a share of all lies below; within 4.5e-4 (Abramowitz and Stegun, 26.2.23). */
    static double quantile(double share) {
        if (share < 0.5) {
            return -quantile(1 - share);
        }
        double t = Math.sqrt(-2 * Math.log(1 - share));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }

    /** Share that lies below a value; within 1e-5 (Abramowitz and Stegun, 26.2.16). */
    static double shareBelow(double value) {
        if (value < 0) {
            return 1 - shareBelow(-value);
        }
        double t = 1 / (1 + 0.33267 * value);
        double density = Math.exp(-value * value / 2) / Math.sqrt(2 * Math.PI);
        return 1 - density * t * (0.4361836 + t * (-0.1201676 + t * 0.9372980));
    }
}
