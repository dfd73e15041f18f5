package dev.toile.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Runs an optimiser on a problem: evaluates what it proposes on several threads and tells it, in the order of the
 * proposals, what came of it. The result does not depend on the number of threads.
 *
 * @param problem to be searched
 * @param optimizer that proposes
 * @param threads that evaluate
 */
public record Search(Problem problem, Optimizer optimizer, int threads) {

    /** Pieces into which a batch is cut for each thread, so that none waits long for another. */
    private static final int PIECES = 4;

    /** Batches without a design that is new, after which a search is over. */
    private static final int MOST_STALE = 50;

    /** Told of trials as they come. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Trials of one batch.
         *
         * @param fresh trials that were not known before the run, in order
         * @param archive all trials, these included
         */
        void told(List<Trial> fresh, Archive archive);
    }

    /** Checks that points have numbers. */
    public Search {
        if (problem.space().size() == Long.MAX_VALUE) {
            throw new IllegalArgumentException(problem.space() + " has more points than a long can number");
        }
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; expected at least 1");
        }
    }

    /**
     * Searches until the budget is used up, nothing is left to try, or somebody says stop.
     *
     * @param budget trials in all, those already known included
     * @param known trials of an earlier run of the same search, which are not evaluated again
     * @param listener told of every batch
     * @param stop asked before every batch
     */
    public Archive run(long budget, List<Trial> known, Listener listener, BooleanSupplier stop) {
        Map<Long, Trial> memory = new HashMap<>();
        known.forEach(trial -> memory.put(trial.number(), trial));
        Archive archive = new Archive(problem.space());
        ThreadLocal<Problem.Judge> judges = ThreadLocal.withInitial(problem::judge);
        int stale = 0;
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            while (archive.size() < budget && stale < MOST_STALE && !stop.getAsBoolean()) {
                List<int[]> points = optimizer.ask((int) Math.min(Integer.MAX_VALUE, budget - archive.size()));
                if (points.isEmpty()) {
                    break;
                }
                Trial[] trials = new Trial[points.size()];
                List<Integer> open = new ArrayList<>();
                for (int i = 0; i < trials.length; i++) {
                    Trial before = memory.get(problem.space().number(points.get(i)));
                    if (before == null) {
                        open.add(i);
                    } else {
                        trials[i] = before;
                    }
                }
                evaluate(points, open, trials, judges, workers);
                stale = 0 < added(trials, archive) ? 0 : stale + 1;
                optimizer.tell(List.of(trials));
                List<Trial> fresh = open.stream().map(i -> trials[i]).toList();
                fresh.forEach(trial -> memory.put(trial.number(), trial));
                listener.told(fresh, archive);
            }
        }
        return archive;
    }

    private static int added(Trial[] trials, Archive archive) {
        int before = archive.size();
        for (Trial trial : trials) {
            archive.add(trial);
        }
        return archive.size() - before;
    }

    /** In the order of their numbers, so that alike designs follow each other and share what a judge remembers. */
    private void evaluate(
            List<int[]> points,
            List<Integer> open,
            Trial[] trials,
            ThreadLocal<Problem.Judge> judges,
            ExecutorService workers) {
        Integer[] order = open.toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingLong(i -> problem.space().number(points.get(i))));
        int piece = Math.max(1, order.length / (PIECES * threads));
        List<Future<?>> running = new ArrayList<>();
        for (int from = 0; from < order.length; from += piece) {
            int start = from;
            int end = Math.min(order.length, from + piece);
            running.add(workers.submit(() -> {
                Problem.Judge judge = judges.get();
                for (int i = start; i < end; i++) {
                    trials[order[i]] = judge.evaluate(points.get(order[i]));
                }
            }));
        }
        running.forEach(Search::finish);
    }

    private static void finish(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while evaluating", e);
        }
    }
}
