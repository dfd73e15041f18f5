package dev.toile.stack.mapping.matmul;

import dev.toile.stack.figure.Constant;

/**
 * What holds for products on every chip.
 *
 * @param memoryShare of the memory bandwidth that reads reach
 * @param residentNone working set, as a share of the cache, from which nothing stays there until the next call
 * @param overlap exponent of the norm by which compute and reads overlap; infinite would be perfect overlap
 * @param writeOverlap exponent by which both overlap with writing the output; 1 would be none
 * @param issueShare of the cycles in which a tensor engine multiplies while it has operands
 * @param powerShare of the thermal design power that is left for tensor engines
 * @param rampDecades of duration above a millisecond over which a lone call comes to feel the power limit
 */
public record MatmulPhysics(
        @Constant(unit = "1", meaning = "share of the memory bandwidth that reads reach", low = 0.5, high = 1)
        double memoryShare,

        @Constant(unit = "1", meaning = "working set over cache from which nothing stays", fitted = false)
        double residentNone,

        @Constant(unit = "1", meaning = "overlap exponent of compute and reads", low = 1, high = 8, without = 8)
        double overlap,

        @Constant(unit = "1", meaning = "overlap exponent of those and writes", low = 1, high = 8)
        double writeOverlap,

        @Constant(unit = "1", meaning = "share of cycles an engine with operands multiplies", fitted = false)
        double issueShare,

        @Constant(unit = "1", meaning = "share of the design power left for tensor engines", fitted = false)
        double powerShare,

        @Constant(unit = "1", meaning = "decades above 1 ms until a lone call feels the power limit", fitted = false)
        double rampDecades) {

    /** The same with reads at another share of the memory bandwidth. */
    MatmulPhysics withMemoryShare(double share) {
        return new MatmulPhysics(share, residentNone, overlap, writeOverlap, issueShare, powerShare, rampDecades);
    }
}
