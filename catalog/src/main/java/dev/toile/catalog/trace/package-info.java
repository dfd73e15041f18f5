/**
 * Request traces: when requests came, how long they were, and which of their blocks are alike.
 *
 * <p>Reads the columns of the Azure traces, Mooncake's JSON lines with hashes, and a plain CSV of one's own. May depend
 * on {@code catalog.text} and on the stack.
 */
@NullMarked
package dev.toile.catalog.trace;

import org.jspecify.annotations.NullMarked;
