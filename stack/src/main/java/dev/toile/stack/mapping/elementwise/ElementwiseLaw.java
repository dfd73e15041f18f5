package dev.toile.stack.mapping.elementwise;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.Calibrated;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.mapping.elementwise.ElementwiseConstants.Kernel;
import dev.toile.stack.operation.Operation.Elementwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The time of elementwise work and of reductions along rows:
 *
 * <pre>
 * seconds = launch + max(max(stream, engines, special) + reread, shadow)
 * stream  = bytes / (memory-share x bandwidth)
 * engines = waves (row-cycles + columns element-cycles rows-at-once) / clock      waves = max(1, rows / (units rows-at-once))
 * special = elements exponentials / (exponentials per cycle x units x clock)
 * reread  = again read max(0, 1 - held / row-bytes) / (memory-share x bandwidth)
 * </pre>
 *
 * <p>A row is one engine's, so few rows leave engines idle and wait for one row's latency: the ramp that bytes in flight
 * over latency give (Little's law). Where elements are alone they spread evenly over all engines. A reduction reads its
 * row once for the reduction and again to write it; what an engine holds (cache and registers, shared out over the rows
 * it works on together) need not be read again. Waves are not rounded up: nothing in the measurements asked for it.
 */
public final class ElementwiseLaw implements Law<Elementwise> {

    private final Chip chip;
    private final Calibrated<ElementwiseConstants> calibrated;
    private final double bandwidth;
    private final Kernel[] kernels;

    /**
     * The law of a chip.
     *
     * @param chip that runs the operations
     * @param calibrated constants of its software
     */
    public ElementwiseLaw(Chip chip, Calibrated<ElementwiseConstants> calibrated) {
        this.chip = chip;
        this.calibrated = calibrated;
        this.bandwidth = calibrated.kernels().memoryShare() * chip.memoryBandwidth();
        Elementwise.Kind[] kinds = Elementwise.Kind.values();
        this.kernels = new Kernel[kinds.length];
        for (Elementwise.Kind kind : kinds) {
            kernels[kind.ordinal()] =
                    Objects.requireNonNull(calibrated.kernels().kernels().get(kind));
        }
    }

    private Kernel kernel(Elementwise o) {
        return kernels[o.kind().ordinal()];
    }

    @Override
    public double seconds(Elementwise o) {
        Kernel kernel = kernel(o);
        return kernel.launch() + Math.max(working(o, kernel), kernel.shadow());
    }

    private double working(Elementwise o, Kernel kernel) {
        return Math.max(o.bytes() / bandwidth, Math.max(engines(o, kernel), special(o)))
                + rereadBytes(o, kernel) / bandwidth;
    }

    /** Seconds of the engines; elements that are alone spread evenly. */
    private double engines(Elementwise o, Kernel kernel) {
        double element = elementCycles(o, kernel);
        return o.kind().reduces()
                ? waves(o, kernel) * (kernel.rowCycles() + o.columns() * element * kernel.rowsAtOnce()) / chip.clock()
                : o.elements() * element / chip.units() / chip.clock();
    }

    private double waves(Elementwise o, Kernel kernel) {
        return Math.max(1, o.rows() / (chip.units() * kernel.rowsAtOnce()));
    }

    private static double elementCycles(Elementwise o, Kernel kernel) {
        return kernel.elementCycles() * (o.columns() <= kernel.shortColumns() ? kernel.shortShare() : 1);
    }

    /** Seconds of the special function units. */
    private double special(Elementwise o) {
        double each = o.kind().exponentials();
        return each == 0 ? 0 : o.elements() * each / (chip.engines().exponentials() * chip.units() * chip.clock());
    }

    private static double rereadBytes(Elementwise o, Kernel kernel) {
        return o.kind().reduces() && kernel.again() > 0 ? kernel.again() * o.read() * spilled(o, kernel) : 0;
    }

    /** Share of a row that is gone when it is wanted again. */
    private static double spilled(Elementwise o, Kernel kernel) {
        return Math.max(0, 1 - kernel.held() * o.rows() / o.read());
    }

    @Override
    public double traffic(Elementwise o) {
        return o.bytes() + rereadBytes(o, kernel(o));
    }

    @Override
    public Figure explain(Elementwise o) {
        Kernel kernel = kernel(o);
        List<Figure> parts = new ArrayList<>(List.of(streamFigure(o)));
        String most = "stream";
        if (engines(o, kernel) > 0) {
            parts.add(enginesFigure(o, kernel));
            most += ", engines";
        }
        if (special(o) > 0) {
            parts.add(specialFigure(o));
            most += ", special";
        }
        String formula = parts.size() == 1 ? most : "max(" + most + ")";
        if (rereadBytes(o, kernel) > 0) {
            parts.add(rereadFigure(o, kernel));
            formula += " + reread";
        }
        Figure working = Figure.of(
                "working", "the kernel itself", working(o, kernel), Unit.SECOND, formula, parts.toArray(Figure[]::new));
        return Figure.of(
                o.name(),
                o.name().replace('-', ' '),
                seconds(o),
                Unit.SECOND,
                "launch + max(working, shadow)",
                constant(kernel, "launch"),
                working,
                constant(kernel, "shadow"));
    }

    private Figure streamFigure(Elementwise o) {
        return Figure.of(
                "stream",
                "bytes over the memory",
                o.bytes() / bandwidth,
                Unit.SECOND,
                "bytes / (memory-share * memory-bandwidth)",
                counted(o, "bytes", "bytes read and written", o.bytes(), Unit.BYTE),
                calibrated.figure(calibrated.kernels(), "memoryShare"),
                chip.memoryBandwidthFigure());
    }

    private Figure enginesFigure(Elementwise o, Kernel kernel) {
        Figure element = elementFigure(o, kernel);
        if (!o.kind().reduces()) {
            return Figure.of(
                    "engines",
                    "elements over all engines",
                    engines(o, kernel),
                    Unit.SECOND,
                    "elements * element / units / clock",
                    counted(o, "elements", "elements", o.elements(), Unit.ONE),
                    element,
                    chip.unitsFigure(),
                    chip.clockFigure());
        }
        return Figure.of(
                "engines",
                "rows over the engines",
                engines(o, kernel),
                Unit.SECOND,
                "waves * (row-cycles + columns * element * rows-at-once) / clock",
                counted(o, "waves", "rows over those at work at once, at least one", waves(o, kernel), Unit.ONE),
                constant(kernel, "rowCycles"),
                counted(o, "columns", "elements of a row", o.columns(), Unit.ONE),
                element,
                constant(kernel, "rowsAtOnce"),
                chip.clockFigure());
    }

    private Figure elementFigure(Elementwise o, Kernel kernel) {
        Figure plain = constant(kernel, "elementCycles");
        return o.columns() > kernel.shortColumns()
                ? plain.as("element")
                : Figure.of(
                        "element",
                        "an element of a row that stays in registers",
                        elementCycles(o, kernel),
                        Unit.counted("cycle"),
                        "element-cycles * short-share",
                        plain,
                        constant(kernel, "shortShare"));
    }

    private Figure specialFigure(Elementwise o) {
        return Figure.of(
                "special",
                "exponentials, or functions as costly",
                special(o),
                Unit.SECOND,
                "elements * each / (rate * units * clock)",
                counted(o, "elements", "elements", o.elements(), Unit.ONE),
                counted(o, "each", "exponentials per element", o.kind().exponentials(), Unit.ONE),
                counted(
                        o,
                        "rate",
                        "exponentials an engine evaluates in a cycle",
                        chip.engines().exponentials(),
                        Unit.ONE),
                chip.unitsFigure(),
                chip.clockFigure());
    }

    private Figure rereadFigure(Elementwise o, Kernel kernel) {
        return Figure.of(
                "reread",
                "rows too long to be held, read again",
                rereadBytes(o, kernel) / bandwidth,
                Unit.SECOND,
                "again * read * (1 - held / row-bytes) / (memory-share * memory-bandwidth)",
                constant(kernel, "again"),
                counted(o, "read", "bytes read", o.read(), Unit.BYTE),
                constant(kernel, "held"),
                counted(o, "row-bytes", "bytes of a row", o.read() / o.rows(), Unit.BYTE),
                calibrated.figure(calibrated.kernels(), "memoryShare"),
                chip.memoryBandwidthFigure());
    }

    private Figure constant(Kernel kernel, String component) {
        return calibrated.figure(kernel, component);
    }

    private static Figure counted(Elementwise o, String name, String label, double value, Unit unit) {
        return Figure.leaf(name, label, value, unit, Source.definition("counted from the shape of " + o.name()));
    }
}
