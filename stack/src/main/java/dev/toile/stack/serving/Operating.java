package dev.toile.stack.serving;

import dev.toile.stack.figure.Unit;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Step;
import dev.toile.stack.workload.StepShape;
import java.util.List;

/**
 * A number of sequences and a step budget with the latency they give.
 *
 * @param way of serving: what steps cost
 * @param sequences that decode in a step
 * @param budget tokens of the largest step
 * @param seconds of the mixed step
 * @param waits seconds for which it waits for other attention replicas
 * @param crowd seconds that the sequences of a crowded moment add
 * @param unlucky seconds that more prompts than usual add over a request's life
 * @param ttft unknown when no budget has room for prompts
 */
record Operating(
        MixedSteps way,
        double sequences,
        double budget,
        double seconds,
        double waits,
        double crowd,
        double unlucky,
        Ttft ttft) {

    /**
     * The same where no step takes longer than one that uses all of its budget, however many prompts come.
     *
     * @param otherBudget tokens of such a step
     * @param full seconds of it
     */
    Operating within(double otherBudget, double full) {
        // Not Math.clamp: steps of a chip that never ends one have no tail to speak of, and break their promises below.
        double most = Math.max(0, Math.min(unlucky, full - seconds - waits));
        return new Operating(way, sequences, otherBudget, seconds, waits, crowd, most, ttft);
    }

    Operating with(Ttft itsTtft) {
        return new Operating(way, sequences, budget, seconds, waits, crowd, unlucky, itsTtft);
    }

    double tpotP99() {
        return Tpot.p99(seconds + waits, crowd, unlucky);
    }

    /** Requests per second of a replica. */
    double rate() {
        return way.rate(sequences, seconds + waits);
    }

    boolean meets() {
        double first = ttft.p99();
        return !Double.isNaN(first) && way.demand().serviceLevel().meets(first, tpotP99());
    }

    boolean keepsTpot() {
        return tpotP99() <= way.demand().serviceLevel().tpotP99();
    }

    /** Whether this one breaks its promises by less: that on TPOT first, for a queue can be shortened by larger budgets. */
    boolean isCloserThan(Operating other) {
        if (keepsTpot() != other.keepsTpot()) {
            return keepsTpot();
        }
        return keepsTpot()
                ? ttft.p99() < other.ttft().p99() || Double.isNaN(other.ttft().p99())
                : tpotP99() < other.tpotP99();
    }

    String missed() {
        return !keepsTpot() ? "TPOT" : Double.isNaN(ttft.p99()) ? "prompts" : "TTFT";
    }

    Attempt.Fails miss() {
        var promised = way.demand().serviceLevel();
        return switch (missed()) {
            case "TPOT" -> Attempt.Fails.tpot(tpotP99(), promised, way.parallelism());
            case "TTFT" -> Attempt.Fails.ttft(ttft.p99(), promised, way.parallelism());
            default ->
                new Attempt.Fails(
                        2,
                        Double.POSITIVE_INFINITY,
                        () -> "no step budget has room for prompts beside " + Unit.ONE.format(sequences)
                                + " sequences under " + way.parallelism().label());
        };
    }

    private StepShape steady() {
        Mixture mixture = way.mixture();
        return mixture.shape(sequences, mixture.promptTokens(sequences), budget);
    }

    /** What users see at this point. */
    Latency latency() {
        return latency(way.terms().step("mixed-step", steady()));
    }

    private Latency latency(Step step) {
        return new Latency(ttft, new Tpot(step, waits, crowd, unlucky));
    }

    /** The plan that runs at this point. */
    Attempt.Works works(String boundBy) {
        Mixture mixture = way.mixture();
        Step step = way.terms().step("mixed-step", steady());
        Step promptless = way.terms().step("decode-only-step", way.mixture().shape(sequences, 0, budget));
        MemoryFit fit = way.fit(budget);
        double held = fit.contextBytes(sequences * way.parallelism().pipeline(), mixture.context());
        Pool pool = new SteppedPool(
                "serving", step, promptless, sequences, mixture.output(), 1, seconds / (seconds + waits), fit, held);
        return new Attempt.Works(new ServingPlan("colocated", List.of(pool), latency(step), boundBy));
    }
}
