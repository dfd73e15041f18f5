package dev.toile.app.bench;

/**
 * A unit of work that is measured.
 *
 * @param name such as {@code evaluate-new-chip}
 * @param description of one unit, for {@code --help} and reports
 * @param work does unit number i and gives something of its result, so that nothing is optimised away
 * @param units that are counted for one call of the work, such as the requests of a simulation
 */
public record BenchTask(String name, String description, Work work, int units) {

    /** A task whose work is one unit. */
    public BenchTask(String name, String description, Work work) {
        this(name, description, work, 1);
    }

    /** One unit of work. */
    @FunctionalInterface
    public interface Work {
        /** Does unit number {@code i}. */
        double run(int i);
    }
}
