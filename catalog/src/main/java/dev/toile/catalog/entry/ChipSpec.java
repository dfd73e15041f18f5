package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.chip.Core;
import dev.toile.stack.chip.Packaging;
import dev.toile.stack.chip.SharedMemory;
import dev.toile.stack.operation.DataType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a built chip.
 *
 * @param process id of the node, or a feature size such as 8nm for values between the nodes of the catalog
 * @param computeDies in one package
 * @param tensorUnits working ones in one package, one to a core
 * @param spareUnits that may be defective; the customary share when left out
 * @param array of one tensor unit
 * @param types multiply-accumulates of each type per cycle over those of the widest
 * @param core around each tensor unit
 * @param sram shared memory in use
 * @param shared how it is made and reached
 * @param hbm memory stacks or devices
 * @param scaleUp bandwidth of the scale-up links, one direction; the system's when left out
 * @param scaleOut bandwidth of the scale-out links, one direction; the system's when left out
 * @param links generations of the serial lanes
 * @param dieToDie bandwidth between dies, one direction; the memory's when left out
 * @param base dies under the compute dies that carry the interfaces; without, the compute dies carry their own
 * @param packaging what carries the dies
 * @param clock the node's when left out
 * @param clockGating share of the clock tree that stops where there is no work
 * @param fixedClock whether the clock never gives way, so that the design power covers all parts at work at once
 * @param powerLimit that the package is held to
 */
@Doc("The parts of a built chip")
public record ChipSpec(
        String process,
        @Range(min = 1, max = 16) @Default("1") int computeDies,
        @Range(min = 1, max = 100_000) int tensorUnits,
        @Range(max = 100_000) @Nullable Integer spareUnits,
        @Default("{rows: 64, columns: 64}") ArraySpec array,

        @Unit("1") @Range(minExclusive = true, max = 64) @Default("{bf16: 1, fp16: 1, fp8: 2, int8: 2, fp4: 4}")
        Map<DataType, Double> types,

        @Default("{}") CoreSpec core,
        @Unit("B") @Range(max = 1e12) @Default("128 MB") double sram,
        @Default("{}") SharedSpec shared,
        MemorySpec hbm,
        @Unit("B/s") @Range(max = 1e15) @Nullable Double scaleUp,
        @Unit("B/s") @Range(max = 1e15) @Nullable Double scaleOut,
        @Default("{}") LinkSpec links,
        @Unit("B/s") @Range(max = 1e15) @Nullable Double dieToDie,
        @Nullable BaseSpec base,
        @Default("interposer") Packaging packaging,
        @Unit("Hz") @Range(min = 1e6, max = 1e11) @Nullable Double clock,
        @Unit("1") @Range(max = 1) @Default("90 %") double clockGating,
        @Default("false") boolean fixedClock,
        @Unit("W") @Range(min = 1, max = 1e6) @Nullable Double powerLimit) {

    /**
     * The array of one tensor unit.
     *
     * @param rows multiply-accumulators along the depth, or rows of outputs of a dot-product unit
     * @param columns along the outputs
     * @param depth products that one instruction adds up per output; 1 for a systolic array
     * @param cycles of one instruction; 1 for a systolic array
     * @param flow how operands reach the multipliers
     */
    public record ArraySpec(
            @Range(min = 1, max = 4096) int rows,
            @Range(min = 1, max = 4096) int columns,
            @Range(min = 1, max = 4096) @Default("1") int depth,
            @Range(min = 1, max = 4096) @Default("1") int cycles,
            @Default("systolic") Core.Flow flow) {}

    /**
     * The core around a tensor unit.
     *
     * @param vectorLanes of 32 bits; as many as the array has columns when left out
     * @param doubleUnits 64-bit multiply-accumulators
     * @param narrowUnits multiply-accumulators of 4- and 6-bit formats beside the wider ones; 0 when those split for them
     * @param issueSlots instruction streams issued side by side
     * @param registers of the vector lanes
     * @param localMemory L1 or scratchpad, accumulators of a systolic array included
     * @param exponentials in a cycle; the customary share of the multiply-accumulators when left out
     */
    public record CoreSpec(
            @Unit("1") @Range(max = 1e5) @Nullable Double vectorLanes,
            @Unit("1") @Range(max = 1e5) @Default("0") double doubleUnits,
            @Unit("1") @Range(max = 1e6) @Default("0") double narrowUnits,
            @Unit("1") @Range(max = 1e3) @Default("1") double issueSlots,
            @Unit("B") @Range(max = 1e9) @Default("32 KiB") double registers,
            @Unit("B") @Range(max = 1e9) @Default("256 KiB") double localMemory,

            @Unit("1") @Range(minExclusive = true, max = 1e5) @Nullable
            Double exponentials) {}

    /**
     * How shared memory is made and reached.
     *
     * @param kind a cache or a scratchpad
     * @param spare bytes that may be defective
     * @param bandwidth that all cores together read from it, per cycle; 48 bytes for each core when left out
     * @param network its shape
     */
    public record SharedSpec(
            @Default("scratchpad") SharedMemory.Kind kind,
            @Unit("B") @Range(max = 1e12) @Default("0 B") double spare,

            @Unit("B") @Range(minExclusive = true, max = 1e9) @Nullable
            Double bandwidth,

            @Default("mesh") SharedMemory.Topology network) {}

    /**
     * Dies under the compute dies: memory interfaces, serial links, a memory-side cache.
     *
     * @param process id of their node, or a feature size
     * @param dies in one package
     * @param sram memory-side cache on all of them
     * @param kind a cache or a scratchpad
     * @param bandwidth that all of them together read from it, per cycle, and send up; 48 bytes for each core when left
     *     out
     * @param network its shape
     * @param clock of the network on them; the compute dies' when left out
     * @param between bandwidth between them, one direction, all cuts; the memory's when left out
     */
    public record BaseSpec(
            String process,
            @Range(min = 1, max = 16) @Default("1") int dies,
            @Unit("B") @Range(max = 1e12) @Default("0 B") double sram,
            @Default("cache") SharedMemory.Kind kind,

            @Unit("B") @Range(minExclusive = true, max = 1e9) @Nullable
            Double bandwidth,

            @Default("mesh") SharedMemory.Topology network,

            @Unit("Hz") @Range(min = 1e6, max = 1e11) @Nullable
            Double clock,

            @Unit("B/s") @Range(max = 1e15) @Nullable Double between) {}

    /**
     * Memory stacks.
     *
     * @param generation id of the generation
     * @param stacks in one package
     * @param sites with an interface, spare ones included; as many as stacks when left out
     * @param interfaces PHYs on the dies; one for each site when left out
     * @param bandwidth of one stack as run; the generation's when left out
     * @param capacity of one stack; the generation's when left out
     */
    public record MemorySpec(
            String generation,
            @Range(min = 1, max = 64) int stacks,
            @Range(min = 1, max = 64) @Nullable Integer sites,
            @Range(max = 128) @Nullable Integer interfaces,

            @Unit("B/s") @Range(minExclusive = true, max = 1e14) @Nullable
            Double bandwidth,

            @Unit("B") @Range(minExclusive = true, max = 1e13) @Nullable
            Double capacity) {}

    /**
     * Generations of the serial lanes, by id.
     *
     * @param scaleUp of the scale-up links
     * @param scaleOut of the scale-out links
     * @param host of the link to the host
     * @param hostLanes of that link
     */
    public record LinkSpec(
            @Default("serdes-112g") String scaleUp,
            @Default("serdes-112g") String scaleOut,
            @Default("pcie-5") String host,
            @Range(max = 128) @Default("16") int hostLanes) {}
}
