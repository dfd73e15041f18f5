package dev.toile.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds places for the names of points where they cover neither each other nor the points: greedily, the nearest free
 * one of a few places around each point; the one that covers least where none is free.
 */
final class Labels {

    private static final double HEIGHT = 15;
    private static final double[] RINGS = {9, 20, 34, 50, 70, 94};
    private static final int SPOKES = 16;

    private record Box(double left, double top, double right, double bottom) {
        double overlap(Box other) {
            double wide = Math.min(right, other.right) - Math.max(left, other.left);
            double high = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            return wide > 0 && high > 0 ? wide * high : 0;
        }

        boolean inside(Box other) {
            return left >= other.left && right <= other.right && top >= other.top && bottom <= other.bottom;
        }
    }

    private final Svg svg;
    private final Box sheet;
    private final List<Box> taken = new ArrayList<>();

    Labels(Svg svg) {
        this.svg = svg;
        Frame frame = svg.frame();
        this.sheet = new Box(frame.left() + 2, frame.top() - 8, frame.width() - 2, frame.innerBottom() - 2);
    }

    /** Keeps labels off a point. */
    void avoid(double x, double y, double radius) {
        taken.add(new Box(x - radius, y - radius, x + radius, y + radius));
    }

    /** Keeps labels off a box, such as another text. */
    void avoid(double left, double top, double right, double bottom) {
        taken.add(new Box(left, top, right, bottom));
    }

    /** Writes the name of a point near it, with a thread to it when it is not beside it. */
    void write(String style, double x, double y, double radius, String text) {
        double width = Frame.textWidth(text);
        Box best = null;
        double least = Double.POSITIVE_INFINITY;
        double bestRing = 0;
        for (double ring : RINGS) {
            for (int i = 0; i < SPOKES; i++) {
                Box box = around(x, y, radius + ring, i, width);
                double cost = cost(box, ring);
                if (cost < least) {
                    least = cost;
                    best = box;
                    bestRing = ring;
                }
            }
        }
        if (best == null) {
            return;
        }
        taken.add(new Box(best.left - 5, best.top, best.right + 5, best.bottom));
        if (bestRing > RINGS[1]) {
            double toX = Math.clamp(x, best.left, best.right);
            double toY = Math.clamp(y, best.top + 2, best.bottom - 2);
            svg.line("thread " + style, x, y, toX, toY);
            for (int i = 1; i < 8; i++) {
                avoid(x + i / 8.0 * (toX - x), y + i / 8.0 * (toY - y), 2);
            }
        }
        svg.label("name", best.left, best.bottom - 3.5, "start", text);
    }

    private double cost(Box box, double ring) {
        double covered = 0;
        for (Box other : taken) {
            covered += box.overlap(other);
        }
        return covered + ring * 0.6 + (box.inside(sheet) ? 0 : 10_000);
    }

    private static Box around(double x, double y, double distance, int spoke, double width) {
        // Right first, then left, then round: where people look for a name.
        double angle = 2 * Math.PI * (spoke % 2 == 0 ? spoke / 2 : SPOKES - 1 - spoke / 2) / SPOKES;
        double dx = Math.cos(angle);
        double dy = Math.sin(angle);
        double centreX = x + dx * (distance + width / 2 * Math.abs(dx));
        double left =
                Math.abs(dx) < 0.4 ? x + dx * distance - width / 2 : dx > 0 ? x + dx * distance : centreX - width / 2;
        double middle = y + dy * distance;
        return new Box(left, middle - HEIGHT / 2, left + width, middle + HEIGHT / 2);
    }
}
