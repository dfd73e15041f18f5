package dev.toile.stack.serving;

import dev.toile.stack.figure.Unit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.workload.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way to serve that needs the fewest chips: parallelism, batch, step budget, colocated or disaggregated.
 *
 * @param demand what has to be served
 * @param modes that may be used
 * @param mostChips of one replica
 * @param deployment what is fixed beforehand
 */
public record ServingPlanner(Demand demand, Modes modes, int mostChips, Deployment deployment) {

    /** With nothing fixed beforehand. */
    public ServingPlanner(Demand demand, Modes modes, int mostChips) {
        this(demand, modes, mostChips, Deployment.FREE);
    }

    /** Which ways to serve may be tried. */
    public enum Modes {
        /** Prompts and decoding on the same chips. */
        COLOCATED,
        /** Prompts and decoding on chips of their own. */
        DISAGGREGATED,
        /** The better of the two. */
        BOTH
    }

    /** The best plan, or the reason of the attempt that came closest. */
    public Attempt plan() {
        Best best = new Best();
        if (modes != Modes.DISAGGREGATED) {
            Mixture mixture = Mixture.of(demand.traffic());
            for (Parallelism parallelism : parallelisms()) {
                best.offer(new Colocated(demand, parallelism, mixture).plan(best.rateToBeat(parallelism)));
            }
        }
        if (modes != Modes.COLOCATED) {
            best.offer(disaggregated());
        }
        return best.result(this::none);
    }

    private Attempt disaggregated() {
        Disaggregated split = new Disaggregated(demand);
        Disaggregated.Try prefill = bestPhase(split::prefill);
        Disaggregated.Try decode = bestPhase(split::decode);
        return switch (prefill) {
            case Disaggregated.Try.Fails(var failure) -> failure;
            case Disaggregated.Try.Works(var prompts) ->
                switch (decode) {
                    case Disaggregated.Try.Fails(var failure) -> failure;
                    case Disaggregated.Try.Works(var tokens) -> {
                        Latency latency = new Latency(
                                prompts.latency().ttft(), tokens.latency().tpot());
                        List<Pool> pools = List.of(prompts.pool(), tokens.pool());
                        yield new Attempt.Works(new ServingPlan("disaggregated", pools, latency, tokens.boundBy()));
                    }
                };
        };
    }

    private Disaggregated.Try bestPhase(Function<Parallelism, Disaggregated.Try> phase) {
        Disaggregated.@Nullable Try best = null;
        for (Parallelism parallelism : parallelisms()) {
            Disaggregated.Try tried = phase.apply(parallelism);
            if (best == null || better(tried, best)) {
                best = tried;
            }
        }
        return best != null ? best : new Disaggregated.Try.Fails(none());
    }

    private static boolean better(Disaggregated.Try a, Disaggregated.Try b) {
        if (a instanceof Disaggregated.Try.Works(var x) && b instanceof Disaggregated.Try.Works(var y)) {
            return chipsPerRate(x.pool()) < chipsPerRate(y.pool());
        }
        if (a instanceof Disaggregated.Try.Fails(var x) && b instanceof Disaggregated.Try.Fails(var y)) {
            return x.closerThan(y);
        }
        return a instanceof Disaggregated.Try.Works;
    }

    private static double chipsPerRate(Pool pool) {
        return pool.chips() / pool.requestsPerSecond();
    }

    /**
     * Layouts worth trying: tensor parallelism inside a scale-up domain, pipelines when a domain is not enough, experts
     * over as many chips as there are experts.
     */
    List<Parallelism> parallelisms() {
        Transformer model = demand.timer().model();
        int domain = demand.timer().collectives().fabric().domain();
        int mostTensor = Math.min(domain, model.fewestHeads());
        int mostExpert = model.hasExperts() ? model.fewestExperts() : 0;
        int layers = model.layerCount();
        double weights = weights();
        List<Parallelism> out = new ArrayList<>(16);
        for (int tensor = 1; tensor <= mostTensor; tensor *= 2) {
            for (int pipeline = 1; pipeline <= 16; pipeline *= 2) {
                boolean needed = pipeline == 1 || 2 * tensor > domain || deployment.pipeline() != null;
                if (needed && pipeline <= layers) {
                    add(out, new Parallelism(tensor, pipeline, 1), weights);
                }
            }
            for (int expert = Math.max(2, tensor); expert <= mostExpert; expert *= 2) {
                add(out, new Parallelism(tensor, 1, expert), weights);
            }
        }
        return out;
    }

    private void add(List<Parallelism> out, Parallelism parallelism, double weights) {
        if (!deployment.allows(parallelism, demand.timer().model().hasExperts())) {
            return;
        }
        double smallest = weights / parallelism.chips();
        if (parallelism.chips() <= mostChips && smallest < demand.timer().chip().memoryCapacity()) {
            out.add(parallelism);
        }
    }

    /** Bytes of all weights of the model. */
    private double weights() {
        return demand.timer().model().parameters()
                * demand.timer().precision().weights().bytes();
    }

    private Attempt.Fails none() {
        double weights = weights();
        if (!deployment.equals(Deployment.FREE)) {
            return new Attempt.Fails(
                    0,
                    weights,
                    () -> "no layout that the design allows holds weights of " + Unit.BYTE.format(weights)
                            + " in chips of "
                            + Unit.BYTE.format(demand.timer().chip().memoryCapacity()));
        }
        return new Attempt.Fails(
                0,
                weights,
                () -> "weights of " + Unit.BYTE.format(weights) + " do not fit in the memory of " + mostChips
                        + " chips of " + Unit.BYTE.format(demand.timer().chip().memoryCapacity()));
    }

    private static final class Best {
        private @Nullable ServingPlan plan;
        private double chipsPerRequestRate;
        private Attempt.@Nullable Fails closest;

        void offer(Attempt attempt) {
            switch (attempt) {
                case Attempt.Works(ServingPlan found) -> {
                    double needed = found.chipsPerRequestRate();
                    if (plan == null || needed < chipsPerRequestRate) {
                        plan = found;
                        chipsPerRequestRate = needed;
                    }
                }
                case Attempt.Fails fails -> {
                    if (closest == null || fails.closerThan(closest)) {
                        closest = fails;
                    }
                }
            }
        }

        /** Requests per second that a replica of this layout must serve to be better; 0 while there is no plan. */
        double rateToBeat(Parallelism parallelism) {
            return plan == null ? 0 : parallelism.chips() / chipsPerRequestRate;
        }

        Attempt result(Supplier<Attempt.Fails> otherwise) {
            if (plan != null) {
                return new Attempt.Works(plan);
            }
            return closest != null ? closest : otherwise.get();
        }
    }
}
