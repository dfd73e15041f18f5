package dev.toile.catalog.entry;

import dev.toile.stack.chip.LinkGeneration;
import dev.toile.stack.chip.MemoryGeneration;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import java.util.Locale;
import java.util.Objects;

/** Turns the numbers of a bought chip into figures: datasheet values, and energies that follow from its power. */
record Datasheet(ChipEntry entry, MemoryGeneration generation, LinkGeneration lanes) implements Provenance {
    @Override
    public Figure figure(String name, String label, double value, Unit unit) {
        if (name.startsWith("flop-energy-")) {
            return flopEnergy(name, label, value, unit);
        }
        return switch (name) {
            case "memory-energy" -> generation.figure("energy", value, unit).as(name);
            case "link-energy" -> lanes.figure("energy", value, unit).as(name);
            default -> cited().figure(name, label, value, unit);
        };
    }

    /** What is left of the power when memory is saturated and idle power is gone goes into the tensor units. */
    private Figure flopEnergy(String name, String label, double value, Unit unit) {
        String type = name.substring("flop-energy-".length());
        Provenance cited = cited();
        Unit watt = Unit.WATT;
        return Figure.of(
                name,
                label + ": the power left at full memory bandwidth, over the dense peak",
                value,
                unit,
                "(chip-power - idle-power - memory-bandwidth * memory-energy) / peak",
                cited.figure("chip-power", "thermal design power", entry.power().mid(), watt),
                cited.figure("idle-power", "idle power", entry.idlePower().mid(), watt),
                cited.figure(
                        "memory-bandwidth",
                        "memory bandwidth",
                        entry.memory().bandwidth().mid(),
                        Unit.BYTE_PER_SECOND),
                generation
                        .figure("energy", generation.energy(), Unit.JOULE_PER_BYTE)
                        .as("memory-energy"),
                cited.figure(
                                "peak-" + type,
                                "dense peak",
                                Objects.requireNonNull(
                                                entry.peak().get(DataType.valueOf(type.toUpperCase(Locale.ROOT))))
                                        .mid(),
                                Unit.FLOP_PER_SECOND)
                        .as("peak"));
    }

    private Provenance cited() {
        Citations citations = new Citations("the datasheet of " + entry.name())
                .add("units", entry.units())
                .add("unit-memory", entry.unitMemory())
                .add("exponentials", entry.exponentials())
                .add("clock", entry.clock())
                .add("memory-capacity", entry.memory().capacity())
                .add("memory-bandwidth", entry.memory().bandwidth())
                .add("scale-up", entry.scaleUp())
                .add("chip-power", entry.power())
                .add("idle-power", entry.idlePower())
                .add("chip-price", entry.price());
        if (entry.dieArea() != null) {
            citations.add("chip-area", entry.dieArea());
        }
        entry.peak().forEach((type, rate) -> citations.add("peak-" + type.name().toLowerCase(Locale.ROOT), rate));
        return citations.provenance();
    }
}
