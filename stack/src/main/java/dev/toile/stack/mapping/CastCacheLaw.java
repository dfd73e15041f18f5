package dev.toile.stack.mapping;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Attention;

/**
 * Attention of software that casts a cache of 8 bits to 16 as it reads it: what it gains in bytes it loses in arithmetic,
 * and a call takes as long as over a cache of 16 bits. So vLLM states of its own up to 0.11: a cache of 8 bits saves room
 * and no time (vLLM documentation, quantized KV cache, "Performance Impact").
 *
 * @param wide law of attention over a cache of 16 bits; over narrower ones it says how many bytes move
 */
record CastCacheLaw(Law<? super Attention> wide) implements Law<Attention> {

    @Override
    public double seconds(Attention o) {
        return wide.seconds(widened(o));
    }

    @Override
    public double traffic(Attention o) {
        return wide.traffic(o);
    }

    @Override
    public Figure explain(Attention o) {
        return wide.explain(widened(o));
    }

    private static Attention widened(Attention o) {
        return o.cache().bytes() >= DataType.BF16.bytes()
                ? o
                : new Attention(
                        o.name(),
                        o.sequences(),
                        o.queries(),
                        o.context(),
                        o.window(),
                        o.heads(),
                        o.keyValueHeads(),
                        o.keyDim(),
                        o.valueDim(),
                        o.cacheElements(),
                        DataType.BF16,
                        o.math().bytes() < DataType.BF16.bytes() ? DataType.BF16 : o.math());
    }
}
