package dev.toile.stack.serving;

import java.util.List;

/**
 * How a fleet serves: its pools and what users see.
 *
 * @param mode {@code colocated} or {@code disaggregated}
 * @param pools one, or one for prompts and one for decoding
 * @param latency under full load
 * @param boundBy what keeps a replica from serving more: {@code memory}, {@code TTFT}, {@code TPOT} or {@code prompts}
 */
public record ServingPlan(String mode, List<Pool> pools, Latency latency, String boundBy) {

    /** Copies the pools. */
    public ServingPlan {
        pools = List.copyOf(pools);
    }

    /** Chips that one request per second needs: the planner's measure. */
    public double chipsPerRequestRate() {
        double chips = 0;
        for (Pool pool : pools) {
            chips += pool.chips() / pool.requestsPerSecond();
        }
        return chips;
    }

    /** The pool that decodes. */
    public Pool decoding() {
        return pools.getLast();
    }
}
