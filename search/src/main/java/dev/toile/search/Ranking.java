package dev.toile.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The order of NSGA-II: fronts by constrained dominance, within a front by crowding (Deb, Pratap, Agarwal, Meyarivan,
 * "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II", IEEE TEC 6, 2002). Ties go to the lower number.
 */
final class Ranking {

    /**
     * A trial with its place.
     *
     * @param trial that was ranked
     * @param rank of its front, 0 for the best
     * @param crowding distance to its neighbours on the front, infinite at the ends
     */
    record Ranked(Trial trial, int rank, double crowding) {
        static final Comparator<Ranked> ORDER = Comparator.comparingInt(Ranked::rank)
                .thenComparing(Comparator.comparingDouble(Ranked::crowding).reversed())
                .thenComparingLong(ranked -> ranked.trial().number());
    }

    private Ranking() {}

    /** All trials, the best first. */
    static List<Ranked> of(List<Trial> trials) {
        int n = trials.size();
        int[] beatenBy = new int[n];
        List<List<Integer>> beats = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            beats.add(new ArrayList<>());
            for (int j = 0; j < n; j++) {
                if (trials.get(i).beats(trials.get(j))) {
                    beats.get(i).add(j);
                } else if (trials.get(j).beats(trials.get(i))) {
                    beatenBy[i]++;
                }
            }
        }
        List<Ranked> ranked = new ArrayList<>();
        List<Integer> front = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (beatenBy[i] == 0) {
                front.add(i);
            }
        }
        for (int rank = 0; !front.isEmpty(); rank++) {
            List<Trial> members = front.stream().map(trials::get).toList();
            double[] crowding = crowding(members);
            for (int i = 0; i < members.size(); i++) {
                ranked.add(new Ranked(members.get(i), rank, crowding[i]));
            }
            List<Integer> next = new ArrayList<>();
            for (int winner : front) {
                for (int loser : beats.get(winner)) {
                    if (--beatenBy[loser] == 0) {
                        next.add(loser);
                    }
                }
            }
            front = next;
        }
        ranked.sort(Ranked.ORDER);
        return ranked;
    }

    /** Crowding distances of the members of one front; objectives are taken by the spread of the front. */
    static double[] crowding(List<Trial> front) {
        double[] distance = new double[front.size()];
        if (front.isEmpty() || !front.getFirst().feasible()) {
            return distance;
        }
        Integer[] order = new Integer[front.size()];
        for (int k = 0; k < front.getFirst().objectives().length; k++) {
            int objective = k;
            Arrays.setAll(order, i -> i);
            Arrays.sort(
                    order,
                    Comparator.comparingDouble((Integer i) -> front.get(i).objectives()[objective])
                            .thenComparingLong(i -> front.get(i).number()));
            int last = order.length - 1;
            double spread =
                    front.get(order[last]).objectives()[k] - front.get(order[0]).objectives()[k];
            distance[order[0]] = Double.POSITIVE_INFINITY;
            distance[order[last]] = Double.POSITIVE_INFINITY;
            for (int i = 1; i < last && spread > 0; i++) {
                double gap = front.get(order[i + 1]).objectives()[k]
                        - front.get(order[i - 1]).objectives()[k];
                distance[order[i]] += gap / spread;
            }
        }
        return distance;
    }
}
