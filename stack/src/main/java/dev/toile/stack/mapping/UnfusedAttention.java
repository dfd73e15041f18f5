package dev.toile.stack.mapping;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.elementwise.ElementwiseLaw;
import dev.toile.stack.mapping.matmul.BatchedMatmulLaw;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.BatchedMatmul;
import dev.toile.stack.operation.Operation.Elementwise;

/**
 * Attention as a framework runs it operation by operation: scores, softmax, weighted values, each a kernel of its own with
 * its data through the memory. Masked scores are computed, too, so a causal prompt does twice the work. Key-value heads
 * that several query heads share are read once per group.
 *
 * @param products law of equal products
 * @param elementwise law of the softmax
 */
public record UnfusedAttention(BatchedMatmulLaw products, ElementwiseLaw elementwise) implements Law<Attention> {

    private static final DataType WIDE = DataType.BF16;

    /** Queries times keys: for each sequence and key-value head, the queries of its whole group at once. */
    public static BatchedMatmul scores(Attention o) {
        double rows = o.queries() * o.heads() / o.keyValueHeads();
        return new BatchedMatmul("scores", groups(o), rows, o.read(), o.keyDim(), WIDE, WIDE, WIDE);
    }

    /** The softmax of all scores. */
    public static Elementwise softmax(Attention o) {
        double rows = o.sequences() * o.heads() * o.queries();
        double bytes = rows * o.read() * WIDE.bytes();
        return new Elementwise("softmax", Elementwise.Kind.SOFTMAX, rows, o.read(), bytes, bytes, 0);
    }

    /** Probabilities times values. */
    public static BatchedMatmul values(Attention o) {
        double rows = o.queries() * o.heads() / o.keyValueHeads();
        double features = o.valueDim() == 0 ? o.keyDim() : o.valueDim();
        return new BatchedMatmul("values", groups(o), rows, features, o.read(), WIDE, WIDE, WIDE);
    }

    private static double groups(Attention o) {
        return o.sequences() * o.keyValueHeads();
    }

    @Override
    public double seconds(Attention o) {
        return products.seconds(scores(o)) + elementwise.seconds(softmax(o)) + products.seconds(values(o));
    }

    @Override
    public double traffic(Attention o) {
        return products.traffic(scores(o)) + elementwise.traffic(softmax(o)) + products.traffic(values(o));
    }

    @Override
    public Figure explain(Attention o) {
        return Figure.of(
                o.name(),
                o.name().replace('-', ' ') + ", one operation after another",
                seconds(o),
                Unit.SECOND,
                "scores + softmax + values",
                products.explain(scores(o)),
                elementwise.explain(softmax(o)),
                products.explain(values(o)));
    }
}
