package dev.toile.stack.serving.simulation;

import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.parallel.MemoryFit;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.serving.simulation.EngineSettings.HostTier;

/**
 * A model laid out on a machine, ready to be simulated: step times from the mapping floor, blocks from the memory.
 *
 * <p>A pipeline of p stages has p batches under way; it is simulated as p engines, each with a share of the cache, whose
 * steps take the whole length of the pipeline.
 *
 * @param costs of the model's steps on the candidate
 * @param profile of the software
 * @param parallelism of a replica
 * @param options of each engine
 */
public record Deployment(StepCosts costs, SoftwareProfile profile, Parallelism parallelism, EngineOptions options) {

    /** Tokens: longer than any window, so that windows count whole. */
    private static final double WINDOW = 1e9;

    /** Step times; they remember, so each thread needs its own deployment. */
    public TermTimes times() {
        return new TermTimes(costs.under(parallelism));
    }

    private StepTimer timer() {
        return costs.timer();
    }

    /** The memory of one chip. */
    public MemoryFit fit() {
        return new MemoryFit(
                timer().model(), timer().precision(), parallelism, timer().chip(), profile, options.tokenBudget());
    }

    /** Blocks that fit beside the weights, of one engine; below 1 when not even one does. */
    public double blocks() {
        MemoryFit fit = fit();
        double states = options.maxSequences() * parallelism.pipeline() * fit.stateBytesPerSequence(WINDOW);
        double room = fit.cacheCapacity() - states;
        double perBlock = blockBytes() * parallelism.pipeline();
        return perBlock > 0 ? Math.min(room / perBlock, 1e9) : room > 0 ? 1e9 : 0;
    }

    /** Bytes of one block on one chip, in all layers of a stage. */
    private double blockBytes() {
        return options.blockTokens() * fit().cacheBytesPerToken();
    }

    /** Whether an engine has room for anything. */
    public boolean fits() {
        return blocks() >= 1;
    }

    /** Settings of one engine. */
    public EngineSettings settings() {
        double bytes = blockBytes();
        double hostBlocks = bytes > 0 ? options.hostCacheBytes() / (bytes * parallelism.pipeline()) : 0;
        HostTier tier = hostBlocks >= 1 ? new HostTier((int) hostBlocks, hostSeconds(bytes)) : HostTier.NONE;
        return new EngineSettings(
                options.policy(),
                options.tokenBudget(),
                options.maxSequences(),
                options.chunked(),
                options.blockTokens(),
                (int) blocks(),
                options.prefixCache(),
                tier,
                options.host(),
                options.speculation());
    }

    /** Seconds to bring a block from the host over the accelerator's share of the scale-out network's interface. */
    private double hostSeconds(double bytes) {
        int far = timer().collectives().fabric().domain();
        double one = timer().collectives()
                .time(new Collective("cache-load", Collective.Kind.SEND, 1e9, 2, far))
                .seconds();
        return bytes / 1e9 * one;
    }

    /** Replicas of this layout. */
    public Simulation simulation(TermTimes times, int replicas, RoutingPolicy routing) {
        int engines = parallelism.attentionReplicas();
        return new Simulation(settings(), () -> times, engines, replicas * parallelism.pipeline(), routing);
    }

    /** How long the cache of a prompt travels to another machine: each chip sends its share through its own adapter. */
    public SplitSimulation.Transfer transfer() {
        MemoryFit fit = fit();
        int far = timer().collectives().fabric().domain();
        return tokens -> timer().collectives()
                .time(new Collective("cache-transfer", Collective.Kind.SEND, fit.contextBytes(1, tokens), 2, far))
                .seconds();
    }
}
