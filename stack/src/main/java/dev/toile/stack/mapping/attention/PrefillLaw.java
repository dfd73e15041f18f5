package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.operation.Operation.Attention;

/**
 * Attention over prompts: queries in tiles of 64, each against its keys in steps of 64.
 *
 * <p>{@code seconds = launch + moving + b h (scores score + (tiles tile + sequence) / (S f)) + tail longest}. A score takes
 * its products at a share of the peak and its exponentials at the rate of the special function units; the two overlap in
 * part, as the root of the sum of their squares. Pre-processing, cache write and the reads of the kernel add to it. The
 * other engines wait for a share of the longest tile, the last of a sequence (FlashAttention-2, arXiv:2307.08691,
 * section 3.2, for the tiles).
 *
 * <p>A tile's keys are counted whole, so a short prompt pays for 64 queries and keys; under a window, tile and window
 * together are 172 tokens longer than the window (fitted once on all generations: a tile of 128 keys and its neighbour).
 */
final class PrefillLaw implements Law<Attention> {

    private static final double TILE = 64;
    private static final double WINDOW_REACH = 172;

    private final Machine machine;
    private final PrefillConstants constants;
    private final Provenance provenance;

    PrefillLaw(Machine machine, PrefillConstants constants, Provenance provenance) {
        this.machine = machine;
        this.constants = constants;
        this.provenance = provenance;
    }

    @Override
    public double seconds(Attention o) {
        boolean eight = machine.eight(o.cache());
        double whole = Machine.atLeastOne(o.sequences());
        double score = score(o, eight);
        double tiles = Math.ceil(o.queries() / TILE);
        double body = whole * (moved(o, eight) / machine.bandwidth() + o.heads() * head(o, eight, tiles, score))
                + constants.tail() * longest(o, tiles, score);
        return machine.total(floor(o, eight), Machine.fraction(o.sequences()), body, machine.roof(o, eight));
    }

    private boolean favoured(Attention o, boolean eight) {
        return constants.favoured() > 0 && !eight && o.keyDim() == constants.favoured();
    }

    private double floor(Attention o, boolean eight) {
        return favoured(o, eight)
                ? constants.favouredFloor()
                : eight ? constants.eight().floor() : constants.sixteen().floor();
    }

    /** Bytes of one sequence through memory: queries and outputs, and keys and values, several times each. */
    private double moved(Attention o, boolean eight) {
        double passes =
                eight ? constants.eight().queryPasses() : constants.sixteen().queryPasses();
        return o.queries() * o.heads() * (o.keyDim() + o.valueDim()) * 2 * passes + keyBytes(o) * constants.keyPasses();
    }

    private double keyBytes(Attention o) {
        return o.read() * o.keyValueHeads() * o.cacheElements() * machine.elementBytes(o.cache());
    }

    /** Chip seconds of a sequence and head. */
    private double head(Attention o, boolean eight, double tiles, double score) {
        return scores(o, tiles) * score + tiles * tile() + start(o, eight);
    }

    private double tile() {
        return constants.tileCycles() / machine.clock() / machine.units();
    }

    private double start(Attention o, boolean eight) {
        double cycles = favoured(o, eight) ? constants.favouredSequenceCycles() : constants.sequenceCycles();
        return cycles / machine.clock() / machine.units();
    }

    /** Scores that the tiles of a sequence and head compute. */
    private static double scores(Attention o, double tiles) {
        double before = Math.max(0, o.context() - o.queries());
        double causal = TILE * (TILE * tiles * (tiles + 1) / 2 + tiles * before);
        if (!o.windowed()) {
            return causal;
        }
        double reach = o.window() + WINDOW_REACH;
        double growing = Math.clamp(Math.floor((reach - before) / TILE), 0, tiles);
        double seen = TILE * growing * (growing + 1) / 2 + growing * before + (tiles - growing) * reach;
        return Math.min(causal, TILE * seen);
    }

    /** Chip seconds of a score. */
    private double score(Attention o, boolean eight) {
        double products = products(o, eight);
        double exponentials = exponentials(o, eight);
        return Math.sqrt(products * products + exponentials * exponentials);
    }

    private double tensor(boolean eight) {
        return eight ? constants.eight().tensor() : constants.sixteen().tensor();
    }

    private double flops(Attention o, boolean eight) {
        return 2 * (padded(o.keyDim(), eight) + padded(o.valueDim(), eight));
    }

    private double products(Attention o, boolean eight) {
        return flops(o, eight) / (machine.peak(eight) * tensor(eight));
    }

    private double exponentials(Attention o, boolean eight) {
        return perScore(o, eight) / machine.exponentials();
    }

    private double padded(double dim, boolean eight) {
        return eight && constants.padded() > 0 && dim >= constants.padded() ? Math.max(dim, constants.paddedTo()) : dim;
    }

    private double perScore(Attention o, boolean eight) {
        if (!masked(o)) {
            return constants.exponentials();
        }
        return eight ? constants.masked().eight() : constants.masked().sixteen();
    }

    private boolean masked(Attention o) {
        return o.windowed() && o.window() < constants.masked().below();
    }

    /** Seconds of the longest tile on one engine. */
    private double longest(Attention o, double tiles, double score) {
        double before = Math.max(0, o.context() - o.queries());
        double keys = TILE * tiles + before;
        double seen = o.windowed() ? Math.min(keys, o.window() + WINDOW_REACH) : keys;
        return (TILE * seen * score + tile()) * machine.units();
    }

    @Override
    public double traffic(Attention o) {
        return o.bytes();
    }

    @Override
    public Figure explain(Attention o) {
        boolean eight = machine.eight(o.cache());
        double tiles = Math.ceil(o.queries() / TILE);
        Cited cited = new Cited(constants, provenance);
        Cited format = new Cited(eight ? constants.eight() : constants.sixteen(), provenance);
        double whole = Machine.atLeastOne(o.sequences());
        double score = score(o, eight);
        Figure scoreFigure = scoreFigure(o, eight, cited, format);
        Figure moving = movingFigure(o, eight, cited, format);
        Figure head = headFigure(o, eight, tiles, scoreFigure, cited);
        Figure longest = longestFigure(o, tiles, scoreFigure, cited);
        double body = whole * (moving.value() + o.heads() * head.value()) + constants.tail() * longest(o, tiles, score);
        Figure bodyFigure = Figure.of(
                "body",
                "all engines at work, and the last tile",
                body,
                Unit.SECOND,
                "sequences * (moving + heads * head) + tail * longest",
                Machine.count("sequences", "prompts", whole),
                moving,
                Machine.count("heads", "query heads", o.heads()),
                head,
                cited.of("tail"),
                longest);
        Figure launch = favoured(o, eight) ? cited.of("favouredFloor") : format.of("floor");
        return machine.totalFigure(o, eight, launch, Machine.fraction(o.sequences()), bodyFigure);
    }

    private Figure scoreFigure(Attention o, boolean eight, Cited cited, Cited format) {
        Figure products = Figure.of(
                "products",
                "products of a score on the whole chip",
                products(o, eight),
                Unit.SECOND,
                "flops / (peak * tensor)",
                Machine.count("flops", "operations per score, padding included", flops(o, eight)),
                machine.peakFigure(eight),
                format.of("tensor"));
        Figure each = !masked(o)
                ? cited.of("exponentials")
                : new Cited(constants.masked(), provenance).of(eight ? "eight" : "sixteen");
        Figure exponentials = Figure.of(
                "special",
                "exponentials of a score on the whole chip",
                exponentials(o, eight),
                Unit.SECOND,
                "each / (rate * units * clock)",
                each.as("each"),
                Machine.count("rate", "exponentials an engine evaluates in a cycle", rate()),
                machine.chip().unitsFigure(),
                machine.chip().clockFigure());
        return Figure.of(
                "score",
                "a score on the whole chip",
                score(o, eight),
                Unit.SECOND,
                "sqrt(products * products + special * special)",
                products,
                exponentials);
    }

    private double rate() {
        return machine.chip().engines().exponentials();
    }

    private Figure movingFigure(Attention o, boolean eight, Cited cited, Cited format) {
        double queries = o.queries() * o.heads() * (o.keyDim() + o.valueDim()) * 2;
        return Figure.of(
                "moving",
                "pre-processing, cache write and reads of a prompt",
                moved(o, eight) / machine.bandwidth(),
                Unit.SECOND,
                "(query-bytes * query-passes + key-bytes * key-passes) / memory-bandwidth",
                Machine.bytes("query-bytes", "queries and outputs in 16 bit", queries),
                format.of("queryPasses"),
                Machine.bytes("key-bytes", "keys and values", keyBytes(o)),
                cited.of("keyPasses"),
                machine.chip().memoryBandwidthFigure());
    }

    private Figure headFigure(Attention o, boolean eight, double tiles, Figure score, Cited cited) {
        Figure start = cited.of(favoured(o, eight) ? "favouredSequenceCycles" : "sequenceCycles");
        return Figure.of(
                "head",
                "a sequence and head on the whole chip",
                head(o, eight, tiles, score.value()),
                Unit.SECOND,
                "scores * score + (tiles * tile-cycles + start-cycles) / clock / units",
                Machine.count("scores", "scores that whole tiles compute", scores(o, tiles)),
                score,
                Machine.count("tiles", "tiles of 64 queries", tiles),
                cited.of("tileCycles"),
                start.as("start-cycles"),
                machine.chip().clockFigure(),
                machine.chip().unitsFigure());
    }

    private Figure longestFigure(Attention o, double tiles, Figure score, Cited cited) {
        double before = Math.max(0, o.context() - o.queries());
        double keys = TILE * tiles + before;
        double seen = o.windowed() ? Math.min(keys, o.window() + WINDOW_REACH) : keys;
        return Figure.of(
                "longest",
                "the longest tile on its engine",
                longest(o, tiles, score.value()),
                Unit.SECOND,
                "(64 * keys * score + tile-cycles / clock / units) * units",
                Machine.count("keys", "keys of the last tile", seen),
                score,
                cited.of("tileCycles"),
                machine.chip().clockFigure(),
                machine.chip().unitsFigure());
    }
}
