package dev.toile.evidence;

import dev.toile.stack.mapping.band.Band;
import dev.toile.stack.mapping.band.OperationClass;
import org.jspecify.annotations.Nullable;

/**
 * How sure a prediction of one operation is.
 *
 * @param of the class of the operation
 * @param band where the measurement is expected; null while nothing of the chip's software was measured
 * @param configuration what a split keeps together
 * @param keptOut whether no constant was fitted to the row
 */
public record Certainty(OperationClass of, @Nullable Band band, String configuration, boolean keptOut) {}
