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
            "Jouppi et al., ISCA 2017, tables 1 and 3; layer sizes as far as the paper gives them";
    private static final double EDGE = 256;
    private static final double UNLIMITED = 1e18;

    /**
     * Layers whose matrices have one size.
     *
     * @param weights of all of them, as useful
     * @param rows of input that share the weights: batch, times positions of a convolution
     * @param depth of one matrix, as useful
     * @param width of one matrix, as useful
     */
    private record Layers(double weights, double rows, double depth, double width) {

        double products() {
            return weights * rows;
        }
    }

    /**
     * An application: its layers run one after the other.
     *
     * @param name in the paper
     * @param layers with weights
     * @param vectorLayers that pass over the activations of one matrix without any
     * @param teraops measured
     */
    private record Application(String name, List<Layers> layers, double vectorLayers, double teraops) {}

    // Layers by kind, batch, weights and multiply-accumulates per weight byte: table 1; measured TOPS: table 3. LSTM1
    // has matrices of 600 x 600 (section 7); the others fill the array.
    private static final List<Application> APPLICATIONS = List.of(
            new Application("MLP0", List.of(new Layers(20e6, 200, 2048, 2048)), 0, 12.3),
            new Application("MLP1", List.of(new Layers(5e6, 168, 1024, 1024)), 0, 9.7),
            new Application("LSTM0", List.of(new Layers(52e6, 64, 1024, 1024)), 34, 3.7),
            new Application("LSTM1", List.of(new Layers(34e6, 96, 600, 600)), 19, 2.8),
            new Application("CNN0", List.of(new Layers(8e6, 2888, 2304, 256)), 0, 86.0),
            new Application("CNN1", cnn1(), 13, 14.1));

    /**
     * The layers of CNN1 were never published. Known are 100 M weights at 1750 products each, 72 convolutions, and four
     * fully connected layers that see the batch of 32 (section 4); convolutions are shallow, so that half of the array
     * holds useful weights (table 3). A convolution is taken to have the mean weights of those of CNN0, 8 M in 16; the
     * fully connected layers have the rest.
     */
    private static List<Layers> cnn1() {
        double convolutions = 72 * 8e6 / 16;
        Layers connected = new Layers(100e6 - convolutions, 32, 2048, 2048);
        double rows = (1750 * 100e6 - connected.products()) / convolutions;
        return List.of(new Layers(convolutions, rows, 2304, 128), connected);
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
        for (Application each : APPLICATIONS) {
            double rate = rate(array, each, stream, overlap, chip.clock());
            facts.add(new Fact(each.name(), "op/s", each.teraops() * 1e12, rate, 0.2, SOURCE));
        }
        return new FactSet("tpu-v1", "operations per second of the applications of TPU v1", facts);
    }

    /** Useful operations per second. */
    private static double rate(MatmulLaw array, Application a, double stream, double overlap, double clock) {
        double products = 0;
        double seconds = 0;
        for (Layers each : a.layers()) {
            products += each.products();
            seconds += seconds(array, each, stream, overlap, clock);
        }
        // A vector unit of 256 lanes passes over the activations of one matrix; the next matrix waits for it.
        Layers first = a.layers().getFirst();
        seconds += a.vectorLayers() * first.rows() * Math.ceil(first.width() / EDGE) / clock;
        return 2 * products / seconds;
    }

    /**
     * Seconds of the layers. The array is loaded by whole tiles, so that what overhangs is read as well, and a tile takes
     * as many cycles to shift in as the array has rows, behind the products of the one before.
     */
    private static double seconds(MatmulLaw array, Layers l, double stream, double overlap, double clock) {
        double depth = Math.ceil(l.depth() / EDGE) * EDGE;
        double width = Math.ceil(l.width() / EDGE) * EDGE;
        double products =
                array.seconds(new Matmul("layer", l.rows(), width, depth, DataType.INT8, DataType.INT8, DataType.INT8));
        double shift = depth * width / EDGE / clock;
        double multiply = Math.max(products, shift);
        double read = depth * width / stream;
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
