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
        CROSSBAR(1, 2.0 / 3),
        /** Neighbours only; a byte hops. */
        MESH(2.0 / 3, 2.0 / 3),
        /** One loop around the die. */
        RING(1, 1);

        private final double span;
        private final double distance;

        Topology(double span, double distance) {
            this.span = span;
            this.distance = distance;
        }

        /** Wire laid for a byte per cycle, in sides of the die. */
        public double span() {
            return span;
        }

        /**
         * Wire that a byte travels, in sides of the die: two points at random in a square are 1/3 of a side apart each way.
         */
        public double distance() {
            return distance;
        }
    }
}
