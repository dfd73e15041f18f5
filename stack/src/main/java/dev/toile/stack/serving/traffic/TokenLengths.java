package dev.toile.stack.serving.traffic;

import dev.toile.stack.workload.Lengths;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Lengths of prompts or answers, to be drawn from. */
public sealed interface TokenLengths {

    /** A length at random, tokens; at least 1. */
    int draw(SplittableRandom random);

    /**
     * Lengths of which some percentiles are known, geometric between them.
     *
     * @param points ascending in share and tokens, from share 0 to share 1
     */
    record Percentiles(List<Point> points) implements TokenLengths {
        /** Checks the order. */
        public Percentiles {
            points = List.copyOf(points);
            if (points.size() < 2
                    || points.getFirst().share() != 0
                    || points.getLast().share() != 1) {
                throw new IllegalArgumentException("percentiles " + points + "; expected two or more, from 0 to 1");
            }
            for (int i = 1; i < points.size(); i++) {
                if (points.get(i).share() <= points.get(i - 1).share()
                        || points.get(i).tokens() < points.get(i - 1).tokens()) {
                    throw new IllegalArgumentException("percentiles " + points + " do not ascend");
                }
            }
        }

        @Override
        public int draw(SplittableRandom random) {
            return quantile(random.nextDouble());
        }

        /** The length that a share of all do not exceed. */
        int quantile(double share) {
            int above = 1;
            while (points.get(above).share() < share) {
                above++;
            }
            Point low = points.get(above - 1);
            Point high = points.get(above);
            double part = (share - low.share()) / (high.share() - low.share());
            return (int) Math.max(1, Math.round(low.tokens() * Math.pow(high.tokens() / low.tokens(), part)));
        }
    }

    /**
     * A percentile.
     *
     * @param share of all lengths, 0 to 1
     * @param tokens that they do not exceed
     */
    record Point(double share, double tokens) {}

    /**
     * Lengths of which mean and P90 are known: gamma-distributed, as the closed form takes them.
     *
     * @param lengths mean and P90
     */
    record Gamma(Lengths lengths) implements TokenLengths {
        @Override
        public int draw(SplittableRandom random) {
            double variation = Math.sqrt(lengths.squaredVariation());
            return (int) Math.max(1, Math.round(lengths.mean() * Draw.gamma(random, variation)));
        }
    }

    /** The percentiles that are known of the Azure trace. */
    List<Double> AZURE_SHARES = List.of(0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0);

    /** Prompts of the Azure conversation trace of 2023 (Patel et al., "Splitwise", ISCA 2024; percentiles of its rows). */
    static TokenLengths azureConversationPrompts() {
        return percentiles(AZURE_SHARES, new double[] {2, 181, 207, 396, 1020, 1189, 2734, 4083, 4142, 6122, 14_050});
    }

    /** Answers of the same trace. */
    static TokenLengths azureConversationOutputs() {
        return percentiles(AZURE_SHARES, new double[] {7, 41, 54, 85, 129, 395, 424, 451, 601, 954, 1000});
    }

    private static Percentiles percentiles(List<Double> shares, double[] tokens) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < tokens.length; i++) {
            points.add(new Point(shares.get(i), tokens[i]));
        }
        return new Percentiles(points);
    }
}
