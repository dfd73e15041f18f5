/**
 * Requests made up: arrivals (Poisson, gamma, through the day), lengths from their percentiles, sessions of agents.
 *
 * <p>The same seed gives the same requests: {@code arrival(i + 1) = arrival(i) + gap / rate} with gaps of mean 1, so that
 * another rate stretches the same pattern. Depends on {@code serving.simulation} and {@code workload}.
 */
@NullMarked
package dev.toile.stack.serving.traffic;

import org.jspecify.annotations.NullMarked;
