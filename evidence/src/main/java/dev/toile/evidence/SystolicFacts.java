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
     * An application: matrices of one size.
     *
     * @param name in the paper
     * @param rows of input that share the weights: batch, times positions of a convolution
     * @param weights of the application
     * @param depth of one matrix, as useful
     * @param width of one matrix, as useful
     * @param teraops measured
     */
    private record Application(String name, double rows, double weights, double depth, double width, double teraops) {}

    // Multiply-accumulates per weight byte, weights and measured TOPS: table 1 and table 3. LSTM1 has matrices of 600 x
    // 600
    // (section 7); the others fill the array. The sizes of CNN1 are not published: half of the array's cells hold
    // useful
    // weights (table 3), as if its matrices were half as wide.
    private static final List<Application> APPLICATIONS = List.of(
            new Application("MLP0", 200, 20e6, 2048, 2048, 12.3),
            new Application("MLP1", 168, 5e6, 1024, 1024, 9.7),
            new Application("LSTM0", 64, 52e6, 1024, 1024, 3.7),
            new Application("LSTM1", 96, 34e6, 600, 600, 2.8),
            new Application("CNN0", 2888, 8e6, 2304, 256, 86.0),
            new Application("CNN1", 1750, 100e6, 2304, 128, 14.1));

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
            double rate = rate(array, each, stream, overlap);
            facts.add(new Fact(each.name(), "op/s", each.teraops() * 1e12, rate, 0.2, SOURCE));
        }
        return new FactSet("tpu-v1", "operations per second of the applications of TPU v1", facts);
    }

    /** Useful operations per second. The array is loaded by whole tiles, so that what overhangs is read as well. */
    private static double rate(MatmulLaw array, Application a, double stream, double overlap) {
        double depth = Math.ceil(a.depth() / EDGE) * EDGE;
        double width = Math.ceil(a.width() / EDGE) * EDGE;
        double multiply = array.seconds(
                new Matmul(a.name(), a.rows(), width, depth, DataType.INT8, DataType.INT8, DataType.INT8));
        double read = depth * width / stream;
        double seconds = Math.pow(Math.pow(multiply, overlap) + Math.pow(read, overlap), 1 / overlap);
        return 2 * a.rows() * a.depth() * a.width() / seconds;
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
