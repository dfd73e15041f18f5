package dev.toile.stack;

import dev.toile.stack.chip.ByType;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.chip.Core;
import dev.toile.stack.chip.LinkGeneration;
import dev.toile.stack.chip.Links;
import dev.toile.stack.chip.MemoryGeneration;
import dev.toile.stack.chip.MemorySystem;
import dev.toile.stack.chip.Packaging;
import dev.toile.stack.chip.SharedMemory;
import dev.toile.stack.chip.Silicon;
import dev.toile.stack.chip.Stacking;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;
import java.util.List;
import java.util.Map;

/** Examples of chips of one's own, and of what they are made of; see {@link Examples}. */
public final class DesignExamples {

    private static final double GIB = 1024.0 * 1024 * 1024;

    private DesignExamples() {}

    /** Example design of a chip of one's own: two dies under the reticle, six stacks. */
    public static ChipDesign design() {
        return design(2, 128, 64, 128e6, 6, 600e9, 12);
    }

    /** Example design with parts of one's choice. */
    public static ChipDesign design(
            double dies, double units, double array, double sram, double stacks, double scaleUp, double spares) {
        return new ChipDesign(
                "example design",
                process(),
                dies,
                units,
                spares,
                core(array),
                new SharedMemory(sram, sram, SharedMemory.Kind.SCRATCHPAD, 48 * units, SharedMemory.Topology.CROSSBAR),
                MemorySystem.of(memory(), stacks, Examples.EXAMPLE),
                List.of(Links.of(ChipDesign.SCALE_UP, lanes(), scaleUp), Links.of("scale-out", lanes(), 100e9)),
                dies > 1 ? 1e12 : 0,
                null,
                Packaging.INTERPOSER,
                process().clock(),
                0.8,
                false,
                Double.POSITIVE_INFINITY,
                200_000,
                silicon(),
                Examples.EXAMPLE);
    }

    /** Example core around a systolic array. */
    public static Core core(double array) {
        return new Core(
                Core.Flow.SYSTOLIC,
                array,
                array,
                1,
                1,
                ByType.of(Map.of(
                        DataType.BF16, 1.0,
                        DataType.FP16, 1.0,
                        DataType.FP8, 2.0,
                        DataType.INT8, 2.0,
                        DataType.FP4, 4.0)),
                array,
                0,
                0,
                1,
                32 * 1024,
                256 * 1024,
                array * array / 128);
    }

    /** Example lanes of the 112 Gb/s class. */
    public static LinkGeneration lanes() {
        return new LinkGeneration("example lane", 12.5e9, 0.48e-6, 43e6, 0.37e-3, 45e-12, Examples.EXAMPLE);
    }

    /** Example process node of the 4 nm class. */
    public static ProcessNode process() {
        return process(900);
    }

    /** The example node with another defect density. */
    public static ProcessNode process(double defects) {
        return new ProcessNode(
                "example 4 nm",
                4e-9,
                145.9e12,
                4.06e12,
                16_000,
                defects,
                450e6,
                18e6,
                0.66,
                0.8e-12,
                1.45e-12,
                0.58e-9,
                35e3,
                0.75,
                0.3,
                1.8e9,
                Examples.EXAMPLE);
    }

    /** Example stack of the HBM3 class. */
    public static MemoryGeneration memory() {
        return new MemoryGeneration(
                "example stack", 819e9, 24 * GIB, 31e-12, 3, 10.45e-6, 552.7e6, 14e-9, Examples.EXAMPLE);
    }

    /** Example constants of built chips. */
    public static Silicon silicon() {
        return new Silicon(
                685e3,
                178e3,
                49e3,
                1.7e3,
                43e6,
                2.5,
                170,
                3.3e7,
                20e-6,
                0.77e-18,
                2.4e-12,
                0.77e-15,
                7e-3,
                ByType.of(Map.of(
                        DataType.BF16, 0.295e-12,
                        DataType.FP16, 0.36e-12,
                        DataType.FP8, 0.147e-12,
                        DataType.INT8, 0.05e-12,
                        DataType.FP4, 0.074e-12,
                        DataType.FP32, 0.845e-12)),
                0.02e-12,
                120e-6,
                0.5,
                0.2,
                1.0 / 128,
                858e-6,
                0.36e6,
                2700e-6,
                1.1,
                115e-6,
                150,
                920,
                0.985,
                0.996,
                0.99,
                3,
                0.0833,
                0.5,
                0.3,
                0.003,
                0.55e6,
                1.5e6,
                new Stacking(3.3e-21, 0.4e-12, 0.99, 0.05e6, 4e-6, 1.2e6),
                0.9,
                Examples.EXAMPLE);
    }
}
