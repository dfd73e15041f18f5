/**
 * Finds the constants of the mapping and network floors from measurements.
 *
 * <p>Reads tables of kernel latencies, keeps one configuration in five out of every fit, moves the constants of a law
 * until the mean absolute log error is least, and says how far the law is from both sides. Depends on {@code stack} and
 * {@code catalog}.
 */
@NullMarked
package dev.toile.evidence.calibration;

import org.jspecify.annotations.NullMarked;
