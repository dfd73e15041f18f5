package dev.toile.catalog;

import dev.toile.catalog.bind.Sourced;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.chip.ChipArea;
import dev.toile.stack.chip.ChipCost;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.chip.ChipPower;
import dev.toile.stack.chip.DesignCheck;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * What follows from the parts of a design, as a data sheet would list it.
 *
 * @param design whose sheet this is
 * @param cheap the same with every price at the low end of its range
 * @param dear the same with every price at the high end
 */
record DesignSheet(ChipDesign design, ChipDesign cheap, ChipDesign dear) {

    static DesignSheet of(Catalog catalog, String id) {
        return new DesignSheet(catalog.design(id), catalog.design(id, Sourced::low), catalog.design(id, Sourced::high));
    }

    /**
     * A number of the sheet.
     *
     * @param value SI
     * @param unit of it
     */
    record Entry(double value, Unit unit) {

        String text() {
            return unit.format(value);
        }
    }

    /** Numbers by name: areas, rates, power, yield, cost, each with its parts. */
    SequencedMap<String, Entry> entries() {
        SequencedMap<String, Entry> sheet = new LinkedHashMap<>();
        ChipArea area = design.area();
        put(sheet, "area", area.total(), Unit.AREA);
        put(sheet, "area.compute-die", area.die(), Unit.AREA);
        if (design.base() != null) {
            put(sheet, "area.base-die", area.baseDie(), Unit.AREA);
        }
        area.parts().forEach(part -> put(sheet, "area." + kebab(part.name()), part.area(), Unit.AREA));
        for (DataType type : DataType.values()) {
            if (design.core().rates().has(type)) {
                put(sheet, "peak." + type.name().toLowerCase(Locale.ROOT), design.peak(type), Unit.FLOP_PER_SECOND);
            }
        }
        Chip chip = design.chip();
        put(sheet, "memory-capacity", chip.memoryCapacity(), Unit.BYTE);
        put(sheet, "memory-bandwidth", chip.memoryBandwidth(), Unit.BYTE_PER_SECOND);
        power(sheet);
        cost(sheet);
        for (DesignCheck check : DesignCheck.of(design)) {
            put(sheet, "check." + check.name(), check.value(), check.unit());
            put(sheet, "check." + check.name() + ".limit", check.limit(), check.unit());
        }
        return sheet;
    }

    private void power(SequencedMap<String, Entry> sheet) {
        ChipPower power = design.power();
        put(sheet, "power", power.total(), Unit.WATT);
        put(sheet, "power.tensor", power.tensor(), Unit.WATT);
        put(sheet, "power.product-memory", power.productMemory(), Unit.WATT);
        put(sheet, "power.working-clock", power.workingClock(), Unit.WATT);
        put(sheet, "power.idle", power.idle(), Unit.WATT);
        put(sheet, "power.idle.leakage", power.leakage(), Unit.WATT);
        put(sheet, "power.idle.clock", power.clockTree() * (1 - design.clockGating()), Unit.WATT);
        put(sheet, "power.idle.links", power.links(), Unit.WATT);
        put(sheet, "power.idle.memory", power.memoryAtRest(), Unit.WATT);
        put(sheet, "power.vector", power.vector(), Unit.WATT);
        put(sheet, "power.streaming", power.streaming(), Unit.WATT);
        put(sheet, "flop-energy", power.flopEnergy(power.work()), Unit.JOULE_PER_FLOP);
        put(sheet, "sustained-clock", power.sustainedClock(power.total()), Unit.HERTZ);
    }

    private void cost(SequencedMap<String, Entry> sheet) {
        ChipCost cost = design.cost();
        put(sheet, "dies-per-wafer", cost.wafer().diesPerWafer(), Unit.ONE);
        put(sheet, "die-yield", cost.wafer().dieYield(), Unit.SHARE);
        if (design.base() != null) {
            put(sheet, "base-dies-per-wafer", cost.baseWafer().diesPerWafer(), Unit.ONE);
            put(sheet, "base-die-yield", cost.baseWafer().dieYield(), Unit.SHARE);
        }
        put(sheet, "package-yield", cost.packageYield(), Unit.SHARE);
        put(sheet, "cost", cost.total(), Unit.USD);
        put(sheet, "cost.low", cheap.cost().total(), Unit.USD);
        put(sheet, "cost.high", dear.cost().total(), Unit.USD);
        put(sheet, "cost.dies", cost.dies(), Unit.USD);
        put(sheet, "cost.base-dies", cost.baseDies(), Unit.USD);
        put(sheet, "cost.memory", cost.memory(), Unit.USD);
        put(sheet, "cost.interposer", cost.interposer(), Unit.USD);
        put(sheet, "cost.substrate", design.silicon().substratePrice(), Unit.USD);
        put(sheet, "cost.test", design.silicon().testPrice(), Unit.USD);
        put(sheet, "cost.one-time", cost.oneTime(), Unit.USD);
    }

    private static void put(SequencedMap<String, Entry> sheet, String name, double value, Unit unit) {
        sheet.put(name, new Entry(value, unit));
    }

    private static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
