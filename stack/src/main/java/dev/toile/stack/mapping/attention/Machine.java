package dev.toile.stack.mapping.attention;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;

/**
 * What the laws of attention need of a chip, as plain numbers.
 *
 * @param chip that runs the operations
 * @param warmth of the data
 * @param stream share of the memory bandwidth that long cold streams reach
 * @param eightBit whether 8-bit data are multiplied in 8 bit
 * @param units engines
 * @param clock Hz
 * @param peak of 16-bit products, flop/s
 * @param eightPeak of 8-bit products, flop/s
 * @param exponentials a second
 * @param bandwidth of the memory, bytes/s
 * @param cacheBandwidth bytes/s from the cache to all engines
 */
record Machine(
        Chip chip,
        Warmth warmth,
        double stream,
        boolean eightBit,
        double units,
        double clock,
        double peak,
        double eightPeak,
        double exponentials,
        double bandwidth,
        double cacheBandwidth) {

    /** Bytes that an engine can take from the cache in a cycle: the width of the port on recent GPUs, a convention. */
    private static final double PORT = 64;

    static Machine of(Chip chip, Warmth warmth, double stream, boolean eightBit) {
        double cycles = chip.units() * chip.clock();
        return new Machine(
                chip,
                warmth,
                stream,
                eightBit,
                chip.units(),
                chip.clock(),
                chip.peakFor(DataType.BF16),
                chip.peakFor(DataType.FP8),
                chip.engines().exponentials() * cycles,
                chip.memoryBandwidth(),
                PORT * cycles);
    }

    /** Whether data of a type are multiplied in 8 bit. */
    boolean eight(DataType type) {
        return eightBit && type.bytes() <= 1;
    }

    /** Bytes of an element as the kernels read it: a cache of fewer bits without arithmetic for it is widened first. */
    double elementBytes(DataType type) {
        return eight(type) ? type.bytes() : DataType.BF16.bytes();
    }

    double peak(boolean eight) {
        return eight ? eightPeak : peak;
    }

    /**
     * Seconds below which no kernel can be: all flops at the peak, all exponentials at their rate, all bytes at the
     * bandwidth when they are cold.
     */
    double roof(Operation operation, boolean eight) {
        return roof(operation, peak(eight));
    }

    /** The same with products at another rate. */
    double roof(Operation operation, double rate) {
        double compute = Math.max(operation.flops() / rate, scores(operation) / exponentials);
        return warmth == Warmth.WARM ? compute : Math.max(compute, operation.bytes() / (bandwidth * stream));
    }

    /** Exponentials that attention cannot do without, one a score. */
    private static double scores(Operation operation) {
        return operation instanceof Attention o ? o.pairs() * o.heads() : 0;
    }

    /**
     * Share of bytes that the call before left in the cache: all when they fill up to half of it, none when they fill it
     * whole. Fitted kernel by kernel the half came out at 0.3 to 0.6 for all but one, and earned 0.3 points at most.
     */
    double resident(double bytes) {
        return warmth == Warmth.COLD ? 0 : Math.clamp(2 - 2 * bytes / chip.cache(), 0, 1);
    }

    /** Work and time of a fraction of one. */
    static double atLeastOne(double sequences) {
        return Math.max(1, sequences);
    }

    static double fraction(double sequences) {
        return Math.min(1, sequences);
    }

    /** {@code launch + max(share * body, roof)}. */
    double total(double launch, double fraction, double body, double roof) {
        return launch + Math.max(fraction * body, roof);
    }

    Figure totalFigure(Operation o, boolean eight, Figure launch, double fraction, Figure body) {
        return Figure.of(
                o.name(),
                o.name().replace('-', ' '),
                total(launch.value(), fraction, body.value(), roof(o, eight)),
                Unit.SECOND,
                "launch + max(share * body, roof)",
                launch.as("launch"),
                count("share", "part of a sequence that a step holds on average, at most one", fraction),
                body.as("body"),
                roofFigure(o, eight));
    }

    private Figure roofFigure(Operation o, boolean eight) {
        return roofFigure(o, eight ? DataType.FP8 : DataType.BF16);
    }

    /** The tree behind a roof with products in a format. */
    Figure roofFigure(Operation o, DataType math) {
        double rate = chip.peakFor(math);
        Source counted = Source.definition("counted from the shape of " + o.name());
        Figure flops = Figure.leaf("flops", "arithmetic", o.flops(), Unit.FLOP, counted);
        Figure compute = Figure.of(
                "compute",
                "arithmetic at the peak, exponentials at their rate",
                Math.max(o.flops() / rate, scores(o) / exponentials),
                Unit.SECOND,
                "max(flops / peak, scores / exponentials)",
                flops,
                chip.peakFigure(math).as("peak"),
                count("scores", "scores, an exponential each", scores(o)),
                count("exponentials", "exponentials that all engines evaluate in a second", exponentials));
        if (warmth == Warmth.WARM) {
            return compute.as("roof");
        }
        return Figure.of(
                "roof",
                "arithmetic and exponentials at their peaks, bytes at the bandwidth",
                roof(o, rate),
                Unit.SECOND,
                "max(compute, bytes / (memory-bandwidth * stream))",
                compute,
                Figure.leaf("bytes", "compulsory bytes", o.bytes(), Unit.BYTE, counted),
                chip.memoryBandwidthFigure(),
                count("stream", "share of the memory bandwidth that long streams reach under this software", stream));
    }

    Figure peakFigure(boolean eight) {
        return chip.peakFigure(eight ? DataType.FP8 : DataType.BF16).as("peak");
    }

    /** A quantity that follows from shape and chip by rules stated at the law. */
    static Figure count(String name, String label, double value) {
        return Figure.leaf(name, label, value, Unit.ONE, Source.definition("follows from the shape, see the law"));
    }

    static Figure bytes(String name, String label, double value) {
        return Figure.leaf(name, label, value, Unit.BYTE, Source.definition("counted from the shape"));
    }

    Figure cacheBandwidthFigure() {
        return Figure.of(
                "cache-bandwidth",
                "64 B/cycle to each engine",
                cacheBandwidth,
                Unit.BYTE_PER_SECOND,
                "64 * units * clock",
                chip.unitsFigure(),
                chip.clockFigure());
    }

    /** Mean length of key and value vectors; keys alone where there are no values. */
    static double dim(Attention o) {
        return o.valueDim() == 0 ? o.keyDim() : (o.keyDim() + o.valueDim()) / 2;
    }
}
