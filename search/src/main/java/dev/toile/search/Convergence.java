package dev.toile.search;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a search was after so many trials.
 *
 * @param trials so far
 * @param share of the hypervolume at the end
 */
public record Convergence(long trials, double share) {

    private static final int STEPS = 40;

    /** Larger fronts of three or four objectives are not measured: exact hypervolumes of them take minutes. */
    private static final int LARGEST_FRONT = 400;

    /**
     * Steps of a search, each a constant factor after the last. Hypervolumes are measured from behind the worst of the
     * final front by a tenth of its extent; empty when there is none, or when it is too large to be measured.
     */
    public static List<Convergence> of(Archive archive) {
        List<Trial> front = archive.front();
        if (front.isEmpty() || (front.size() > LARGEST_FRONT && front.getFirst().objectives().length > 2)) {
            return List.of();
        }
        double[] reference = reference(front);
        double whole = volume(front, reference);
        List<Convergence> steps = new ArrayList<>();
        Archive soFar = new Archive(archive.space());
        double next = Math.min(10, archive.size());
        for (Trial trial : archive.trials()) {
            soFar.add(trial);
            if (soFar.size() >= next || soFar.size() == archive.size()) {
                steps.add(new Convergence(soFar.size(), volume(soFar.front(), reference) / whole));
                next = Math.max(soFar.size() + 1, soFar.size() * Math.pow(archive.size() / 10.0, 1.0 / STEPS));
            }
        }
        return steps;
    }

    private static double[] reference(List<Trial> front) {
        double[] reference = new double[front.getFirst().objectives().length];
        for (int k = 0; k < reference.length; k++) {
            int objective = k;
            var extent = front.stream()
                    .mapToDouble(trial -> trial.objectives()[objective])
                    .summaryStatistics();
            double room = Math.max(extent.getMax() - extent.getMin(), 0.1 * Math.abs(extent.getMax()));
            reference[k] = extent.getMax() + 0.1 * room;
        }
        return reference;
    }

    private static double volume(List<Trial> front, double[] reference) {
        return Hypervolume.of(front.stream().map(Trial::objectives).toList(), reference);
    }
}
