package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.rack.HostCpu;

/**
 * One host processor in {@code hosts.yaml}, with its memory and board.
 *
 * @param name the maker's name
 * @param architecture such as "Arm Neoverse V2" or "x86-64"
 * @param cores physical cores
 * @param power of processor and memory under load
 * @param price of processor and memory
 */
@Doc("A host processor with its memory")
public record HostEntry(
        String name,
        String architecture,
        @Unit("1") @Range(min = 1) Sourced cores,
        @Unit("W") Sourced power,
        @Unit("USD") Sourced price) {

    /** The host of the stack. */
    public HostCpu host() {
        Citations citations = new Citations("the host " + name)
                .add("host-cores", cores)
                .add("host-power", power)
                .add("host-price", price);
        return new HostCpu(name, architecture, cores.mid(), power.mid(), price.mid(), citations.provenance());
    }
}
