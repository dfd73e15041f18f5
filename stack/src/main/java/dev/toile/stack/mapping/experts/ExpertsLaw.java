package dev.toile.stack.mapping.experts;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.mapping.Law;
import dev.toile.stack.mapping.experts.ExpertsConstants.Kernel;
import dev.toile.stack.mapping.experts.ExpertsConstants.Shared;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Experts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The time of routed experts on one rank:
 *
 * <pre>
 * seconds = launch + choice experts topK + unfused + min over tile heights of mean over draws of (up + down) + passes
 * product = sqrt(compute^2 + memory^2)                          for (n, k) = (gates x inner, hidden), (hidden, inner)
 * compute = waves (max(2 h w k / (peak / engines x share), (h ab + w wb) k / (operands peak16 / engines)) + wave)
 * waves   = ceil(tiles(h) ceil(n / w) / engines)                tiles(h) = sum over experts of ceil(tokens / h)
 * memory  = (active n k wb + rows (k ab + 2 n)) / (share x bandwidth)
 * passes  = 2 (finalise tokens hidden + row-passes rows (3 hidden + up + inner) + slot-passes tokens topK hidden)
 *           / bandwidth + sort tokens topK
 * </pre>
 *
 * <p>{@code choice} is the router's choice of the experts of a token; {@code unfused} are the launches more where one
 * kernel cannot choose among so many ({@link ExpertsConstants.Router}).
 *
 * <p>The ceiling stands inside the sum over experts: an expert with one token costs a whole tile. Weights and compute
 * overlap only in part, hence the root of squares, which fits better than sum and maximum. Found on 4,000 configurations
 * each of A100, H100 and B200 by {@code ExpertsCalibration} of the evidence module.
 *
 * <p>Not safe for use by several threads: it remembers the draws of power laws.
 */
public final class ExpertsLaw implements Law<Experts> {

    /** Columns of an output tile: with several heights, further widths earned nothing in the calibration. */
    static final int WIDTH = 128;

    private static final int SHORTEST = 16;
    private static final int TALLEST = 128;

    private final Chip chip;
    private final ExpertsProfile profile;
    private final @Nullable String forced;
    private final Map<PowerLawDraw, PowerLawCounts> tables;
    private @Nullable PowerLawCounts lastTable;
    private final double engineRate;
    private @Nullable Experts lastShape;
    private String lastName = "";
    private @Nullable Kernel last;

    /** The law under the kernels that the software picks. */
    public ExpertsLaw(Chip chip, ExpertsProfile profile) {
        this(chip, profile, null);
    }

    /**
     * The law under one kernel.
     *
     * @param kernel name in the profile; null for the one that the software picks
     */
    public ExpertsLaw(Chip chip, ExpertsProfile profile, @Nullable String kernel) {
        this(chip, profile, kernel, new HashMap<>());
    }

    private ExpertsLaw(
            Chip chip, ExpertsProfile profile, @Nullable String kernel, Map<PowerLawDraw, PowerLawCounts> tables) {
        this.tables = tables;
        this.chip = chip;
        this.profile = profile;
        this.forced = kernel;
        this.engineRate = profile.shared().operands() * chip.peakFor(DataType.BF16) / chip.units();
    }

    /** The same with other constants; the two share the draws of power laws. */
    public ExpertsLaw with(ExpertsProfile other) {
        return new ExpertsLaw(chip, other, forced, tables);
    }

    @Override
    public double seconds(Experts o) {
        Kernel kernel = kernel(o);
        TokenCounts counts = counts(o);
        double least = Double.POSITIVE_INFINITY;
        for (int height = SHORTEST; height <= TALLEST; height *= 2) {
            least = Math.min(least, products(o, kernel, height, counts));
        }
        return kernel.launch() + choice(o) + unfused(o) + least + passes(o, kernel, counts.rows(o));
    }

    double choice(Experts o) {
        return shared().choice() * o.experts() * o.topK();
    }

    double unfused(Experts o) {
        return profile.generation().router().more(o);
    }

    @Override
    public double traffic(Experts o) {
        TokenCounts counts = counts(o);
        double active = counts.active(o);
        double rows = counts.rows(o);
        double up = (o.gated() ? 2 : 1) * o.inner();
        return productBytes(o, active, rows, up, o.hidden())
                + productBytes(o, active, rows, o.hidden(), o.inner())
                + passBytes(o, kernel(o), rows);
    }

    /** The height of tiles with the least time. */
    private int height(Experts o, Kernel kernel, TokenCounts counts) {
        int best = SHORTEST;
        double least = Double.POSITIVE_INFINITY;
        for (int height = SHORTEST; height <= TALLEST; height *= 2) {
            double time = products(o, kernel, height, counts);
            if (time < least) {
                least = time;
                best = height;
            }
        }
        return best;
    }

    private double products(Experts o, Kernel kernel, int height, TokenCounts counts) {
        double up = (o.gated() ? 2 : 1) * o.inner();
        return product(o, kernel, height, counts, up, o.hidden())
                + product(o, kernel, height, counts, o.hidden(), o.inner());
    }

    /** Seconds of one product, the mean over the draws. */
    double product(Experts o, Kernel kernel, int height, TokenCounts counts, double n, double k) {
        double tile = tileSeconds(o, kernel, height, k) + shared().wave();
        double rate = shared().memoryShare() * chip.memoryBandwidth();
        int draws = counts.draws();
        double sum = 0;
        for (int draw = 0; draw < draws; draw++) {
            double compute = waves(counts.tiles(o, height, draw), n) * tile;
            double bytes = productBytes(o, counts.active(o, draw), counts.rows(o, draw), n, k);
            sum += together(compute, bytes / rate);
        }
        return sum / draws;
    }

    double together(double compute, double memory) {
        return profile.overlapped() ? Math.max(compute, memory) : Math.sqrt(compute * compute + memory * memory);
    }

    double waves(double tiles, double n) {
        return Math.ceil(tiles * Math.ceil(n / WIDTH) / chip.units());
    }

    double tileSeconds(Experts o, Kernel kernel, int height, double k) {
        return Math.max(mathSeconds(o, kernel, height, k), streamSeconds(o, height, k));
    }

    double mathSeconds(Experts o, Kernel kernel, int height, double k) {
        return 2.0 * height * WIDTH * k / (chip.peakFor(o.activations()) / chip.units() * kernel.tensorShare());
    }

    double streamBytes(Experts o, int height, double k) {
        return (height * o.activations().bytes() + WIDTH * o.weights().bytes()) * k;
    }

    double streamSeconds(Experts o, int height, double k) {
        return streamBytes(o, height, k) / engineRate;
    }

    static double productBytes(Experts o, double active, double rows, double n, double k) {
        double perRow = k * o.activations().bytes() + n * DataType.BF16.bytes();
        return active * n * k * o.weights().bytes() + rows * perRow;
    }

    static double rowElements(Experts o) {
        return 3 * o.hidden() + (o.gated() ? 3 : 2) * o.inner();
    }

    double passBytes(Experts o, Kernel kernel, double rows) {
        double elements = shared().finalise() * o.tokens() * o.hidden()
                + kernel.rowPasses() * rows * rowElements(o)
                + kernel.slotPasses() * o.tokens() * o.topK() * o.hidden();
        return elements * DataType.BF16.bytes();
    }

    private double passes(Experts o, Kernel kernel, double rows) {
        return passBytes(o, kernel, rows) / chip.memoryBandwidth() + shared().sort() * o.tokens() * o.topK();
    }

    @Override
    public Figure explain(Experts o) {
        Kernel kernel = kernel(o);
        TokenCounts counts = counts(o);
        return new ExpertsExplanation(this, o, lastName, kernel, counts, height(o, kernel, counts)).figure(seconds(o));
    }

    /** The kernel of an operation. Steps ask for one layer again and again, so the last choice is kept. */
    private Kernel kernel(Experts o) {
        Kernel known = last;
        Experts like = lastShape;
        if (known != null
                && (forced != null
                        || (like != null
                                && like.weights() == o.weights()
                                && like.activations() == o.activations()
                                && like.gated() == o.gated()))) {
            return known;
        }
        lastName = forced != null ? forced : profile.nameFor(o);
        Kernel found = profile.generation().kernels().get(lastName);
        if (found == null) {
            throw new IllegalArgumentException("no kernel '" + lastName + "'; expected one of "
                    + profile.generation().kernels().sequencedKeySet());
        }
        last = found;
        lastShape = o;
        return found;
    }

    private TokenCounts counts(Experts o) {
        if (o.routing().alpha() == 0) {
            return TokenCounts.even(o.routing().kind());
        }
        PowerLawCounts recent = lastTable;
        if (recent != null && recent.isFor(o)) {
            return recent;
        }
        PowerLawCounts table = tables.computeIfAbsent(
                new PowerLawDraw(o.experts(), o.topK(), o.ranks(), o.routing()), PowerLawCounts::new);
        lastTable = table;
        return table;
    }

    Chip chip() {
        return chip;
    }

    ExpertsProfile profile() {
        return profile;
    }

    private Shared shared() {
        return profile.shared();
    }
}
