/**
 * How long the routed experts of a layer take on one rank.
 *
 * <p>One call is a list of kernels: sort and permute the rows, two grouped products with the activation between, and the
 * weighted sum over the experts of each token. {@link dev.toile.stack.mapping.experts.ExpertsLaw} adds them up;
 * {@link dev.toile.stack.mapping.experts.TokenCounts} says how many rows and tiles the routing makes; the constants in
 * {@link dev.toile.stack.mapping.experts.ExpertsConstants} come from the catalog, where a calibration wrote them.
 */
@NullMarked
package dev.toile.stack.mapping.experts;

import org.jspecify.annotations.NullMarked;
