/**
 * Work on elements and rows: activations, norms, softmax, residuals.
 *
 * <p>Main equation: {@code seconds = launch + max(shadow, max(stream, engines) + reread)}: bytes over the memory, rows
 * over the engines, rows too long to be held read again, and a host that goes on working while the kernel runs. Which
 * constants, is data of a software profile. Depends on {@code chip}, {@code operation} and {@code figure}.
 */
@NullMarked
package dev.toile.stack.mapping.elementwise;

import org.jspecify.annotations.NullMarked;
