/**
 * How long attention takes: closed forms with the constants of a software stack on a generation of chips.
 *
 * <p>{@link dev.toile.stack.mapping.attention.AttentionLaw} picks by the shape of an operation: a prompt runs under
 * {@link dev.toile.stack.mapping.attention.PrefillLaw}, a new token under {@link
 * dev.toile.stack.mapping.attention.PerHeadLaw} or {@link dev.toile.stack.mapping.attention.GroupedLaw}, a new token over
 * latents under {@link dev.toile.stack.mapping.attention.LatentDecodeLaw}, the products that latents need under {@link
 * dev.toile.stack.mapping.attention.AbsorbedLaw}. What the hardware gives is asked of the chip; what differs between
 * generations of software is data, {@link dev.toile.stack.mapping.attention.AttentionConstants}.
 *
 * <p>Names: b sequences, s context, h query heads, k key-value heads, g = h / k, S engines, f clock. A CTA is the block of
 * threads that one engine runs at a time (cooperative thread array). Constants are in cycles where a unit of work waits for
 * its engine, in shares where a resource is used, and in seconds only for launches, so that they carry over to other
 * clocks, widths and bandwidths. A step may hold a fraction of a sequence on average: it costs that fraction of the work of
 * one, and the launch.
 *
 * <p>Depends on {@code chip}, {@code operation}, {@code figure} and the {@code Law} of the package above.
 */
@NullMarked
package dev.toile.stack.mapping.attention;

import org.jspecify.annotations.NullMarked;
