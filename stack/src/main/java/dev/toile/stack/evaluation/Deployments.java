package dev.toile.stack.evaluation;

import dev.toile.stack.serving.Deployment;
import java.util.Map;

/**
 * What a design fixes of how it serves.
 *
 * @param common for every workload
 * @param byWorkload for the workload of that name, taking precedence
 */
public record Deployments(Deployment common, Map<String, Deployment> byWorkload) {

    /** Fixes nothing. */
    public static final Deployments FREE = new Deployments(Deployment.FREE, Map.of());

    /** Copies the map. */
    public Deployments {
        byWorkload = Map.copyOf(byWorkload);
    }

    /** What holds for one workload of a mix. */
    Deployments only(String workload) {
        Deployment own = byWorkload.get(workload);
        return own == null && byWorkload.isEmpty()
                ? this
                : new Deployments(own == null ? common : common.with(own), Map.of());
    }
}
