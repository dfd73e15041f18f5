package dev.toile.search;

/**
 * A problem whose bounds nobody trusts: every design of it is judged. What bounds say can be compared with it.
 *
 * @param problem whose designs it judges
 */
public record Unbounded(Problem problem) implements Problem {

    @Override
    public Space space() {
        return problem.space();
    }

    @Override
    public int objectives() {
        return problem.objectives();
    }

    @Override
    public Judge judge() {
        return problem.judge();
    }
}
