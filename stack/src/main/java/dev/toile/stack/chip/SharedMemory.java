package dev.toile.stack.chip;

/**
 * The memory that all cores of a package share.
 *
 * @param bytes on the dies, spare ones included
 * @param usable bytes of them
 * @param kind a cache with tags and coherence, or a scratchpad that software fills
 * @param bytesPerCycle that all cores together read from it
 * @param topology of the network between
 */
public record SharedMemory(double bytes, double usable, Kind kind, double bytesPerCycle, Topology topology) {

    /** What surrounds the macros. */
    public enum Kind {
        /** Software-managed: banks, checks and copy engines. */
        SCRATCHPAD,
        /** Tags, misses in flight, coherence, atomics. */
        CACHE
    }

    /** Shape of the on-chip network. */
    public enum Topology {
        /** All cores to all banks, wires across the die. */
        CROSSBAR(1, 1),
        /** Neighbours only; a byte hops along the axes. */
        MESH(2.0 / 3, 1),
        /** One loop around the die: a quarter of it, a side, where the way across would be two thirds. */
        RING(1, 1.5);

        private final double span;
        private final double detour;

        Topology(double span, double detour) {
            this.span = span;
            this.detour = detour;
        }

        /** Wire laid for a byte per cycle, in sides of the die. */
        public double span() {
            return span;
        }

        /** Way of a byte over the shortest one along the axes. */
        public double detour() {
            return detour;
        }
    }
}
