package dev.toile.stack.chip;

import dev.toile.stack.process.ProcessNode;

/**
 * Dies under the compute dies, of a node of their own: they carry what hardly shrinks, that is the interfaces to memory,
 * the serial links and a memory-side cache, and the compute dies are bonded on top of them, nearer to the cold plate.
 *
 * @param process node of the base dies
 * @param dies in one package
 * @param sram bytes of the memory-side cache on all of them
 * @param kind what surrounds its macros
 * @param bytesPerCycle that all base dies together read from it; the bond to the compute dies is as wide
 * @param topology of the network on a base die
 * @param clock Hz of that network
 * @param between bytes/s between base dies, one direction, of all cuts
 */
public record BaseDies(
        ProcessNode process,
        double dies,
        double sram,
        SharedMemory.Kind kind,
        double bytesPerCycle,
        SharedMemory.Topology topology,
        double clock,
        double between) {

    /** Bytes/s from the base dies up to the compute dies. */
    public double bandwidth() {
        return bytesPerCycle * clock;
    }
}
