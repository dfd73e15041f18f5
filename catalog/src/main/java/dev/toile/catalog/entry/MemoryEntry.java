package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.chip.MemoryGeneration;
import java.util.function.ToDoubleFunction;

/**
 * One generation of stacked memory in {@code memories.yaml}; every value is per stack.
 *
 * @param name such as "HBM3E"
 * @param bandwidth of one stack
 * @param capacity of one stack
 * @param energy of the stack and its interface per byte moved
 * @param power of one stack at rest (refresh and interface)
 * @param phyArea area of the PHY of one stack on the compute die; does not shrink with the node
 * @param controllerTransistors transistors of the memory controller of one stack
 * @param price per byte
 */
@Doc("A generation of stacked memory, per stack")
public record MemoryEntry(
        String name,
        @Unit("byte/s") @Range(minExclusive = true) Sourced bandwidth,
        @Unit("byte") @Range(minExclusive = true) Sourced capacity,
        @Unit("J/byte") Sourced energy,
        @Unit("W") Sourced power,
        @Unit("m2") Sourced phyArea,
        @Unit("1") Sourced controllerTransistors,
        @Unit("USD/byte") Sourced price) {

    /** The generation of the stack. */
    public MemoryGeneration generation() {
        return generation(Sourced::mid);
    }

    /**
     * The generation of the stack at another end of what it costs.
     *
     * @param money takes the price at one end of its range
     */
    public MemoryGeneration generation(ToDoubleFunction<Sourced> money) {
        Citations citations = new Citations("the memory generation " + name)
                .add("stack-bandwidth", bandwidth)
                .add("stack-capacity", capacity)
                .add("stack-energy", energy)
                .add("stack-power", power)
                .add("stack-phy-area", phyArea)
                .add("stack-controller-transistors", controllerTransistors)
                .add("stack-price", price);
        return new MemoryGeneration(
                name,
                bandwidth.mid(),
                capacity.mid(),
                energy.mid(),
                power.mid(),
                phyArea.mid(),
                controllerTransistors.mid(),
                money.applyAsDouble(price),
                citations.provenance());
    }
}
