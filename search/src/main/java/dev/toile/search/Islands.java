package dev.toile.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Several populations that exchange their best now and then (Cohoon et al., "Punctuated Equilibria", 1987). Each island
 * has its own seed and knows only what it was told, so that islands could as well run on machines of their own.
 */
public final class Islands implements Optimizer {

    /** Generations between two exchanges. */
    private static final int EXCHANGE = 8;

    private static final int MIGRANTS = 4;

    private final List<Nsga2> islands = new ArrayList<>();
    private final List<Integer> asked = new ArrayList<>();
    private int generation;

    /**
     * Islands of one problem.
     *
     * @param problem to be searched
     * @param seed from which each island draws its own
     * @param count of islands
     * @param size of each population
     */
    public Islands(Problem problem, long seed, int count, int size) {
        for (int i = 0; i < count; i++) {
            islands.add(new Nsga2(problem, seed + 0x9E3779B97F4A7C15L * i, size));
        }
    }

    @Override
    public List<int[]> ask(int most) {
        List<int[]> points = new ArrayList<>();
        asked.clear();
        for (int i = 0; i < islands.size(); i++) {
            int share = (most - points.size()) / (islands.size() - i);
            List<int[]> own = share == 0 ? List.of() : islands.get(i).ask(share);
            asked.add(own.size());
            points.addAll(own);
        }
        return points;
    }

    @Override
    public void tell(List<Trial> trials) {
        int from = 0;
        for (int i = 0; i < islands.size(); i++) {
            if (asked.get(i) > 0) {
                islands.get(i).tell(trials.subList(from, from + asked.get(i)));
            }
            from += asked.get(i);
        }
        if (++generation % EXCHANGE == 0) {
            List<List<Trial>> leaving =
                    islands.stream().map(island -> island.emigrants(MIGRANTS)).toList();
            for (int i = 0; i < islands.size(); i++) {
                islands.get((i + 1) % islands.size()).tell(leaving.get(i));
            }
        }
    }
}
