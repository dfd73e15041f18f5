package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.Operation.Attention;

/**
 * Decoding over latents with the context split over all engines.
 *
 * <p>{@code seconds = launch + split log2(s / from) + ctas with (memory^4 + products^4)^(1/4)}, where the cost of CTAs adds
 * or, with kernels that fetch ahead, hides as the root of the sum of squares. Heads come in tiles of 64; some stacks use
 * narrow tiles for few heads, which read the latents once for each tile through the cache. The cache works in pages of 64
 * tokens, so shorter contexts cost as much (DeepSeek-V2, arXiv:2405.04434, section 2.1, for the absorbed form).
 */
final class LatentDecodeLaw implements Law<Attention> {

    private static final double TILE = 64;
    private static final double PAGE = 64;

    private final Machine machine;
    private final LatentDecodeConstants.Split constants;
    private final Provenance provenance;

    LatentDecodeLaw(Machine machine, LatentDecodeConstants.Split constants, Provenance provenance) {
        this.machine = machine;
        this.constants = constants;
        this.provenance = provenance;
    }

    @Override
    public double seconds(Attention o) {
        boolean eight = machine.eight(o.cache());
        double each = Machine.atLeastOne(o.sequences());
        double body = splitting(o) + working(ctas(o, each, eight), roofs(memory(o, each), products(o, each, eight)));
        return machine.total(constants.floor(), Machine.fraction(o.sequences()), body, machine.roof(o, eight));
    }

    private double working(double ctas, double roofs) {
        return constants.overlapped() ? Math.sqrt(ctas * ctas + roofs * roofs) : ctas + roofs;
    }

    private static double roofs(double memory, double products) {
        double m = memory * memory;
        double p = products * products;
        return Math.sqrt(Math.sqrt(m * m + p * p));
    }

    private LatentDecodeConstants.Format format(boolean eight) {
        return eight ? constants.eight() : constants.sixteen();
    }

    private double tile(Attention o) {
        return o.heads() < constants.wideFrom() ? constants.narrowHeads() : TILE;
    }

    private double tiles(Attention o) {
        return Math.ceil(o.heads() / tile(o));
    }

    private static double tokens(Attention o) {
        return Math.max(o.seen(), PAGE);
    }

    private double doublings(Attention o) {
        return Math.log(Math.max(1, o.seen() / constants.splitFrom())) / Math.log(2);
    }

    private double splitting(Attention o) {
        return constants.splitCycles() * doublings(o) / machine.clock();
    }

    private double waves(Attention o, double each) {
        return Math.max(constants.leastWaves(), each * tiles(o) / machine.units());
    }

    private double ctas(Attention o, double each, boolean eight) {
        LatentDecodeConstants.Format format = format(eight);
        double cycles = format.ctaCycles() + format.headCycles() * Math.min(o.heads(), tile(o));
        return waves(o, each) * cycles / machine.clock();
    }

    private double latentBytes(Attention o, double each) {
        return each * tokens(o) * o.keyValueHeads() * o.cacheElements() * machine.elementBytes(o.cache());
    }

    private double reads(Attention o) {
        return o.heads() < constants.wideFrom() ? tiles(o) : 1;
    }

    private double memory(Attention o, double each) {
        double bytes = latentBytes(o, each);
        return Math.max(
                bytes / (machine.bandwidth() * constants.stream()),
                bytes * reads(o) / (machine.cacheBandwidth() * constants.cacheShare()));
    }

    private double flops(Attention o, double each) {
        return 2 * (o.keyDim() + o.valueDim()) * each * tiles(o) * tile(o) * tokens(o);
    }

    private double products(Attention o, double each, boolean eight) {
        return flops(o, each) / (machine.peak(eight) * format(eight).tensor());
    }

    @Override
    public double traffic(Attention o) {
        return o.bytes();
    }

    @Override
    public Figure explain(Attention o) {
        boolean eight = machine.eight(o.cache());
        double each = Machine.atLeastOne(o.sequences());
        Cited cited = new Cited(constants, provenance);
        Figure ctas = ctasFigure(o, each, eight);
        Figure roofs = roofsFigure(o, each, eight, cited);
        Figure splitting = Figure.of(
                "splitting",
                "split of the context and join of its parts",
                splitting(o),
                Unit.SECOND,
                "split-cycles * log(length) / log(2) / clock",
                cited.of("splitCycles"),
                Machine.count(
                        "length",
                        "context over the shortest that is split",
                        Math.max(1, o.seen() / constants.splitFrom())),
                machine.chip().clockFigure());
        Figure body = Figure.of(
                "body",
                "split, CTAs, and stream or products",
                splitting(o) + working(ctas.value(), roofs.value()),
                Unit.SECOND,
                constants.overlapped() ? "splitting + sqrt(ctas * ctas + roofs * roofs)" : "splitting + ctas + roofs",
                splitting,
                ctas,
                roofs);
        return machine.totalFigure(o, eight, cited.of("floor"), Machine.fraction(o.sequences()), body);
    }

    private Figure ctasFigure(Attention o, double each, boolean eight) {
        Cited format = new Cited(format(eight), provenance);
        return Figure.of(
                "ctas",
                "cost of CTAs",
                ctas(o, each, eight),
                Unit.SECOND,
                "waves * (cta-cycles + head-cycles * heads) / clock",
                Machine.count("waves", "CTAs per engine", waves(o, each)),
                format.of("ctaCycles"),
                format.of("headCycles"),
                Machine.count("heads", "heads of a tile", Math.min(o.heads(), tile(o))),
                machine.chip().clockFigure());
    }

    private Figure roofsFigure(Attention o, double each, boolean eight, Cited cited) {
        Figure memory = Figure.of(
                "memory",
                "latents from memory, and again from the cache",
                memory(o, each),
                Unit.SECOND,
                "max(bytes / (memory-bandwidth * stream), bytes * reads / (cache-bandwidth * cache-share))",
                Machine.bytes("bytes", "latents", latentBytes(o, each)),
                machine.chip().memoryBandwidthFigure(),
                cited.of("stream"),
                Machine.count("reads", "tiles that read the same latents", reads(o)),
                machine.cacheBandwidthFigure(),
                cited.of("cacheShare"));
        Figure products = Figure.of(
                "products",
                "products with whole tiles of heads",
                products(o, each, eight),
                Unit.SECOND,
                "flops / (peak * tensor)",
                Figure.leaf(
                        "flops",
                        "operations, padding included",
                        flops(o, each),
                        Unit.FLOP,
                        dev.toile.stack.figure.Source.definition("counted from the shape")),
                machine.peakFigure(eight),
                new Cited(format(eight), provenance).of("tensor"));
        return Figure.of(
                "roofs",
                "memory and products, nearly the larger",
                roofs(memory.value(), products.value()),
                Unit.SECOND,
                "(memory ^ 4 + products ^ 4) ^ 0.25",
                memory,
                products);
    }
}
