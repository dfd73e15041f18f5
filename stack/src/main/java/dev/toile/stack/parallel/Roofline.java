package dev.toile.stack.parallel;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations of a pass under the roofs of their chip (Williams et al., "Roofline", CACM 52(4), 2009): arithmetic
 * over bytes of memory traffic against the rate that is reached, launch floors and padding paid for.
 *
 * @param pass such as {@code decode-step}
 * @param bandwidth of the memory, bytes/s
 * @param roofs peak of each format that is multiplied, highest first
 * @param points operations that multiply, in the order of the pass; equal names are one point
 * @param bytesOnly share of the pass's time in operations that only move bytes, such as norms
 * @param network share of the pass's time in collectives
 */
public record Roofline(
        String pass, double bandwidth, List<Roof> roofs, List<Point> points, double bytesOnly, double network) {

    /** Below this share of its roof an operation waits for something that the roofline does not show. */
    private static final double FAR_BELOW = 1.0 / 3;

    /** Copies roofs and points. */
    public Roofline {
        roofs = List.copyOf(roofs);
        points = List.copyOf(points);
    }

    /**
     * The most arithmetic in one format.
     *
     * @param math the format
     * @param peak flop/s, dense
     */
    public record Roof(DataType math, double peak) {}

    /**
     * One operation over all layers.
     *
     * @param name such as {@code attention-qkv}
     * @param math the format in which the chip multiplies
     * @param intensity flops that the model needs over bytes that cross the memory interface
     * @param rate those flops over the time they take, flop/s
     * @param share of the pass's time
     * @param bound the lower roof at this intensity, {@code compute} or {@code memory}; {@code overhead} (launch, padding,
     *     filling) when less than a third of that roof is reached
     */
    public record Point(String name, DataType math, double intensity, double rate, double share, String bound) {}

    /** The operations of a step. */
    public static Roofline of(Step step) {
        return of(step.name(), step.chip(), step.parts());
    }

    /** The operations of a pass on a chip. */
    public static Roofline of(String pass, Chip chip, List<Step.Part> parts) {
        double all = parts.stream().mapToDouble(Step.Part::seconds).sum();
        Map<String, Sum> sums = new LinkedHashMap<>();
        double bytesOnly = 0;
        double network = 0;
        for (Step.Part part : parts) {
            switch (part.work()) {
                case Timed.OnNetwork _ -> network += part.seconds();
                case Timed.OnChip work -> {
                    if (work.mapping().operation() instanceof Operation.Elementwise) {
                        bytesOnly += part.seconds();
                    } else {
                        sums.computeIfAbsent(work.name(), _ -> new Sum()).add(work, part.count());
                    }
                }
            }
        }
        List<Point> points = new ArrayList<>();
        sums.forEach((name, sum) -> points.add(sum.point(name, chip, all)));
        List<Roof> roofs = points.stream()
                .map(Point::math)
                .distinct()
                .map(math -> new Roof(math, chip.peak().get(math)))
                .sorted(Comparator.comparingDouble(Roof::peak).reversed())
                .toList();
        return new Roofline(pass, chip.memoryBandwidth(), roofs, points, bytesOnly / all, network / all);
    }

    /** Calls of one name, added up while the parts are walked through. */
    private static final class Sum {
        private DataType format = DataType.BF16;
        private double flops;
        private double bytes;
        private double seconds;

        void add(Timed.OnChip work, double count) {
            Operation operation = work.mapping().operation();
            format = operation.math();
            flops += count * operation.flops();
            bytes += count * work.mapping().traffic();
            seconds += count * work.seconds();
        }

        Point point(String name, Chip chip, double all) {
            DataType math = chip.mathType(format);
            double compute = flops / chip.peak().get(math);
            double memory = bytes / chip.memoryBandwidth();
            String roof = compute > memory ? "compute" : "memory";
            String bound = Math.max(compute, memory) < FAR_BELOW * seconds ? "overhead" : roof;
            return new Point(name, math, flops / bytes, flops / seconds, seconds / all, bound);
        }
    }
}
