package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.stack.chip.ByType;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.Tile;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import dev.toile.stack.mapping.matmul.MatmulLaw;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Matmul;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The application table of TPU v1 (Jouppi et al., ISCA 2017, tables 1 and 3) through the mapping floor: a test across
 * eleven years. Of the law only what holds on every chip is used, as it was fitted on chips of 2020 to 2024; no constant
 * of any software, and nothing of this table.
 *
 * @param catalog with the design and the constants
 */
record SystolicFacts(Catalog catalog) {

    private static final String SOURCE =
            "Jouppi et al., ISCA 2017, tables 1 and 3; layer sizes as far as the paper gives them, CNN1's those of"
                    + " Inception V2";
    private static final double EDGE = 256;
    private static final double ACCUMULATORS = 4096;
    private static final double UNLIMITED = 1e18;

    /**
     * Layers whose matrices have one size.
     *
     * @param weights of all of them, as useful
     * @param rows of input that share the weights: batch, times positions of a convolution
     * @param depth of one matrix, as useful
     * @param width of one matrix, as useful
     */
    record Layers(double weights, double rows, double depth, double width) {

        double products() {
            return weights * rows;
        }
    }

    /**
     * A pass over values without weights: an element-wise layer or pooling.
     *
     * @param rows of values
     * @param width values of one row
     */
    record Pass(double rows, double width) {}

    /**
     * An application: its layers run one after the other.
     *
     * @param name in the paper
     * @param layers with weights
     * @param passes without
     * @param activationBytes of one value between layers
     * @param teraops measured
     */
    private record Application(
            String name, List<Layers> layers, List<Pass> passes, double activationBytes, double teraops) {

        double products() {
            return layers.stream().mapToDouble(Layers::products).sum();
        }
    }

    /**
     * Layers by kind, batch, weights and multiply-accumulates per weight byte: table 1; measured TOPS: table 3. LSTM1
     * has matrices of 600 x 600 (section 7); the others but CNN1 fill the array.
     *
     * <p>Both LSTMs hand on values of 16 bits, for which the array takes two cycles a row (section 2): Wu et al.
     * (arXiv 1609.08144, section 6), of which LSTM0 is a part, keep them so, and the paper's counters show twice the
     * multiply-accumulates that its TOPS hold in both (8.2 and 6.3 % of the peak are 7.5 and 5.8 TOPS), in no other
     * application.
     */
    private static List<Application> applications() {
        return List.of(
                new Application("MLP0", List.of(new Layers(20e6, 200, 2048, 2048)), List.of(), 1, 12.3),
                new Application("MLP1", List.of(new Layers(5e6, 168, 1024, 1024)), List.of(), 1, 9.7),
                new Application("LSTM0", List.of(new Layers(52e6, 64, 1024, 1024)), passes(34, 64, 1024), 2, 3.7),
                new Application("LSTM1", List.of(new Layers(34e6, 96, 600, 600)), passes(19, 96, 600), 2, 2.8),
                new Application("CNN0", List.of(new Layers(8e6, 2888, 2304, 256)), List.of(), 1, 86.0),
                new Application("CNN1", InceptionV2.layers(32, 100e6), InceptionV2.pools(32), 1, 14.1));
    }

    private static List<Pass> passes(int count, double rows, double width) {
        return Collections.nCopies(count, new Pass(rows, width));
    }

    FactSet set() {
        Chip chip = catalog.design("tpu-v1-like").chip();
        Calibrated<MatmulKernels> kernels = kernels();
        // Activations stay in the unified buffer: to the law the array is fed by a memory without limit, and only
        // weights
        // come from the one there is.
        MatmulLaw array = new MatmulLaw(fed(chip), kernels, DataType.INT8, DataType.INT8, Conditions.DEPLOYED);
        double stream = kernels.kernels().physics().memoryShare() * chip.memoryBandwidth();
        double overlap = kernels.kernels().physics().overlap();
        List<Fact> facts = new ArrayList<>();
        for (Application each : applications()) {
            double rate = rate(array, each, stream, overlap, chip.clock());
            facts.add(new Fact(each.name(), "op/s", each.teraops() * 1e12, rate, 0.2, SOURCE));
        }
        return new FactSet("tpu-v1", "operations per second of the applications of TPU v1", facts);
    }

    /**
     * Useful operations per second. The next matrix waits for a pass: 256 bytes a cycle, the width of the chip's internal
     * paths (section 2).
     */
    private static double rate(MatmulLaw array, Application a, double stream, double overlap, double clock) {
        double seconds = 0;
        for (Layers each : a.layers()) {
            seconds += seconds(array, each, a.activationBytes(), stream, overlap, clock);
        }
        for (Pass each : a.passes()) {
            seconds += each.rows() * Math.ceil(each.width() * a.activationBytes() / EDGE) / clock;
        }
        return 2 * a.products() / seconds;
    }

    /**
     * Seconds of the layers. The array is loaded by whole tiles, so that what overhangs is read as well, once for as many
     * rows as there are accumulators, and a tile takes as many cycles to shift in as the array has rows, behind the
     * products of the one before. A row of values of two bytes takes two cycles.
     */
    private static double seconds(
            MatmulLaw array, Layers l, double activationBytes, double stream, double overlap, double clock) {
        double depth = Math.ceil(l.depth() / EDGE) * EDGE;
        double width = Math.ceil(l.width() / EDGE) * EDGE;
        double rows = l.rows() * activationBytes;
        double products =
                array.seconds(new Matmul("layer", rows, width, depth, DataType.INT8, DataType.INT8, DataType.INT8));
        double loads = Math.max(1, l.rows() / ACCUMULATORS);
        double shift = loads * depth * width / EDGE / clock;
        double multiply = Math.max(products, shift);
        double read = loads * depth * width / stream;
        double matrix = Math.pow(Math.pow(multiply, overlap) + Math.pow(read, overlap), 1 / overlap);
        return l.weights() / (l.depth() * l.width()) * matrix;
    }

    private static Chip fed(Chip c) {
        // The law counts operands against 16 bit, in which this chip does not multiply: its one rate stands for both.
        ByType peak =
                ByType.of(Map.of(DataType.INT8, c.peakFor(DataType.INT8), DataType.BF16, c.peakFor(DataType.INT8)));
        ByType energy = ByType.of(
                Map.of(DataType.INT8, c.flopEnergyFor(DataType.INT8), DataType.BF16, c.flopEnergyFor(DataType.INT8)));
        return new Chip(
                c.name(),
                c.engines(),
                c.clock(),
                peak,
                c.cache(),
                c.memoryCapacity(),
                UNLIMITED,
                c.scaleUp(),
                c.power(),
                c.idlePower(),
                energy,
                c.memoryEnergy(),
                c.linkEnergy(),
                c.area(),
                c.price(),
                c.cost(),
                c.provenance());
    }

    /** What holds for products on every chip, and no loss of any software. */
    private Calibrated<MatmulKernels> kernels() {
        Map<String, Calibrated<MatmulKernels>> all = catalog.kernels().matmul();
        MatmulKernels ideal = Objects.requireNonNull(all.get("ideal")).kernels();
        MatmulKernels fitted = Objects.requireNonNull(all.get("hopper")).kernels();
        MatmulKernels shared =
                new MatmulKernels(fitted.physics(), ideal.operandBytes(), 0, ideal.paths()).withTiles(tiles());
        return new Calibrated<>(shared, Source.definition("physics that all chips share; no software"));
    }

    private static List<Tile> tiles() {
        return List.of(new Tile(64, 256), new Tile(256, 256), new Tile(1024, 256), new Tile(4096, 256));
    }
}
