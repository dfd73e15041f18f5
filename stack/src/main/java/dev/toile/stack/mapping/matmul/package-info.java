/**
 * Dense matrix products: output tiles of a menu run in waves over the engines of a chip.
 *
 * <p>Main equation: {@code seconds = launch + ((compute^p + read^p)^(w/p) + write^w)^(1/w)}, the least over tiles and
 * ways to split the depth, stretched where the chip's power does not carry its clock. What the software decides (menu,
 * splitting, launches, passes that quantise) is data. Depends on {@code chip}, {@code operation} and {@code figure}.
 */
@NullMarked
package dev.toile.stack.mapping.matmul;

import org.jspecify.annotations.NullMarked;
