package dev.toile.stack.parallel;

import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Work;
import java.util.HashMap;
import java.util.Map;

/**
 * What steps cost, remembered by term: a planner asks for thousands of steps of one model on one chip, and most of
 * their operations depend on the number of tokens alone. The sum is that of {@link StepTimer#step}, but for rounding.
 *
 * <p>Not safe for use by several threads: each has its own.
 */
public final class StepCosts {

    private final StepTimer timer;
    private final Map<Parallelism, Terms> layouts = new HashMap<>();

    /** Remembers nothing yet. */
    public StepCosts(StepTimer timer) {
        this.timer = timer;
    }

    /** What times operations here. */
    public StepTimer timer() {
        return timer;
    }

    /** The steps of one layout. */
    public Terms under(Parallelism parallelism) {
        return layouts.computeIfAbsent(parallelism, layout -> new Terms(timer, layout));
    }

    /** The terms of steps under one layout. */
    public static final class Terms {

        private final StepTimer timer;
        private final Parallelism parallelism;
        private final CostTable byTokens = new CostTable();
        private final CostTable byLogits = new CostTable();

        private Terms(StepTimer timer, Parallelism parallelism) {
            this.timer = timer;
            this.parallelism = parallelism;
        }

        /** Seconds of a step. */
        public double seconds(StepShape shape) {
            return tokens(shape).seconds()
                    + logits(shape).seconds()
                    + context(shape).seconds();
        }

        /** A step with all it costs. */
        public Step step(String name, StepShape shape) {
            StepCost cost = tokens(shape).plus(logits(shape)).plus(context(shape));
            return new Step(name, shape, parallelism, timer, cost);
        }

        /** What the operations of one term cost. */
        public StepCost cost(Work.Term term, StepShape shape) {
            return switch (term) {
                case TOKENS -> tokens(shape);
                case LOGITS -> logits(shape);
                case CONTEXT -> context(shape);
            };
        }

        private StepCost tokens(StepShape shape) {
            return remembered(byTokens, shape.wholeTokens(), Work.Term.TOKENS, shape);
        }

        private StepCost logits(StepShape shape) {
            return remembered(byLogits, shape.wholeLogits(), Work.Term.LOGITS, shape);
        }

        private StepCost context(StepShape shape) {
            return timer.cost(Work.Term.CONTEXT, parallelism, shape);
        }

        private StepCost remembered(CostTable table, int key, Work.Term term, StepShape shape) {
            StepCost known = table.get(key);
            if (known != null) {
                return known;
            }
            StepCost cost = timer.cost(term, parallelism, shape);
            table.put(key, cost);
            return cost;
        }
    }
}
