package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Unit;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.network.CollectiveConstants;
import dev.toile.stack.network.Fabric;
import dev.toile.stack.network.Links;
import dev.toile.stack.rack.HostCpu;
import dev.toile.stack.rack.RackSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One system in {@code systems.yaml}: a server or rack with its accelerators, hosts and network.
 *
 * @param name the maker's name
 * @param chip id of the accelerator; absent in a system meant for built chips
 * @param accelerators accelerators in one system
 * @param scaleUpDomain accelerators that reach each other at full scale-up bandwidth
 * @param scaleUp bandwidth of one accelerator inside the domain, one direction; absent: the chip's own
 * @param scaleUpShare usable share of that bandwidth in collectives
 * @param scaleUpLatency of one step of a collective inside the domain
 * @param inNetworkReduction whether the scale-up switches add (SHARP and its like)
 * @param scaleUpLinks what carries bytes inside the domain: loads and stores over memory links, PCIe, or a network
 * @param fullMesh whether each pair of accelerators of the domain has links of its own
 * @param scaleOut bandwidth of one accelerator out of the domain, one direction
 * @param scaleOutShare usable share of that bandwidth
 * @param scaleOutLatency of one step of a collective between domains
 * @param host id of the host processor
 * @param acceleratorsPerHost accelerators that share one host processor
 * @param bill everything the system is made of; an item either carries its own price and power or says that it
 *     is an accelerator or a host
 */
@Doc("A server or rack: accelerators, hosts, network, bill of materials")
public record SystemEntry(
        String name,
        @Nullable String chip,
        @Unit("1") @Range(min = 1, max = 1e6, whole = true) Sourced accelerators,
        @Unit("1") @Range(min = 1, max = 1e6, whole = true) Sourced scaleUpDomain,

        @Unit("byte/s") @Range(minExclusive = true) @Nullable
        Sourced scaleUp,

        @Unit("1") @Range(max = 1, minExclusive = true) Sourced scaleUpShare,
        @Unit("s") Sourced scaleUpLatency,
        @Default("false") boolean inNetworkReduction,
        @Default("memory") Links scaleUpLinks,
        @Default("false") boolean fullMesh,
        @Unit("byte/s") @Range(minExclusive = true) Sourced scaleOut,
        @Unit("1") @Range(max = 1, minExclusive = true) Sourced scaleOutShare,
        @Unit("s") Sourced scaleOutLatency,
        String host,
        @Unit("1") @Range(min = 1, max = 1e6, whole = true) Sourced acceleratorsPerHost,
        List<Item> bill) {

    private static final String ACCELERATOR = "accelerator";
    private static final String HOST = "host";

    /**
     * The system of the stack.
     *
     * @param cpu its host processor
     * @param given accelerators in one system; parts that come by the system are scaled along
     */
    public RackSystem rack(HostCpu cpu, double given) {
        double scale = given / accelerators.mid();
        List<RackSystem.Part> parts = new ArrayList<>();
        for (Item item : bill) {
            if (!item.item().equals(ACCELERATOR) && !item.item().equals(HOST)) {
                parts.add(item.part(given, scale));
            }
        }
        Citations citations = new Citations("the system " + name)
                .add("accelerators", accelerators)
                .add("accelerators-per-host", acceleratorsPerHost);
        Provenance cited = citations.provenance();
        Provenance provenance = scale == 1
                ? cited
                : (figure, label, value, unit) -> figure.equals("accelerators")
                        ? Figure.leaf(figure, label, value, unit, Source.study("the study"))
                        : cited.figure(figure, label, value, unit);
        return new RackSystem(name, given, cpu, acceleratorsPerHost.mid(), parts, provenance);
    }

    /**
     * The network of the stack.
     *
     * @param accelerator that is connected; its own links count where the system states none
     * @param profile whose collectives run
     * @param accelerators in one system, so that a domain is not larger than what there is of it
     * @param collectives constants of collectives under that profile
     * @param ownScaleOut scale-out bandwidth that the accelerator was built with; null for the system's
     */
    public Fabric fabric(
            Chip accelerator,
            SoftwareProfile profile,
            CollectiveConstants.Profile collectives,
            double accelerators,
            @Nullable Double ownScaleOut) {
        Citations citations = new Citations("the system " + name)
                .add("scale-up-share", scaleUpShare)
                .add("scale-up-latency", scaleUpLatency)
                .add("scale-out", scaleOut)
                .add("scale-out-share", scaleOutShare)
                .add("scale-out-latency", scaleOutLatency);
        boolean own = scaleUp == null || accelerator.scaleUp() != scaleUp.mid();
        if (!own && scaleUp != null) {
            citations.add("scale-up", scaleUp);
        }
        Provenance cited = citations.provenance();
        Provenance provenance = (figure, label, value, unit) -> switch (figure) {
            case "collective-call" -> profile.provenance().figure(figure, label, value, unit);
            case "scale-up" ->
                own
                        ? accelerator.provenance().figure(figure, label, value, unit)
                        : cited.figure(figure, label, value, unit);
            case "scale-out" ->
                ownScaleOut != null
                        ? accelerator.provenance().figure(figure, label, value, unit)
                        : cited.figure(figure, label, value, unit);
            default -> cited.figure(figure, label, value, unit);
        };
        double domain = Math.min(scaleUpDomain.mid(), Math.max(accelerators, 1));
        return new Fabric(
                (int) Math.round(domain),
                accelerator.scaleUp(),
                scaleUpShare.mid(),
                scaleUpLatency.mid(),
                profile.collectiveCall(),
                inNetworkReduction,
                ownScaleOut == null ? scaleOut.mid() : ownScaleOut,
                scaleOutShare.mid(),
                scaleOutLatency.mid(),
                scaleUpLinks,
                fullMesh,
                provenance,
                collectives);
    }

    /**
     * One line of the bill of materials.
     *
     * @param item what it is, such as "scale-out network adapter"
     * @param count how many one system has
     * @param perAccelerator how many each accelerator has; exactly one of the two counts is given
     * @param price of one
     * @param power of one under load
     */
    public record Item(
            String item,
            @Unit("1") @Nullable Sourced count,
            @Unit("1") @Nullable Sourced perAccelerator,
            @Unit("USD") @Nullable Sourced price,
            @Unit("W") @Nullable Sourced power) {

        /** Checks that the item is counted one way. */
        public Item {
            if ((count == null) == (perAccelerator == null)) {
                throw new IllegalArgumentException(
                        "'" + item + "' needs either count or per-accelerator, and not both");
            }
        }

        RackSystem.Part part(double accelerators, double scale) {
            Citations citations = new Citations("the bill of materials");
            if (price != null) {
                citations.add("price", price);
            }
            if (power != null) {
                citations.add("power", power);
            }
            double number;
            if (count != null) {
                citations.add("count", count);
                number = count.mid() * scale;
            } else {
                citations.add("count", Objects.requireNonNull(perAccelerator));
                number = perAccelerator.mid() * accelerators;
            }
            return new RackSystem.Part(
                    item,
                    number,
                    price == null ? 0 : price.mid(),
                    power == null ? 0 : power.mid(),
                    citations.provenance());
        }
    }
}
