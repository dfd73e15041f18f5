package dev.toile.app.bench;

import dev.toile.app.StudyProblem;
import dev.toile.catalog.Catalog;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.study.StudyReader;
import dev.toile.catalog.text.BadInput;
import dev.toile.search.Archive;
import dev.toile.search.Box;
import dev.toile.search.Exhaustive;
import dev.toile.search.Hypervolume;
import dev.toile.search.Optimizer;
import dev.toile.search.Problem;
import dev.toile.search.Search;
import dev.toile.search.Space;
import dev.toile.search.Trial;
import dev.toile.search.Unbounded;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A space of designs of which every one has been evaluated, so that what an optimiser finds can be compared with the
 * truth, and its trials cost a look into a table.
 *
 * @param problem of which it is the table
 * @param trials of every design
 * @param front of all of them
 * @param reference from which hypervolumes are measured: behind the worst of the front by a tenth of its extent
 * @param cpuSeconds that all evaluations took
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EnumeratedSpace(
        Problem problem, Map<Long, Trial> trials, List<Trial> front, double[] reference, double cpuSeconds) {

    /** Share of the designs that an optimiser may try. */
    public static final double BUDGET = 0.02;

    /** Evaluates all designs; no bound is trusted, so that bounds are tested, too. */
    public static EnumeratedSpace evaluate(EnumeratedStudy of, int threads) {
        Study study;
        try {
            study = new StudyReader(Catalog.bundled()).parse("bench", of.text(), Path.of("."));
        } catch (BadInput e) {
            throw new IllegalStateException("the benchmark's own study is broken", e);
        }
        Problem problem = StudyProblem.of(study, study.candidates().getFirst());
        long begin = cpuNanos();
        Archive all = new Search(problem, new Exhaustive(new Unbounded(problem)), threads)
                .run(Long.MAX_VALUE, List.of(), (fresh, archive) -> {}, () -> false);
        double seconds = (cpuNanos() - begin) / 1e9;
        Map<Long, Trial> trials = new HashMap<>();
        all.trials().forEach(trial -> trials.put(trial.number(), trial));
        return new EnumeratedSpace(problem, trials, all.front(), reference(all.front()), seconds);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : System.nanoTime();
    }

    private static double[] reference(List<Trial> front) {
        double[] reference = new double[front.getFirst().objectives().length];
        for (int k = 0; k < reference.length; k++) {
            int objective = k;
            var extent = front.stream()
                    .mapToDouble(trial -> trial.objectives()[objective])
                    .summaryStatistics();
            reference[k] = extent.getMax() + 0.1 * (extent.getMax() - extent.getMin());
        }
        return reference;
    }

    /** Designs of the space. */
    public long designs() {
        return (long) problem.space().designs();
    }

    /** Trials that an optimiser may make. */
    public long budget() {
        return (long) (BUDGET * designs());
    }

    /** What a design came to. */
    public Trial trial(int[] point) {
        long number = problem.space().number(point);
        Trial known = trials.get(number);
        if (known != null) {
            return known;
        }
        double[] none = new double[problem.objectives()];
        Arrays.fill(none, Double.NaN);
        return new Trial(number, none, 3);
    }

    /** The hypervolume of some trials over that of the whole space. */
    public double share(List<Trial> found) {
        return volume(found) / volume(front);
    }

    private double volume(List<Trial> found) {
        return Hypervolume.of(
                found.stream().filter(Trial::feasible).map(Trial::objectives).toList(), reference);
    }

    /** What an optimiser finds within the budget, as a share of the hypervolume, after each of so many equal parts. */
    public List<Double> shares(Optimizer optimizer, int parts) {
        Archive archive = new Search(tabled(), optimizer, 1).run(budget(), List.of(), (fresh, all) -> {}, () -> false);
        List<Double> shares = new ArrayList<>();
        for (int part = 1; part <= parts; part++) {
            int end = (int) Math.min(archive.size(), budget() * part / parts);
            shares.add(share(archive.trials().subList(0, end)));
        }
        return shares;
    }

    /** The problem, answered from the table. */
    public Problem tabled() {
        return new Problem() {
            @Override
            public Space space() {
                return problem.space();
            }

            @Override
            public int objectives() {
                return problem.objectives();
            }

            @Override
            public Judge judge() {
                return EnumeratedSpace.this::trial;
            }

            @Override
            public boolean impossible(Box box) {
                return problem.impossible(box);
            }

            @Override
            public List<Reach> reach() {
                return problem.reach();
            }
        };
    }
}
