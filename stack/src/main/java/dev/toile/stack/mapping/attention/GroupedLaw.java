package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.Operation.Attention;

/**
 * Decoding with the query heads of a key-value head in one CTA and the context split over CTAs, to fill the engines.
 *
 * <p>{@code seconds = launch + max(waves cta + first + more, stream) + join + part parts}. Parts hold 128 tokens or more,
 * the square root of eight times as many where there are many, and eight waves at most: the published rule of
 * TensorRT-LLM (kMinHistoryTokensPerBlock, kTargetWaveFactor), without its rounding, so that time does not fall when a
 * context or a batch grows. For the same reason the join counts the parts a context could have, not those it has.
 *
 * <p>The first CTA of an engine waits for the latency of its loads: {@code first = bytes / rate}. Those that follow fill
 * its gaps, so that they take no longer than memory and cache take to deliver what all of them read.
 */
final class GroupedLaw implements Law<Attention> {

    private static final double WAVES = 8;
    private static final double SHORT = 64;

    /** Room for rounding below a whole number of waves. */
    private static final double ROUNDING = 1e-9;

    private final Machine machine;
    private final GroupedConstants constants;
    private final Provenance provenance;

    GroupedLaw(Machine machine, GroupedConstants constants, Provenance provenance) {
        this.machine = machine;
        this.constants = constants;
        this.provenance = provenance;
    }

    @Override
    public double seconds(Attention o) {
        double rows = rows(o);
        double most = mostParts(o);
        double parts = parts(rows, most);
        double ctas = rows * parts;
        double body = Math.max(
                        (waves(ctas) * ctaCycles(o, rows) + first(o, ctas, parts)) / machine.clock()
                                + more(o, rows, parts),
                        streaming(o, rows))
                + joining(most) / machine.clock();
        return machine.total(
                floor(o), Machine.fraction(o.sequences()), body, machine.roof(o, machine.eight(o.cache())));
    }

    private static double rows(Attention o) {
        return Machine.atLeastOne(o.sequences()) * o.keyValueHeads();
    }

    private double floor(Attention o) {
        return constants.floor() + (Machine.dim(o) <= SHORT ? constants.shortFloor() : 0);
    }

    /** Parts into which the context can be split. */
    private double mostParts(Attention o) {
        double split = constants.wholeContext() ? o.context() : o.seen();
        double parts = Math.max(1, split / Dispatch.PART);
        return Math.min(parts, Math.sqrt(WAVES * parts));
    }

    /** Parts into which it is split: no more than fill eight waves. */
    private double parts(double rows, double most) {
        return Math.max(1, Math.min(most, WAVES * machine.units() / rows));
    }

    private double waves(double ctas) {
        double waves = ctas / machine.units();
        return constants.wholeWaves() ? Math.ceil(waves - ROUNDING) : Math.max(constants.leastWaves(), waves);
    }

    private double ctaCycles(Attention o, double rows) {
        double group = o.heads() / o.keyValueHeads();
        return constants.ctaCycles() * (rows / (rows + constants.crowding() * machine.units()))
                + constants.elementCycles() * group * Machine.dim(o);
    }

    private double tokenBytes(Attention o) {
        return o.cacheElements() * machine.elementBytes(o.cache());
    }

    private double ctaBytes(Attention o, double parts) {
        return Math.max(constants.leastTokens(), o.seen() / parts) * tokenBytes(o);
    }

    private double streaming(Attention o, double rows) {
        return cold(o, rows) * allBytes(o, rows) / (machine.bandwidth() * share());
    }

    private double allBytes(Attention o, double rows) {
        return rows * o.seen() * tokenBytes(o);
    }

    /** Share of keys and values that is not in the cache from the call before. */
    private double cold(Attention o, double rows) {
        return 1 - machine.resident(allBytes(o, rows));
    }

    /** Cycles in which the first CTA of an engine reads its part; less where there is not one for every engine. */
    private double first(Attention o, double ctas, double parts) {
        return Math.min(1, waves(ctas)) * ctaBytes(o, parts) / constants.rate();
    }

    /** Seconds in which the CTAs after the first read theirs. */
    private double more(Attention o, double rows, double parts) {
        double ctas = rows * parts;
        double alone = Math.max(0, waves(ctas) - 1) * ctaBytes(o, parts) / constants.rate() / machine.clock();
        double behind = allBytes(o, rows) * Math.max(0, 1 - machine.units() / ctas);
        double delivered = Math.max(
                cold(o, rows) * behind / (machine.bandwidth() * share()),
                behind / (machine.cacheBandwidth() * constants.cacheShare()));
        return Math.min(alone, delivered);
    }

    private double share() {
        return machine.warmth() == Warmth.WARM ? constants.stream() : Math.min(constants.stream(), machine.stream());
    }

    private double joining(double most) {
        return constants.joinCycles() * Math.min(1, most - 1) + constants.partCycles() * (most - 1);
    }

    @Override
    public double traffic(Attention o) {
        return o.bytes();
    }

    @Override
    public Figure explain(Attention o) {
        double rows = rows(o);
        double most = mostParts(o);
        double parts = parts(rows, most);
        Cited cited = new Cited(constants, provenance);
        double ctas = rows * parts;
        Figure own = Figure.of(
                "own",
                "CTAs, and the first stream of an engine",
                (waves(ctas) * ctaCycles(o, rows) + first(o, ctas, parts)) / machine.clock(),
                Unit.SECOND,
                "(waves * (cta-cycles * rows / (rows + crowding * units) + element-cycles * group * dim)"
                        + " + first * bytes / rate) / clock",
                Machine.count("waves", "CTAs per engine", waves(ctas)),
                cited.of("ctaCycles"),
                Machine.count("rows", "sequences times key-value heads", rows),
                cited.of("crowding"),
                machine.chip().unitsFigure(),
                cited.of("elementCycles"),
                Machine.count("group", "query heads of a key-value head", o.heads() / o.keyValueHeads()),
                Machine.count("dim", "length of head vectors", Machine.dim(o)),
                Machine.count("first", "CTAs per engine, at most one", Math.min(1, waves(ctas))),
                Machine.bytes("bytes", "keys and values of a CTA", ctaBytes(o, parts)),
                cited.of("rate"),
                machine.chip().clockFigure());
        Figure streaming = Figure.of(
                "streaming",
                "all keys and values",
                streaming(o, rows),
                Unit.SECOND,
                "cold * key-bytes / (memory-bandwidth * stream)",
                coldFigure(o, rows),
                Machine.bytes("key-bytes", "keys and values", allBytes(o, rows)),
                machine.chip().memoryBandwidthFigure(),
                streamFigure(cited));
        Figure more = moreFigure(o, rows, parts, cited);
        Figure body = Figure.of(
                "body",
                "CTAs or stream, and the join of the parts",
                Math.max(own.value() + more.value(), streaming.value()) + joining(most) / machine.clock(),
                Unit.SECOND,
                "max(own + more, streaming) + (join-cycles * min(1, parts - 1) + part-cycles * (parts - 1)) / clock",
                own,
                more,
                streaming,
                cited.of("joinCycles"),
                Machine.count("parts", "parts the context could be split into", most),
                cited.of("partCycles"),
                machine.chip().clockFigure());
        return machine.totalFigure(
                o, machine.eight(o.cache()), launchFigure(o, cited), Machine.fraction(o.sequences()), body);
    }

    private Figure coldFigure(Attention o, double rows) {
        return Machine.count("cold", "share that is not in the cache from the call before", cold(o, rows));
    }

    private Figure moreFigure(Attention o, double rows, double parts, Cited cited) {
        double ctas = rows * parts;
        double behind = allBytes(o, rows) * Math.max(0, 1 - machine.units() / ctas);
        return Figure.of(
                "more",
                "streams of the CTAs that follow",
                more(o, rows, parts),
                Unit.SECOND,
                "min(following * bytes / rate / clock, max(cold * behind / (memory-bandwidth * stream),"
                        + " behind / (cache-bandwidth * cache-share)))",
                Machine.count("following", "CTAs per engine after the first", Math.max(0, waves(ctas) - 1)),
                Machine.bytes("bytes", "keys and values of a CTA", ctaBytes(o, parts)),
                cited.of("rate"),
                machine.chip().clockFigure(),
                coldFigure(o, rows),
                Machine.bytes("behind", "keys and values of all of them", behind),
                machine.chip().memoryBandwidthFigure(),
                streamFigure(cited),
                machine.cacheBandwidthFigure(),
                cited.of("cacheShare"));
    }

    private Figure streamFigure(Cited cited) {
        Figure warm = cited.of("stream");
        return share() == constants.stream()
                ? warm
                : Machine.count("stream", "share of the memory bandwidth that long cold streams reach", share());
    }

    private Figure launchFigure(Attention o, Cited cited) {
        if (Machine.dim(o) > SHORT) {
            return cited.of("floor");
        }
        return Figure.of(
                "launch",
                "launch for short head vectors",
                floor(o),
                Unit.SECOND,
                "floor + short-floor",
                cited.of("floor"),
                cited.of("shortFloor"));
    }
}
