package dev.toile.search;

import java.util.List;

/**
 * One open decision of a space.
 *
 * @param name in results, unique in its space
 * @param size options, at least one
 * @param ordered whether neighbouring options are alike, as those of a range are; else every option is as far as any
 * @param when all of these must hold for the decision to matter; otherwise only option 0 is a design
 */
public record Axis(String name, int size, boolean ordered, List<Condition> when) {

    /** Checks the size and copies the list. */
    public Axis {
        if (size < 1) {
            throw new IllegalArgumentException("axis " + name + " with " + size + " options; expected at least 1");
        }
        when = List.copyOf(when);
    }

    /**
     * That another axis takes one of some options.
     *
     * @param axis index of an axis that comes earlier
     * @param options of it
     */
    public record Condition(int axis, List<Integer> options) {
        /** Copies the list. */
        public Condition {
            options = List.copyOf(options);
        }

        boolean holds(int[] point) {
            return options.contains(point[axis]);
        }
    }

    boolean matters(int[] point) {
        for (Condition condition : when) {
            if (!condition.holds(point)) {
                return false;
            }
        }
        return true;
    }
}
