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
 * @param design whose power this is
 * @param area of the design
 */
public record ChipPower(ChipDesign design, ChipArea area) {

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

    /** Joules of a flop at nominal voltage: everything that a large product moves and computes. */
    public double flopEnergy(DataType type) {
        Core core = design.core();
        return (arithmetic(type)
                        + core.operandBytes(type) * operandEnergy()
                        + core.localBytes(type) * localEnergy()
                        + core.sharedBytes(type) * sharedEnergy())
                / 2;
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
        return Math.min(design.peak(work()) * bytesPerFlop, design.memory().totalBandwidth())
                * design.memory().generation().energy();
    }

    /** Memory at full bandwidth with the way from its controllers to the cores, watts. */
    public double streaming() {
        return design.memory().totalBandwidth() * (design.memory().generation().energy() + sharedEnergy());
    }

    /** Watts that transistors leak. */
    public double leakage() {
        return design.process().leakage() * area.digital();
    }

    /** Watts of the clock tree when all of it runs. */
    public double clockTree() {
        return design.silicon().clockPower() * area.digital() * design.clock();
    }

    /** Watts of all lanes. */
    public double links() {
        double watts = design.dieToDie() * design.silicon().dieToDieEnergy();
        for (Links each : design.links()) {
            watts += each.power();
        }
        return watts;
    }

    /** Watts of the memory at rest. */
    public double memoryAtRest() {
        return design.memory().stacks() * design.memory().generation().power();
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

    /** Watts of the hardest sustained work, before any limit: a large product, or the memory at full bandwidth. */
    public double unlimited() {
        return idle() + workingClock() + Math.max(tensor() + productMemory(), streaming());
    }

    /** Thermal design power, watts. */
    public double total() {
        return Math.min(unlimited(), design.powerLimit());
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
        double floor = p.clockAt(low) * scale;
        double atFloor = productAt(low, floor);
        if (atFloor > limit) {
            double still = productAt(low, 0);
            return limit <= still ? 0 : floor * (limit - still) / (atFloor - still);
        }
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (productAt(middle, p.clockAt(middle) * scale) > limit) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return p.clockAt(low) * scale;
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
