package dev.toile.stack.workload;

import java.util.List;

/**
 * A decoder-only transformer.
 *
 * @param name as people call it
 * @param architecture the configuration's model type, such as {@code llama}
 * @param hidden features of the residual stream
 * @param vocabulary rows of the embedding
 * @param tiedEmbeddings whether the output head shares the embedding
 * @param positions learned position embeddings; 0 with rotary ones
 * @param normParameters parameters of one norm over the hidden size: one weight a feature, two with a bias
 * @param layers runs of equal layers, in order; where layers alternate, each kind gathered into one run, for the order
 *     changes no count
 */
public record Transformer(
        String name,
        String architecture,
        int hidden,
        int vocabulary,
        boolean tiedEmbeddings,
        int positions,
        int normParameters,
        List<LayerRun> layers) {

    /** Copies the layers. */
    public Transformer {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(name + " has no layers");
        }
    }

    /**
     * Equal layers.
     *
     * @param count how many
     * @param attention of each
     * @param feedForward of each
     * @param norms norms over the hidden size in each; one before attention and one before the feed-forward part unless
     *     the family has more
     */
    public record LayerRun(int count, AttentionLayer attention, FeedForward feedForward, int norms) {

        /** Layers with one norm before each of their parts. */
        public LayerRun(int count, AttentionLayer attention, FeedForward feedForward) {
            this(count, attention, feedForward, parts(attention, feedForward));
        }

        private static int parts(AttentionLayer attention, FeedForward feedForward) {
            return (attention instanceof AttentionLayer.None ? 0 : 1)
                    + (feedForward instanceof FeedForward.None ? 0 : 1);
        }

        /** Norms beyond those before attention and feed-forward part. */
        int furtherNorms() {
            return norms - parts(attention, feedForward);
        }

        /** Parameters of one layer, its norms included. */
        long parameters(int hidden, int normParameters) {
            return attention.parameters(hidden)
                    + feedForward.parameters(hidden)
                    + (long) norms * normParameters * hidden;
        }
    }

    /** Layers in all. */
    public int layerCount() {
        int count = 0;
        for (LayerRun run : layers) {
            count += run.count();
        }
        return count;
    }

    /** All parameters: embedding, layers, final norm, output head. */
    public long parameters() {
        long inLayers = 0;
        for (LayerRun run : layers) {
            inLayers += run.count() * run.parameters(hidden, normParameters);
        }
        return embeddingParameters() + inLayers + (long) normParameters * hidden + headParameters();
    }

    /** Parameters one token touches: of the experts only those it visits; the embedding counts as published, whole. */
    public long activeParameters() {
        long idle = layers.stream()
                .mapToLong(run -> run.count()
                        * (run.feedForward().parameters(hidden)
                                - run.feedForward().activeParameters(hidden)))
                .sum();
        return parameters() - idle;
    }

    /** Token and position embeddings. */
    public long embeddingParameters() {
        return (long) (vocabulary + positions) * hidden;
    }

    /** Output head; 0 when tied. */
    public long headParameters() {
        return tiedEmbeddings ? 0 : (long) vocabulary * hidden;
    }

    /**
     * Elements that one token adds to the KV cache over all layers. A layer with a window counts too, though it forgets
     * as many once its window is full.
     */
    public double cacheElementsPerToken() {
        return layers.stream()
                .mapToDouble(run -> run.count() * run.attention().cacheElements())
                .sum();
    }

    /** Norms over the hidden size in all layers. */
    public int normCount() {
        int count = 0;
        for (LayerRun run : layers) {
            count += run.count() * run.norms();
        }
        return count;
    }

    /** Bytes that a sequence of any length keeps over all layers: states of linear attention and of state spaces. */
    public double stateBytesPerSequence() {
        return layers.stream()
                .mapToDouble(run -> run.count() * run.attention().stateBytes())
                .sum();
    }

    /** Whether some operation of a step serves running sequences and prompts together, other than by its tokens. */
    public boolean mixesSequencesAndPrompts() {
        return layers.stream()
                .anyMatch(run -> run.attention() instanceof AttentionLayer.Latent latent && latent.indexer() != null);
    }

    /** Whether some layer routes tokens to experts. */
    public boolean hasExperts() {
        return layers.stream().anyMatch(run -> run.feedForward() instanceof FeedForward.MixtureOfExperts);
    }

    /** The fewest heads any layer attends with: the most chips that can share attention. */
    public int fewestHeads() {
        return layers.stream()
                .mapToInt(run -> run.attention().heads())
                .filter(heads -> heads > 0)
                .min()
                .orElse(1);
    }

    /** The fewest experts of any layer that has experts; 1 without. */
    public int fewestExperts() {
        return layers.stream()
                .filter(run -> run.feedForward() instanceof FeedForward.MixtureOfExperts)
                .mapToInt(run -> ((FeedForward.MixtureOfExperts) run.feedForward()).experts())
                .min()
                .orElse(1);
    }
}
