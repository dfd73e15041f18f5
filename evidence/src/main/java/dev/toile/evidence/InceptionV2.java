package dev.toile.evidence;

import dev.toile.evidence.SystolicFacts.Layers;
import dev.toile.evidence.SystolicFacts.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions and pools of Inception V2 for images of 224 x 224 (Ioffe and Szegedy, Batch Normalization, arXiv
 * 1502.03167, figure 5) on an array that multiplies one position of a window at a time: 69 convolutions with 10.2 M
 * weights and 2.0 G multiply-accumulates an image, 13 pools. CNN1 of TPU v1's table "derives from Inception V2" (Jouppi
 * et al., ISCA 2017, section 3) and has 72, four fully connected layers, and 13 pools as well.
 */
final class InceptionV2 {

    private static final double IMAGE_CHANNELS = 3;

    /**
     * A module: four branches side by side. Channels of each convolution; 0: there is none.
     *
     * @param side of its input, positions
     * @param input channels
     * @param one of the 1 x 1 branch
     * @param reduce before the 3 x 3
     * @param three of the 3 x 3
     * @param doubleReduce before the two 3 x 3
     * @param doubleThree of each of the two 3 x 3
     * @param pool behind the pool
     * @param stride of the 3 x 3 and the pool
     */
    private record Module(
            int side,
            int input,
            int one,
            int reduce,
            int three,
            int doubleReduce,
            int doubleThree,
            int pool,
            int stride) {}

    private static final List<Module> MODULES = List.of(
            new Module(28, 192, 64, 64, 64, 64, 96, 32, 1),
            new Module(28, 256, 64, 64, 96, 64, 96, 64, 1),
            new Module(28, 320, 0, 128, 160, 64, 96, 0, 2),
            new Module(14, 576, 224, 64, 96, 96, 128, 128, 1),
            new Module(14, 576, 192, 96, 128, 96, 128, 128, 1),
            new Module(14, 576, 160, 128, 160, 128, 160, 128, 1),
            new Module(14, 608, 96, 128, 192, 160, 192, 128, 1),
            new Module(14, 608, 0, 128, 192, 192, 256, 0, 2),
            new Module(7, 1056, 352, 192, 320, 160, 224, 128, 1),
            new Module(7, 1024, 352, 192, 320, 192, 224, 128, 1));

    private InceptionV2() {}

    /**
     * Layers with weights for a batch of images. The three colours of the first window lie side by side in one row, as a
     * host can lay them out: by themselves they would fill three rows of the array in 256. What the convolutions leave of the
     * weights is in the fully connected layers, whose matrices fill the array.
     *
     * @param batch images
     * @param weights of the whole network
     */
    static List<Layers> layers(int batch, double weights) {
        List<Layers> all = new ArrayList<>();
        double window = 7 * 7;
        all.add(new Layers(window * IMAGE_CHANNELS * 64, positions(batch, 112), window * IMAGE_CHANNELS, 64));
        add(all, batch, 1, 64, 64, 56);
        add(all, batch, 3, 64, 192, 56);
        for (Module each : MODULES) {
            add(all, batch, each);
        }
        double connected = weights - all.stream().mapToDouble(Layers::weights).sum();
        all.add(new Layers(connected, batch, 4096, 4096));
        return all;
    }

    private static void add(List<Layers> all, int batch, Module m) {
        int out = m.side() / m.stride();
        add(all, batch, 1, m.input(), m.one(), m.side());
        add(all, batch, 1, m.input(), m.reduce(), m.side());
        add(all, batch, 3, m.reduce(), m.three(), out);
        add(all, batch, 1, m.input(), m.doubleReduce(), m.side());
        add(all, batch, 3, m.doubleReduce(), m.doubleThree(), m.side());
        add(all, batch, 3, m.doubleThree(), m.doubleThree(), out);
        add(all, batch, 1, m.input(), m.pool(), m.side());
    }

    /** A convolution: one matrix of channels for every position of its window. */
    private static void add(List<Layers> all, int batch, int window, int in, int out, int side) {
        if (out > 0) {
            all.add(new Layers((double) window * window * in * out, positions(batch, side), in, out));
        }
    }

    /** Pools that the next layer waits for, each reading its input once; those of modules run beside other branches. */
    static List<Pass> pools(int batch) {
        return List.of(
                new Pass(positions(batch, 112), 64),
                new Pass(positions(batch, 56), 192),
                new Pass(positions(batch, 7), 1024));
    }

    private static double positions(int batch, int side) {
        return (double) batch * side * side;
    }
}
