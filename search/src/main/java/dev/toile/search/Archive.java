package dev.toile.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;

/** All trials of a search in the order of their proposal, with the front kept up to date. */
public final class Archive {

    private final Space space;
    private final List<Trial> trials = new ArrayList<>();
    private final Set<Long> numbers = new HashSet<>();
    private List<Trial> front = new ArrayList<>();

    /** An archive that knows no trials. */
    public Archive(Space space) {
        this.space = space;
    }

    /** The space whose points it holds. */
    public Space space() {
        return space;
    }

    /** All trials, the oldest first. */
    public List<Trial> trials() {
        return Collections.unmodifiableList(trials);
    }

    /** The feasible trials that no other beats, by their objectives; the lowest number stands for equal ones. */
    public List<Trial> front() {
        Comparator<Trial> order = (a, b) -> {
            for (int k = 0; k < a.objectives().length; k++) {
                int compared = Double.compare(a.objectives()[k], b.objectives()[k]);
                if (compared != 0) {
                    return compared;
                }
            }
            return Long.compare(a.number(), b.number());
        };
        return front.stream().sorted(order).toList();
    }

    /** The front, unsorted, for use within a step. */
    List<Trial> frontUnsorted() {
        return front;
    }

    /** Whether a point has been tried. */
    public boolean knows(long number) {
        return numbers.contains(number);
    }

    /** How many points have been tried. */
    public int size() {
        return trials.size();
    }

    /** Adds a trial; returns whether it is on the front now. */
    boolean add(Trial trial) {
        if (!numbers.add(trial.number())) {
            return false;
        }
        trials.add(trial);
        return trial.feasible() && enters(trial);
    }

    private boolean enters(Trial trial) {
        List<Trial> kept = new ArrayList<>(front.size() + 1);
        for (Trial other : front) {
            boolean same = Arrays.equals(other.objectives(), trial.objectives());
            boolean beaten = same
                    ? other.number() < trial.number()
                    : ParetoFront.dominates(other.objectives(), trial.objectives());
            if (beaten) {
                return false;
            }
            if (!same && !ParetoFront.dominates(trial.objectives(), other.objectives())) {
                kept.add(other);
            }
        }
        kept.add(trial);
        front = kept;
        return true;
    }

    /** The worst value of each objective among feasible trials: where a hypervolume is measured from. */
    public double[] worst() {
        double[] worst = new double[0];
        for (Trial trial : trials) {
            if (!trial.feasible()) {
                continue;
            }
            if (worst.length == 0) {
                worst = DoubleStream.of(trial.objectives()).toArray();
            }
            for (int k = 0; k < worst.length; k++) {
                worst[k] = Math.max(worst[k], trial.objectives()[k]);
            }
        }
        return worst;
    }
}
