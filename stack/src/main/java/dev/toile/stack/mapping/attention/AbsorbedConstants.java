package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Constant;

/**
 * What a software stack makes of equal products in one launch.
 *
 * @param floor launch, quantisation of the input included
 * @param tensor share of the dense peak
 * @param tileCycles of a tile of 128 x 128 outputs
 * @param read share of the memory bandwidth of reads
 * @param write share of the memory bandwidth of writes
 * @param cacheShare share of 64 bytes a cycle and engine for what stays in the cache
 * @param quantisePasses over the input in 16 and 8 bit before the product, which cannot overlap it; 0 when there are none
 */
public record AbsorbedConstants(
        @Constant(unit = "s", meaning = "launch of batched products", high = 5e-5)
        double floor,

        @Constant(unit = "1", meaning = "share of the dense peak", low = 0.05, high = 1)
        double tensor,

        @Constant(unit = "cycle", meaning = "a tile of 128 x 128 outputs", high = 2e4)
        double tileCycles,

        @Constant(unit = "1", meaning = "share of the memory bandwidth, reads", low = 0.2, high = 1)
        double read,

        @Constant(unit = "1", meaning = "share of the memory bandwidth, writes", low = 0.2, high = 1)
        double write,

        @Constant(unit = "1", meaning = "share of 64 B/cycle and engine of the cache", low = 0.05, high = 2)
        double cacheShare,

        @Constant(unit = "1", meaning = "passes that quantise the input", high = 10, without = 0)
        double quantisePasses) {}
