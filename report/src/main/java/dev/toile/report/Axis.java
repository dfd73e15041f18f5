package dev.toile.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * From values to pixels, straight or by orders of magnitude.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param log whether equal distances are equal ratios
 * @param from pixel
 * @param to pixel
 */
record Axis(double low, double high, boolean log, double from, double to) {

    /** An axis by orders of magnitude that holds all values with a little room at both ends. */
    static Axis log(DoubleStream values, double from, double to) {
        double[] all = values.filter(value -> value > 0).toArray();
        double low = DoubleStream.of(all).min().orElse(1);
        double high = DoubleStream.of(all).max().orElse(10);
        double room = Math.max(1.12, Math.pow(high / low, 0.05));
        return new Axis(low / room, high * room, true, from, to);
    }

    double at(double value) {
        double share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return from + share * (to - from);
    }

    /** Round numbers to write along the axis, so many or somewhat fewer. */
    List<Double> ticks(int most) {
        // Less than an order of magnitude has too few round powers.
        if (!log || logarithmic(new double[] {1, 2, 5}, 1).size() < 3) {
            return linear(most);
        }
        for (double[] steps : new double[][] {{1, 2, 5}, {1, 3}, {1}}) {
            List<Double> ticks = logarithmic(steps, 1);
            if (ticks.size() <= most) {
                return ticks;
            }
        }
        for (int skip = 2; ; skip++) {
            List<Double> ticks = logarithmic(new double[] {1}, skip);
            if (ticks.size() <= most) {
                return ticks;
            }
        }
    }

    private List<Double> logarithmic(double[] steps, int skip) {
        List<Double> ticks = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(low));
        int last = (int) Math.ceil(Math.log10(high));
        for (int power = first; power <= last; power++) {
            for (double step : steps) {
                double tick = step * Math.pow(10, power);
                if (Math.floorMod(power, skip) == 0 && tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private List<Double> linear(int most) {
        double raw = (high - low) / most;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = DoubleStream.of(1, 2, 2.5, 5, 10)
                .map(each -> each * power)
                .filter(each -> each >= raw)
                .findFirst()
                .orElse(10 * power);
        List<Double> ticks = new ArrayList<>();
        for (int i = (int) Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
