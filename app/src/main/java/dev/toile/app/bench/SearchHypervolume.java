package dev.toile.app.bench;

import dev.toile.search.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of the exhaustive hypervolume the search finds with two hundredths of the evaluations.
 *
 * @param space that was searched
 * @param shares found from each seed, in order
 */
public record SearchHypervolume(EnumeratedSpace space, List<Double> shares) {

    /** Name of the benchmark. */
    public static final String NAME = "search-hypervolume";

    private static final int SEEDS = 10;

    /** Copies the list. */
    public SearchHypervolume {
        shares = List.copyOf(shares);
    }

    /** Evaluates the whole space, then searches it from ten seeds. */
    public static SearchHypervolume run(int threads) {
        EnumeratedSpace space = EnumeratedSpace.evaluate(EnumeratedStudy.CHAT, threads);
        List<Double> shares = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            shares.add(space.shares(Method.NSGA2.optimizer(space.tabled(), seed), 1)
                    .getLast());
        }
        return new SearchHypervolume(space, shares);
    }

    /** The median share. */
    public double median() {
        return quantile(shares, 0.5);
    }

    /** A quantile, between the two values it falls on. */
    public static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }
}
