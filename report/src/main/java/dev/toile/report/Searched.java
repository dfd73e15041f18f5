package dev.toile.report;

/**
 * What a search of one candidate's choices did.
 *
 * @param candidate whose choices were open
 * @param designs in its space
 * @param method by which it was searched
 * @param trials designs that were tried
 * @param feasible trials that can do the work
 * @param ruledOut designs that bounds ruled out without a look at each
 * @param front designs that no other of the space beats
 */
public record Searched(
        String candidate, double designs, String method, long trials, long feasible, double ruledOut, long front) {}
