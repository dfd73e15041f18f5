package dev.toile.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Designs drawn evenly and without replacement: what every cleverer search has to beat. */
public final class RandomSearch implements Optimizer {

    private static final int BATCH = 1024;
    /** Draws in a row that may hit what is known before the space counts as used up. */
    private static final int PATIENCE = 10_000;

    private final Space space;
    private final SplittableRandom random;
    private final Set<Long> drawn = new HashSet<>();

    /** A random search of a space. */
    public RandomSearch(Space space, long seed) {
        this.space = space;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public List<int[]> ask(int most) {
        return fresh(space, random, Math.min(most, BATCH), drawn);
    }

    /** Designs that the set does not hold yet; they are added to it. */
    static List<int[]> fresh(Space space, SplittableRandom random, int count, Set<Long> taken) {
        List<int[]> points = new ArrayList<>();
        for (int misses = 0; points.size() < count && misses < PATIENCE; ) {
            int[] point = space.random(random);
            if (taken.add(space.number(point))) {
                points.add(point);
                misses = 0;
            } else {
                misses++;
            }
        }
        return points;
    }

    @Override
    public void tell(List<Trial> trials) {}
}
