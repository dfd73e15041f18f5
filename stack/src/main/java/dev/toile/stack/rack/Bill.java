package dev.toile.stack.rack;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * The bill of materials of one system: every line with its price and its power.
 *
 * @param system that is billed
 * @param chip its accelerator
 */
public record Bill(RackSystem system, Chip chip) {

    /**
     * One line.
     *
     * @param name what it is
     * @param price USD of all in one system
     * @param power watts of all in one system under load
     */
    public record Line(String name, double price, double power) {}

    /** All lines: accelerators, hosts, then the parts. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("accelerators", system.accelerators() * chip.price(), system.accelerators() * chip.power()));
        lines.add(new Line(
                "hosts",
                system.hosts() * system.host().price(),
                system.hosts() * system.host().power()));
        for (RackSystem.Part part : system.parts()) {
            lines.add(new Line(part.name(), part.count() * part.price(), part.count() * part.power()));
        }
        return lines;
    }

    /** USD for one system. */
    public double price() {
        DoubleSummaryStatistics sum = new DoubleSummaryStatistics();
        sum.accept(system.accelerators() * chip.price());
        sum.accept(system.hosts() * system.host().price());
        for (RackSystem.Part part : system.parts()) {
            sum.accept(part.count() * part.price());
        }
        return sum.getSum();
    }

    /** Watts of IT load of one system with everything busy. */
    public double power() {
        DoubleSummaryStatistics sum = new DoubleSummaryStatistics();
        sum.accept(system.accelerators() * chip.power());
        sum.accept(system.hosts() * system.host().power());
        for (RackSystem.Part part : system.parts()) {
            sum.accept(part.count() * part.power());
        }
        return sum.getSum();
    }

    /** Watts of one system that do not depend on what its accelerators do: all but accelerators. */
    public double surroundingPower() {
        return power() - system.accelerators() * chip.power();
    }

    /** The tree behind {@link #price()}. */
    public Figure explainPrice() {
        List<Figure> figures = new ArrayList<>();
        figures.add(
                line("accelerators-price", "accelerators", Unit.USD, system.acceleratorsFigure(), chip.priceFigure()));
        HostCpu host = system.host();
        Figure hostPrice = host.provenance().figure("host-price", "price of " + host.name(), host.price(), Unit.USD);
        figures.add(line("hosts-price", "host processors", Unit.USD, system.hostsFigure(), hostPrice));
        for (RackSystem.Part part : system.parts()) {
            figures.add(line(
                    id(part) + "-price",
                    part.name(),
                    Unit.USD,
                    part.provenance().figure("count", part.name() + " in one system", part.count(), Unit.ONE),
                    part.provenance().figure("price", "price of one " + part.name(), part.price(), Unit.USD)));
        }
        return Figure.sum("system-price", "price of one " + system.name(), price(), Unit.USD, figures);
    }

    /** The tree behind {@link #power()}. */
    public Figure explainPower() {
        List<Figure> figures = new ArrayList<>();
        figures.add(
                line("accelerators-power", "accelerators", Unit.WATT, system.acceleratorsFigure(), chip.powerFigure()));
        figures.addAll(surroundingFigures());
        return Figure.sum("system-power", "IT power of one " + system.name(), power(), Unit.WATT, figures);
    }

    /** The tree behind {@link #surroundingPower()}. */
    public Figure explainSurroundingPower() {
        return Figure.sum(
                "surrounding-power",
                "power of hosts, network and the rest of one " + system.name(),
                surroundingPower(),
                Unit.WATT,
                surroundingFigures());
    }

    private List<Figure> surroundingFigures() {
        List<Figure> figures = new ArrayList<>();
        HostCpu host = system.host();
        Figure hostPower = host.provenance().figure("host-power", "power of " + host.name(), host.power(), Unit.WATT);
        figures.add(line("hosts-power", "host processors", Unit.WATT, system.hostsFigure(), hostPower));
        for (RackSystem.Part part : system.parts()) {
            figures.add(line(
                    id(part) + "-power",
                    part.name(),
                    Unit.WATT,
                    part.provenance().figure("count", part.name() + " in one system", part.count(), Unit.ONE),
                    part.provenance().figure("power", "power of one " + part.name(), part.power(), Unit.WATT)));
        }
        return figures;
    }

    private static Figure line(String name, String label, Unit unit, Figure count, Figure each) {
        String formula = count.name() + " * " + each.name();
        return Figure.of(name, label, count.value() * each.value(), unit, formula, count, each);
    }

    private static String id(RackSystem.Part part) {
        return part.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
