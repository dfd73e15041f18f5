package dev.toile.stack.serving.simulation;

import dev.toile.stack.figure.Provenance;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;

/**
 * One version of a serving engine: how it schedules, what its host costs, and how fast its kernels are beside those that
 * the software profile of a chip was measured with.
 *
 * @param name such as {@code vLLM 0.8 to 0.10}
 * @param policy of its scheduler
 * @param hostPerStep seconds in which the accelerator waits for the host in each step that the host decides
 * @param hostPerSequence seconds more for each running sequence
 * @param ahead whether the host decides a step while the last one runs
 * @param steps decode steps that the host decides at once unless it is set otherwise
 * @param products rate of its 8-bit dense products over that of the profile's, when bound by arithmetic
 * @param experts the same of its 8-bit grouped products
 * @param ownPass whether 8-bit inputs of products are cast by kernels of their own even where their scales are known, and
 *     not by the operation before
 * @param castCache whether attention casts a cache of 8 bits to 16 as it reads it, and gains no time from it
 * @param provenance where these numbers come from
 */
public record EngineSoftware(
        String name,
        Policy policy,
        double hostPerStep,
        double hostPerSequence,
        boolean ahead,
        int steps,
        double products,
        double experts,
        boolean ownPass,
        boolean castCache,
        Provenance provenance) {

    /** Checks that kernels run at all. */
    public EngineSoftware {
        if (!(products > 0) || !(experts > 0)) {
            throw new IllegalArgumentException(
                    "kernels of " + name + " at " + products + " and " + experts + " of a rate; expected above zero");
        }
    }

    /** The host's time, decisions being made for so many decode steps at once. */
    public HostTime host(int every) {
        return new HostTime(hostPerStep, hostPerSequence, ahead, every);
    }

    /** The host's time under its usual settings. */
    public HostTime host() {
        return host(steps);
    }

    /**
     * How its calls run in a deployment.
     *
     * @param staticScales whether the scales of 8-bit activations are known beforehand
     */
    public Conditions conditions(boolean staticScales) {
        return new Conditions(false, staticScales && !ownPass, true, castCache);
    }

    /** The same engine with another host, seconds of a step and of each sequence in it, and rate of its grouped products. */
    public EngineSoftware with(double perStep, double perSequence, double grouped) {
        return new EngineSoftware(
                name, policy, perStep, perSequence, ahead, steps, products, grouped, ownPass, castCache, provenance);
    }

    /** A chip's software with the kernels of this engine. */
    public SoftwareProfile on(SoftwareProfile profile) {
        SoftwareProfile dense = products == 1 ? profile : profile.withNarrowProducts(products);
        return experts == 1 ? dense : dense.withNarrowExperts(experts);
    }
}
