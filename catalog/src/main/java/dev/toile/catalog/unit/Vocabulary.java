package dev.toile.catalog.unit;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The names of units, with every prefix they may carry, and the words that scale a number. */
final class Vocabulary {

    private static final Dimension NONE = Dimension.NONE;
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;

    static final Map<String, Double> SCALES = Map.of(
            "k", 1e3, "M", 1e6, "B", 1e9, "T", 1e12, "thousand", 1e3, "million", 1e6, "billion", 1e9, "trillion", 1e12);

    private static final Map<String, Double> LARGE =
            Map.of("k", 1e3, "M", 1e6, "G", 1e9, "T", 1e12, "P", 1e15, "E", 1e18);
    private static final Map<String, Double> SMALL =
            Map.of("m", 1e-3, "u", 1e-6, "µ", 1e-6, "n", 1e-9, "p", 1e-12, "f", 1e-15);
    private static final Map<String, Double> BINARY =
            Map.of("Ki", 0x1p10, "Mi", 0x1p20, "Gi", 0x1p30, "Ti", 0x1p40, "Pi", 0x1p50);

    /** Words that look like units and have more than one meaning. */
    static final Map<String, String> AMBIGUOUS = Map.of(
            "month", "days or years; a month has no fixed length",
            "months", "days or years; a month has no fixed length",
            "flops", "flop for a number of operations, flop/s for a rate",
            "FLOPs", "flop for a number of operations, flop/s for a rate",
            "ops", "op for a number of operations, op/s for a rate");

    private static final Map<String, Quantity> UNITS = Map.copyOf(new Vocabulary().units);

    private final Map<String, Quantity> units = new HashMap<>();

    private Vocabulary() {
        Dimension time = Dimension.of(Base.TIME);
        Dimension energy = Dimension.of(Base.ENERGY);
        Dimension operation = Dimension.of(Base.OPERATION);
        timesAndLengths(time);
        add(1, energy, Set.of("J"), LARGE, SMALL);
        add(1, energy.over(time), Set.of("W"), LARGE, SMALL);
        add(HOUR, energy, Set.of("Wh"), LARGE, SMALL);
        add(1, NONE.over(time), Set.of("Hz"), LARGE);
        add(1, Dimension.of(Base.DATA), Set.of("B", "byte", "bytes"), LARGE, BINARY);
        add(0.125, Dimension.of(Base.DATA), Set.of("b", "bit", "bits"), LARGE, BINARY);
        add(1, operation, Set.of("flop", "FLOP", "op", "OP"), LARGE);
        add(1, operation.over(time), Set.of("FLOPS", "OPS"), LARGE);
        add(1, Dimension.of(Base.MONEY), Set.of("USD", "dollar", "dollars"));
        add(1, Dimension.of(Base.TOKEN), Set.of("token", "tokens"), LARGE);
        add(1, Dimension.of(Base.USER), Set.of("user", "users"));
        add(1, Dimension.of(Base.REQUEST), Set.of("request", "requests"));
        add(0.01, NONE, Set.of("%", "percent"));
        counts();
    }

    private void timesAndLengths(Dimension time) {
        add(1, time, Set.of("s"), SMALL);
        add(1, time, Set.of("second", "seconds"));
        add(60, time, Set.of("min", "minute", "minutes"));
        add(HOUR, time, Set.of("h", "hour", "hours"));
        add(DAY, time, Set.of("d", "day", "days"));
        add(7 * DAY, time, Set.of("week", "weeks"));
        add(365 * DAY, time, Set.of("year", "years", "yr"));
        add(1, Dimension.of(Base.LENGTH), Set.of("m"), SMALL, Map.of("c", 1e-2, "k", 1e3));
    }

    private void counts() {
        Set<String> things = Set.of(
                "core",
                "chip",
                "die",
                "wafer",
                "cycle",
                "rack",
                "node",
                "server",
                "GPU",
                "accelerator",
                "device",
                "transistor",
                "engineer",
                "unit",
                "lane",
                "link",
                "port",
                "bank",
                "stack",
                "layer",
                "pin",
                "design",
                "package",
                "board",
                "cable",
                "system",
                "item");
        for (String thing : things) {
            add(1, Dimension.of(Base.COUNT), Set.of(thing, thing + "s"));
        }
        add(1, Dimension.of(Base.COUNT), Set.of("person", "people", "switch", "switches"));
    }

    @SafeVarargs
    private void add(double size, Dimension dimension, Set<String> names, Map<String, Double>... prefixes) {
        for (String name : names) {
            put(name, size, dimension);
            for (Map<String, Double> some : prefixes) {
                some.forEach((prefix, scale) -> put(prefix + name, size * scale, dimension));
            }
        }
    }

    private void put(String name, double size, Dimension dimension) {
        Quantity other = units.put(name, new Quantity(size, dimension));
        if (other != null) {
            throw new IllegalStateException("two units are called " + name);
        }
    }

    static Map<String, Quantity> units() {
        return UNITS;
    }
}
