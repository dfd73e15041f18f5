/**
 * Serving as a discrete-event simulation: requests arrive, wait, are batched continuously and leave; what users feel is
 * counted, not estimated.
 *
 * <p>Between events every running sequence grows by one token a step, so that the state of a step is a handful of sums:
 * {@code step = tokens(n) + logits(n) + context(n, sum of contexts)}, whatever the batch. Depends on {@code parallel} and
 * {@code workload}.
 */
@NullMarked
package dev.toile.stack.serving.simulation;

import org.jspecify.annotations.NullMarked;
