package dev.toile.stack.parallel;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.workload.AttentionLayer;
import dev.toile.stack.workload.FeedForward;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.Transformer;

/**
 * What one chip's memory holds when it serves: weights, activations of a step, KV cache.
 *
 * @param model that is served
 * @param precision of the deployment
 * @param parallelism of the replica
 * @param chip whose memory it is
 * @param profile whose runtime leaves some of the memory free
 * @param stepTokens tokens of the largest step of one attention replica
 * @param weights of the largest stage, bytes
 * @param cacheBytesPerToken bytes one token of context costs on one chip, in the layers that see the whole context
 */
public record MemoryFit(
        Transformer model,
        Precision precision,
        Parallelism parallelism,
        Chip chip,
        SoftwareProfile profile,
        double stepTokens,
        double weights,
        double cacheBytesPerToken) {

    /** Buffers of the size of tokens x hidden that live at once: residual, norm, attention, inner features. */
    private static final double LIVE_BUFFERS = 8;

    /** What a model holds under a layout, its weights and caches counted. */
    public MemoryFit(
            Transformer model,
            Precision precision,
            Parallelism parallelism,
            Chip chip,
            SoftwareProfile profile,
            double stepTokens) {
        this(
                model,
                precision,
                parallelism,
                chip,
                profile,
                stepTokens,
                weights(model, precision, parallelism),
                cacheBytesPerToken(model, precision, parallelism));
    }

    /** The same with other buffers. */
    public MemoryFit withStepTokens(double tokens) {
        return new MemoryFit(model, precision, parallelism, chip, profile, tokens, weights, cacheBytesPerToken);
    }

    private static double weights(Transformer model, Precision precision, Parallelism parallelism) {
        double hidden = model.hidden();
        double layers = 0;
        for (Transformer.LayerRun run : model.layers()) {
            double attention = run.attention().chipParameters(model.hidden(), parallelism.tensor());
            layers += run.count() * (attention + feedForward(run.feedForward(), model, parallelism));
        }
        double embeddings = (model.embeddingParameters() + model.headParameters()) / (double) parallelism.tensor();
        double norms = 1.0 * model.normCount() * model.normParameters() * hidden;
        double sixteen = DataType.BF16.bytes();
        return layers * precision.weights().bytes() / parallelism.pipeline()
                + (embeddings + norms) * sixteen / parallelism.pipeline();
    }

    private static double feedForward(FeedForward feedForward, Transformer model, Parallelism parallelism) {
        return switch (feedForward) {
            case FeedForward.Dense f -> f.parameters(model.hidden()) / (double) parallelism.tensor();
            case FeedForward.MixtureOfExperts f -> {
                double routed = (double) f.experts() * f.expertParameters(model.hidden());
                double common = f.parameters(model.hidden()) - routed;
                yield routed / Math.max(parallelism.tensor(), parallelism.expert()) + common / parallelism.tensor();
            }
            case FeedForward.None _ -> 0;
        };
    }

    /** Activations of the largest step, bytes. */
    public double activations() {
        return LIVE_BUFFERS * stepTokens * model.hidden() * DataType.BF16.bytes();
    }

    private static double cacheBytesPerToken(Transformer model, Precision precision, Parallelism parallelism) {
        double bytes = 0;
        for (Transformer.LayerRun run : model.layers()) {
            if (run.attention().window() == 0) {
                bytes += cacheElements(run, parallelism);
            }
        }
        return bytes * precision.kvCache().bytes() / parallelism.pipeline();
    }

    private static double cacheElements(Transformer.LayerRun run, Parallelism parallelism) {
        int shares = Math.min(parallelism.tensor(), run.attention().cacheHeads());
        return run.count() * run.attention().cacheElements() / shares;
    }

    /**
     * Bytes a sequence costs on one chip beside {@link #cacheBytesPerToken()}: states of layers without attention, and
     * the tokens in the windows of those that have one.
     *
     * @param context tokens of the sequence
     */
    public double stateBytesPerSequence(double context) {
        double bytes = 0;
        for (int i = 0; i < model.layers().size(); i++) {
            Transformer.LayerRun run = model.layers().get(i);
            AttentionLayer attention = run.attention();
            if (attention.stateBytes() == 0 && attention.window() == 0) {
                continue;
            }
            int shares = Math.min(parallelism.tensor(), attention.cacheHeads());
            bytes += run.count() * attention.stateBytes() / shares;
            double windowed = attention.window() == 0 ? 0 : Math.min(context, attention.window());
            bytes += windowed
                    * cacheElements(run, parallelism)
                    * precision.kvCache().bytes();
        }
        return bytes / parallelism.pipeline();
    }

    /** Bytes that so many sequences of a mean context hold on one chip. */
    public double contextBytes(double sequences, double context) {
        return sequences * context * cacheBytesPerToken() + sequences * stateBytesPerSequence(context);
    }

    /** Bytes left for the KV cache; negative when the weights alone do not fit. */
    public double cacheCapacity() {
        return chip.memoryCapacity() * profile.memoryFraction() - weights() - activations();
    }

    /**
     * Sequences whose contexts fit with 99 % certainty, over one attention replica's chips: the sum of n contexts
     * stays below {@code n mean + 2.33 sqrt(n) deviation}. What a sequence costs whatever its length counts as so many
     * tokens more.
     */
    public double sequences(double meanContext, double deviation) {
        double perToken = cacheBytesPerToken;
        double state = stateBytesPerSequence(meanContext);
        if (perToken == 0) {
            return Math.max(0, cacheCapacity() / state);
        }
        double tokens = cacheCapacity() / perToken;
        if (tokens <= 0) {
            return 0;
        }
        double mean = meanContext + state / perToken;
        double spread = 2.3263478740408408 * deviation;
        double root = (Math.sqrt(spread * spread + 4 * mean * tokens) - spread) / (2 * mean);
        return root * root;
    }

    /** The tree behind {@link #cacheCapacity()}. */
    public Figure explainCapacity() {
        Source counted = Source.definition("counted from the shapes of " + model.name() + " under "
                + parallelism.label() + " at " + precision.weights());
        return Figure.of(
                "cache-capacity",
                "memory left for the KV cache of one chip",
                cacheCapacity(),
                Unit.BYTE,
                "memory-capacity * memory-fraction - weights - activations",
                chip.memoryCapacityFigure(),
                profile.memoryFractionFigure(),
                Figure.leaf("weights", "weights on one chip", weights(), Unit.BYTE, counted),
                Figure.leaf("activations", "activations of the largest step", activations(), Unit.BYTE, counted));
    }
}
