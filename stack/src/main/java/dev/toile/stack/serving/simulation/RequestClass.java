package dev.toile.stack.serving.simulation;

import dev.toile.stack.workload.ServiceLevel;

/**
 * Requests that were promised the same.
 *
 * @param name such as {@code chat}
 * @param serviceLevel a request is good when it keeps all of it
 * @param e2e seconds from arrival to the last token that a good request takes at most; infinite when nothing is promised
 */
public record RequestClass(String name, ServiceLevel serviceLevel, double e2e) {

    /** One class, nothing promised. */
    public static final RequestClass ALL = new RequestClass("all", ServiceLevel.NONE, Double.POSITIVE_INFINITY);

    /** The same promises under another name. */
    public RequestClass named(String other) {
        return new RequestClass(other, serviceLevel, e2e);
    }

    /** Whether a request of this class was served well. */
    boolean good(double ttft, double tpot, double endToEnd) {
        return ttft <= serviceLevel.ttftP99() && tpot <= serviceLevel.tpotP99() && endToEnd <= e2e;
    }
}
