package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.chip.ByType;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.chip.Engines;
import dev.toile.stack.chip.LinkGeneration;
import dev.toile.stack.chip.MemoryGeneration;
import dev.toile.stack.operation.DataType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One bought chip in {@code chips.yaml}: datasheet values.
 *
 * @param name the maker's name
 * @param aliases other names that tables give it, without regard to case and marks between words
 * @param year of first volume shipment
 * @param process id of the process node of the compute die
 * @param dieArea area of all compute dies together
 * @param units independent tensor engines that share the work of one operation (SMs, CUs, tensor cores)
 * @param unitMemory local memory in which one engine stages tiles
 * @param exponentials that the special function units of one engine evaluate in a cycle
 * @param clock at which the peak rates are stated
 * @param peak dense peak rates by data type
 * @param cache last-level cache or shared SRAM
 * @param memory the stacked memory
 * @param scaleUp bandwidth of the scale-up links of one chip, one direction
 * @param power the thermal design power of the package
 * @param idlePower power of the package when no work is running
 * @param price market price of one chip
 * @param rental market rate of one rented chip with its share of host and network: low is a long contract or spot,
 *     high is on demand at a large cloud; absent where no rate is public
 * @param profile id of the software profile that runs it
 */
@Doc("A chip that can be bought: datasheet values")
public record ChipEntry(
        String name,
        @Default("[]") List<String> aliases,
        @Unit("1") Sourced year,
        String process,
        @Unit("m2") @Nullable Sourced dieArea,
        @Unit("1") @Range(min = 1) Sourced units,
        @Unit("byte") Sourced unitMemory,
        @Unit("1") Sourced exponentials,
        @Unit("Hz") @Range(minExclusive = true) Sourced clock,
        @Unit("flop/s") @Range(minExclusive = true) Map<DataType, Sourced> peak,
        @Unit("byte") Sourced cache,
        Memory memory,
        @Unit("byte/s") @Range(minExclusive = true) Sourced scaleUp,
        @Unit("W") @Range(minExclusive = true) Sourced power,
        @Unit("W") Sourced idlePower,
        @Unit("USD") Sourced price,
        @Unit("USD/s") @Nullable Sourced rental,
        String profile) {

    /**
     * The chip of the stack.
     *
     * @param generation of its memory
     * @param lanes whose link energy it shares
     */
    public Chip chip(MemoryGeneration generation, LinkGeneration lanes) {
        EnumMap<DataType, Double> rates = new EnumMap<>(DataType.class);
        EnumMap<DataType, Double> energies = new EnumMap<>(DataType.class);
        double busy = power.mid() - idlePower.mid() - memory.bandwidth().mid() * generation.energy();
        peak.forEach((type, rate) -> {
            rates.put(type, rate.mid());
            energies.put(type, busy / rate.mid());
        });
        return new Chip(
                name,
                new Engines(units.mid(), 0, 0, unitMemory.mid(), exponentials.mid()),
                clock.mid(),
                ByType.of(rates),
                cache.mid(),
                memory.capacity().mid(),
                memory.bandwidth().mid(),
                scaleUp.mid(),
                power.mid(),
                idlePower.mid(),
                ByType.of(energies),
                generation.energy(),
                lanes.energy(),
                dieArea == null ? Double.NaN : dieArea.mid(),
                price.mid(),
                Double.NaN,
                new Datasheet(this, generation, lanes));
    }

    /**
     * The memory of a chip.
     *
     * @param generation id in {@code memories.yaml}
     * @param capacity of all stacks
     * @param bandwidth of all stacks
     */
    public record Memory(
            String generation,
            @Unit("byte") @Range(minExclusive = true) Sourced capacity,
            @Unit("byte/s") @Range(minExclusive = true) Sourced bandwidth) {}
}
