package dev.toile.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The volume that a front dominates (Zitzler, Thiele, PPSN 1998), all objectives to be made small: exact, by the
 * exclusive volumes of While, Bradstreet, Barone, "A Fast Way of Calculating Exact Hypervolumes", IEEE TEC 16 (2012).
 */
public final class Hypervolume {

    private Hypervolume() {}

    /**
     * Volume between the points and a reference.
     *
     * @param points objectives; points that are not better than the reference in every objective count for nothing
     * @param reference worst values
     */
    public static double of(List<double[]> points, double[] reference) {
        List<double[]> inside = new ArrayList<>();
        for (double[] point : points) {
            boolean better = true;
            for (int k = 0; k < reference.length; k++) {
                better &= point[k] < reference[k];
            }
            if (better) {
                inside.add(point);
            }
        }
        return volume(nondominated(inside), reference);
    }

    /**
     * The volume of what a search found so far, as a share of the box between the reference and the best value of each
     * objective.
     *
     * @param reference worst values, each above the best
     */
    public static double share(Archive archive, double[] reference) {
        List<double[]> points =
                archive.frontUnsorted().stream().map(Trial::objectives).toList();
        double box = 1;
        for (int k = 0; k < reference.length; k++) {
            int objective = k;
            double best =
                    points.stream().mapToDouble(point -> point[objective]).min().orElse(reference[k]);
            box *= reference[k] - best;
        }
        return box > 0 ? of(points, reference) / box : 0;
    }

    private static double volume(List<double[]> front, double[] reference) {
        if (front.isEmpty()) {
            return 0;
        }
        int last = reference.length - 1;
        List<double[]> sorted = new ArrayList<>(front);
        sorted.sort(Comparator.comparingDouble(point -> point[last]));
        return switch (reference.length) {
            case 1 -> reference[0] - sorted.getFirst()[0];
            case 2 -> area(sorted, reference);
            default -> {
                double sum = 0;
                for (int i = sorted.size() - 1; i >= 0; i--) {
                    sum += exclusive(sorted, i, reference);
                }
                yield sum;
            }
        };
    }

    /** By the second objective upward, the first falls along a front. */
    private static double area(List<double[]> sorted, double[] reference) {
        double sum = 0;
        double left = reference[0];
        for (double[] point : sorted) {
            if (point[0] < left) {
                sum += (left - point[0]) * (reference[1] - point[1]);
                left = point[0];
            }
        }
        return sum;
    }

    /**
     * What a point dominates and those before it in the last objective do not: as they are at least as good in it, a
     * slab of constant thickness, one dimension less.
     */
    private static double exclusive(List<double[]> sorted, int index, double[] reference) {
        double[] point = sorted.get(index);
        int last = reference.length - 1;
        double[] flat = Arrays.copyOf(reference, last);
        double own = 1;
        for (int k = 0; k < last; k++) {
            own *= reference[k] - point[k];
        }
        List<double[]> limited = new ArrayList<>();
        for (int i = 0; i < index; i++) {
            double[] other = new double[last];
            for (int k = 0; k < last; k++) {
                other[k] = Math.max(sorted.get(i)[k], point[k]);
            }
            limited.add(other);
        }
        double covered = volume(nondominated(limited), flat);
        return (own - covered) * (reference[last] - point[last]);
    }

    private static List<double[]> nondominated(List<double[]> points) {
        List<double[]> front = new ArrayList<>();
        for (double[] point : points) {
            boolean beaten = false;
            for (double[] other : front) {
                if (ParetoFront.dominates(other, point) || Arrays.equals(other, point)) {
                    beaten = true;
                    break;
                }
            }
            if (!beaten) {
                front.removeIf(other -> ParetoFront.dominates(point, other));
                front.add(point);
            }
        }
        return front;
    }
}
