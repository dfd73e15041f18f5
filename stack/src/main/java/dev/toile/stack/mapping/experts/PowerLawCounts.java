package dev.toile.stack.mapping.experts;

import dev.toile.stack.operation.Operation.Experts;

/**
 * Counts of ten draws of a power law, tabulated over the number of tokens: every number up to 128, then eight to an octave,
 * and linear between. A point is drawn when it is first needed; afterwards a count costs two look-ups. The draws have fixed
 * seeds, so the same table comes out each time. Not safe for use by several threads.
 */
final class PowerLawCounts implements TokenCounts {

    private static final int DRAWS = 10;
    private static final int EACH = 128;
    private static final int PER_OCTAVE = 8;
    private static final int OCTAVES = 11;
    private static final int ROWS = 0;
    private static final int ACTIVE = 1;
    private static final int COUNTS = 6;
    private static final double LOG_2 = Math.log(2);
    private static final int[] TOKENS = grid();

    private final PowerLawDraw draw;
    private final double[][] points = new double[TOKENS.length][];
    private final double[] current = new double[DRAWS * COUNTS];
    private double currentTokens = -1;

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
    public int draws() {
        return DRAWS;
    }

    @Override
    public double rows(Experts o, int draw) {
        return at(o.tokens(), draw, ROWS);
    }

    @Override
    public double active(Experts o, int draw) {
        return at(o.tokens(), draw, ACTIVE);
    }

    @Override
    public double tiles(Experts o, int height, int draw) {
        return at(o.tokens(), draw, column(height));
    }

    /** Tile heights 16, 32, 64, 128 stand in columns 2 to 5. */
    private static int column(int height) {
        return Integer.numberOfTrailingZeros(height) - 2;
    }

    private double at(double tokens, int draw, int column) {
        if (tokens != currentTokens) {
            interpolate(tokens);
        }
        return current[draw * COUNTS + column];
    }

    /** All counts at a number of tokens. Beyond the table the line goes on: rows and tiles grow in proportion there. */
    private void interpolate(double tokens) {
        double place = tokens <= EACH ? tokens - 1 : EACH - 1 + PER_OCTAVE * Math.log(tokens / EACH) / LOG_2;
        int below = (int) Math.clamp(place, 0, points.length - 2);
        double share = (tokens - TOKENS[below]) / (TOKENS[below + 1] - TOKENS[below]);
        double[] low = point(below);
        double[] high = point(below + 1);
        for (int i = 0; i < current.length; i++) {
            current[i] = tokens < 1 ? tokens * low[i] : low[i] + (high[i] - low[i]) * share;
        }
        currentTokens = tokens;
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
        double[] counted = new double[DRAWS * COUNTS];
        for (int i = 0; i < DRAWS; i++) {
            int first = i * COUNTS;
            for (int count : draw.heaviest(TOKENS[index], i)) {
                counted[first + ROWS] += count;
                counted[first + ACTIVE] += count > 0 ? 1 : 0;
                for (int height = 16; height <= 128; height *= 2) {
                    counted[first + column(height)] += Math.ceilDiv(count, height);
                }
            }
        }
        points[index] = counted;
        return counted;
    }
}
