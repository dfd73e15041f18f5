package dev.toile.stack.serving.simulation;

import dev.toile.stack.parallel.StepCost;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.workload.StepShape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Step times from the mapping floor, remembered by term: products by the number of tokens, decode attention by sequences
 * and mean context, prompt attention by tiles of 64 queries and the tokens before them. Serves one thread.
 */
public final class TermTimes implements StepTimes {

    /** Queries of a prompt that attention kernels take together; between them time hardly changes. */
    private static final int TILE = 64;

    private final StepCosts.Terms terms;
    private double[] byTokens = new double[0];
    private double[] byShared = new double[0];
    private double[] byLogits = new double[0];
    private @Nullable ContextGrid[] bySequences = new ContextGrid[0];
    private @Nullable ContextGrid[] byTiles = new ContextGrid[0];
    private double launch = Double.NaN;

    /** Times of one layout. */
    public TermTimes(StepCosts.Terms terms) {
        this.terms = terms;
    }

    @Override
    public double tokens(int tokens) {
        byTokens = reaching(byTokens, tokens);
        if (Double.isNaN(byTokens[tokens])) {
            byTokens[tokens] = terms.byTokens(tokensOnly(tokens)).seconds();
        }
        return byTokens[tokens];
    }

    @Override
    public double shared(int tokens) {
        byShared = reaching(byShared, tokens);
        if (Double.isNaN(byShared[tokens])) {
            byShared[tokens] = terms.sharedSeconds(tokensOnly(tokens));
        }
        return byShared[tokens];
    }

    @Override
    public double logits(int tokens) {
        byLogits = reaching(byLogits, tokens);
        if (Double.isNaN(byLogits[tokens])) {
            byLogits[tokens] =
                    tokens == 0 ? 0 : terms.byLogits(logitsOnly(tokens)).seconds();
        }
        return byLogits[tokens];
    }

    private static double[] reaching(double[] table, int index) {
        if (index < table.length) {
            return table;
        }
        double[] larger = Arrays.copyOf(table, Math.max(2 * table.length, index + 64));
        Arrays.fill(larger, table.length, larger.length, Double.NaN);
        return larger;
    }

    @Override
    public double decode(int sequences, double contexts) {
        if (sequences == 0) {
            return 0;
        }
        if (sequences >= bySequences.length) {
            bySequences = Arrays.copyOf(bySequences, Math.max(2 * bySequences.length, sequences + 64));
        }
        ContextGrid grid = bySequences[sequences];
        if (grid == null) {
            grid = new ContextGrid(mean ->
                    terms.byContext(decodeOnly(sequences, Math.max(1, mean))).seconds());
            bySequences[sequences] = grid;
        }
        return grid.at(contexts / sequences);
    }

    @Override
    public double prompt(int queries, int before) {
        int tiles = (queries + TILE - 1) / TILE;
        if (tiles >= byTiles.length) {
            byTiles = Arrays.copyOf(byTiles, Math.max(2 * byTiles.length, tiles + 16));
        }
        ContextGrid grid = byTiles[tiles];
        if (grid == null) {
            grid = new ContextGrid(cached ->
                    terms.byContext(StepShape.prefill(1, tiles * TILE, cached)).seconds());
            byTiles[tiles] = grid;
        }
        return grid.at(before);
    }

    @Override
    public double promptLaunch() {
        if (Double.isNaN(launch)) {
            launch = terms.byContext(StepShape.prefill(1, 1, 0)).seconds();
        }
        return launch;
    }

    /**
     * What all the steps of a simulation cost one chip of an engine: the sums of a tally, priced. Attention of prompts
     * is priced at their mean shape with the same pairs of queries and keys.
     */
    public StepCost cost(Tally tally) {
        double[] sums = new double[5];
        for (int i = 1; i < tally.steps.length; i++) {
            if (tally.steps[i] > 0) {
                add(sums, terms.byTokens(tokensOnly(i)), tally.steps[i]);
            }
        }
        for (int i = 1; i < tally.logitSteps.length; i++) {
            if (tally.logitSteps[i] > 0) {
                add(sums, terms.byLogits(logitsOnly(i)), tally.logitSteps[i]);
            }
        }
        for (int i = 1; i < tally.decodeSteps.length; i++) {
            if (tally.decodeSteps[i] > 0) {
                double mean = tally.decodeContexts[i] / tally.decodeSteps[i] / i;
                add(sums, terms.byContext(decodeOnly(i, mean)), tally.decodeSteps[i]);
            }
        }
        if (tally.chunks > 0) {
            double each = tally.queries / tally.chunks;
            double context = tally.pairs / tally.queries + (each - 1) / 2;
            add(sums, terms.byContext(new StepShape(0, 0, 1, each, context, 1)), tally.chunks);
        }
        return new StepCost(sums[0], sums[1], sums[2], sums[3], sums[4]);
    }

    private static void add(double[] sums, StepCost cost, long steps) {
        double times = (double) steps;
        sums[0] += times * cost.seconds();
        sums[1] += times * cost.tensorJoules();
        sums[2] += times * cost.memoryJoules();
        sums[3] += times * cost.linkJoules();
        sums[4] += times * cost.flops();
    }

    private static StepShape tokensOnly(int tokens) {
        return new StepShape(tokens, 1, 0, 0, 0, 0);
    }

    private static StepShape logitsOnly(int tokens) {
        return new StepShape(tokens, 1, 0, 0, 0, tokens);
    }

    private static StepShape decodeOnly(int sequences, double context) {
        return new StepShape(sequences, context, 0, 0, 0, sequences);
    }
}
