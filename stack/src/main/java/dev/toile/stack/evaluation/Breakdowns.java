package dev.toile.stack.evaluation;

import dev.toile.stack.evaluation.Breakdown.Group;
import dev.toile.stack.evaluation.Breakdown.Part;
import dev.toile.stack.parallel.Energy;
import dev.toile.stack.parallel.Step;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.SteppedPool;
import dev.toile.stack.training.TrainingMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where time, energy, money and memory go. */
public final class Breakdowns {

    private Breakdowns() {}

    /** All breakdowns of an evaluation; none of an infeasible one. */
    public static List<Breakdown> of(Evaluation evaluation) {
        return switch (evaluation) {
            case Evaluation.Infeasible _ -> List.of();
            case Evaluation.Serves(Fleet fleet) -> serving(fleet);
            case Evaluation.Trains(Cluster cluster) ->
                List.of(training(cluster), trainingMoney(cluster), trainingMemory(cluster));
            case Evaluation.Mixed mixed -> mixed(mixed);
        };
    }

    /** The breakdowns of all works, each group under the name of its work. */
    private static List<Breakdown> mixed(Evaluation.Mixed mixed) {
        Map<String, Breakdown> all = new LinkedHashMap<>();
        for (Evaluation.Part part : mixed.parts()) {
            for (Breakdown each : of(part.evaluation())) {
                Breakdown before = all.get(each.id());
                List<Group> groups = new ArrayList<>(before == null ? List.of() : before.groups());
                each.groups().forEach(group -> groups.add(new Group(part.name() + " " + group.name(), group.parts())));
                all.put(each.id(), new Breakdown(each.id(), each.title(), each.unit(), groups));
            }
        }
        return List.copyOf(all.values());
    }

    private static List<Breakdown> serving(Fleet fleet) {
        List<Group> time = new ArrayList<>();
        List<Group> energy = new ArrayList<>();
        List<Group> memory = new ArrayList<>();
        for (Pool each : fleet.plan().pools()) {
            if (each instanceof SteppedPool pool) {
                String name = pool.step().name().replace('-', ' ');
                time.add(new Group(name, parts(pool.step())));
                energy.add(new Group(pool.role(), energy(fleet, pool)));
                memory.add(new Group(pool.role(), memory(fleet, pool)));
            }
        }
        FleetMoney money = new FleetMoney(fleet, new FleetPower(fleet));
        List<Breakdown> out = new ArrayList<>();
        if (!time.isEmpty()) {
            out.add(new Breakdown("time", "Where the time of a step goes", "s", time));
            out.add(new Breakdown(
                    "energy", "Where the accelerators' energy of an output token goes", "J/token", energy));
        }
        out.add(new Breakdown(
                "money", "Where the money goes", "USD/year", List.of(new Group("per year", money.parts()))));
        if (!memory.isEmpty()) {
            out.add(new Breakdown("memory", "What fills the memory of one chip", "B", memory));
        }
        return List.copyOf(out);
    }

    private static List<Part> parts(Step step) {
        return step.parts().stream()
                .map(part -> new Part(part.work().name().replace('-', ' '), part.seconds()))
                .toList();
    }

    /** Joules per output token under full load; what a chip over its thermal design power would draw is not cut. */
    private static List<Part> energy(Fleet fleet, SteppedPool pool) {
        Step step = pool.step();
        double chipSeconds = pool.chips()
                / fleet.replicaRate(pool)
                / fleet.traffic().output().mean();
        double perStep = chipSeconds * pool.load() / step.stageSeconds();
        return List.of(
                new Part("tensor units", perStep * step.joules(Energy.TENSOR)),
                new Part("memory", perStep * step.joules(Energy.MEMORY)),
                new Part("links", perStep * step.joules(Energy.LINK)),
                new Part(
                        "idle and leakage",
                        chipSeconds * fleet.candidate().chip().idlePower()));
    }

    private static List<Part> memory(Fleet fleet, SteppedPool pool) {
        double weights = pool.fit().weights();
        double activations = pool.fit().activations();
        double cache = pool.contextBytes();
        double free = fleet.candidate().chip().memoryCapacity() - weights - activations - cache;
        return List.of(
                new Part("weights", weights),
                new Part("KV cache", cache),
                new Part("activations", activations),
                new Part("reserve and free", free));
    }

    private static Breakdown training(Cluster cluster) {
        var i = cluster.iteration();
        double micro = i.layout().microBatches(i.job().batch());
        double forward = micro * i.forward() / i.layout().pipeline();
        double backward = micro * i.backward() / i.layout().pipeline();
        double head = micro * i.headSeconds();
        double send = micro * 2 * i.layout().interleave() * i.send().seconds();
        double bubble = i.slots() * i.stage() - micro * i.stage();
        return new Breakdown(
                "time",
                "Where the time of an iteration goes",
                "s",
                List.of(new Group(
                        "iteration",
                        List.of(
                                new Part("forward", forward),
                                new Part("backward", backward),
                                new Part("output head", head),
                                new Part("stage sends", send),
                                new Part("pipeline bubble", bubble),
                                new Part(
                                        "gradient exchange",
                                        i.exchange()
                                                .exposed(i.backward()
                                                        / i.layout().pipeline())),
                                new Part("optimiser", i.optimiser())))));
    }

    private static Breakdown trainingMoney(Cluster cluster) {
        return new Breakdown(
                "money", "Where the money goes", "USD/year", List.of(new Group("per year", cluster.moneyParts())));
    }

    private static Breakdown trainingMemory(Cluster cluster) {
        var workload = cluster.workload();
        TrainingMemory memory = new TrainingMemory(
                workload.model(), workload.job(), cluster.iteration().layout());
        double free = cluster.candidate().chip().memoryCapacity() - memory.bytes();
        List<Part> parts = List.of(
                new Part("weights, gradients, optimiser", memory.states()),
                new Part("activations", memory.activations()),
                new Part("free", free));
        return new Breakdown("memory", "What fills the memory of one chip", "B", List.of(new Group("training", parts)));
    }
}
