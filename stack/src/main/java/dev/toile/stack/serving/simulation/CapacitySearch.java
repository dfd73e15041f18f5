package dev.toile.stack.serving.simulation;

import dev.toile.stack.workload.ServiceLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The highest rate at which a service keeps its promises: a bracket is found by doubling or halving, then bisected in
 * equal ratios. All probes serve the same requests, only faster or slower, so that chance moves all alike (common random
 * numbers).
 *
 * @param service that serves requests
 * @param promise at the 99th percentile; with none, the search ends where the service saturates
 * @param probes runs in all
 */
public record CapacitySearch(Function<Requests, Served> service, ServiceLevel promise, int probes) {

    /** A service that answers fewer than this share of what comes, in the time in which it comes, is saturated. */
    private static final double KEEPS_UP = 0.95;

    /** Checks that there is something to bisect. */
    public CapacitySearch {
        if (probes < 2) {
            throw new IllegalArgumentException(probes + " probes; expected 2 or more");
        }
    }

    /**
     * One run.
     *
     * @param rate requests per second that came
     * @param ttftP99 seconds
     * @param tpotP99 seconds; NaN when all answers have one token
     * @param goodput good requests per second
     * @param attainment share of good requests
     * @param meets whether the promises were kept
     */
    public record Probe(
            double rate, double ttftP99, double tpotP99, double goodput, double attainment, boolean meets) {}

    /**
     * What a search found.
     *
     * @param rate requests per second; 0 when the promises are broken at every rate that was tried
     * @param probes by rate
     */
    public record Capacity(double rate, List<Probe> probes) {
        /** Sorts the probes. */
        public Capacity {
            probes = probes.stream()
                    .sorted(Comparator.comparingDouble(Probe::rate))
                    .toList();
        }
    }

    /**
     * Searches.
     *
     * @param requests that are served, at any rate
     * @param guess requests per second to begin with
     */
    public Capacity search(Requests requests, double guess) {
        List<Probe> tried = new ArrayList<>();
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double rate = guess;
        while (tried.size() < probes) {
            Probe probe = probe(requests, rate);
            tried.add(probe);
            if (probe.meets()) {
                low = rate;
            } else {
                high = rate;
            }
            rate = high == Double.POSITIVE_INFINITY ? 2 * low : low == 0 ? high / 2 : Math.sqrt(low * high);
        }
        return new Capacity(low, tried);
    }

    /** One run at a rate. */
    public Probe probe(Requests requests, double rate) {
        Served served = service.apply(requests.faster(rate / requests.rate()));
        double ttft = served.distribution(served::ttft).quantile(0.99);
        double tpot = served.distribution(served::tpot).quantile(0.99);
        double seconds = served.makespan();
        boolean keepsUp = served.rejected() == 0 && requests.size() / seconds >= KEEPS_UP * rate;
        boolean kept = ttft <= promise.ttftP99() && (Double.isNaN(tpot) || tpot <= promise.tpotP99());
        return new Probe(
                rate,
                ttft,
                tpot,
                served.goodRequests() / seconds,
                served.attainment(),
                kept && (!promise.equals(ServiceLevel.NONE) || keepsUp));
    }
}
