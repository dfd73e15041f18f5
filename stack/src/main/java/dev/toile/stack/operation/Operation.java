package dev.toile.stack.operation;

/** One tensor operation of one chip. Counts are doubles, for a step's mean token counts need not be whole. */
public sealed interface Operation {

    /** What it computes in the model, such as {@code attention-qkv}. */
    String name();

    /** Arithmetic it must do, in floating point operations; a multiply-add counts two. */
    double flops();

    /** Bytes that must cross the memory interface when nothing is resident on chip. */
    double bytes();

    /** The number format in which it multiplies. */
    DataType math();

    /**
     * A dense matrix multiplication {@code y[m,n] = x[m,k] w[n,k]}.
     *
     * @param name what it computes
     * @param m rows: tokens
     * @param n columns: output features on this chip
     * @param k depth: input features on this chip
     * @param weights format of w
     * @param activations format of x; also the math format
     * @param output format of y
     */
    record Matmul(String name, double m, double n, double k, DataType weights, DataType activations, DataType output)
            implements Operation {
        @Override
        public double flops() {
            return 2 * m * n * k;
        }

        @Override
        public double bytes() {
            return n * k * weights.bytes() + m * k * activations.bytes() + m * n * output.bytes();
        }

        @Override
        public DataType math() {
            return activations;
        }
    }

    /**
     * The routed experts of one layer on one rank, from the tokens to their weighted sums: permutation, two products
     * with the activation between, and the sum over the experts of each token. Router, shared experts and the exchange
     * of tokens between ranks are operations of their own.
     *
     * @param name what it computes
     * @param tokens fed to the rank, those of all ranks that exchange tokens
     * @param hidden input and output features of an expert
     * @param inner features of an expert on this rank, after the activation
     * @param topK experts of one token
     * @param experts of the layer, on all ranks
     * @param ranks over which whole experts are spread
     * @param gated whether a gate multiplies the inner features: three matrices instead of two
     * @param weights format of the weights
     * @param activations format of the input of each product; also the math format
     * @param routing how tokens spread over the experts
     */
    record Experts(
            String name,
            double tokens,
            double hidden,
            double inner,
            int topK,
            int experts,
            int ranks,
            boolean gated,
            DataType weights,
            DataType activations,
            Routing routing)
            implements Operation {

        /** Rows of the products: pairs of a token and one of its experts, of the mean rank. */
        public double slots() {
            return tokens * topK / ranks;
        }

        /** Experts of the rank that received tokens, expected. */
        public double active() {
            return routing.active(tokens, topK, experts, ranks);
        }

        /** Elements of the matrices of one expert on this rank. */
        public double expertElements() {
            return (gated ? 3 : 2) * hidden * inner;
        }

        @Override
        public double flops() {
            return 2 * slots() * expertElements();
        }

        /** Weights of active experts, and each visiting token once in and once out. */
        @Override
        public double bytes() {
            double visitors = Math.min(tokens, slots()) * hidden;
            return active() * expertElements() * weights.bytes()
                    + visitors * (activations.bytes() + DataType.BF16.bytes());
        }

        @Override
        public DataType math() {
            return activations;
        }
    }

    /**
     * Equal matrix multiplications in one launch: {@code y[i] = x[i] w[i]}, such as the projections that latent attention
     * absorbs, one for each head.
     *
     * @param name what it computes
     * @param batch how many
     * @param m rows of each: tokens
     * @param n columns of each
     * @param k depth of each
     * @param weights format of w
     * @param activations format of x; also the math format
     * @param output format of y
     */
    record BatchedMatmul(
            String name,
            double batch,
            double m,
            double n,
            double k,
            DataType weights,
            DataType activations,
            DataType output)
            implements Operation {
        @Override
        public double flops() {
            return 2 * batch * m * n * k;
        }

        @Override
        public double bytes() {
            return batch * (n * k * weights.bytes() + m * k * activations.bytes() + m * n * output.bytes());
        }

        @Override
        public DataType math() {
            return activations;
        }
    }

    /**
     * Attention of new tokens over the tokens before them.
     *
     * @param name what it computes
     * @param sequences independent sequences
     * @param queries new tokens of each sequence
     * @param context tokens up to the last query of a sequence, itself included
     * @param window tokens that a query sees at most, itself included; 0 when it sees all before it
     * @param heads query heads on this chip
     * @param keyValueHeads heads whose keys and values are stored on this chip
     * @param keyDim length of query and key vectors
     * @param valueDim length of value vectors
     * @param cacheElements stored elements per token and key-value head: keys plus values, or one latent vector
     * @param cache format of the KV cache
     * @param math format of the multiplications
     */
    record Attention(
            String name,
            double sequences,
            double queries,
            double context,
            double window,
            double heads,
            double keyValueHeads,
            double keyDim,
            double valueDim,
            double cacheElements,
            DataType cache,
            DataType math)
            implements Operation {

        /** Attention to all tokens before a query. */
        public Attention(
                String name,
                double sequences,
                double queries,
                double context,
                double heads,
                double keyValueHeads,
                double keyDim,
                double valueDim,
                double cacheElements,
                DataType cache,
                DataType math) {
            this(
                    name,
                    sequences,
                    queries,
                    context,
                    0,
                    heads,
                    keyValueHeads,
                    keyDim,
                    valueDim,
                    cacheElements,
                    cache,
                    math);
        }

        /** Whether the window hides tokens from a query. */
        public boolean windowed() {
            return window > 0 && window < context;
        }

        /** Tokens that the last query of a sequence sees, itself included. */
        public double seen() {
            return windowed() ? window : context;
        }

        /** Tokens of a sequence that at least one query sees. */
        public double read() {
            return windowed() ? Math.min(context, window + queries - 1) : context;
        }

        /** Query-key pairs of one head: causal, so each query sees the context up to itself, at most its window. */
        public double pairs() {
            if (!windowed()) {
                return sequences * queries * (context - (queries - 1) / 2);
            }
            // Queries before the window is full see first + 1, first + 2, ... tokens, the others the window.
            double first = Math.max(0, context - queries);
            double growing = Math.clamp(window - first, 0, queries);
            return sequences * (growing * (first + (growing + 1) / 2) + (queries - growing) * window);
        }

        /** Whether each sequence brings one new token. */
        public boolean decode() {
            return queries <= 1;
        }

        @Override
        public double flops() {
            return 2 * pairs() * heads * (keyDim + valueDim);
        }

        /** Bytes of keys and values that must be read. */
        public double cacheBytes() {
            return sequences * read() * keyValueHeads * cacheElements * cache.bytes();
        }

        @Override
        public double bytes() {
            double queriesAndOutputs = sequences * queries * heads * (keyDim + valueDim) * DataType.BF16.bytes();
            return cacheBytes() + queriesAndOutputs;
        }
    }

    /**
     * Work on the vector units that touches every element a fixed number of times: norms, activations, residuals, optimiser
     * updates.
     *
     * @param name what it computes
     * @param kind whether elements are alone or rows are reduced
     * @param rows reduced each by itself; where elements are alone, any count
     * @param columns elements of a row
     * @param read bytes read
     * @param written bytes written
     * @param flops arithmetic on the vector units
     */
    record Elementwise(
            String name, Elementwise.Kind kind, double rows, double columns, double read, double written, double flops)
            implements Operation {

        /** What one element needs of the others. */
        public enum Kind {
            /** Nothing: residuals, gates, rotations, casts, updates. */
            POINTWISE,
            /** Nothing, and a nonlinear function of itself: GELU, SiLU. */
            ACTIVATION,
            /** Mean and spread of its row: layer norm, RMS norm. */
            NORM,
            /** Largest element and sum of exponentials of its row. */
            SOFTMAX;

            /** Whether a row is read as a whole before an element of it is written. */
            public boolean reduces() {
                return this == NORM || this == SOFTMAX;
            }

            /** Exponentials, or as costly functions, per element. */
            public double exponentials() {
                return this == ACTIVATION || this == SOFTMAX ? 1 : 0;
            }
        }

        /** Work on elements of 16 bit, each alone. */
        public Elementwise(String name, double read, double written, double flops) {
            this(
                    name,
                    Elementwise.Kind.POINTWISE,
                    1,
                    Math.max(read, written) / DataType.BF16.bytes(),
                    read,
                    written,
                    flops);
        }

        /** Elements that it works on. */
        public double elements() {
            return rows * columns;
        }

        @Override
        public double bytes() {
            return read + written;
        }

        @Override
        public DataType math() {
            return DataType.FP32;
        }
    }

    /**
     * Communication among ranks; its time belongs to the network floor.
     *
     * @param name what it moves
     * @param kind which collective
     * @param bytes the full buffer as in nccl-tests: received for all-gather, sent for reduce-scatter and all-to-all
     * @param ranks chips that take part
     * @param stride distance between neighbouring ranks in chips: 1 for a tensor-parallel group, the size of a model
     *     replica for a data-parallel one
     */
    record Collective(String name, Collective.Kind kind, double bytes, int ranks, int stride) implements Operation {
        /** Which collective. */
        public enum Kind {
            /** Every rank ends with the sum of all. */
            ALL_REDUCE,
            /** Every rank ends with the parts of all. */
            ALL_GATHER,
            /** Every rank ends with its part of the sum. */
            REDUCE_SCATTER,
            /** Every rank sends a different part to every other. */
            ALL_TO_ALL,
            /** One rank sends to the next. */
            SEND
        }

        @Override
        public double flops() {
            return 0;
        }

        @Override
        public DataType math() {
            return DataType.BF16;
        }
    }
}
