/**
 * The network: links, scale-up domains and collectives over them.
 *
 * <p>Each collective takes the fastest of a menu of algorithms ({@code Route}), each carried by the
 * protocol that the library takes: {@code call + steps step + bytes / bandwidth}, the bytes of both levels at the same
 * time. Depends on {@code figure} and {@code operation}.
 */
@NullMarked
package dev.toile.stack.network;

import org.jspecify.annotations.NullMarked;
