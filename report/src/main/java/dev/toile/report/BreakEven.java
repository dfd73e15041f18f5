package dev.toile.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From which number of chips on building beats buying.
 *
 * @param built the best design of one's own
 * @param bought the best candidate that can be had
 * @param cost of a million output tokens of the bought one, USD
 * @param volume packages from which on the built one is cheaper; null when it never is, or always
 * @param points cost of the built one by volume
 */
public record BreakEven(
        String built, String bought, double cost, @Nullable Double volume, List<Point> points) {

    /** Copies the list. */
    public BreakEven {
        points = List.copyOf(points);
    }

    /**
     * One volume.
     *
     * @param volume packages that share the one-time cost
     * @param cost of a million output tokens, USD
     */
    public record Point(double volume, double cost) {}
}
