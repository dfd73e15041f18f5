/**
 * How far a predicted time may be from a measured one: a {@link dev.toile.stack.mapping.band.Band} of 80 %.
 *
 * <p>Calls of one {@link dev.toile.stack.mapping.band.OperationClass} err alike, by the residuals of rows that were kept
 * out of every fit; a chip far from the one that was measured errs more: {@code half^2 = own^2 + (transfer distance)^2}
 * in logarithms. Nothing here runs while candidates are compared. Depends on {@code chip}, {@code operation}, {@code
 * figure}.
 */
@NullMarked
package dev.toile.stack.mapping.band;

import org.jspecify.annotations.NullMarked;
