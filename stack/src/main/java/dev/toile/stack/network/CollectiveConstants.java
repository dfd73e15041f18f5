package dev.toile.stack.network;

import dev.toile.stack.figure.Constant;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The constants of collectives, see {@link CollectiveTime} and {@link Protocols}.
 *
 * @param shared by all generations
 * @param choice what the library itself reckons with when it picks a protocol
 * @param generations of links and chips, by name, such as {@code hopper}
 * @param libraries launched by a host, by name of library and generation, such as {@code nccl-2.18-hopper}
 */
public record CollectiveConstants(
        Shared shared,
        Choice choice,
        SequencedMap<String, Generation> generations,
        SequencedMap<String, Library> libraries) {

    /** Makes the maps unmodifiable. */
    public CollectiveConstants {
        generations = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(generations));
        libraries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(libraries));
    }

    /**
     * A version of a library, launched call by call by a host instead of from a recorded graph.
     *
     * @param hostLaunch seconds below which no call falls
     * @param switchesFrom bytes from which this version lets the switches add whether that is faster or not; 0 where it
     *     takes the faster way
     * @param switchLaunch seconds below which no call falls in which the switches add; 0 where that is no longer than others
     * @param exposed seconds that each call waits for the host where the caller waits for one before it starts the next, so
     *     that nothing hides the launch; 0 where calls follow each other
     */
    public record Library(
            @Constant(unit = "s", meaning = "shortest call that a host launches", high = 1e-4)
            double hostLaunch,

            @Constant(
                    unit = "byte",
                    meaning = "buffer from which a version always lets the switches add",
                    fitted = false)
            double switchesFrom,

            @Constant(unit = "s", meaning = "shortest call of a version in which the switches add", high = 1e-4)
            double switchLaunch,

            @Constant(unit = "s", meaning = "wait for the host of calls one by one", high = 1e-4)
            double exposed) {

        /** The shortest call of a route. */
        double shortest(Route route) {
            return route.inSwitches() ? Math.max(hostLaunch, switchLaunch) : hostLaunch;
        }
    }

    /**
     * What a library reckons that one protocol takes: {@code call + steps step + bytes / (share bandwidth)}. These are
     * its own numbers, right or wrong; the times that follow from the choice are the fitted ones.
     *
     * @param call seconds of a call without bytes or steps
     * @param memoryStep seconds of a step over memory links
     * @param pcieStep seconds of a step over PCIe
     * @param networkStep seconds of a step over a network adapter
     * @param share of the bandwidth of memory links
     * @param pcieShare of the bandwidth of PCIe
     * @param networkShare of the bandwidth of network adapters
     */
    public record Estimate(
            @Constant(unit = "s", meaning = "call, as the library reckons", fitted = false)
            double call,

            @Constant(unit = "s", meaning = "step over memory links, as the library reckons", fitted = false)
            double memoryStep,

            @Constant(unit = "s", meaning = "step over PCIe, as the library reckons", fitted = false)
            double pcieStep,

            @Constant(unit = "s", meaning = "step over a network, as the library reckons", fitted = false)
            double networkStep,

            @Constant(unit = "1", meaning = "share of memory links, as the library reckons", fitted = false)
            double share,

            @Constant(unit = "1", meaning = "share of PCIe, as the library reckons", fitted = false)
            double pcieShare,

            @Constant(unit = "1", meaning = "share of a network, as the library reckons", fitted = false)
            double networkShare) {

        double step(Links links) {
            return switch (links) {
                case MEMORY -> memoryStep;
                case PCIE -> pcieStep;
                case NETWORK -> networkStep;
            };
        }

        double share(Links links) {
            return switch (links) {
                case MEMORY -> share;
                case PCIE -> pcieShare;
                case NETWORK -> networkShare;
            };
        }
    }

    /**
     * What the library reckons with for each of its protocols.
     *
     * @param ll LL: words of 4 bytes, each with a flag of 4
     * @param lines LL128: lines of 120 bytes with a flag of 8
     * @param simple Simple: chunks behind a barrier
     */
    public record Choice(Estimate ll, Estimate lines, Estimate simple) {}

    /**
     * What did not differ between generations.
     *
     * @param filledFrom bytes from which a call pays in full for filling the threads of its kernel, see
     *     {@link Generation#filled}
     * @param llShare of the usable bandwidth that LL attains
     * @param relay seconds that a step between domains takes over the latency of the network, LL excepted
     * @param exchangeRate bytes/s to each peer of a small exchange of all with all
     * @param switchCall seconds by which a reduction in the switches takes longer to start
     * @param switchFill seconds f of a reduction in the switches: a transfer of x seconds is cut into chunks, and filling
     *     the pipeline costs sqrt(f x) at the best size of chunks
     * @param oneShotShare of the usable bandwidth that a one-shot kernel reads its peers at
     */
    public record Shared(
            @Constant(unit = "byte", meaning = "buffer that fills the threads of a kernel", fitted = false)
            double filledFrom,

            @Constant(unit = "1", meaning = "share of usable bandwidth of LL", low = 0.1, high = 1)
            double llShare,

            @Constant(unit = "s", meaning = "step between domains over the latency of the network", high = 1e-3)
            double relay,

            @Constant(unit = "byte/s", meaning = "rate to each peer of a small exchange", high = 1e12)
            double exchangeRate,

            @Constant(unit = "s", meaning = "longer call of a reduction in the switches", high = 1e-3)
            double switchCall,

            @Constant(unit = "s", meaning = "fill of a reduction in the switches", high = 1e-3)
            double switchFill,

            @Constant(unit = "1", meaning = "share of usable bandwidth of a one-shot kernel", low = 0.1, high = 1)
            double oneShotShare) {}

    /**
     * What differs between generations.
     *
     * @param call seconds of the shortest call of LL and LL128
     * @param filled seconds by which a call of LL takes longer once its buffer fills the threads
     * @param llStep seconds of one hop of LL
     * @param linesStep seconds of one hop of LL128
     * @param simpleCall seconds of the shortest call of Simple
     * @param simpleStep seconds of one hop of Simple
     * @param copyRate bytes/s at which a rank copies its own share
     * @param linesEstimate share of the bandwidth that the library reckons LL128 attains, which is limited by its
     *     channels; in place of {@link Choice}'s
     * @param switchShare of the usable bandwidth at which switches that add deliver; 0 where they do not
     * @param switchRanks ranks from which the library uses switches that add
     * @param oneShotCall seconds of the shortest call of the serving software's own kernel
     * @param oneShotPeer seconds that each peer adds to it once the buffer fills the threads
     * @param oneShotLimit bytes up to which the serving software uses its own kernel
     * @param exchange of all with all
     */
    public record Generation(
            @Constant(unit = "s", meaning = "shortest call of LL and LL128", high = 1e-4)
            double call,

            @Constant(unit = "s", meaning = "longer call of LL with its threads filled", high = 1e-4)
            double filled,

            @Constant(unit = "s", meaning = "one hop of LL", high = 1e-4)
            double llStep,

            @Constant(unit = "s", meaning = "one hop of LL128", high = 1e-4)
            double linesStep,

            @Constant(unit = "s", meaning = "shortest call of Simple", high = 1e-4)
            double simpleCall,

            @Constant(unit = "s", meaning = "one hop of Simple", high = 1e-4)
            double simpleStep,

            @Constant(unit = "byte/s", meaning = "rate of copying one's own share", low = 1e10, high = 1e13)
            double copyRate,

            @Constant(unit = "1", meaning = "share of LL128, as the library reckons", fitted = false)
            double linesEstimate,

            @Constant(unit = "1", meaning = "share of usable bandwidth of switches that add", high = 1)
            double switchShare,

            @Constant(unit = "1", meaning = "ranks from which switches add", fitted = false)
            double switchRanks,

            @Constant(unit = "s", meaning = "shortest call of the serving software's own kernel", high = 1e-4)
            double oneShotCall,

            @Constant(unit = "s", meaning = "longer own kernel by each peer, with its threads filled", high = 1e-4)
            double oneShotPeer,

            @Constant(unit = "byte", meaning = "largest buffer of the serving software's own kernel", fitted = false)
            double oneShotLimit,

            Exchange exchange) {}

    /**
     * An exchange of all with all, beside {@link Generation}.
     *
     * @param call seconds by which its call takes longer than that of LL
     * @param simpleCall seconds by which it takes longer still with large buffers
     * @param fill seconds f of sqrt(f x), with large buffers
     * @param copyRate bytes/s at which a rank copies its own share
     */
    public record Exchange(
            @Constant(unit = "s", meaning = "longer call of an exchange", high = 1e-4)
            double call,

            @Constant(unit = "s", meaning = "longer call of an exchange of large buffers", high = 1e-4)
            double simpleCall,

            @Constant(unit = "s", meaning = "fill of an exchange of large buffers", high = 1e-3)
            double fill,

            @Constant(unit = "byte/s", meaning = "rate of copying one's own share", low = 1e10, high = 1e13)
            double copyRate) {}

    /**
     * The constants of one generation, for a fabric.
     *
     * @param shared by all generations
     * @param choice of protocols
     * @param generation of the fabric, or the nearest that was measured
     * @param library that a host launches call by call; a launch of 0 for recorded graphs
     * @param ownKernels whether the serving software's own kernels may run, or only the library's
     * @param note why they are borrowed; empty when they are not
     * @param provenance of all of them
     */
    public record Profile(
            Shared shared,
            Choice choice,
            Generation generation,
            Library library,
            boolean ownKernels,
            String note,
            Provenance provenance) {

        /** Calls replayed from a recorded graph. */
        public static final Library RECORDED = new Library(0, 0, 0, 0);

        /** Software that loses nothing: no calls, no fills, links at all they can carry, switches that add for any ranks. */
        public static Profile ideal() {
            Source source = Source.definition("no loss but by links and switches: a lower bound");
            double never = 1e30;
            Estimate free = new Estimate(0, 0, 0, 0, 1, 1, 1);
            return new Profile(
                    new Shared(1, 1, 0, never, 0, 0, 1),
                    new Choice(free, free, free),
                    new Generation(0, 0, 0, 0, 0, 0, never, 1, 1, 2, 0, 0, never, new Exchange(0, 0, 0, never)),
                    RECORDED,
                    true,
                    "",
                    Provenance.all(source));
        }

        /** The library alone, replayed from a graph. */
        public Profile libraryOnly() {
            return new Profile(shared, choice, generation, RECORDED, false, note, provenance);
        }

        /** A version of the library, launched by a host. */
        public Profile under(Library version) {
            return new Profile(shared, choice, generation, version, false, note, provenance);
        }
    }
}
