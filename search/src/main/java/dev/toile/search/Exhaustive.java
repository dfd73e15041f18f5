package dev.toile.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Every design, in order of its number, except those in boxes that the problem's bounds rule out: the oracle for the
 * other optimisers.
 */
public final class Exhaustive implements Optimizer {

    /** Designs below which asking for a bound costs more than it saves. */
    private static final double WORTH_ASKING = 16;

    private static final int BATCH = 1024;

    private final Problem problem;
    private final Space space;
    private final Deque<Box> open = new ArrayDeque<>();
    private double ruledOut;

    /** An exhaustive search of a problem's space. */
    public Exhaustive(Problem problem) {
        this.problem = problem;
        this.space = problem.space();
        open.push(space.whole());
    }

    /** Designs that bounds have ruled out so far. */
    public double ruledOut() {
        return ruledOut;
    }

    @Override
    public List<int[]> ask(int most) {
        List<int[]> points = new ArrayList<>();
        while (!open.isEmpty() && points.size() < Math.min(most, BATCH)) {
            Box box = open.pop();
            double designs = space.designs(box);
            if (designs == 0) {
                continue;
            }
            if (designs >= WORTH_ASKING && problem.impossible(box)) {
                ruledOut += designs;
                continue;
            }
            int axis = firstOpen(box);
            if (axis < 0) {
                points.add(box.low());
                continue;
            }
            int middle = (box.low()[axis] + box.high()[axis]) / 2;
            open.push(box.with(axis, middle + 1, box.high()[axis]));
            open.push(box.with(axis, box.low()[axis], middle));
        }
        return points;
    }

    /** The first axis that is still open, so that designs come in the order of their numbers. */
    private static int firstOpen(Box box) {
        for (int i = 0; i < box.low().length; i++) {
            if (!box.fixed(i)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void tell(List<Trial> trials) {}
}
