package dev.toile.stack.evaluation;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.finance.Economics;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCost;
import dev.toile.stack.serving.simulation.Distribution;
import dev.toile.stack.serving.simulation.Histogram;
import dev.toile.stack.serving.simulation.PrefixHits;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.serving.simulation.Served.Phase;
import dev.toile.stack.serving.simulation.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A simulated service with its figures: what users felt, what the machines did, what it cost.
 *
 * @param fleet whose replicas were simulated
 * @param served what became of the requests
 * @param costs of the engines' steps, phase by phase
 */
public record SimulatedService(Fleet fleet, Served served, List<PhaseCost> costs) {

    /** Copies the list. */
    public SimulatedService {
        costs = List.copyOf(costs);
    }

    /**
     * Steps of the engines of one phase.
     *
     * @param parallelism of a replica
     * @param replicas simulated
     * @param cost all steps, to one chip of each engine, summed over engines; a pipeline's stages summed too
     */
    public record PhaseCost(Parallelism parallelism, int replicas, StepCost cost) {
        /** Accelerators. */
        public double chips() {
            return (double) replicas * parallelism.chips();
        }

        /** Joules above idle, of all chips. */
        double joules() {
            return parallelism.tensor() * (cost.tensorJoules() + cost.memoryJoules() + cost.linkJoules());
        }

        double flops() {
            return parallelism.tensor() * cost.flops();
        }

        double memoryJoules() {
            return parallelism.tensor() * cost.memoryJoules();
        }
    }

    /**
     * A number that a simulation gives.
     *
     * @param name such as {@code ttft-p99}
     * @param unit of the value
     * @param value NaN where there is none
     */
    public record Figure(String name, Unit unit, double value) {}

    private static final double[] SHARES = {0.5, 0.9, 0.95, 0.99, 0.999};
    private static final List<String> SHARE_NAMES = List.of("p50", "p90", "p95", "p99", "p99.9");

    /** All figures, in the order they are read; those that have no value left out. */
    public List<Figure> figures() {
        List<Figure> out = new ArrayList<>();
        latency(out, "ttft", served.distribution(served::ttft));
        latency(out, "tpot", served.distribution(served::tpot));
        Histogram gaps = served.gaps();
        latency(out, "itl", gaps.mean(), gaps::quantile);
        latency(out, "e2e", served.distribution(served::endToEnd));
        latency(out, "queue", served.distribution(served::queued));
        rates(out);
        engines(out);
        machines(out);
        out.removeIf(figure -> Double.isNaN(figure.value()));
        return out;
    }

    /** One figure; NaN when there is none of that name. */
    public double value(String name) {
        return figures().stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void latency(List<Figure> out, String name, Distribution values) {
        latency(out, name, values.mean(), values::quantile);
    }

    private static void latency(List<Figure> out, String name, double mean, DoubleUnaryOperator quantile) {
        out.add(new Figure(name + "-mean", Unit.SECOND, mean));
        for (int i = 0; i < SHARES.length; i++) {
            out.add(new Figure(name + "-" + SHARE_NAMES.get(i), Unit.SECOND, quantile.applyAsDouble(SHARES[i])));
        }
    }

    private void rates(List<Figure> out) {
        Requests requests = served.requests();
        double seconds = served.makespan();
        out.add(new Figure("requests", Unit.ONE, requests.size()));
        out.add(new Figure("rejected", Unit.ONE, served.rejected()));
        out.add(new Figure("makespan", Unit.SECOND, seconds));
        out.add(new Figure("offered-requests-per-second", Unit.REQUEST_PER_SECOND, requests.rate()));
        out.add(new Figure("requests-per-second", Unit.REQUEST_PER_SECOND, finished() / seconds));
        out.add(new Figure("goodput", Unit.REQUEST_PER_SECOND, served.goodRequests() / seconds));
        out.add(new Figure("attainment", Unit.SHARE, served.attainment()));
        out.add(new Figure("output-tokens-per-second", Unit.TOKEN_PER_SECOND, outputTokens() / seconds));
        out.add(new Figure(
                "output-tokens-per-second-per-chip", Unit.TOKEN_PER_SECOND, outputTokens() / seconds / chips()));
        out.add(new Figure("prompt-tokens-per-second", Unit.TOKEN_PER_SECOND, promptTokens() / seconds));
        out.add(new Figure("mean-prompt", Unit.TOKEN, requests.meanPrompt()));
        out.add(new Figure("mean-output", Unit.TOKEN, requests.meanOutput()));
    }

    private double finished() {
        return served.phases().getLast().tally().finished() + (served.phases().size() > 1 ? oneToken() : 0);
    }

    /** Answers of one token never reach the engines that decode. */
    private long oneToken() {
        long count = 0;
        for (int i = 0; i < served.requests().size(); i++) {
            count += served.requests().output(i) == 1 && !Double.isNaN(served.finished(i)) ? 1 : 0;
        }
        return count;
    }

    private double outputTokens() {
        return served.phases().stream()
                .mapToLong(phase -> phase.tally().outputTokens())
                .sum();
    }

    private double promptTokens() {
        return served.phases().stream()
                .mapToLong(phase -> phase.tally().promptTokens())
                .sum();
    }

    private void engines(List<Figure> out) {
        for (Phase phase : served.phases()) {
            String of = served.phases().size() == 1 ? "" : phase.role() + "-";
            Tally tally = phase.tally();
            out.add(new Figure(of + "steps", Unit.ONE, tally.stepCount()));
            out.add(new Figure(of + "busy", Unit.SHARE, tally.busySeconds() / (served.makespan() * phase.engines())));
            out.add(new Figure(of + "batch-mean", Unit.ONE, tally.meanDecodes()));
            out.add(new Figure(
                    of + "kv-tokens",
                    Unit.TOKEN,
                    (double) phase.settings().blocks() * phase.settings().blockTokens()));
            out.add(new Figure(of + "kv-occupancy-mean", Unit.SHARE, phase.occupancy()));
            out.add(new Figure(of + "kv-occupancy-peak", Unit.SHARE, phase.peakOccupancy()));
            out.add(new Figure(of + "preemptions", Unit.ONE, tally.preemptions()));
            out.add(new Figure(of + "recomputed-tokens", Unit.TOKEN, tally.recomputedTokens()));
            PrefixHits prefix = phase.prefix();
            if (prefix.lookedUp() > 0) {
                out.add(new Figure(of + "prefix-hits", Unit.SHARE, prefix.share()));
                out.add(new Figure(
                        of + "prefix-hits-on-device", Unit.SHARE, (double) prefix.onDevice() / prefix.lookedUp()));
                out.add(new Figure(
                        of + "prefix-hits-in-host-memory", Unit.SHARE, (double) prefix.inHost() / prefix.lookedUp()));
            }
        }
    }

    private Chip chip() {
        return fleet.candidate().chip();
    }

    private double chips() {
        return costs.stream().mapToDouble(PhaseCost::chips).sum();
    }

    private void machines(List<Figure> out) {
        DataType math = chip().mathType(fleet.workload().precision().activations());
        double chipSeconds = chips() * served.makespan();
        double flops = costs.stream().mapToDouble(PhaseCost::flops).sum();
        double bytes = costs.stream().mapToDouble(PhaseCost::memoryJoules).sum() / chip().memoryEnergy();
        out.add(new Figure("chips", Unit.ONE, chips()));
        out.add(new Figure("mfu", Unit.SHARE, flops / (chipSeconds * chip().peakFor(math))));
        out.add(new Figure("bandwidth-utilisation", Unit.SHARE, bytes / (chipSeconds * chip().memoryBandwidth())));
        out.add(new Figure("joules-per-token", Unit.JOULE_PER_TOKEN, itWatts() * served.makespan() / outputTokens()));
        out.add(new Figure("usd-per-million-tokens", Unit.USD_PER_MILLION_TOKENS, usdPerMillionTokens()));
    }

    /** IT power of the simulated replicas: idle chips, their work up to the limit of a chip, and what stands around. */
    private double itWatts() {
        double around = fleet.candidate().bill().surroundingPower()
                / fleet.candidate().system().accelerators();
        double watts = 0;
        for (PhaseCost each : costs) {
            double working = chip().idlePower() + each.joules() / (each.chips() * served.makespan());
            watts += each.chips() * (Math.min(chip().power(), working) + around);
        }
        return watts;
    }

    /**
     * What the fleet costs a year, over the output tokens it brings forth in a year at the rate of these replicas. Energy
     * is that of the plan at its own mean rate: a small part, and not asked for anew.
     */
    private double usdPerMillionTokens() {
        FleetMoney money = new FleetMoney(fleet, new FleetPower(fleet));
        boolean rented = fleet.candidate().rental() != null;
        double chipYears = (rented ? fleet.meanChips() : fleet.chips()) / chips();
        double tokensPerYear = outputTokens() / served.makespan() * chipYears * Economics.YEAR;
        double availability = rented ? 1 : fleet.candidate().economics().availability();
        return money.usdPerYear() / (tokensPerYear * availability) * 1e6;
    }
}
