package dev.toile.search;

import java.util.List;

/** What is searched: a space, and what its points come to. The search knows no more of it. */
public interface Problem {

    /** The designs there are. */
    Space space();

    /** How many objectives count, 1 to 4. */
    int objectives();

    /** A judge that one thread may use; what it says of a point depends on the point alone. */
    Judge judge();

    /** Whether one evaluation takes so long (a tenth of a second or more) that a model of the model pays. */
    default boolean slow() {
        return false;
    }

    /** Whether, by bounds that hold for all of a box, no point of it can work; false when that is not known. */
    default boolean impossible(Box box) {
        return false;
    }

    /** Which points a bound that ruled one out rules out as well, axis by axis; empty when that is not known. */
    default List<Reach> reach() {
        return List.of();
    }

    /** How far what makes a point impossible reaches along an axis. */
    enum Reach {
        /** To points with the same option. */
        SAME,
        /** To points with the same option or a later one. */
        MORE,
        /** To all: the axis has nothing to do with it. */
        ALL
    }

    /** Says what points come to. */
    @FunctionalInterface
    interface Judge {
        /** What a design comes to. */
        Trial evaluate(int[] point);
    }
}
