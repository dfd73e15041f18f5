package dev.toile.stack.mapping.attention;

import dev.toile.stack.Examples;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Attention kernels with round constants, of each kind of software, and operations for them. */
final class AttentionExamples {

    private static final PrefillConstants.Masked NO_MASK = new PrefillConstants.Masked(0, 1, 1);

    private AttentionExamples() {}

    static PrefillConstants prefill() {
        return new PrefillConstants(
                new PrefillConstants.Format(10e-6, 2, 0.5),
                new PrefillConstants.Format(14e-6, 1.5, 0.5),
                1,
                1,
                1000,
                2000,
                1,
                NO_MASK,
                0,
                0,
                0,
                0,
                0);
    }

    private static PrefillConstants special() {
        return new PrefillConstants(
                new PrefillConstants.Format(10e-6, 2, 0.5),
                new PrefillConstants.Format(14e-6, 1.5, 0.5),
                1,
                1,
                1000,
                2000,
                1.5,
                new PrefillConstants.Masked(1024, 3, 6),
                192,
                256,
                128,
                9e-6,
                1000);
    }

    static PerHeadConstants perHead() {
        return new PerHeadConstants(8e-6, 1.2, 4000, 8000, 65_536, 2000, 1000, 9000, 10_000, 2, 0.4, 0.9);
    }

    static GroupedConstants grouped() {
        return new GroupedConstants(6e-6, 2e-6, 2000, 1, 0, 20, 0.9, 0.35, 1500, 300, 0.5, 64, false, false);
    }

    private static GroupedConstants inWaves() {
        return new GroupedConstants(6e-6, 0, 6000, 1, 0.25, 15, 1.6, 0.35, 2500, 300, 1, 128, true, true);
    }

    private static AttentionConstants of(
            Dispatch dispatch,
            PrefillConstants prefill,
            GroupedConstants grouped,
            boolean eight,
            LatentDecodeConstants latent) {
        AbsorbedConstants plain = new AbsorbedConstants(4e-6, 0.5, 600, 0.8, 0.7, 0.6, 0);
        AbsorbedConstants quantised = new AbsorbedConstants(7e-6, 0.2, 600, 0.8, 0.7, 0.6, 1.5);
        return new AttentionConstants(
                dispatch,
                prefill,
                dispatch.otherFrom() > 0 ? special() : null,
                perHead(),
                grouped,
                eight ? grouped() : null,
                dispatch.otherFrom() > 0 ? inWaves() : null,
                dispatch.otherFrom() > 0 ? grouped() : null,
                prefill(),
                latent,
                plain,
                eight ? quantised : null);
    }

    /** Software that splits no latents and widens 8-bit caches; its choice of kernel does not depend on the chip. */
    static AttentionConstants simple() {
        return of(
                new Dispatch(false, 32, false, 0, false, 0, 0),
                prefill(),
                inWaves(),
                false,
                new LatentDecodeConstants.Unsplit(1.4, 4e-6, 5000, 0.4));
    }

    /** Software with 8-bit arithmetic and kernels for masks, padded vectors and one length. */
    static AttentionConstants rich() {
        LatentDecodeConstants.Format format = new LatentDecodeConstants.Format(5000, 300, 0.7);
        return of(
                new Dispatch(true, 32, false, 0, false, 0, 0),
                special(),
                grouped(),
                true,
                new LatentDecodeConstants.Split(1000, 11e-6, 64, 0.9, format, format, 0.3, 0.5, 64, 0, false));
    }

    /** Software with other kernels for long vectors and narrow tiles of heads. */
    static AttentionConstants wide() {
        LatentDecodeConstants.Format format = new LatentDecodeConstants.Format(5000, 50, 0.7);
        return of(
                new Dispatch(true, 32, true, 0, false, 512, 256),
                prefill(),
                grouped(),
                false,
                new LatentDecodeConstants.Split(2000, 8e-6, 256, 0.8, format, format, 0.2, 0.45, 16, 64, true));
    }

    static AttentionLaw law(Chip chip, AttentionConstants constants, Warmth warmth) {
        return new AttentionLaw(chip, new AttentionSoftware(constants, Examples.EXAMPLE), 0.9, warmth);
    }

    static Arbitrary<AttentionConstants> software() {
        return Arbitraries.of(List.of(simple(), rich(), wide()));
    }

    private record Heads(double query, double keyValue, double keyDim, double valueDim, double cached) {}

    private static Arbitrary<Heads> heads() {
        Arbitrary<Heads> grouped = Combinators.combine(
                        Arbitraries.of(1, 2, 8), Arbitraries.of(1, 4, 16, 48), Arbitraries.of(64, 128, 192, 256, 512))
                .as((kv, group, dim) -> new Heads(kv * group, kv, dim, dim, 2 * dim));
        Arbitrary<Heads> latent = Arbitraries.of(1, 16, 20, 64, 128).map(h -> new Heads(h, 1, 576, 512, 576));
        Arbitrary<Heads> expanded = Arbitraries.of(1, 16, 128).map(h -> new Heads(h, h, 192, 128, 320));
        Arbitrary<Heads> index = Arbitraries.of(new Heads(64, 1, 128, 0, 128));
        return Arbitraries.oneOf(grouped, grouped, latent, expanded, index);
    }

    static Arbitrary<Operation> operations() {
        Arbitrary<Operation> attention = Combinators.combine(
                        Arbitraries.doubles().between(0.02, 600),
                        Arbitraries.of(1.0, 1.0, 1.0, 37.5, 64.0, 513.0, 4096.0),
                        Arbitraries.doubles().between(1, 40_000),
                        Arbitraries.of(0.0, 0.0, 128.0, 4096.0),
                        heads(),
                        Arbitraries.of(DataType.BF16, DataType.FP8))
                .as((sequences, queries, before, window, h, cache) -> new Attention(
                        "attention",
                        sequences,
                        queries,
                        queries + before,
                        window,
                        h.query(),
                        h.keyValue(),
                        h.keyDim(),
                        h.valueDim(),
                        h.cached(),
                        cache,
                        cache));
        Arbitrary<Operation> products = Combinators.combine(
                        Arbitraries.doubles().between(0.1, 256),
                        Arbitraries.doubles().between(0.1, 20_000),
                        Arbitraries.of(128, 512),
                        Arbitraries.of(128, 512),
                        Arbitraries.of(DataType.BF16, DataType.FP8))
                .as((batch, m, n, k, type) ->
                        new Operation.BatchedMatmul("absorbed", batch, m, n, k, type, type, DataType.BF16));
        return Arbitraries.oneOf(attention, attention, attention, products);
    }

    /** The operation with so many times as many sequences or products. */
    static Operation more(Operation operation, double factor) {
        return switch (operation) {
            case Attention a -> with(a, a.sequences() * factor, a.context());
            case Operation.BatchedMatmul b ->
                new Operation.BatchedMatmul(
                        b.name(), b.batch() * factor, b.m(), b.n(), b.k(), b.weights(), b.activations(), b.output());
            default -> operation;
        };
    }

    /** The operation after more tokens, or with more rows. */
    static Operation longer(Operation operation, double tokens) {
        return switch (operation) {
            case Attention a -> with(a, a.sequences(), a.context() + tokens);
            case Operation.BatchedMatmul b ->
                new Operation.BatchedMatmul(
                        b.name(), b.batch(), b.m() + tokens, b.n(), b.k(), b.weights(), b.activations(), b.output());
            default -> operation;
        };
    }

    static Attention with(Attention a, double sequences, double context) {
        return new Attention(
                a.name(),
                sequences,
                a.queries(),
                context,
                a.window(),
                a.heads(),
                a.keyValueHeads(),
                a.keyDim(),
                a.valueDim(),
                a.cacheElements(),
                a.cache(),
                a.math());
    }
}
