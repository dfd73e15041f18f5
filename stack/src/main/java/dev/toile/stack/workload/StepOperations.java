package dev.toile.stack.workload;

import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.operation.Operation.Experts;
import dev.toile.stack.operation.Operation.Matmul;
import dev.toile.stack.operation.Routing;
import dev.toile.stack.workload.Transformer.LayerRun;
import java.util.List;

/**
 * The operations of one forward pass as one chip sees them: layer by layer, with the collectives between.
 *
 * <p>Attention and dense layers are cut by heads and inner features (Shoeybi et al., "Megatron-LM", 2019, section 3).
 * With expert parallelism, each of {@code experts / tensor} attention replicas brings its own tokens and the experts of
 * all are spread over {@code experts} chips; routing is taken as even.
 *
 * @param model whose pass it is
 * @param precision of the deployment
 * @param shard one chip's share
 * @param shape tokens of one attention replica
 */
public record StepOperations(Transformer model, Precision precision, Shard shard, StepShape shape) {

    /**
     * Bytes of each logit that drawing at a temperature reads and writes, in 32 bit and pass by pass: cast (2, 4),
     * temperature (4, 4), softmax (8, 4), noise (0, 4), its quotient (8, 4), the largest (4, 0) (vLLM,
     * vllm/v1/sample/sampler.py and ops/topk_topp_sampler.py). Taking the largest alone would read 6 and write 4.
     */
    private static final double SAMPLER_READ = 26;

    private static final double SAMPLER_WRITTEN = 20;

    /** All operations of the pass over all layers. */
    public List<Work> list() {
        WorkList out = new WorkList();
        each(out);
        return out.all();
    }

    /** Hands over the operations of the pass that are wanted, in order. */
    public void each(WorkSink out) {
        if (out.wants(Work.Term.TOKENS)) {
            double embedded = tokens() * model.hidden() * 2;
            out.byTokens(new Elementwise("embedding", embedded, embedded, 0), 1);
        }
        layers(out);
        if (out.wants(Work.Term.LOGITS)) {
            head(out);
            sample(out);
        }
    }

    /** The operations of the layers alone, without embedding and output head. */
    public List<Work> layers() {
        WorkList out = new WorkList();
        layers(out);
        return out.all();
    }

    /** The operations of the output head with the loss, as in training. */
    public List<Work> headWithLoss() {
        WorkList out = new WorkList();
        head(out);
        loss(out);
        return out.all();
    }

    private void layers(WorkSink out) {
        AttentionOperations attention = new AttentionOperations(model.hidden(), precision, shard, shape);
        if (!out.wants(Work.Term.TOKENS)) {
            List<LayerRun> runs = model.layers();
            for (int i = 0; i < runs.size(); i++) {
                attention.add(out, runs.get(i).attention(), runs.get(i).count());
            }
            return;
        }
        for (LayerRun run : model.layers()) {
            if (!(run.attention() instanceof AttentionLayer.None)) {
                norm(out, "attention-norm", run.count());
                attention.add(out, run.attention(), run.count());
                reduce(out, "attention-all-reduce", run.count());
            }
            if (!(run.feedForward() instanceof FeedForward.None)) {
                norm(out, "feed-forward-norm", run.count());
                feedForward(out, run.feedForward(), run.count());
            }
            if (run.furtherNorms() > 0) {
                norm(out, "further-norm", (double) run.count() * run.furtherNorms());
            }
        }
    }

    private void feedForward(WorkSink out, FeedForward feedForward, double count) {
        switch (feedForward) {
            case FeedForward.Dense f -> {
                dense(out, "feed-forward", f.width(), f.gated(), count);
                reduce(out, "feed-forward-all-reduce", count);
            }
            case FeedForward.MixtureOfExperts f -> experts(out, f, count);
            case FeedForward.None _ -> {}
        }
    }

    private double tokens() {
        return shape.wholeTokens();
    }

    private Matmul linear(String name, double m, double n, double k) {
        return precision.linear(name, m, n, k);
    }

    /** Residual addition and normalisation in one kernel: reads both, writes both. */
    private void norm(WorkSink out, String name, double count) {
        double share = shard.sequenceParallel() ? 1.0 / shard.tensor() : 1;
        double rows = tokens() * share;
        double bytes = 2 * rows * model.hidden() * 2;
        out.byTokens(new Elementwise(name, Elementwise.Kind.NORM, rows, model.hidden(), bytes, bytes, 0), count);
    }

    private void reduce(WorkSink out, String name, double count) {
        if (shard.tensor() > 1) {
            double bytes = tokens() * model.hidden() * 2;
            out.byTokens(new Collective(name, Collective.Kind.ALL_REDUCE, bytes, shard.tensor(), 1), count);
        }
    }

    private void dense(WorkSink out, String name, double width, boolean gated, double count) {
        double inner = width / shard.tensor();
        double up = (gated ? 2 : 1) * inner;
        out.byTokens(linear(name + "-up", tokens(), up, model.hidden()), count);
        double written = tokens() * inner * precision.activations().bytes();
        out.byTokens(
                new Elementwise(
                        name + "-activation",
                        Elementwise.Kind.ACTIVATION,
                        tokens(),
                        inner,
                        tokens() * up * 2,
                        written,
                        0),
                count);
        out.byTokens(linear(name + "-down", tokens(), model.hidden(), inner), count);
    }

    private void experts(WorkSink out, FeedForward.MixtureOfExperts f, double count) {
        DataType b16 = DataType.BF16;
        double gates = f.experts() + (f.traits().contains(FeedForward.Trait.SHARED_GATE) ? 1 : 0);
        out.byTokens(new Matmul("router", tokens(), gates, model.hidden(), b16, b16, b16), count);
        boolean spread = shard.experts() > 1;
        double replicas = spread ? (double) shard.experts() / shard.tensor() : 1;
        double routed = tokens() * replicas;
        double inner = (double) f.width() / shard.expertTensor();
        double input = f.expertInput(model.hidden());
        if (f.latent() > 0) {
            out.byTokens(linear("expert-latent-down", tokens(), input, model.hidden()), count);
        }
        if (spread) {
            exchange(out, "expert-dispatch", f, precision.activations(), count);
        }
        Experts experts = new Experts(
                "experts",
                routed,
                input,
                inner,
                f.topK(),
                f.experts(),
                shard.experts(),
                f.gated(),
                precision.weights(),
                precision.activations(),
                Routing.RANDOM);
        out.byTokens(experts, count);
        if (spread) {
            exchange(out, "expert-combine", f, b16, count);
        }
        if (f.latent() > 0) {
            out.byTokens(linear("expert-latent-up", tokens(), model.hidden(), input), count);
        }
        if (f.sharedWidth() > 0) {
            dense(out, "shared-expert", f.sharedWidth(), f.gated(), count);
        }
        reduce(out, "feed-forward-all-reduce", count);
    }

    /** Each chip sends its share of the tokens to the chips of the experts they visit. */
    private void exchange(WorkSink out, String name, FeedForward.MixtureOfExperts f, DataType type, double count) {
        double copies = Math.min(f.topK(), shard.experts());
        double bytes = tokens() / shard.tensor() * copies * f.expertInput(model.hidden()) * type.bytes();
        out.byTokens(new Collective(name, Collective.Kind.ALL_TO_ALL, bytes, shard.experts(), 1), count);
    }

    private void head(WorkSink out) {
        double rows = (double) model.vocabulary() / shard.tensor();
        DataType b16 = DataType.BF16;
        out.byLogits(new Matmul("output-head", shape.wholeLogits(), rows, model.hidden(), b16, b16, b16), 1);
    }

    /** The loss of each token, over one chip's part of the vocabulary: logits are read once, two sums are written. */
    private void loss(WorkSink out) {
        double rows = (double) model.vocabulary() / shard.tensor();
        double logits = shape.wholeLogits();
        out.byLogits(
                new Elementwise("loss", Elementwise.Kind.SOFTMAX, logits, rows, logits * rows * 2, logits * 8, 0), 1);
    }

    /** Every chip gathers the logits of the whole vocabulary and draws from them. */
    private void sample(WorkSink out) {
        double words = model.vocabulary();
        double logits = shape.wholeLogits();
        if (shard.tensor() > 1) {
            double bytes = logits * words * DataType.BF16.bytes();
            out.byLogits(new Collective("logits-all-gather", Collective.Kind.ALL_GATHER, bytes, shard.tensor(), 1), 1);
        }
        out.byLogits(
                new Elementwise(
                        "sampling",
                        Elementwise.Kind.SOFTMAX,
                        logits,
                        words,
                        logits * words * SAMPLER_READ,
                        logits * words * SAMPLER_WRITTEN,
                        0),
                1);
    }
}
