package dev.toile.stack.workload;

import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.BatchedMatmul;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.workload.AttentionLayer.GroupedQuery;
import dev.toile.stack.workload.AttentionLayer.Indexer;
import dev.toile.stack.workload.AttentionLayer.Latent;
import dev.toile.stack.workload.AttentionLayer.Recurrent;

/**
 * The operations of attention and of what stands in its place, as one chip sees them.
 *
 * @param hidden features of the residual stream
 * @param precision of the deployment
 * @param shard one chip's share
 * @param shape tokens of one attention replica
 */
record AttentionOperations(int hidden, Precision precision, Shard shard, StepShape shape) {

    /** Query, key and value heads of one chip with their lengths, and what is cached of a token and key-value head. */
    private record Heads(
            double query, double keyValue, double keyDim, double valueDim, double cached, DataType cache) {}

    /** Adds the operations of layers with one kind of attention. */
    void add(WorkSink out, AttentionLayer attention, double count) {
        switch (attention) {
            case GroupedQuery a -> groupedQuery(out, a, count);
            case Latent a -> latent(out, a, count);
            case Recurrent a -> recurrent(out, a, count);
            case AttentionLayer.None _ -> {}
        }
    }

    private double tokens() {
        return shape.wholeTokens();
    }

    private double prompts() {
        return shape.promptSequences() * shape.promptTokens();
    }

    private void linear(WorkSink out, String name, double n, double k, double count) {
        if (out.wants(Work.Term.TOKENS)) {
            out.byTokens(precision.linear(name, tokens(), n, k), count);
        }
    }

    private void groupedQuery(WorkSink out, GroupedQuery a, double count) {
        double heads = (double) a.heads() / shard.tensor();
        double keyValueHeads = Math.max(1, (double) a.keyValueHeads() / shard.tensor());
        double dim = a.headDim();
        if (out.wants(Work.Term.TOKENS)) {
            double projected = (a.queryParts() * heads + a.keyValueParts() * keyValueHeads) * dim;
            linear(out, "attention-qkv", projected, hidden, count);
        }
        Heads each = new Heads(heads, keyValueHeads, dim, dim, 2 * dim, precision.kvCache());
        decode(out, each, a.window(), count);
        prefill(out, each, a.window(), count);
        if (out.wants(Work.Term.TOKENS) && a.queryParts() > 1) {
            double bytes = tokens() * heads * dim * 2;
            out.byTokens(new Elementwise("attention-gate", 2 * bytes, bytes, 0), count);
        }
        linear(out, "attention-output", hidden, heads * dim, count);
    }

    private void decode(WorkSink out, Heads a, int window, double count) {
        if (shape.decodeSequences() > 0) {
            double context = shape.decodeContext();
            attention(
                    out,
                    Work.Term.DECODE,
                    "decode-attention",
                    a,
                    shape.decodeSequences(),
                    1,
                    context,
                    window,
                    precision.kvCache(),
                    count);
        }
    }

    private void prefill(WorkSink out, Heads a, int window, double count) {
        if (prompts() > 0) {
            double queries = shape.promptTokens();
            double context = shape.promptContext();
            double sequences = shape.promptSequences();
            Work.Term term = Work.Term.PROMPT;
            attention(out, term, "prefill-attention", a, sequences, queries, context, window, a.cache(), count);
        }
    }

    private static void attention(
            WorkSink out,
            Work.Term term,
            String name,
            Heads a,
            double sequences,
            double queries,
            double context,
            double window,
            DataType math,
            double count) {
        if (!out.wants(term)) {
            return;
        }
        Attention attention = new Attention(
                name,
                sequences,
                queries,
                context,
                window,
                a.query(),
                a.keyValue(),
                a.keyDim(),
                a.valueDim(),
                a.cached(),
                a.cache(),
                math);
        out.add(attention, count, term);
    }

    /**
     * Latent attention: decoding absorbs the up-projections into queries and outputs and attends over the latents;
     * a prompt expands its keys and values (DeepSeek-V2, arXiv:2405.04434, section 2.1 and appendix C). With an indexer,
     * a prompt longer than the choice attends over latents too (DeepSeek-V3.2, arXiv:2512.02556, section 2.1 and
     * appendix A); the chosen latents of neighbouring queries are taken as the same, so that each is read once:
     * a window of as many tokens.
     */
    private void latent(WorkSink out, Latent a, double count) {
        double heads = (double) a.heads() / shard.tensor();
        double down = a.queryRank() + a.latent() + a.rope();
        linear(out, "attention-down", down, hidden, count);
        double queryIn = a.queryRank() == 0 ? hidden : a.queryRank();
        linear(out, "attention-query-up", heads * a.queryDim(), queryIn, count);
        Indexer indexer = a.indexer();
        int seen = indexer == null ? 0 : indexer.topK();
        if (indexer != null && indexer.heads() > 0) {
            index(out, indexer, a.queryRank(), count);
        }
        boolean sparse = seen > 0 && prompts() > 0 && shape.promptContext() > seen;
        double absorbed = shape.decodeSequences() + (sparse ? prompts() : 0);
        Heads latents = new Heads(heads, 1, a.latent() + a.rope(), a.latent(), a.latentElements(), precision.kvCache());
        if (absorbed > 0) {
            absorbed(out, a, "attention-absorb", absorbed, heads, a.latent(), a.keyDim(), count);
            decode(out, latents, seen, count);
            if (sparse) {
                prefill(out, latents, seen, count);
            }
            absorbed(out, a, "attention-value-up", absorbed, heads, a.valueDim(), a.latent(), count);
        }
        if (prompts() > 0 && !sparse) {
            expanded(out, a, heads, count);
        }
        linear(out, "attention-output", hidden, heads * a.valueDim(), count);
    }

    private void expanded(WorkSink out, Latent a, double heads, double count) {
        double seen = shape.promptSequences() * shape.promptContext();
        double up = heads * (a.keyDim() + a.valueDim());
        out.byPrompt(precision.linear("attention-key-value-up", seen, up, a.latent()), count);
        double expanded = a.queryDim() + a.valueDim();
        prefill(out, new Heads(heads, heads, a.queryDim(), a.valueDim(), expanded, DataType.BF16), 0, count);
    }

    /** Under an indexer the queries of long prompts join those of running sequences. */
    private static void absorbed(
            WorkSink out, Latent a, String name, double tokens, double heads, double n, double k, double count) {
        DataType b = DataType.BF16;
        BatchedMatmul product = new BatchedMatmul(name, heads, tokens, n, k, b, b, b);
        if (a.indexer() == null) {
            out.byDecode(product, count);
        } else {
            out.byBoth(product, count);
        }
    }

    /**
     * The indexer, whole on each chip as in DeepSeek's own implementation: projections, scores of the whole context with
     * one key per token, and the choice, which reads each score once at 32 bit.
     */
    private void index(WorkSink out, Indexer indexer, int queryRank, double count) {
        double heads = indexer.heads();
        linear(out, "index-query", heads * indexer.dim(), queryRank, count);
        linear(out, "index-key", indexer.dim() + heads, hidden, count);
        Heads keys = new Heads(heads, 1, indexer.dim(), 0, indexer.dim(), precision.kvCache());
        double scores = 0;
        if (shape.decodeSequences() > 0) {
            double sequences = shape.decodeSequences();
            DataType math = precision.activations();
            double context = shape.decodeContext();
            attention(out, Work.Term.DECODE, "index-decode", keys, sequences, 1, context, 0, math, count);
            scores += sequences * context;
        }
        if (prompts() > 0) {
            double queries = shape.promptTokens();
            double context = shape.promptContext();
            double sequences = shape.promptSequences();
            DataType math = precision.activations();
            attention(out, Work.Term.PROMPT, "index-prefill", keys, sequences, queries, context, 0, math, count);
            scores += prompts() * (context - (queries - 1) / 2);
        }
        double chosen = tokens() * indexer.topK() * 4;
        out.byBoth(new Elementwise("index-choice", scores * 4, chosen, 0), count);
    }

    /**
     * Linear attention and state spaces: projections, a convolution over neighbouring tokens, the recurrence, the gated
     * norm. Decoding reads and writes the state of each sequence; a prompt multiplies in chunks. Its matrices are given
     * the depth that makes the operations those of the chunked form; the bytes follow from that and are a guess.
     */
    private void recurrent(WorkSink out, Recurrent a, double count) {
        double tensor = Math.min(shard.tensor(), a.stateHeads());
        double channels = a.channels() / tensor;
        double output = a.outputFeatures() / tensor;
        linear(out, "recurrent-input", a.inputFeatures() / tensor, hidden, count);
        double mixed = tokens() * channels;
        out.byTokens(
                new Elementwise("recurrent-convolution", mixed * 2, mixed * 2, mixed * 2 * a.convolution()), count);
        if (shape.decodeSequences() > 0) {
            double bytes = shape.decodeSequences() * a.stateBytes() / tensor;
            double flops = shape.decodeSequences() * a.stateElements() * a.updateFlops() / tensor;
            out.byDecode(new Elementwise("recurrent-update", bytes, bytes, flops), count);
        }
        if (prompts() > 0) {
            double groups = a.stateHeads() / tensor;
            double n = output / groups;
            double k = a.chunkFlops() / a.stateHeads() / (2 * n);
            DataType b = DataType.BF16;
            double sequences = shape.promptSequences();
            BatchedMatmul chunks =
                    new BatchedMatmul("recurrent-chunks", sequences * groups, shape.promptTokens(), n, k, b, b, b);
            out.byPrompt(chunks, count);
        }
        double gated = tokens() * output;
        double written = gated * precision.activations().bytes();
        out.byTokens(new Elementwise("recurrent-gate", 2 * gated * 2, written, 0), count);
        linear(out, "recurrent-output", hidden, output, count);
    }
}
