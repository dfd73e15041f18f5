package dev.toile.stack.mapping;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.Operation;

/**
 * An operation under the roofline: the choice that was made and what it costs.
 *
 * @param operation what runs
 * @param chip where
 * @param profile under which software
 * @param family of kernels that runs it
 * @param flops executed, padding of tiles included
 * @param traffic bytes over the memory interface
 * @param quantisation time of whole waves over time of the same work spread evenly; at least 1
 * @param fill seconds to fill and drain the arrays
 */
record Roofline(
        Operation operation,
        Chip chip,
        SoftwareProfile profile,
        KernelFamily family,
        double flops,
        double traffic,
        double quantisation,
        double fill) {

    /** Seconds at the tensor units; none for elementwise work, which memory bounds. */
    double computeSeconds() {
        if (flops == 0) {
            return fill;
        }
        double attained = profile.attained(family);
        return flops * quantisation / (chip.peakFor(operation.math()) * attained) + fill;
    }

    /** Seconds on the memory interface. */
    double memorySeconds() {
        return traffic / (chip.memoryBandwidth() * profile.bandwidthShare());
    }

    /** Seconds of the shortest call of the kernel family. */
    double launchSeconds() {
        return profile.launch(family);
    }

    /** Seconds of one call. */
    double seconds() {
        return launchSeconds() + Math.max(computeSeconds(), memorySeconds());
    }

    /** The tree behind {@link #seconds()}. */
    Figure explain() {
        Source counted = Source.definition("counted from the shape of " + operation.name());
        Figure memory = memoryFigure(counted);
        if (flops == 0) {
            return Figure.of(
                    operation.name(),
                    operation.name().replace('-', ' '),
                    seconds(),
                    Unit.SECOND,
                    "launch + memory",
                    profile.launchFigure(family).as("launch"),
                    memory);
        }
        Source tiling = Source.definition("tile chosen by the mapper: least time over the menu of " + profile.name());
        Figure compute = Figure.of(
                "compute",
                "time at the tensor units",
                computeSeconds(),
                Unit.SECOND,
                "flops * quantisation / (peak * attained) + fill",
                Figure.leaf("flops", "flops executed, tile padding included", flops, Unit.FLOP, counted),
                Figure.leaf("quantisation", "whole waves over even work", quantisation, Unit.ONE, tiling),
                chip.peakFigure(operation.math()).as("peak"),
                profile.attainedFigure(family).as("attained"),
                Figure.leaf("fill", "fill and drain of the arrays", fill, Unit.SECOND, tiling));
        return Figure.of(
                operation.name(),
                operation.name().replace('-', ' '),
                seconds(),
                Unit.SECOND,
                "launch + max(compute, memory)",
                profile.launchFigure(family).as("launch"),
                compute,
                memory);
    }

    private Figure memoryFigure(Source counted) {
        return Figure.of(
                "memory",
                "time on the memory interface",
                memorySeconds(),
                Unit.SECOND,
                "traffic / (memory-bandwidth * bandwidth-share)",
                Figure.leaf("traffic", "bytes over the memory interface", traffic, Unit.BYTE, counted),
                chip.memoryBandwidthFigure(),
                profile.bandwidthShareFigure());
    }
}
