package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.Operation.Attention;

/**
 * Decoding with one CTA per query head: each head of a group reads the keys of the group again, from the cache.
 *
 * <p>{@code seconds = launch + latency + long + max(memory, cache, heads)}. This is the cliff of groups that kernels for
 * groups do not take. Vectors are padded to a power of two.
 */
final class PerHeadLaw implements Law<Attention> {

    private static final double LATENCY_TOKENS = 64;
    private static final double LATENCY_DIM = 128;
    private static final double WORKING_TOKENS = 16;

    private final Machine machine;
    private final PerHeadConstants constants;
    private final Provenance provenance;

    PerHeadLaw(Machine machine, PerHeadConstants constants, Provenance provenance) {
        this.machine = machine;
        this.constants = constants;
        this.provenance = provenance;
    }

    @Override
    public double seconds(Attention o) {
        double each = Machine.atLeastOne(o.sequences());
        double body = starting(o) / machine.clock()
                + Math.max(Math.max(memory(o, each), cache(o, each)), heads(o, each) / machine.clock());
        return machine.total(
                constants.floor(), Machine.fraction(o.sequences()), body, machine.roof(o, machine.eight(o.cache())));
    }

    private static double padded(double dim) {
        return dim <= 64 ? 64 : dim <= 128 ? 128 : dim <= 256 ? 256 : 512 * Math.ceil(dim / 512);
    }

    /** Bytes of one token and key-value head as they are read. */
    private double tokenBytes(Attention o) {
        double dim = Machine.dim(o);
        double bytes = machine.eight(o.cache()) ? constants.eightBytes() : 2;
        return o.cacheElements() / dim * padded(dim) * bytes;
    }

    private double latency(Attention o) {
        return Machine.dim(o) / LATENCY_DIM * Math.min(1, o.seen() / LATENCY_TOKENS);
    }

    private double tooLong(Attention o) {
        return o.context() * padded(Machine.dim(o)) >= constants.longElements() ? 1 : 0;
    }

    private double starting(Attention o) {
        return constants.latencyCycles() * latency(o) + constants.longCycles() * tooLong(o);
    }

    private double memory(Attention o, double each) {
        double bytes = each * o.keyValueHeads() * o.seen() * tokenBytes(o);
        return cold(o) * bytes / (machine.bandwidth() * constants.stream());
    }

    private double cold(Attention o) {
        return 1 - machine.resident(o.cacheBytes());
    }

    private double cache(Attention o, double each) {
        return each * o.heads() * o.seen() * tokenBytes(o) / (machine.cacheBandwidth() * constants.cacheShare());
    }

    /** Cycles of the query heads of an engine, beyond those in the shadow of the launch. */
    private double heads(Attention o, double each) {
        double perEngine = each * o.heads() / machine.units();
        double cycles = working(o) * perEngine - constants.hiddenCycles();
        return Math.max(Math.max(0, cycles), crowded(perEngine) * constants.crowdedCycles());
    }

    private double working(Attention o) {
        return constants.headCycles() + constants.tokenCycles() * Math.min(1, o.seen() / WORKING_TOKENS);
    }

    private double crowded(double perEngine) {
        return perEngine > constants.crowd() ? 1 : 0;
    }

    @Override
    public double traffic(Attention o) {
        return o.bytes() * cold(o);
    }

    @Override
    public Figure explain(Attention o) {
        double each = Machine.atLeastOne(o.sequences());
        Cited cited = new Cited(constants, provenance);
        Figure heads = headsFigure(o, each, cited);
        Figure body = Figure.of(
                "body",
                "latency, and memory, cache or engines",
                starting(o) / machine.clock()
                        + Math.max(Math.max(memory(o, each), cache(o, each)), heads.value() / machine.clock()),
                Unit.SECOND,
                "(latency-cycles * latency + long-cycles * long) / clock + max(memory, cache, heads / clock)",
                cited.of("latencyCycles"),
                Machine.count("latency", "part of 64 tokens of length 128", latency(o)),
                cited.of("longCycles"),
                Machine.count("long", "whether the context is too long for one CTA", tooLong(o)),
                machine.chip().clockFigure(),
                memoryFigure(o, each, cited),
                Figure.of(
                        "cache",
                        "each query head reads the keys of its group",
                        cache(o, each),
                        Unit.SECOND,
                        "bytes / (cache-bandwidth * cache-share)",
                        Machine.bytes(
                                "bytes",
                                "keys and values, once per query head",
                                each * o.heads() * o.seen() * tokenBytes(o)),
                        machine.cacheBandwidthFigure(),
                        cited.of("cacheShare")),
                heads);
        return machine.totalFigure(
                o, machine.eight(o.cache()), cited.of("floor"), Machine.fraction(o.sequences()), body);
    }

    private Figure memoryFigure(Attention o, double each, Cited cited) {
        return Figure.of(
                "memory",
                "keys and values from memory",
                memory(o, each),
                Unit.SECOND,
                "cold * key-bytes / (memory-bandwidth * stream)",
                Machine.count("cold", "share that is not in the cache from the call before", cold(o)),
                Machine.bytes("key-bytes", "keys and values", each * o.keyValueHeads() * o.seen() * tokenBytes(o)),
                machine.chip().memoryBandwidthFigure(),
                cited.of("stream"));
    }

    private Figure headsFigure(Attention o, double each, Cited cited) {
        double perEngine = each * o.heads() / machine.units();
        return Figure.of(
                "heads",
                "query heads of an engine beyond the shadow of the launch",
                heads(o, each),
                Unit.counted("cycle"),
                "max(0, (head-cycles + token-cycles * working) * per-engine - hidden-cycles, crowded * crowded-cycles)",
                cited.of("headCycles"),
                cited.of("tokenCycles"),
                Machine.count("working", "part of 16 tokens", Math.min(1, o.seen() / WORKING_TOKENS)),
                Machine.count("per-engine", "query heads per engine", perEngine),
                cited.of("hiddenCycles"),
                Machine.count("crowded", "whether heads do not all start at once", crowded(perEngine)),
                cited.of("crowdedCycles"));
    }
}
