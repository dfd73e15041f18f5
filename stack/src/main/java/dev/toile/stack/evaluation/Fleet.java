package dev.toile.stack.evaluation;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.ServingPlan;
import dev.toile.stack.workload.Traffic;
import java.util.ArrayList;
import java.util.List;

/**
 * Accelerators and systems that carry a traffic: replicas of every pool for the busiest hour and some to spare.
 *
 * @param candidate it is made of
 * @param workload it carries
 * @param plan by which it serves
 * @param traffic that arrives; for a saturated system what it can serve
 * @param spare replicas above what the peak needs, as a share
 */
public record Fleet(Candidate candidate, Workload.Serving workload, ServingPlan plan, Traffic traffic, double spare) {

    /** Rounding noise that must not cost a replica. */
    private static final double NOISE = 1e-9;

    /** Requests per second of one replica, its hosts considered. */
    public double replicaRate(Pool pool) {
        return answers(pool) ? Math.min(pool.requestsPerSecond(), hostRate(pool)) : pool.requestsPerSecond();
    }

    private double hostRate(Pool pool) {
        double each = candidate
                .hostWork()
                .requestsPerAccelerator(candidate.system(), traffic.output().mean());
        return pool.chips() * each;
    }

    /** Whether a pool talks to users: the one that decodes. */
    private boolean answers(Pool pool) {
        return !pool.role().equals("prefill");
    }

    /** Whether host processors, not accelerators, limit the rate. */
    public boolean hostBound() {
        return hostRate(plan.decoding()) < plan.decoding().requestsPerSecond();
    }

    /** Replicas of a pool. */
    public double replicas(Pool pool) {
        return Math.ceil(traffic.peakRate() * (1 + spare) / replicaRate(pool) - NOISE);
    }

    /** Accelerators of all pools. */
    public double chips() {
        double chips = 0;
        for (Pool pool : plan.pools()) {
            chips += replicas(pool) * pool.chips();
        }
        return chips;
    }

    /** Accelerators busy at the mean rate, were the fleet elastic. */
    public double meanChips() {
        double chips = 0;
        for (Pool pool : plan.pools()) {
            chips += traffic.meanRate() / replicaRate(pool) * pool.chips();
        }
        return chips;
    }

    /** Systems that hold them. */
    public double systems() {
        return Math.ceil(chips() / candidate.system().accelerators() - NOISE);
    }

    Ownership owned() {
        return new Ownership(candidate, systems());
    }

    /** Requests per second of the whole fleet under full load. */
    public double capacity() {
        return plan.pools().stream()
                .mapToDouble(pool -> replicas(pool) * replicaRate(pool))
                .min()
                .orElseThrow();
    }

    /** Output tokens per second and accelerator under full load, all pools together. */
    public double tokensPerSecondPerChip() {
        double chipsPerRate = 0;
        for (Pool pool : plan.pools()) {
            chipsPerRate += pool.chips() / replicaRate(pool);
        }
        return traffic.output().mean() / chipsPerRate;
    }

    /** Share of the accelerators' time that goes into prompts. */
    public double promptShare() {
        double prompts = 0;
        for (Pool pool : plan.pools()) {
            prompts += replicas(pool) * pool.chips() * pool.promptShare();
        }
        return prompts / chips();
    }

    /** The tree behind {@link #replicaRate}. */
    Figure replicaRateFigure(Pool pool) {
        if (!answers(pool)) {
            return pool.explain().as(pool.role() + "-rate");
        }
        Figure steps = pool.explain();
        return Figure.of(
                pool.role() + "-rate",
                "requests per second of one " + pool.role() + " replica, hosts considered",
                replicaRate(pool),
                Unit.REQUEST_PER_SECOND,
                "min(" + steps.name() + ", " + pool.role() + "-chips-per-replica * host-requests)",
                steps,
                pool.chipsFigure(),
                candidate.hostWork().explain(candidate.system(), traffic.outputFigure()));
    }

    /** The tree behind {@link #replicas}. */
    Figure replicasFigure(Pool pool) {
        Figure rate = replicaRateFigure(pool);
        return Figure.of(
                pool.role() + "-replicas",
                "replicas of " + pool.role(),
                replicas(pool),
                Unit.ONE,
                "ceil(peak-requests * (1 + spare) / " + rate.name() + " - 0.000000001)",
                traffic.peakRateFigure(),
                spareFigure(),
                rate);
    }

    private Figure spareFigure() {
        return workload.saturate()
                ? Figure.leaf("spare", "one system, fed to its limit", spare, Unit.SHARE, Saturation.SOURCE)
                : candidate.economics().spareFigure();
    }

    private Figure poolChipsFigure(Pool pool) {
        Figure replicas = replicasFigure(pool);
        Figure each = pool.chipsFigure();
        return Figure.of(
                pool.role() + "-chips",
                "accelerators of " + pool.role(),
                replicas.value() * each.value(),
                Unit.ONE,
                replicas.name() + " * " + each.name(),
                replicas,
                each);
    }

    /** The tree behind {@link #chips()}. */
    Figure chipsFigure() {
        List<Figure> pools = plan.pools().stream().map(this::poolChipsFigure).toList();
        return Figure.sum("chips", "accelerators", chips(), Unit.ONE, pools);
    }

    /** The tree behind {@link #meanChips()}. */
    Figure meanChipsFigure() {
        List<Figure> pools = new ArrayList<>();
        for (Pool pool : plan.pools()) {
            Figure rate = replicaRateFigure(pool);
            Figure each = pool.chipsFigure();
            pools.add(Figure.of(
                    pool.role() + "-mean-chips",
                    "accelerators of " + pool.role() + " busy at the mean rate",
                    traffic.meanRate() / rate.value() * each.value(),
                    Unit.ONE,
                    "mean-requests / " + rate.name() + " * " + each.name(),
                    traffic.meanRateFigure(),
                    rate,
                    each));
        }
        return Figure.sum("mean-chips", "accelerators busy at the mean rate", meanChips(), Unit.ONE, pools);
    }

    /** The tree behind {@link #systems()}. */
    Figure systemsFigure() {
        return Figure.of(
                "systems",
                candidate.system().name() + " systems",
                systems(),
                Unit.ONE,
                "ceil(chips / accelerators - 0.000000001)",
                chipsFigure(),
                candidate.system().acceleratorsFigure());
    }

    /** The tree behind {@link #tokensPerSecondPerChip()}. */
    Figure tokensPerSecondPerChipFigure() {
        List<Figure> parts = new ArrayList<>();
        for (Pool pool : plan.pools()) {
            Figure rate = replicaRateFigure(pool);
            Figure each = pool.chipsFigure();
            parts.add(Figure.of(
                    pool.role() + "-chips-per-rate",
                    "accelerators of " + pool.role() + " for one request per second",
                    each.value() / rate.value(),
                    Unit.plain("s/request"),
                    each.name() + " / " + rate.name(),
                    each,
                    rate));
        }
        double sum = parts.stream().mapToDouble(Figure::value).sum();
        return Figure.of(
                "tokens-per-second-per-chip",
                "output tokens per second and accelerator under full load",
                tokensPerSecondPerChip(),
                Unit.TOKEN_PER_SECOND,
                "output-tokens / chips-per-rate",
                traffic.outputFigure(),
                Figure.sum(
                        "chips-per-rate",
                        "accelerators for one request per second",
                        sum,
                        Unit.plain("s/request"),
                        parts));
    }

    /** The tree behind {@link #promptShare()}. */
    Figure promptShareFigure() {
        List<Figure> parts = new ArrayList<>();
        for (Pool pool : plan.pools()) {
            Figure chips = poolChipsFigure(pool);
            Figure share = pool.promptShareFigure();
            parts.add(Figure.of(
                    pool.role() + "-prompt-chips",
                    "accelerators' worth of prompts in " + pool.role(),
                    chips.value() * share.value(),
                    Unit.ONE,
                    chips.name() + " * " + share.name(),
                    chips,
                    share));
        }
        double sum = parts.stream().mapToDouble(Figure::value).sum();
        return Figure.of(
                "prompt-share",
                "share of the accelerators' time that goes into prompts",
                promptShare(),
                Unit.SHARE,
                "prompt-chips / chips",
                Figure.sum("prompt-chips", "accelerators' worth of prompts", sum, Unit.ONE, parts),
                chipsFigure());
    }
}
