package dev.toile.search;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * A random forest over the options of a space (Breiman, "Random Forests", 2001), with the spread of its trees as a
 * measure of what it does not know (as in SMAC; Hutter, Hoos, Leyton-Brown, LION 2011).
 */
public final class Forest {

    private static final int DEPTH = 12;
    private static final float FEATURES_IN_SPLIT = 0.7f;
    /** The library logs every training. */
    private static final Logger LIBRARY = Logger.getLogger("org.tribuo");

    /** What the forest expects of one output. */
    record Guess(double mean, double deviation) {}

    private final String[] features;
    private final List<Model<Regressor>> trees;
    private final int outputs;

    private Forest(String[] features, List<Model<Regressor>> trees, int outputs) {
        this.features = features;
        this.trees = trees;
        this.outputs = outputs;
    }

    /**
     * Grows a forest.
     *
     * @param points options of every axis
     * @param values outputs of each point, all of one length
     * @param trees how many
     * @param seed of the draws
     */
    public static Forest grow(List<int[]> points, List<double[]> values, int trees, long seed) {
        LIBRARY.setLevel(Level.WARNING);
        String[] features = names("x", points.getFirst().length);
        String[] outputs = names("y", values.getFirst().length);
        RegressionFactory factory = new RegressionFactory();
        OffsetDateTime always = OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        MutableDataset<Regressor> data =
                new MutableDataset<>(new SimpleDataSourceProvenance("trials", always, factory), factory);
        for (int i = 0; i < points.size(); i++) {
            data.add(new ArrayExample<>(new Regressor(outputs, values.get(i)), features, inputs(points.get(i))));
        }
        CARTRegressionTrainer tree =
                new CARTRegressionTrainer(DEPTH, 2, 0, FEATURES_IN_SPLIT, false, new MeanSquaredError(), seed);
        Model<Regressor> forest = new RandomForestTrainer<>(tree, new AveragingCombiner(), trees, seed).train(data);
        return new Forest(
                features, List.copyOf(((WeightedEnsembleModel<Regressor>) forest).getModels()), outputs.length);
    }

    private static String[] names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%s%03d".formatted(prefix, i))
                .toArray(String[]::new);
    }

    /** The library takes zeros for absent features. */
    private static double[] inputs(int[] point) {
        double[] inputs = new double[point.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = point[i] + 1;
        }
        return inputs;
    }

    /** What the forest expects of every output at a point. */
    List<Guess> guess(int[] point) {
        Example<Regressor> example =
                new ArrayExample<>(new Regressor(names("y", outputs), new double[outputs]), features, inputs(point));
        double[] sum = new double[outputs];
        double[] squares = new double[outputs];
        for (Model<Regressor> tree : trees) {
            double[] values = tree.predict(example).getOutput().getValues();
            for (int k = 0; k < outputs; k++) {
                sum[k] += values[k];
                squares[k] += values[k] * values[k];
            }
        }
        List<Guess> guesses = new ArrayList<>();
        for (int k = 0; k < outputs; k++) {
            double mean = sum[k] / trees.size();
            guesses.add(new Guess(mean, Math.sqrt(Math.max(0, squares[k] / trees.size() - mean * mean))));
        }
        return guesses;
    }

    /** The mean of every output at a point. */
    public double[] mean(int[] point) {
        return guess(point).stream().mapToDouble(Guess::mean).toArray();
    }
}
