package dev.toile.stack.evaluation;

import dev.toile.stack.evaluation.Composition.Node;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.parallel.Energy;
import dev.toile.stack.rack.Bill;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.site.ItPower;
import dev.toile.stack.site.Site;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean power shared out over the tokens it brings forth: from the utility meter over the facility to what the
 * accelerators, the hosts and the network take.
 *
 * <p>An accelerator over its thermal design power is held there; tensor units, memory and links then give way alike.
 *
 * @param site where it is
 * @param it watts of the equipment, with their parts
 * @param utility path of the figure of the power at the meter; empty when there is none
 * @param tokenRate tokens per second that share the power
 */
record TokenEnergy(Site site, Node it, String utility, double tokenRate) {

    static Node of(Fleet fleet) {
        FleetPower power = new FleetPower(fleet);
        String mean = "joules-per-token/mean-it-power/";
        List<Node> parts = new ArrayList<>();
        List<Node> pools = new ArrayList<>();
        for (Pool pool : fleet.plan().pools()) {
            pools.add(pool(fleet, power, pool, mean + pool.role() + "-power"));
        }
        double unused = power.idleChips() * fleet.candidate().chip().idlePower();
        if (pools.size() == 1) {
            Node only = pools.getFirst();
            parts.add(new Node("accelerators", only.value(), only.why(), only.parts()));
        } else {
            // Both have the same parts: each says whose it is.
            pools.forEach(pool -> parts.add(new Node(
                    pool.name(),
                    pool.value(),
                    pool.why(),
                    pool.parts().stream()
                            .map(part -> Node.leaf(pool.name() + ": " + part.name(), part.value(), part.why()))
                            .toList())));
        }
        parts.add(Node.leaf("accelerators without a replica", unused, mean + "unused-power"));
        parts.addAll(surroundings(
                fleet.candidate().bill(), fleet.systems(), mean + "surroundings-power/surrounding-power/"));
        String utility = fleet.candidate().rental() == null
                ? "usd-per-year/opex-per-year/energy-per-year/mean-utility-power"
                : "";
        double rate = fleet.traffic().meanRate() * fleet.traffic().output().mean();
        Node it = Node.sum("IT", "joules-per-token", parts);
        return new TokenEnergy(fleet.candidate().site(), it, utility, rate).whole();
    }

    /** At full power all the time, as the cluster's own figures have it. */
    static Node of(Cluster cluster) {
        Bill bill = cluster.candidate().bill();
        List<Node> parts = new ArrayList<>();
        for (Figure line : bill.explainPower().inputs()) {
            parts.add(
                    Node.leaf(line.label(), cluster.systems() * line.value(), "it-power/system-power/" + line.name()));
        }
        Node it = Node.sum("IT", "joules-per-token", parts);
        String utility =
                cluster.candidate().rental() == null ? "usd-per-year/opex-per-year/energy-per-year/utility-power" : "";
        double rate = cluster.tokensPerSecondPerChip() * cluster.chips();
        return new TokenEnergy(cluster.candidate().site(), it, utility, rate).whole();
    }

    private Node whole() {
        double facility = site.facility(new ItPower(it.value())).watts();
        double meter = site.utility(site.facility(new ItPower(it.value()))).watts();
        String cooling = utility.isEmpty() ? "" : utility + "/facility-power";
        return perToken(new Node(
                "energy",
                meter,
                utility,
                List.of(
                        it,
                        Node.leaf("cooling and power conversion", facility - it.value(), cooling),
                        Node.leaf("lost before the facility", meter - facility, utility))));
    }

    private Node perToken(Node watts) {
        return new Node(
                watts.name(),
                watts.value() / tokenRate,
                watts.why(),
                watts.parts().stream().map(this::perToken).toList());
    }

    private static Node pool(Fleet fleet, FleetPower power, Pool pool, String why) {
        var chip = fleet.candidate().chip();
        double idle = fleet.replicas(pool) * pool.chips() * chip.idlePower();
        double working = power.poolWatts(pool) - idle;
        List<Node> parts = new ArrayList<>();
        String step = why + "/" + pool.role() + "-chip-power/";
        if (pool instanceof SteppedPool stepped) {
            double joules = 0;
            for (Energy each : Energy.values()) {
                joules += stepped.step().joules(each);
            }
            for (Energy each : Energy.values()) {
                double share = stepped.step().joules(each) / joules;
                parts.add(Node.leaf(name(each), share * working, step + "stepping-power/" + each.id()));
            }
        } else {
            parts.add(Node.leaf("work", working, step + "chip-power"));
        }
        parts.add(Node.leaf("idle and leakage", idle, why + "/idle-power"));
        return new Node(pool.role(), working + idle, why, parts);
    }

    private static String name(Energy energy) {
        return switch (energy) {
            case TENSOR -> "tensor units";
            case MEMORY -> "memory";
            case LINK -> "links";
        };
    }

    private static List<Node> surroundings(Bill bill, double systems, String path) {
        return bill.explainSurroundingPower().inputs().stream()
                .map(line -> Node.leaf(line.label(), systems * line.value(), path + line.name()))
                .toList();
    }
}
