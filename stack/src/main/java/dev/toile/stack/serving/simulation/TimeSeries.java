package dev.toile.stack.serving.simulation;

import java.util.Arrays;

/** Means over equal intervals of time: a fixed number of bins, which grow twice as wide when time runs out of them. */
public final class TimeSeries {

    private static final int BINS = 256;

    private final double[] running = new double[BINS];
    private final double[] waiting = new double[BINS];
    private final double[] blocks = new double[BINS];
    private final double[] busy = new double[BINS];
    private double width = 0.25;
    private int bin;
    private double binEnd = width;

    /** A step: the time it took, and what held during it. */
    void add(double begin, double end, int sequences, int queued, int held) {
        double from = begin;
        while (end > binEnd) {
            if (from < binEnd) {
                add(binEnd - from, sequences, queued, held);
                from = binEnd;
            }
            forward();
        }
        add(end - from, sequences, queued, held);
    }

    private void add(double seconds, int sequences, int queued, int held) {
        busy[bin] += seconds;
        running[bin] += seconds * sequences;
        waiting[bin] += seconds * queued;
        blocks[bin] += seconds * held;
    }

    private void forward() {
        if (bin == BINS - 1) {
            for (double[] each : new double[][] {running, waiting, blocks, busy}) {
                halve(each);
            }
            width *= 2;
            bin = BINS / 2 - 1;
        }
        bin++;
        binEnd = (bin + 1) * width;
    }

    private static void halve(double[] sums) {
        for (int i = 0; i < BINS / 2; i++) {
            sums[i] = sums[2 * i] + sums[2 * i + 1];
        }
        Arrays.fill(sums, BINS / 2, BINS, 0);
    }

    /** Adds another's sums; both get the wider one's intervals. */
    void add(TimeSeries other) {
        while (width < other.width) {
            widen();
        }
        while (other.width < width) {
            other.widen();
        }
        double[][] mine = {running, waiting, blocks, busy};
        double[][] others = {other.running, other.waiting, other.blocks, other.busy};
        for (int i = 0; i < mine.length; i++) {
            for (int j = 0; j < BINS; j++) {
                mine[i][j] += others[i][j];
            }
        }
        bin = Math.max(bin, other.bin);
    }

    private void widen() {
        for (double[] each : new double[][] {running, waiting, blocks, busy}) {
            halve(each);
        }
        width *= 2;
        bin /= 2;
        binEnd = (bin + 1) * width;
    }

    /** Seconds of one interval. */
    public double width() {
        return width;
    }

    /** Intervals that are filled. */
    public int size() {
        return bin + 1;
    }

    /** Running sequences, mean over an interval, all replicas together. */
    public double running(int interval) {
        return running[interval] / width;
    }

    /** Waiting requests, mean over an interval. */
    public double waiting(int interval) {
        return waiting[interval] / width;
    }

    /** Held blocks of the KV cache, mean over an interval. */
    public double blocks(int interval) {
        return blocks[interval] / width;
    }

    /** Share of an interval in which steps run; with several replicas their sum. */
    public double busy(int interval) {
        return busy[interval] / width;
    }
}
