package dev.toile.app.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Work per CPU second of a task: warmed up, then run several times on one thread, its CPU time taken.
 *
 * @param task that was measured
 * @param runs units per CPU second of each run, in order
 */
public record Measurement(BenchTask task, List<Double> runs) {

    private static final int RUNS = 7;

    /** Copies the runs. */
    public Measurement {
        runs = List.copyOf(runs);
    }

    /** Measures a task for about so many seconds of a run. */
    public static Measurement of(BenchTask task, double secondsPerRun) {
        int begun = 0;
        List<Double> runs = new ArrayList<>();
        double warmUp = 2 * secondsPerRun;
        Run warm = run(task, begun, warmUp);
        begun += warm.units();
        for (int i = 0; i < RUNS; i++) {
            Run run = run(task, begun, secondsPerRun);
            begun += run.units();
            runs.add(run.units() * (double) task.units() / run.seconds());
        }
        return new Measurement(task, runs);
    }

    /** The median run, units per CPU second. */
    public double median() {
        List<Double> sorted = new ArrayList<>(runs);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private record Run(int units, double seconds) {}

    private static Run run(BenchTask task, int first, double seconds) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        int units = 0;
        double sum = 0;
        long used = 0;
        while (used < seconds * 1e9) {
            int batch = Math.max(1, units / 8);
            for (int i = 0; i < batch; i++) {
                sum += task.work().run(Math.abs(first + units + i));
            }
            units += batch;
            used = threads.getCurrentThreadCpuTime() - begin;
        }
        if (Double.isInfinite(sum)) {
            throw new IllegalStateException(task.name() + " gives no number");
        }
        return new Run(units, used / 1e9);
    }
}
