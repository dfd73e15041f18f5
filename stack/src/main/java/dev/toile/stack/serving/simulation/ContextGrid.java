package dev.toile.stack.serving.simulation;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of a context, known at knots and linear between them: every 16 tokens up to 1,024, then 32 knots to an
 * octave. A knot is worked out when it is first needed.
 *
 * <p>Attention is all but linear in the context, so that between knots little is lost; a test says how little.
 */
final class ContextGrid {

    private static final int LINEAR = 64;
    private static final int BITS = 5;
    private static final int STEP = 16;
    private static final long BASE = (1023L + 10) << BITS;

    private final DoubleUnaryOperator function;
    private double[] values = new double[0];

    ContextGrid(DoubleUnaryOperator function) {
        this.function = function;
    }

    /** The value at a context of 0 tokens or more. */
    double at(double context) {
        int knot;
        double low;
        double width;
        if (context < LINEAR * STEP) {
            knot = (int) (context / STEP);
            low = knot * STEP;
            width = STEP;
        } else {
            long bits = Double.doubleToRawLongBits(context) >>> (52 - BITS);
            knot = LINEAR + (int) (bits - BASE);
            low = Double.longBitsToDouble(bits << (52 - BITS));
            width = Double.longBitsToDouble((bits + 1) << (52 - BITS)) - low;
        }
        double below = value(knot);
        return below + (value(knot + 1) - below) * ((context - low) / width);
    }

    private double value(int knot) {
        if (knot >= values.length) {
            int known = values.length;
            values = Arrays.copyOf(values, Math.max(LINEAR, knot + 64));
            Arrays.fill(values, known, values.length, Double.NaN);
        }
        double value = values[knot];
        if (Double.isNaN(value)) {
            value = function.applyAsDouble(context(knot));
            values[knot] = value;
        }
        return value;
    }

    private static double context(int knot) {
        return knot < LINEAR ? knot * STEP : Double.longBitsToDouble((knot - LINEAR + BASE) << (52 - BITS));
    }
}
