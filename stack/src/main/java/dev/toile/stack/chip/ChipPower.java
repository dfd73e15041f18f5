package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.process.ProcessNode;

/**
 * Power of a design from what its parts do: energy per operation and byte times activity.
 *
 * <p>A multiply-accumulate costs its arithmetic, the operands next to the multipliers, the traffic from the local memory
 * and that from shared memory over the wires of the die; how many bytes each level moves follows from the largest tile
 * of sums that the level below holds, as in any blocked product. Leakage, clock tree, memory at rest and lanes that send
 * idle symbols flow without work.
 *
 * <p>All watts and joules are those at the input of the module, at which makers state power: what the dies and stacks
 * draw over the efficiency of the regulators that feed them.
 *
 * @param design whose power this is
 * @param area of the design
 */
public record ChipPower(ChipDesign design, ChipArea area) {

    /** Bytes that a vector lane moves for a multiply-accumulate: three operands in, one result out. */
    static final double VECTOR_BYTES = 16;

    /** Edge of the cubic product whose memory traffic counts as that of a large product. */
    static final double PRODUCT = 8192;

    /** Joules of a multiply-accumulate's arithmetic, registers of a systolic cell included. */
    double arithmetic(DataType type) {
        Silicon s = design.silicon();
        double cell =
                design.core().flow() == Core.Flow.SYSTOLIC ? (type.bytes() + Core.SUM_BYTES) * s.registerEnergy() : 0;
        return (2 * s.flopEnergy().get(type) + cell) * design.process().energyScale();
    }

    /** Joules per byte next to the multipliers. */
    double operandEnergy() {
        return design.process().sramEnergy(ProcessNode.SMALL_SRAM);
    }

    /** Joules per byte from the local memory. */
    double localEnergy() {
        return design.process().sramEnergy(design.core().localMemory());
    }

    /** Joules per byte from shared memory to a core: the macro and the wires across the die. */
    double sharedEnergy() {
        return design.process().sramEnergy(ProcessNode.LARGE_SRAM)
                + design.process().wireEnergy() * nocDistance();
    }

    /** Metres that a byte travels between shared memory and core, by the floorplan and the network's detours. */
    public double nocDistance() {
        return design.shared().topology().detour() * Outline.of(area).distance();
    }

    private double supplied(double drawn) {
        return drawn / design.silicon().regulatorEfficiency();
    }

    /** Joules of a flop at nominal voltage: everything that a large product moves and computes. */
    public double flopEnergy(DataType type) {
        Core core = design.core();
        return supplied((arithmetic(type)
                        + core.operandBytes(type) * operandEnergy()
                        + core.localBytes(type) * localEnergy()
                        + core.sharedBytes(type) * sharedEnergy())
                / 2);
    }

    /**
     * Joules per byte between the memory interfaces and the compute dies of a design with base dies: through the
     * memory-side cache, half a side along both axes, to another base die as often as memory is interleaved over them,
     * and up through the bond.
     */
    double baseEnergy() {
        BaseDies b = design.base();
        if (b == null) {
            return 0;
        }
        return b.process().sramEnergy(ProcessNode.LARGE_SRAM)
                + b.process().wireEnergy() * area.base().side()
                + (b.dies() - 1) / b.dies() * design.silicon().dieToDieEnergy()
                + design.silicon().stacking().energy();
    }

    /** Joules per byte of memory traffic, up to the compute dies. */
    double memoryEnergy() {
        return supplied(design.memory().generation().energy() + baseEnergy());
    }

    /** The type whose peak sets the power: 16 bit, or what there is. */
    public DataType work() {
        return design.core().rates().has(DataType.BF16)
                ? DataType.BF16
                : design.core().widest();
    }

    /** Tensor units with all that feeds them at their peak, watts. */
    public double tensor() {
        return design.peak(work()) * flopEnergy(work());
    }

    /** Memory traffic of a large product at the peak, watts. */
    public double productMemory() {
        double bytesPerFlop = 3 * work().bytes() / (2 * PRODUCT);
        return Math.min(design.peak(work()) * bytesPerFlop, design.memory().totalBandwidth()) * memoryEnergy();
    }

    /** Memory at full bandwidth with the way from its controllers to the cores, watts. */
    public double streaming() {
        return design.memory().totalBandwidth() * (memoryEnergy() + supplied(sharedEnergy()));
    }

    /** Watts that transistors leak. */
    public double leakage() {
        BaseDies b = design.base();
        double below = b == null ? 0 : b.process().leakage() * area.base().digital();
        return supplied(design.process().leakage() * area.digital() + below);
    }

    /** Watts of the clock tree when all of it runs. */
    public double clockTree() {
        BaseDies b = design.base();
        double below = b == null ? 0 : area.base().digital() * b.clock();
        return supplied(design.silicon().clockPower() * (area.digital() * design.clock() + below));
    }

    /** Watts of all lanes. */
    public double links() {
        BaseDies b = design.base();
        double between = design.dieToDie() + (b == null ? 0 : b.between());
        double watts = between * design.silicon().dieToDieEnergy();
        for (Links each : design.links()) {
            watts += each.power();
        }
        return supplied(watts);
    }

    /** Watts of the memory at rest. */
    public double memoryAtRest() {
        return supplied(design.memory().stacks() * design.memory().generation().power());
    }

    /** Watts without work. */
    public double idle() {
        return leakage() + clockTree() * (1 - design.clockGating()) + memoryAtRest() + links();
    }

    /** Watts of the clock tree that only work sets going. */
    public double workingClock() {
        return clockTree() * design.clockGating() * design.silicon().workingClockShare();
    }

    /** Watts of a large dense product at the peak rate. */
    public double product() {
        return idle() + workingClock() + tensor() + productMemory();
    }

    /**
     * Vector lanes at their peak, watts: a multiply-accumulate in 32 bits a lane and cycle, three operands read and one
     * written next to it.
     */
    public double vector() {
        double lane = 2
                        * design.silicon().flopEnergy().get(DataType.FP32)
                        * design.process().energyScale()
                + VECTOR_BYTES * operandEnergy();
        return supplied(design.units() * design.core().vectorLanes() * design.clock() * lane);
    }

    /**
     * Watts of the hardest work, before any limit. A clock that gives way is sold for a large product, or for the memory at
     * full bandwidth, and comes down for anything harder. A fixed clock must bear all at once: tensor units, vector lanes
     * and memory at their peaks, with the whole clock tree running.
     */
    public double unlimited() {
        return design.fixedClock()
                ? idle() + clockTree() * design.clockGating() + tensor() + vector() + streaming()
                : idle() + workingClock() + Math.max(tensor() + productMemory(), streaming());
    }

    /** Thermal design power, watts. */
    public double total() {
        return Math.min(unlimited(), design.powerLimit());
    }

    /** Watts that leave through the package at the thermal design power: the losses of the regulators arise beside it. */
    double heat() {
        return total() * design.silicon().regulatorEfficiency();
    }

    /** Watts of a large product at another clock, with the voltage that the clock needs. */
    double productAt(double volts, double clock) {
        double squeeze = volts / design.process().voltage();
        double dynamic = squeeze * squeeze * clock / design.clock();
        double core = clockTree() * (1 - design.clockGating()) + workingClock() + tensor();
        return leakage() * squeeze * squeeze
                + memoryAtRest()
                + links()
                + core * dynamic
                + productMemory() * clock / design.clock();
    }

    /**
     * The clock that a large dense product sustains under a power limit, Hz: voltage and clock come down together, and
     * below 70 % of the nominal voltage the clock alone.
     *
     * @param limit watts
     */
    public double sustainedClock(double limit) {
        ProcessNode p = design.process();
        double nominal = design.clock();
        if (product() <= limit) {
            return nominal;
        }
        double low = 0.7 * p.voltage();
        double high = p.voltage();
        double scale = nominal / p.clock();
        double guard = design.silicon().voltageGuard();
        double floor = p.clockAt(low, guard) * scale;
        double atFloor = productAt(low, floor);
        if (atFloor > limit) {
            double still = productAt(low, 0);
            return limit <= still ? 0 : floor * (limit - still) / (atFloor - still);
        }
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (productAt(middle, p.clockAt(middle, guard) * scale) > limit) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return p.clockAt(low, guard) * scale;
    }

    /** Share of the thermal design power that the tensor units get in a large product. */
    public double tensorShare() {
        return Math.max(0, total() - idle() - workingClock() - productMemory()) / total();
    }

    /** The tree behind {@link #total()}. */
    public Figure explain() {
        return new EnergyFigures(this).total();
    }

    /** The tree behind {@link #idle()}. */
    public Figure explainIdle() {
        return new EnergyFigures(this).idle();
    }
}
