package dev.toile.stack.serving.traffic;

import java.util.SplittableRandom;

/** When requests arrive. */
public sealed interface Arrivals {

    /** Requests per second, mean. */
    double rate();

    /**
     * Arrival times, ascending from 0.
     *
     * @param count of requests
     * @param random source of the gaps
     */
    double[] times(int count, SplittableRandom random);

    /**
     * Independent users: gaps are exponential.
     *
     * @param rate requests per second
     */
    record Poisson(double rate) implements Arrivals {
        @Override
        public double[] times(int count, SplittableRandom random) {
            return new Gamma(rate, 1).times(count, random);
        }
    }

    /**
     * Burstier or more even than independent users: gaps are gamma-distributed (vLLM's benchmark, option burstiness,
     * with shape one over the squared variation).
     *
     * @param rate requests per second
     * @param variation standard deviation of a gap over its mean; 1 is Poisson, 0 is a metronome
     */
    record Gamma(double rate, double variation) implements Arrivals {
        @Override
        public double[] times(int count, SplittableRandom random) {
            double[] times = new double[count];
            double now = 0;
            for (int i = 0; i < count; i++) {
                times[i] = now;
                now += Draw.gamma(random, variation) / rate;
            }
            return times;
        }
    }

    /**
     * A day with a peak: Poisson with a rate that swings as a cosine, lowest at the beginning.
     *
     * @param rate requests per second, mean of a day
     * @param peakToAverage highest over mean rate, 1 to 2
     * @param day seconds
     */
    record Diurnal(double rate, double peakToAverage, double day) implements Arrivals {
        /** Checks that the rate never falls below zero. */
        public Diurnal {
            if (!(peakToAverage >= 1 && peakToAverage <= 2)) {
                throw new IllegalArgumentException("peak to average of " + peakToAverage
                        + "; expected 1 to 2, for the night has no less than none");
            }
        }

        @Override
        public double[] times(int count, SplittableRandom random) {
            double[] times = new double[count];
            double now = 0;
            double highest = rate * peakToAverage;
            for (int i = 0; i < count; ) {
                // Thinning: Lewis and Shedler, Naval Research Logistics 26(3), 1979.
                now += Draw.exponential(random) / highest;
                double there = rate * (1 - (peakToAverage - 1) * Math.cos(2 * Math.PI * now / day));
                if (random.nextDouble() * highest < there) {
                    times[i++] = now;
                }
            }
            return times;
        }
    }
}
