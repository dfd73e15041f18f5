package dev.toile.search;

import dev.toile.search.Problem.Reach;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Points that bounds ruled out, and what follows from them for others, so that these need no trial. */
final class Bounds {

    private final Space space;
    private final Reach[] reach;

    /** By their options on axes along which nothing follows; none of them follows from another. */
    private final Map<Long, List<int[]>> ruledOut = new HashMap<>();

    /** Numbers of points that have been asked about and cannot work: searches come back to the same ones. */
    private final Set<Long> closed = new HashSet<>();

    /** Nothing is known yet. */
    Bounds(Problem problem) {
        this.space = problem.space();
        this.reach = problem.reach().toArray(Reach[]::new);
    }

    /** Learns from a trial. */
    void add(Trial trial) {
        if (reach.length == 0 || !trial.ruledOut()) {
            return;
        }
        int[] point = space.point(trial.number());
        if (!ruleOut(point)) {
            List<int[]> alike = ruledOut.computeIfAbsent(kind(point), _ -> new ArrayList<>());
            alike.removeIf(other -> reaches(point, other));
            alike.add(point);
        }
    }

    /** Whether a point cannot work, for all that is known. */
    boolean ruleOut(int[] point) {
        long number = space.number(point);
        if (closed.contains(number)) {
            return true;
        }
        for (int[] known : ruledOut.getOrDefault(kind(point), List.of())) {
            if (reaches(known, point)) {
                closed.add(number);
                return true;
            }
        }
        return false;
    }

    /** Number of the options on the axes along which nothing follows. */
    private long kind(int[] point) {
        long kind = 0;
        for (int i = 0; i < reach.length; i++) {
            if (reach[i] == Reach.SAME) {
                kind = kind * space.options(i) + point[i];
            }
        }
        return kind;
    }

    private boolean reaches(int[] from, int[] to) {
        for (int i = 0; i < reach.length; i++) {
            if (reach[i] != Reach.ALL
                    && space.axes().get(i).matters(from) != space.axes().get(i).matters(to)) {
                return false; // a closed axis stands for a value that is not among its options
            }
            boolean within = switch (reach[i]) {
                case SAME -> to[i] == from[i];
                case MORE -> to[i] >= from[i];
                case ALL -> true;
            };
            if (!within) {
                return false;
            }
        }
        return true;
    }
}
