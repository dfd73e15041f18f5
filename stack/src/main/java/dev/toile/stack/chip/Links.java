package dev.toile.stack.chip;

/**
 * The links of a package for one purpose.
 *
 * @param purpose such as {@code scale-up}
 * @param generation of their lanes
 * @param lanes of the package
 */
public record Links(String purpose, LinkGeneration generation, double lanes) {

    /** As many lanes as a bandwidth of one direction needs. */
    public static Links of(String purpose, LinkGeneration generation, double bytesPerSecond) {
        return new Links(purpose, generation, Math.ceil(bytesPerSecond / generation.bandwidth() - 1e-9));
    }

    /** Bytes/s of one direction. */
    public double bandwidth() {
        return lanes * generation.bandwidth();
    }

    /** Watts with every lane on; lanes of this speed send idle symbols when they have nothing to say. */
    public double power() {
        return bandwidth() * generation.energy();
    }
}
