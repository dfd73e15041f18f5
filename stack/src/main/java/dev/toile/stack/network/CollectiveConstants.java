package dev.toile.stack.network;

import dev.toile.stack.figure.Constant;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The constants of collectives, see {@link CollectiveTime}.
 *
 * @param shared by all generations
 * @param generations of links and chips, by name, such as {@code hopper}
 * @param libraries launched by a host, by name of library and generation, such as {@code nccl-2.18-hopper}
 */
public record CollectiveConstants(
        Shared shared, SequencedMap<String, Generation> generations, SequencedMap<String, Library> libraries) {

    /** Makes the maps unmodifiable. */
    public CollectiveConstants {
        generations = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(generations));
        libraries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(libraries));
    }

    /**
     * An older version of a library, launched call by call by a host instead of from a recorded graph.
     *
     * @param hostLaunch seconds below which no call falls
     * @param fill seconds of {@link Shared#fill}, under this version
     */
    public record Library(
            @Constant(unit = "s", meaning = "shortest call that a host launches", high = 1e-4)
            double hostLaunch,

            @Constant(unit = "s", meaning = "fill of a pipeline stage under this version", high = 1e-3)
            double fill) {}

    /**
     * What did not differ between generations.
     *
     * @param fill seconds f of a stage: a transfer of x seconds is cut into chunks, and filling the pipeline of stages
     *     costs sqrt(f x) at the best size of chunks
     * @param exchangeFill the same of an exchange of all with all
     * @param exchange seconds by which the call of an exchange takes longer
     * @param switchCall seconds by which a reduction in the switches takes longer to start
     * @param oneShotShare of the usable bandwidth that a one-shot kernel reads its peers at
     */
    public record Shared(
            @Constant(unit = "s", meaning = "fill of a pipeline stage", high = 1e-3)
            double fill,

            @Constant(unit = "s", meaning = "fill of a stage of an exchange of all with all", high = 1e-3)
            double exchangeFill,

            @Constant(unit = "s", meaning = "longer call of an exchange of all with all", high = 1e-4)
            double exchange,

            @Constant(unit = "s", meaning = "longer call of a reduction in the switches", high = 1e-3)
            double switchCall,

            @Constant(unit = "1", meaning = "share of usable bandwidth of a one-shot kernel", low = 0.1, high = 1)
            double oneShotShare) {

        /** The same with another fill. */
        public Shared withFill(double other) {
            return new Shared(other, exchangeFill, exchange, switchCall, oneShotShare);
        }
    }

    /**
     * What differs between generations.
     *
     * @param call seconds of the shortest call of the library
     * @param step seconds of one hop
     * @param copyRate at which a rank copies its own share, over the usable link bandwidth
     * @param switchShare of the usable bandwidth at which switches that add deliver; 0 where they do not
     * @param switchRanks ranks from which the library uses switches that add
     * @param oneShotCall seconds of the shortest call of the serving software's own kernel
     * @param oneShotLimit bytes up to which the serving software uses its own kernel
     */
    public record Generation(
            @Constant(unit = "s", meaning = "shortest call of the library", high = 1e-4)
            double call,

            @Constant(unit = "s", meaning = "one hop", high = 1e-4)
            double step,

            @Constant(
                    unit = "1",
                    meaning = "rate of copying one's own share over that of the links",
                    low = 0.5,
                    high = 30)
            double copyRate,

            @Constant(unit = "1", meaning = "share of usable bandwidth of switches that add", high = 1)
            double switchShare,

            @Constant(unit = "1", meaning = "ranks from which switches add", fitted = false)
            double switchRanks,

            @Constant(unit = "s", meaning = "shortest call of the serving software's own kernel", high = 1e-4)
            double oneShotCall,

            @Constant(unit = "byte", meaning = "largest buffer of the serving software's own kernel", fitted = false)
            double oneShotLimit) {}

    /**
     * The constants of one generation, for a fabric.
     *
     * @param shared by all generations
     * @param generation of the fabric, or the nearest that was measured
     * @param hostLaunch seconds below which no call falls that the host launches one by one; 0 in recorded graphs
     * @param ownKernels whether the serving software's own kernels may run, or only the library's
     * @param note why they are borrowed; empty when they are not
     * @param provenance of all of them
     */
    public record Profile(
            Shared shared,
            Generation generation,
            double hostLaunch,
            boolean ownKernels,
            String note,
            Provenance provenance) {

        /** Software that loses nothing: no calls, no fills, links at all they can carry, switches that add for any ranks. */
        public static Profile ideal() {
            Source source = Source.definition("no loss but by links and switches: a lower bound");
            double never = 1e30;
            return new Profile(
                    new Shared(0, 0, 0, 0, 1),
                    new Generation(0, 0, never, 1, 2, 0, never),
                    0,
                    true,
                    "",
                    Provenance.all(source));
        }

        /** The library alone, replayed from a graph. */
        public Profile libraryOnly() {
            return new Profile(shared, generation, 0, false, note, provenance);
        }

        /** An older version of the library, launched by a host. */
        public Profile under(Library library) {
            return new Profile(
                    shared.withFill(library.fill()), generation, library.hostLaunch(), false, note, provenance);
        }
    }
}
