package dev.toile.stack.evaluation;

import dev.toile.stack.workload.Traffic;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a token costs when the same fleet has more or less to do: capital, staff and repair are paid whether or not
 * tokens flow, power above idle only when they do. A rented fleet pays for what is busy, so its curve is flat.
 *
 * @param points at 5, 10, ... 100 % of the fleet's capacity
 * @param own at the load of the study's own traffic
 */
public record LoadCurve(List<Point> points, Point own) {

    private static final int STEPS = 20;

    /** Copies the points. */
    public LoadCurve {
        points = List.copyOf(points);
    }

    /**
     * One load.
     *
     * @param load mean request rate over the fleet's capacity
     * @param usdPerMillionTokens cost of a million output tokens, their prompts included
     */
    public record Point(double load, double usdPerMillionTokens) {}

    /** The curve of a fleet. */
    public static LoadCurve of(Fleet fleet) {
        List<Point> points = IntStream.rangeClosed(1, STEPS)
                .mapToObj(i -> at(fleet, i / (double) STEPS))
                .toList();
        return new LoadCurve(points, at(fleet, fleet.traffic().meanRate() / fleet.capacity()));
    }

    /** The same machines under another mean rate: the busiest hour, for which they were bought, stays. */
    private static Point at(Fleet fleet, double load) {
        Traffic t = fleet.traffic();
        double rate = load * fleet.capacity();
        Traffic other = new Traffic(rate, t.peakRate() / rate, t.prompt(), t.output(), t.cachedShare(), t.provenance());
        Fleet same = new Fleet(fleet.candidate(), fleet.workload(), fleet.plan(), other, fleet.spare());
        return new Point(load, new FleetMoney(same, new FleetPower(same)).usdPerMillionTokens());
    }
}
