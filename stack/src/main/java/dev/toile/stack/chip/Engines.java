package dev.toile.stack.chip;

/**
 * The equal engines of a chip that share the tiles of one operation: SMs, compute units, tensor cores.
 *
 * @param count working engines
 * @param rows of one engine's array; 0 when the software's tile menu describes it well enough
 * @param columns of that array
 * @param memory bytes of local memory that one engine stages tiles in
 * @param exponentials that one engine's special function units evaluate in a cycle
 */
public record Engines(double count, double rows, double columns, double memory, double exponentials) {}
