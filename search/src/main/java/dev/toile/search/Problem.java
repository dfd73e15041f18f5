package dev.toile.search;

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

    /** Whether the bound that ruled one point out rules out another as well; false when that is not known. */
    default boolean rulesOut(int[] ruledOut, int[] other) {
        return false;
    }

    /** Says what points come to. */
    @FunctionalInterface
    interface Judge {
        /** What a design comes to. */
        Trial evaluate(int[] point);
    }
}
