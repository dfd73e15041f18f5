package dev.toile.stack.mapping.band;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.Operation;
import java.util.Locale;

/** What a call mostly waits for; errors differ between them. */
public enum Regime {
    /** Launches, latencies and all else that no roof explains. */
    LAUNCH,
    /** The memory, or the links of a collective. */
    MEMORY,
    /** The tensor units. */
    COMPUTE;

    /** Below this share of its time a call's roofs do not explain it. */
    private static final double ROOFED = 1.0 / 3;

    /** As it is written in the catalog, such as {@code memory}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The regime of a call: the nearer of its two roofs (Williams et al., "Roofline", CACM 52(4), 2009), unless it is far
     * below both.
     *
     * @param operation that was called
     * @param chip that ran it
     * @param seconds predicted
     */
    static Regime of(Operation operation, Chip chip, double seconds) {
        boolean collective = operation instanceof Operation.Collective;
        double bytes = operation.bytes() / (collective ? chip.scaleUp() : chip.memoryBandwidth());
        boolean multiplies = operation.flops() > 0 && !(operation instanceof Operation.Elementwise);
        double compute = multiplies ? operation.flops() / chip.peakFor(operation.math()) : 0;
        if (Math.max(bytes, compute) < ROOFED * seconds) {
            return LAUNCH;
        }
        return compute > bytes ? COMPUTE : MEMORY;
    }
}
