package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.BatchedMatmul;

/**
 * Equal products in one launch, such as the projections that latent attention absorbs, one for each head.
 *
 * <p>{@code seconds = launch + max(memory, products)}; where the input is quantised first, memory, products and those
 * passes add up. Rows come in tiles of 64 or of multiples of 128, columns in tiles of 128. Data that fit into the cache
 * come from there when they are warm.
 */
final class AbsorbedLaw implements Law<BatchedMatmul> {

    private static final double SMALL = 64;
    private static final double TILE = 128;

    /** Bytes read and written by a pass that quantises an element: 2 in, 1 out. */
    private static final double QUANTISED = 3;

    private final Machine machine;
    private final AbsorbedConstants constants;
    private final Provenance provenance;
    private final boolean eight;

    AbsorbedLaw(Machine machine, AbsorbedConstants constants, Provenance provenance, boolean eight) {
        this.machine = machine;
        this.constants = constants;
        this.provenance = provenance;
        this.eight = eight;
    }

    @Override
    public double seconds(BatchedMatmul o) {
        return machine.total(
                constants.floor(), 1, working(memory(o), products(o), quantising(o)), machine.roof(o, eight));
    }

    private double working(double memory, double products, double quantising) {
        return quantises() ? memory + products + quantising : Math.max(memory, products);
    }

    private boolean quantises() {
        return constants.quantisePasses() > 0;
    }

    private double element(DataType type) {
        return eight ? type.bytes() : DataType.BF16.bytes();
    }

    private double read(BatchedMatmul o) {
        return o.batch() * o.k() * (o.m() * element(o.activations()) + o.n() * element(o.weights()));
    }

    private static double written(BatchedMatmul o) {
        return o.batch() * o.m() * o.n() * o.output().bytes();
    }

    private double resident(BatchedMatmul o) {
        return machine.resident(read(o) + written(o));
    }

    private double fromMemory(BatchedMatmul o) {
        return (read(o) / constants.read() + written(o) / constants.write()) / machine.bandwidth();
    }

    /** A chip with few engines and much bandwidth gains nothing from its cache. */
    private double fromCache(BatchedMatmul o) {
        double bytes = read(o) + written(o);
        return Math.min(fromMemory(o), bytes / (machine.cacheBandwidth() * constants.cacheShare()));
    }

    private double memory(BatchedMatmul o) {
        double warm = resident(o);
        return (1 - warm) * fromMemory(o) + warm * fromCache(o);
    }

    private static double rows(BatchedMatmul o) {
        return o.m() <= SMALL ? SMALL : TILE * Math.ceil(o.m() / TILE);
    }

    private static double tiles(BatchedMatmul o) {
        return o.batch() * Math.ceil(o.m() / TILE) * (o.n() / TILE);
    }

    private static double flops(BatchedMatmul o) {
        return 2 * rows(o) * o.batch() * o.k() * o.n();
    }

    private double products(BatchedMatmul o) {
        return flops(o) / (machine.peak(eight) * constants.tensor())
                + constants.tileCycles() * tiles(o) / machine.clock() / machine.units();
    }

    private double quantising(BatchedMatmul o) {
        double warm = resident(o);
        double cached = Math.min(1 / machine.bandwidth(), 1 / (machine.cacheBandwidth() * constants.cacheShare()));
        return constants.quantisePasses() * quantised(o) * ((1 - warm) / machine.bandwidth() + warm * cached);
    }

    private static double quantised(BatchedMatmul o) {
        return QUANTISED * o.batch() * o.m() * o.k();
    }

    @Override
    public double traffic(BatchedMatmul o) {
        return (1 - resident(o)) * o.bytes();
    }

    @Override
    public Figure explain(BatchedMatmul o) {
        Cited cited = new Cited(constants, provenance);
        Figure memory = memoryFigure(o, cited);
        Figure products = Figure.of(
                "products",
                "products in whole tiles",
                products(o),
                Unit.SECOND,
                "flops / (peak * tensor) + tile-cycles * tiles / clock / units",
                Machine.count("flops", "operations, padding included", flops(o)),
                machine.peakFigure(eight),
                cited.of("tensor"),
                cited.of("tileCycles"),
                Machine.count("tiles", "tiles of 128 x 128 outputs", tiles(o)),
                machine.chip().clockFigure(),
                machine.chip().unitsFigure());
        Figure quantising = Figure.of(
                "quantising",
                "passes that quantise the input",
                quantising(o),
                Unit.SECOND,
                "quantise-passes * bytes * ((1 - warm) / memory-bandwidth"
                        + " + warm * min(1 / memory-bandwidth, 1 / (cache-bandwidth * cache-share)))",
                cited.of("quantisePasses"),
                Machine.bytes("bytes", "input in 16 and 8 bit", quantised(o)),
                Machine.count("warm", "share in the cache from the call before", resident(o)),
                machine.chip().memoryBandwidthFigure(),
                machine.cacheBandwidthFigure(),
                cited.of("cacheShare"));
        double body = working(memory.value(), products.value(), quantising.value());
        Figure bodyFigure = quantises()
                ? Figure.of(
                        "body",
                        "memory, products and quantisation",
                        body,
                        Unit.SECOND,
                        "memory + products + quantising",
                        memory,
                        products,
                        quantising)
                : Figure.of("body", "memory or products", body, Unit.SECOND, "max(memory, products)", memory, products);
        return machine.totalFigure(o, eight, cited.of("floor"), 1, bodyFigure);
    }

    private Figure memoryFigure(BatchedMatmul o, Cited cited) {
        Figure fromMemory = Figure.of(
                "from-memory",
                "inputs, weights and outputs from memory",
                fromMemory(o),
                Unit.SECOND,
                "(reads / read + writes / write) / memory-bandwidth",
                Machine.bytes("reads", "inputs and weights", read(o)),
                cited.of("read"),
                Machine.bytes("writes", "outputs", written(o)),
                cited.of("write"),
                machine.chip().memoryBandwidthFigure());
        Figure fromCache = Figure.of(
                "from-cache",
                "the same from the cache",
                fromCache(o),
                Unit.SECOND,
                "min(from-memory, bytes / (cache-bandwidth * cache-share))",
                fromMemory,
                Machine.bytes("bytes", "inputs, weights and outputs", read(o) + written(o)),
                machine.cacheBandwidthFigure(),
                cited.of("cacheShare"));
        return Figure.of(
                "memory",
                "inputs, weights and outputs",
                memory(o),
                Unit.SECOND,
                "(1 - warm) * from-memory + warm * from-cache",
                Machine.count("warm", "share in the cache from the call before", resident(o)),
                fromMemory,
                fromCache);
    }
}
