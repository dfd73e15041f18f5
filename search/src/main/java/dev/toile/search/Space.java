package dev.toile.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The space of all open choices: every axis has a number of options, a point names one option of each. Points in which
 * an axis that does not matter takes another option than 0 are no designs of their own; {@link #canonical} folds them.
 */
public final class Space {

    /** Options of an axis that is short enough to try them all: whole systems and waves make valleys between two. */
    private static final int SHORT = 4;

    private final List<Axis> axes;
    private final int[] sizes;
    private final boolean[] decides;

    /**
     * A space of axes.
     *
     * @param axes in order; conditions refer to earlier ones
     */
    public Space(List<Axis> axes) {
        this.axes = List.copyOf(axes);
        this.sizes = axes.stream().mapToInt(Axis::size).toArray();
        this.decides = new boolean[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            for (Axis.Condition condition : axes.get(i).when()) {
                if (condition.axis() < 0 || condition.axis() >= i) {
                    throw new IllegalArgumentException("axis " + axes.get(i).name() + " depends on axis "
                            + condition.axis() + "; expected one before its own place " + i);
                }
                decides[condition.axis()] = true;
            }
        }
    }

    /**
     * A space of ordered axes without conditions.
     *
     * @param sizes options of each axis, at least one; no axes make a space of one point
     */
    public Space(int... sizes) {
        this(IntStream.range(0, sizes.length)
                .mapToObj(i -> new Axis("axis-" + i, sizes[i], true, List.of()))
                .toList());
    }

    /** Its axes. */
    public List<Axis> axes() {
        return axes;
    }

    /** How many axes there are. */
    public int dimensions() {
        return sizes.length;
    }

    int options(int axis) {
        return sizes[axis];
    }

    /** Points in all, as if every axis always mattered; {@link Long#MAX_VALUE} when there are more than that. */
    public long size() {
        long size = 1;
        for (int axis : sizes) {
            long next = size * axis;
            if (next / axis != size || next < 0) {
                return Long.MAX_VALUE;
            }
            size = next;
        }
        return size;
    }

    /** Different designs: points whose axes that do not matter are at option 0. A double: there may be 10^30. */
    public double designs() {
        return designs(whole());
    }

    /** All of the space. */
    public Box whole() {
        int[] high = new int[sizes.length];
        Arrays.setAll(high, i -> sizes[i] - 1);
        return new Box(new int[sizes.length], high);
    }

    /** Different designs inside a box. */
    public double designs(Box box) {
        return designs(box, new int[sizes.length], 0);
    }

    /** Axes on which others depend are walked, the rest is multiplied. */
    private double designs(Box box, int[] point, int axis) {
        if (axis == sizes.length) {
            return 1;
        }
        if (!axes.get(axis).matters(point)) {
            point[axis] = 0;
            return box.low()[axis] == 0 ? designs(box, point, axis + 1) : 0;
        }
        if (!decides[axis]) {
            return (box.high()[axis] - box.low()[axis] + 1.0) * designs(box, point, axis + 1);
        }
        double sum = 0;
        for (int option = box.low()[axis]; option <= box.high()[axis]; option++) {
            point[axis] = option;
            sum += designs(box, point, axis + 1);
        }
        point[axis] = 0;
        return sum;
    }

    /** A point by its number; the last axis turns fastest. */
    public int[] point(long number) {
        int[] point = new int[sizes.length];
        long rest = number;
        for (int i = sizes.length - 1; i >= 0; i--) {
            point[i] = (int) (rest % sizes[i]);
            rest /= sizes[i];
        }
        if (rest != 0 || number < 0) {
            throw new IllegalArgumentException("point " + number + " of a space of " + size());
        }
        return point;
    }

    /** The number of a point. */
    public long number(int[] point) {
        long number = 0;
        for (int i = 0; i < sizes.length; i++) {
            number = number * sizes[i] + point[i];
        }
        return number;
    }

    /** Whether the point is a design: all axes that do not matter are at option 0. */
    public boolean isCanonical(int[] point) {
        for (int i = 0; i < point.length; i++) {
            if (point[i] != 0 && !axes.get(i).matters(point)) {
                return false;
            }
        }
        return true;
    }

    /** Sets axes that do not matter to option 0, in place, and returns the point. */
    public int[] canonical(int[] point) {
        for (int i = 0; i < point.length; i++) {
            if (point[i] != 0 && !axes.get(i).matters(point)) {
                point[i] = 0;
            }
        }
        return point;
    }

    /** A point drawn axis by axis. */
    int[] random(RandomGenerator random) {
        int[] point = new int[sizes.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = random.nextInt(sizes[i]);
        }
        return canonical(point);
    }

    /**
     * All designs that differ from a design in one axis: by a step where the axis is ordered and long, else by any option.
     */
    List<int[]> neighbours(int[] point) {
        List<int[]> neighbours = new ArrayList<>();
        for (int i = 0; i < point.length; i++) {
            if (!axes.get(i).matters(point)) {
                continue;
            }
            boolean ordered = axes.get(i).ordered() && sizes[i] > SHORT;
            int from = ordered ? Math.max(0, point[i] - 1) : 0;
            int to = ordered ? Math.min(sizes[i] - 1, point[i] + 1) : sizes[i] - 1;
            for (int option = from; option <= to; option++) {
                if (option != point[i]) {
                    int[] other = point.clone();
                    other[i] = option;
                    neighbours.add(canonical(other));
                }
            }
        }
        return neighbours;
    }

    @Override
    public String toString() {
        return "space of " + Arrays.toString(sizes);
    }
}
