/**
 * The transistor: process nodes, wafers, defects and yield.
 *
 * <p>Models what a node gives an architect: transistors and SRAM bits per area, energy per operation, byte and wire,
 * clock over voltage, and good dies per wafer. Main equation: yield = mean over a gamma-distributed defect density of
 * {@code exp(-A D)} times binomial tails of the units with spares. Depends on {@code figure}.
 */
@NullMarked
package dev.toile.stack.process;

import org.jspecify.annotations.NullMarked;
