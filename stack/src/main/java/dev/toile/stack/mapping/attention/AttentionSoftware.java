package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Provenance;

/**
 * Attention constants and where they come from.
 *
 * @param constants of all kernels
 * @param provenance of all of them
 */
public record AttentionSoftware(AttentionConstants constants, Provenance provenance) {}
