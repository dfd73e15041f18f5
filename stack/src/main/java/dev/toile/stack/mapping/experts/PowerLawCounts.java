package dev.toile.stack.mapping.experts;

import dev.toile.stack.operation.Operation.Experts;
import java.util.Arrays;

/**
 * Mean counts of ten draws of a power law, tabulated over the number of tokens: every number up to 128, then eight to an
 * octave, and linear between. A point is drawn when it is first needed; afterwards a count costs two look-ups. The draws
 * have fixed seeds, so the same table comes out each time. Not safe for use by several threads.
 */
final class PowerLawCounts implements TokenCounts {

    private static final int DRAWS = 10;
    private static final int EACH = 128;
    private static final int PER_OCTAVE = 8;
    private static final int OCTAVES = 11;
    private static final int ROWS = 0;
    private static final int ACTIVE = 1;
    private static final double LOG_2 = Math.log(2);
    private static final int[] TOKENS = grid();

    private final PowerLawDraw draw;
    private final double[][] points = new double[TOKENS.length][];

    PowerLawCounts(PowerLawDraw draw) {
        this.draw = draw;
    }

    /** Whether this table is for the experts and the routing of an operation. */
    boolean isFor(Experts o) {
        return draw.experts() == o.experts()
                && draw.topK() == o.topK()
                && draw.ranks() == o.ranks()
                && draw.routing().equals(o.routing());
    }

    @Override
    public double rows(Experts o) {
        return at(o.tokens(), ROWS);
    }

    @Override
    public double active(Experts o) {
        return at(o.tokens(), ACTIVE);
    }

    @Override
    public double tiles(Experts o, int height) {
        return at(o.tokens(), column(height));
    }

    /** Tile heights 16, 32, 64, 128 stand in columns 2 to 5. */
    private static int column(int height) {
        return Integer.numberOfTrailingZeros(height) - 2;
    }

    private double at(double tokens, int column) {
        if (tokens < 1) {
            return tokens * point(0)[column];
        }
        double place = tokens <= EACH ? tokens - 1 : EACH - 1 + PER_OCTAVE * Math.log(tokens / EACH) / LOG_2;
        int below = (int) Math.min(place, points.length - 2);
        double from = TOKENS[below];
        double to = TOKENS[below + 1];
        double low = point(below)[column];
        // Beyond the table the line goes on: rows and tiles grow in proportion to the tokens there.
        return low + (point(below + 1)[column] - low) * (tokens - from) / (to - from);
    }

    /** The numbers of tokens of the points. */
    private static int[] grid() {
        int[] tokens = new int[EACH + PER_OCTAVE * OCTAVES + 1];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = i < EACH ? i + 1 : (int) Math.rint(EACH * Math.pow(2, (double) (i - EACH + 1) / PER_OCTAVE));
        }
        return tokens;
    }

    private double[] point(int index) {
        double[] known = points[index];
        if (known != null) {
            return known;
        }
        double[] sums = new double[6];
        for (int i = 0; i < DRAWS; i++) {
            int[] counts = draw.heaviest(TOKENS[index], i);
            for (int count : counts) {
                sums[ROWS] += count;
                sums[ACTIVE] += count > 0 ? 1 : 0;
                for (int height = 16; height <= 128; height *= 2) {
                    sums[column(height)] += Math.ceilDiv(count, height);
                }
            }
        }
        double[] means = Arrays.stream(sums).map(sum -> sum / DRAWS).toArray();
        points[index] = means;
        return means;
    }
}
