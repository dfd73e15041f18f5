package dev.toile.stack.mapping.experts;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.experts.ExpertsConstants.Kernel;
import dev.toile.stack.mapping.experts.ExpertsConstants.Shared;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Experts;

/**
 * The tree behind a time of {@link ExpertsLaw}.
 *
 * @param law that found it
 * @param o what runs
 * @param name of the kernel
 * @param kernel its constants
 * @param counts of the routing
 * @param height of the tiles that were chosen
 */
record ExpertsExplanation(ExpertsLaw law, Experts o, String name, Kernel kernel, TokenCounts counts, int height) {

    Figure figure(double seconds) {
        double up = (o.gated() ? 2 : 1) * o.inner();
        Figure tree = Figure.of(
                o.name(),
                o.name().replace('-', ' ') + " (" + name + ", tiles of " + height + " x " + ExpertsLaw.WIDTH + ")",
                seconds,
                Unit.SECOND,
                "launch + chosen + unfused + up + down + passes + sorted",
                constant("launch", "launches of a call of " + name, kernel.launch(), Unit.SECOND),
                chosen(),
                unfused(),
                product("up", "first product", up, o.hidden()),
                product("down", "second product", o.hidden(), o.inner()),
                passes(),
                sorted());
        String borrowed = law.profile().note();
        return tree.noted(
                law.profile().overlapped() || ExpertsProfile.fits(kernel, o)
                        ? borrowed
                        : (borrowed + " No kernel was measured in these formats; " + name + " is the nearest.")
                                .strip());
    }

    private Figure product(String id, String label, double n, double k) {
        if (counts.draws() == 1) {
            return ofMeans(id, label, n, k);
        }
        double seconds = law.product(o, kernel, height, counts, n, k);
        Figure ofMeans = ofMeans("of-means", label + " of mean counts", n, k);
        return Figure.of(
                id,
                label + ", " + Math.round(n) + " features from " + Math.round(k),
                seconds,
                Unit.SECOND,
                "of-means + scatter",
                ofMeans,
                Figure.leaf(
                        "scatter",
                        "what the mean time of " + counts.draws() + " draws of the routing is more than that",
                        seconds - ofMeans.value(),
                        Unit.SECOND,
                        DRAWN));
    }

    /** Mean tiles of rows over the draws. */
    private double tiles() {
        double sum = 0;
        for (int draw = 0; draw < counts.draws(); draw++) {
            sum += counts.tiles(o, height, draw);
        }
        return sum / counts.draws();
    }

    /** The time of a product with the mean counts of the draws. */
    private Figure ofMeans(String id, String label, double n, double k) {
        double bytes = ExpertsLaw.productBytes(o, counts.active(o), counts.rows(o), n, k);
        double memory = bytes / (shared().memoryShare() * law.chip().memoryBandwidth());
        double tile = law.tileSeconds(o, kernel, height, k);
        double waves = law.waves(tiles(), n);
        double compute = waves * (tile + shared().wave());
        return Figure.of(
                id,
                label + ", " + Math.round(n) + " features from " + Math.round(k),
                law.together(compute, memory),
                Unit.SECOND,
                law.profile().overlapped() ? "max(compute, memory)" : "sqrt(compute ^ 2 + memory ^ 2)",
                Figure.of(
                        "compute",
                        "time of all waves of tiles",
                        compute,
                        Unit.SECOND,
                        "ceil(row-tiles * ceil(features / width) / units) * (tile + wave)",
                        counted("row-tiles", "tiles of rows, whole for each expert", tiles()),
                        counted("features", "output features", n),
                        counted("width", "columns of a tile", ExpertsLaw.WIDTH),
                        law.chip().unitsFigure(),
                        tileFigure(k, tile),
                        constant("wave", "prologue and epilogue of a wave", shared().wave(), Unit.SECOND)),
                Figure.of(
                        "memory",
                        "time on the memory interface",
                        memory,
                        Unit.SECOND,
                        "(active * features * depth * weight-bytes + rows * (depth * input-bytes + 2 * features))"
                                + " / (memory-share * memory-bandwidth)",
                        counted("active", "experts with tokens", counts.active(o)),
                        counted("features", "output features", n),
                        counted("depth", "input features", k),
                        counted("weight-bytes", "bytes of a weight", o.weights().bytes()),
                        counted("rows", "pairs of a token and a local expert", counts.rows(o)),
                        counted(
                                "input-bytes",
                                "bytes of an input value",
                                o.activations().bytes()),
                        constant("memory-share", "share of bandwidth", shared().memoryShare(), Unit.SHARE),
                        law.chip().memoryBandwidthFigure()));
    }

    private Figure tileFigure(double k, double tile) {
        return Figure.of(
                "tile",
                "time of one tile on one engine",
                tile,
                Unit.SECOND,
                "max(2 * height * width * depth / (peak * tensor-share), bytes / (operands * peak-16)) * units",
                counted("height", "rows of a tile", height),
                counted("width", "columns of a tile", ExpertsLaw.WIDTH),
                counted("depth", "input features", k),
                law.chip().peakFigure(o.activations()).as("peak"),
                law.chip().unitsFigure(),
                constant("tensor-share", "share of the peak of " + name, kernel.tensorShare(), Unit.SHARE),
                Figure.leaf(
                        "bytes",
                        "bytes of rows and weights of a tile",
                        law.streamBytes(o, height, k),
                        Unit.BYTE,
                        SHAPE),
                constant(
                        "operands",
                        "operands into an engine for each flop of its 16-bit peak",
                        law.profile().shared().operands(),
                        Unit.prefixed("B/flop")),
                law.chip().peakFigure(DataType.BF16).as("peak-16"));
    }

    private Figure passes() {
        return Figure.of(
                "passes",
                "kernels between and after the products",
                law.passBytes(o, kernel, counts.rows(o)) / law.chip().memoryBandwidth(),
                Unit.SECOND,
                "2 * (finalise * tokens * hidden + row-passes * rows * row-features + slot-passes * tokens * top-k *"
                        + " hidden) / memory-bandwidth",
                constant("finalise", "passes of the weighted sum", shared().finalise(), Unit.ONE),
                counted("tokens", "tokens fed to the rank", o.tokens()),
                counted("hidden", "features of a token", o.hidden()),
                constant("row-passes", "passes over the rows of " + name, kernel.rowPasses(), Unit.ONE),
                counted("rows", "pairs of a token and a local expert", counts.rows(o)),
                counted("row-features", "features in and out of both products", ExpertsLaw.rowElements(o)),
                constant("slot-passes", "passes over all pairs of " + name, kernel.slotPasses(), Unit.ONE),
                counted("top-k", "experts of a token", o.topK()),
                law.chip().memoryBandwidthFigure());
    }

    private Figure chosen() {
        return Figure.of(
                "chosen",
                "choice of the experts of a token",
                law.choice(o),
                Unit.SECOND,
                "choice * experts * top-k",
                constant("choice", "time of one choice for each expert", shared().choice(), Unit.SECOND),
                counted("experts", "experts of the layer", o.experts()),
                counted("top-k", "experts of a token", o.topK()));
    }

    private Figure unfused() {
        ExpertsConstants.Router router = law.profile().generation().router();
        return constant(
                "unfused",
                "launches more where one kernel cannot choose (beyond " + router.experts() + " experts or "
                        + router.picks() + " of a token)",
                law.unfused(o),
                Unit.SECOND);
    }

    private Figure sorted() {
        return Figure.of(
                "sorted",
                "sorting of pairs of token and expert",
                shared().sort() * o.tokens() * o.topK(),
                Unit.SECOND,
                "sort * tokens * top-k",
                constant("sort", "time of a pair of token and expert", shared().sort(), Unit.SECOND),
                counted("tokens", "tokens fed to the rank", o.tokens()),
                counted("top-k", "experts of a token", o.topK()));
    }

    private static final Source SHAPE = Source.definition("counted from the shape and the routing of the experts");

    private static final Source DRAWN =
            Source.definition("times of draws with fixed seeds from the power law of the routing");

    private static Figure counted(String id, String label, double value) {
        return Figure.leaf(id, label, value, Unit.ONE, SHAPE);
    }

    private Figure constant(String id, String label, double value, Unit unit) {
        return law.profile().provenance().figure(id, label, value, unit);
    }

    private Shared shared() {
        return law.profile().shared();
    }
}
