package dev.toile.stack.parallel;

import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Work;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        private final boolean mixes;
        private final CostTable tokens = new CostTable();
        private final CostTable logits = new CostTable();

        private @Nullable MemoryFit memory;
        private double ownShare = Double.NaN;
        private final RecentSeconds byDecode = new RecentSeconds();
        private final RecentSeconds byPrompt = new RecentSeconds();

        private Terms(StepTimer timer, Parallelism parallelism) {
            this.timer = timer;
            this.parallelism = parallelism;
            this.mixes = timer.model().mixesSequencesAndPrompts();
        }

        /** What a chip's memory holds when the largest step has so many tokens. */
        public MemoryFit memory(SoftwareProfile profile, double stepTokens) {
            MemoryFit known = memory;
            if (known == null || !known.profile().equals(profile)) {
                known = new MemoryFit(timer.model(), timer.precision(), parallelism, timer.chip(), profile, 0);
                memory = known;
            }
            return known.withStepTokens(stepTokens);
        }

        /** Seconds of a step; quickest where its running sequences or its prompts are those of one asked for just before. */
        public double seconds(StepShape shape) {
            double seconds = secondsWithoutContext(shape) + (decode(shape) + prompt(shape));
            return mixes ? seconds + timer.seconds(Work.Term.BOTH, parallelism, shape) : seconds;
        }

        /** A lower bound of {@link #seconds} that needs no attention: everything that takes tokens one by one. */
        public double secondsWithoutContext(StepShape shape) {
            return tokens(shape).seconds() + logits(shape).seconds();
        }

        /** A step with all it costs. */
        public Step step(String name, StepShape shape) {
            return new Step(name, shape, parallelism, timer, seconds(shape), tokens(shape), logits(shape));
        }

        /** What everything costs that takes tokens one by one. */
        public StepCost byTokens(StepShape shape) {
            return tokens(shape);
        }

        /** Seconds of the running sequences' attention. */
        public double decodeSeconds(StepShape shape) {
            return decode(shape);
        }

        /** Seconds of the prompts' attention. */
        public double promptSeconds(StepShape shape) {
            return prompt(shape);
        }

        /**
         * Share of what new tokens cost, one by one, that every attention replica does for itself: all but experts and the
         * way there and back.
         */
        public double ownShare() {
            if (Double.isNaN(ownShare)) {
                StepShape some = new StepShape(0, 0, 1, 1024, 1024, 1);
                ownShare = 1 - sharedSeconds(some) / tokens(some).seconds();
            }
            return ownShare;
        }

        /** Seconds of experts and of the tokens' way there and back, where several attention replicas share them. */
        public double sharedSeconds(StepShape shape) {
            if (parallelism.attentionReplicas() == 1) {
                return 0;
            }
            return timer.parts(parallelism, shape).stream()
                    .filter(part -> shared(part.work().operation()))
                    .mapToDouble(Step.Part::seconds)
                    .sum();
        }

        private static boolean shared(Operation operation) {
            return operation instanceof Operation.Experts
                    || (operation instanceof Operation.Collective exchange
                            && exchange.kind() == Operation.Collective.Kind.ALL_TO_ALL);
        }

        /** What the tokens cost that get an output. */
        public StepCost byLogits(StepShape shape) {
            return logits(shape);
        }

        /** What running sequences and prompts cost that look back at their contexts. */
        public StepCost byContext(StepShape shape) {
            StepCost each = timer.cost(Work.Term.DECODE, parallelism, shape)
                    .plus(timer.cost(Work.Term.PROMPT, parallelism, shape));
            return mixes ? each.plus(timer.cost(Work.Term.BOTH, parallelism, shape)) : each;
        }

        private StepCost tokens(StepShape shape) {
            return remembered(tokens, shape.wholeTokens(), Work.Term.TOKENS, shape);
        }

        private StepCost logits(StepShape shape) {
            return remembered(logits, shape.wholeLogits(), Work.Term.LOGITS, shape);
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

        /** What running sequences alone decide. */
        private double decode(StepShape shape) {
            if (shape.decodeSequences() == 0) {
                return 0;
            }
            double known = byDecode.get(shape.decodeSequences(), shape.decodeContext(), 0);
            return Double.isNaN(known)
                    ? byDecode.put(
                            shape.decodeSequences(),
                            shape.decodeContext(),
                            0,
                            timer.seconds(Work.Term.DECODE, parallelism, shape))
                    : known;
        }

        /** What prompts alone decide. */
        private double prompt(StepShape shape) {
            if (shape.promptSequences() == 0) {
                return 0;
            }
            double known = byPrompt.get(shape.promptSequences(), shape.promptTokens(), shape.promptContext());
            return Double.isNaN(known)
                    ? byPrompt.put(
                            shape.promptSequences(),
                            shape.promptTokens(),
                            shape.promptContext(),
                            timer.seconds(Work.Term.PROMPT, parallelism, shape))
                    : known;
        }
    }
}
