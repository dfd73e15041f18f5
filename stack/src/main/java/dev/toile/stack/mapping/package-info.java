/**
 * One operation on one chip: time, traffic and energy.
 *
 * <p>A {@link dev.toile.stack.mapping.Mapper} turns an operation into a {@link dev.toile.stack.mapping.Mapping} by a
 * {@link dev.toile.stack.mapping.Law} for its kind: dense products in {@code matmul}, attention in {@code attention},
 * routed experts in {@code experts}, work on elements and rows in {@code elementwise}; the rest is {@code launch +
 * max(compute, memory)}. Laws are physics; what differs between chips and their software is data, a chip and a software
 * profile of fitted constants. Depends on {@code chip}, {@code operation} and {@code figure}.
 */
@NullMarked
package dev.toile.stack.mapping;

import org.jspecify.annotations.NullMarked;
