package dev.toile.stack.chip;

/**
 * What it takes to bond one die on another. SI units.
 *
 * @param area m2 of either die per byte/s across the bond
 * @param energy joules per byte across the bond
 * @param yield share of bonded dies that survive
 * @param price USD per m2 of bonded die, thinning and vias included
 * @param chipletArea m2 for clocking, test and seal ring of a die whose interfaces lie on another
 * @param flux W/m2 that a stack of two logic dies can pass to a cold plate
 */
public record Stacking(double area, double energy, double yield, double price, double chipletArea, double flux) {}
