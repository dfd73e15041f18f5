package dev.toile.stack.serving;

import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.Traffic;

/**
 * What has to be served, on what.
 *
 * @param costs of the model's steps on the candidate
 * @param profile of the software
 * @param traffic that arrives
 * @param serviceLevel that is promised
 * @param mostSequences in one step of an attention replica; infinite when the planner decides alone
 */
public record Demand(
        StepCosts costs, SoftwareProfile profile, Traffic traffic, ServiceLevel serviceLevel, double mostSequences) {

    /** Without a bound on the sequences of a step. */
    public Demand(StepCosts costs, SoftwareProfile profile, Traffic traffic, ServiceLevel serviceLevel) {
        this(costs, profile, traffic, serviceLevel, Double.POSITIVE_INFINITY);
    }

    /** Times operations of the model on the candidate. */
    StepTimer timer() {
        return costs.timer();
    }
}
