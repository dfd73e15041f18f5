package dev.toile.report;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.evaluation.Cluster;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Fleet;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.SteppedPool;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A design in nested names and values, from chip to layout, for people and for {@code design} in the JSON. */
record DesignSummary(StudyResults.Entry entry) {

    Map<String, Object> map() {
        Candidate candidate = entry.evaluation().candidate();
        Map<String, Object> design = new LinkedHashMap<>();
        if (!entry.settings().isEmpty()) {
            design.put("choices", entry.settings());
        }
        design.put("chip", chip(candidate.chip()));
        design.put("system", system(candidate));
        design.put("software", candidate.profile().name());
        switch (entry.evaluation()) {
            case Evaluation.Serves(Fleet fleet) -> design.put("serving", serving(fleet));
            case Evaluation.Trains(Cluster cluster) ->
                design.put("layout", cluster.iteration().layout().label());
            case Evaluation.Mixed(var _, var parts) ->
                parts.forEach(part -> {
                    if (part.evaluation() instanceof Evaluation.Serves(Fleet fleet)) {
                        design.put(part.name(), serving(fleet));
                    } else if (part.evaluation() instanceof Evaluation.Trains(Cluster cluster)) {
                        design.put(
                                part.name() + " layout",
                                cluster.iteration().layout().label());
                    }
                });
            case Evaluation.Infeasible _ -> {}
        }
        return design;
    }

    private static Map<String, Object> chip(Chip chip) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", chip.name());
        map.put("tensor engines", Unit.ONE.format(chip.units()));
        for (DataType type : DataType.values()) {
            if (chip.peak().has(type)) {
                map.put(
                        "dense peak " + type.name().toLowerCase(Locale.ROOT),
                        Unit.FLOP_PER_SECOND.format(chip.peak().get(type)));
            }
        }
        map.put("memory", Unit.BYTE.format(chip.memoryCapacity()));
        map.put("memory bandwidth", Unit.BYTE_PER_SECOND.format(chip.memoryBandwidth()));
        map.put("scale-up, one direction", Unit.BYTE_PER_SECOND.format(chip.scaleUp()));
        map.put("power", Unit.WATT.format(chip.power()));
        map.put("price", Unit.USD.format(chip.price()));
        return map;
    }

    private static Map<String, Object> system(Candidate candidate) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", candidate.system().name());
        map.put("accelerators", Unit.ONE.format(candidate.system().accelerators()));
        map.put("scale-up domain", candidate.fabric().domain());
        map.put(
                "host",
                candidate.system().host().name() + " ("
                        + candidate.system().host().architecture() + ")");
        map.put("accelerators per host", Unit.ONE.format(candidate.system().acceleratorsPerHost()));
        return map;
    }

    private static Map<String, Object> serving(Fleet fleet) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mode", fleet.plan().mode());
        map.put("bound by", fleet.hostBound() ? "host processors" : fleet.plan().boundBy());
        for (Pool pool : fleet.plan().pools()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("replicas", Unit.ONE.format(fleet.replicas(pool)));
            each.put("chips per replica", Unit.ONE.format(pool.chips()));
            if (pool instanceof SteppedPool stepped) {
                each.put("parallelism", stepped.parallelism().label());
                each.put("sequences per step", Unit.ONE.format(stepped.sequences()));
            }
            map.put(pool.role(), each);
        }
        return map;
    }
}
