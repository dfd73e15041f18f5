package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.process.Spares;
import dev.toile.stack.process.Wafer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cost of one good package: dies, memory, interposer, substrate and test over the package yield, plus its share of
 * the one-time cost.
 *
 * @param design whose cost this is
 * @param area of the design
 */
public record ChipCost(ChipDesign design, ChipArea area) {

    /** The wafer of the design's dies. */
    public Wafer wafer() {
        Silicon s = design.silicon();
        return new Wafer(
                design.process(), area.die(), area.criticalPerDie(), spares(), s.wafer(), s.edge(), s.clusterAlpha());
    }

    /** The wafer of the design's base dies; that of the compute dies without. */
    public Wafer baseWafer() {
        BaseDies b = design.base();
        if (b == null) {
            return wafer();
        }
        Silicon s = design.silicon();
        List<Spares> groups = new ArrayList<>();
        stacks(groups, b.dies(), area.base().memoryPhy() + area.base().memoryController());
        return new Wafer(
                b.process(), area.baseDie(), area.criticalPerBaseDie(), groups, s.wafer(), s.edge(), s.clusterAlpha());
    }

    /** What one compute die has to spare. */
    public List<Spares> spares() {
        double dies = design.dies();
        List<Spares> groups = new ArrayList<>();
        if (design.spareCores() > 0) {
            int units = (int) Math.max(1, Math.round(design.cores() / dies));
            int spare = (int) Math.floor(design.spareCores() / dies);
            groups.add(new Spares(units, Math.max(0, units - spare), area.cores() / dies / units));
        }
        if (design.base() == null) {
            stacks(groups, dies, area.memoryPhy() + area.memoryController());
        }
        SharedMemory shared = design.shared();
        if (shared.bytes() > shared.usable()) {
            double slice = (shared.bytes() - shared.usable()) / 2;
            int slices = (int) Math.max(2, Math.round(shared.bytes() / slice / dies));
            int needed = (int) Math.min(slices, Math.round(shared.usable() / slice / dies));
            groups.add(new Spares(slices, needed, area.shared() / dies / slices));
        }
        return groups;
    }

    private void stacks(List<Spares> groups, double dies, double interfaces) {
        MemorySystem m = design.memory();
        if (m.sites() > m.stacks()) {
            int sites = (int) Math.max(1, Math.round(m.sites() / dies));
            int spare = (int) Math.floor((m.sites() - m.stacks()) / dies);
            groups.add(new Spares(sites, Math.max(0, sites - spare), interfaces / dies / sites));
        }
    }

    /** All compute dies, USD. */
    public double dies() {
        return design.dies() * wafer().costPerGoodDie();
    }

    /** All base dies and the bonding of the compute dies on them, USD. */
    public double baseDies() {
        BaseDies b = design.base();
        return b == null
                ? 0
                : b.dies() * baseWafer().costPerGoodDie()
                        + area.compute() * design.silicon().stacking().price();
    }

    /** Memory stacks, USD. */
    public double memory() {
        return design.memory().totalCapacity() * design.memory().generation().price();
    }

    /** Interposer and its assembly, USD. */
    public double interposer() {
        return area.interposer() * design.silicon().interposerPrice();
    }

    /** Share of design and masks, USD. */
    public double oneTime() {
        BaseDies b = design.base();
        double below = b == null ? 0 : b.process().designCost() + b.process().maskCost();
        return (design.process().designCost() + design.process().maskCost() + below) / design.volume();
    }

    /** Share of dies called good that are: those that fail and slip through the test are the rest (Williams and Brown 1981). */
    public double knownGood() {
        return knownGood(wafer());
    }

    private double knownGood(Wafer wafer) {
        double yield = wafer.dieYield();
        double slipped = (1 - yield) * (1 - design.silicon().testCoverage());
        return yield == 0 ? 1 : yield / (yield + slipped);
    }

    /** Share of assembled packages that work: assembly, each attachment, and dies that were good. */
    public double packageYield() {
        Silicon s = design.silicon();
        double flat =
                s.assemblyYield() * Math.pow(s.attachYield(), attachments()) * Math.pow(knownGood(), design.dies());
        BaseDies b = design.base();
        return b == null
                ? flat
                : flat * Math.pow(s.stacking().yield(), design.dies()) * Math.pow(knownGood(baseWafer()), b.dies());
    }

    /** Dies and stacks on the package; compute dies on base dies are bonded there instead. */
    private double attachments() {
        BaseDies b = design.base();
        return (b == null ? design.dies() : b.dies())
                + (design.packaging() == Packaging.INTERPOSER ? design.memory().stacks() : 0);
    }

    /** What goes into a package before it is known to work, USD. */
    public double parts() {
        Silicon s = design.silicon();
        return dies() + baseDies() + memory() + interposer() + s.substratePrice() + s.testPrice();
    }

    /** One good package, USD. */
    public double total() {
        return parts() / packageYield() + oneTime();
    }

    /** What the design partner asks, USD. */
    public double price() {
        return total() / (1 - design.silicon().partnerMargin());
    }

    /** The tree behind {@link #price()}. */
    public Figure explainPrice() {
        Silicon s = design.silicon();
        return Figure.of(
                "chip-price",
                "price of one " + design.name(),
                price(),
                Unit.USD,
                "chip-cost / (1 - partner-margin)",
                explain(),
                s.figure("partner-margin", s.partnerMargin(), Unit.SHARE));
    }

    /** The tree behind {@link #total()}. */
    public Figure explain() {
        Silicon s = design.silicon();
        return Figure.of(
                "chip-cost",
                "cost of one good package of " + design.name(),
                total(),
                Unit.USD,
                "(dies-cost + base-cost + memory-cost + interposer-cost + substrate-price + test-price) /"
                        + " package-yield + one-time",
                diesFigure(),
                baseFigure(),
                memoryFigure(),
                Figure.of(
                        "interposer-cost",
                        "interposer and assembly",
                        interposer(),
                        Unit.USD,
                        "interposer-area * interposer-price",
                        area.explainInterposer(),
                        s.figure("interposer-price", s.interposerPrice(), Unit.USD_PER_AREA)),
                s.figure("substrate-price", s.substratePrice(), Unit.USD),
                s.figure("test-price", s.testPrice(), Unit.USD),
                packageYieldFigure(),
                oneTimeFigure());
    }

    private Figure oneTimeFigure() {
        BaseDies b = design.base();
        if (b != null) {
            return Figure.of(
                    "one-time",
                    "share of design and masks of both kinds of dies",
                    oneTime(),
                    Unit.USD,
                    "(design-cost + mask-cost + base-design-cost + base-mask-cost) / volume",
                    design.process().designCostFigure(),
                    design.process().maskCostFigure(),
                    b.process().designCostFigure().as("base-design-cost"),
                    b.process().maskCostFigure().as("base-mask-cost"),
                    design.givenFigure("volume", "packages to be made", design.volume(), Unit.ONE));
        }
        return Figure.of(
                "one-time",
                "share of design and masks",
                oneTime(),
                Unit.USD,
                "(design-cost + mask-cost) / volume",
                design.process().designCostFigure(),
                design.process().maskCostFigure(),
                design.givenFigure("volume", "packages to be made", design.volume(), Unit.ONE));
    }

    private Figure packageYieldFigure() {
        Silicon s = design.silicon();
        Figure known = Figure.of(
                "known-good",
                "dies called good that are",
                knownGood(),
                Unit.SHARE,
                "yield / (yield + (1 - yield) * (1 - test-coverage))",
                yieldFigure(),
                s.figure("test-coverage", s.testCoverage(), Unit.SHARE));
        if (design.base() != null) {
            return stackedYieldFigure(known);
        }
        return Figure.of(
                "package-yield",
                "packages that work",
                packageYield(),
                Unit.SHARE,
                "assembly-yield * attach-yield ^ attachments * known-good ^ compute-dies",
                s.figure("assembly-yield", s.assemblyYield(), Unit.SHARE),
                s.figure("attach-yield", s.attachYield(), Unit.SHARE),
                ChipDesign.ruleFigure("attachments", "dies and stacks on the interposer", attachments()),
                known,
                area.dies());
    }

    private Figure stackedYieldFigure(Figure known) {
        Silicon s = design.silicon();
        Figure below = Figure.of(
                "base-known-good",
                "base dies called good that are",
                knownGood(baseWafer()),
                Unit.SHARE,
                "yield / (yield + (1 - yield) * (1 - test-coverage))",
                baseYieldFigure(),
                s.figure("test-coverage", s.testCoverage(), Unit.SHARE));
        return Figure.of(
                "package-yield",
                "packages that work",
                packageYield(),
                Unit.SHARE,
                "assembly-yield * attach-yield ^ attachments * known-good ^ compute-dies * bond-yield ^ compute-dies"
                        + " * base-known-good ^ base-dies",
                s.figure("assembly-yield", s.assemblyYield(), Unit.SHARE),
                s.figure("attach-yield", s.attachYield(), Unit.SHARE),
                ChipDesign.ruleFigure("attachments", "base dies and stacks on the interposer", attachments()),
                known,
                area.dies(),
                s.figure("bond-yield", s.stacking().yield(), Unit.SHARE),
                below,
                new BaseFigures(area).count());
    }

    private Figure baseYieldFigure() {
        Silicon s = design.silicon();
        return baseWafer().explainYield(criticalBase(), s.figure("cluster-alpha", s.clusterAlpha(), Unit.ONE));
    }

    private Figure criticalBase() {
        return Figure.leaf(
                "critical-area",
                "area of one base die in which a defect kills it",
                area.criticalPerBaseDie(),
                Unit.AREA,
                ChipDesign.RULE);
    }

    private Figure baseFigure() {
        if (design.base() == null) {
            return ChipDesign.ruleFigure("base-cost", "no base dies", 0);
        }
        Silicon s = design.silicon();
        Figure count = new BaseFigures(area).count();
        Figure die = Figure.of(
                "die-area",
                "area of one base die",
                area.baseDie(),
                Unit.AREA,
                "base-area / base-dies",
                area.explainFootprint(),
                count);
        Figure cost = baseWafer()
                .explain(
                        die,
                        criticalBase(),
                        s.figure("wafer", s.wafer(), Unit.plain("m")),
                        s.figure("edge", s.edge(), Unit.plain("m")),
                        s.figure("cluster-alpha", s.clusterAlpha(), Unit.ONE));
        return Figure.of(
                "base-cost",
                "base dies and the bonding of compute dies on them",
                baseDies(),
                Unit.USD,
                "base-dies * die-cost + compute-area * bond-price",
                count,
                cost,
                area.explainCompute().as("compute-area"),
                s.figure("bond-price", s.stacking().price(), Unit.USD_PER_AREA));
    }

    /** The tree behind the yield of a die. */
    public Figure yieldFigure() {
        Silicon s = design.silicon();
        return wafer().explainYield(area.explainCritical(), s.figure("cluster-alpha", s.clusterAlpha(), Unit.ONE));
    }

    private Figure diesFigure() {
        Silicon s = design.silicon();
        Figure die = Figure.of(
                "die-area",
                "area of one die",
                area.die(),
                Unit.AREA,
                "compute-area / compute-dies",
                area.explainCompute().as("compute-area"),
                area.dies());
        Figure cost = wafer().explain(
                        die,
                        area.explainCritical(),
                        s.figure("wafer", s.wafer(), Unit.plain("m")),
                        s.figure("edge", s.edge(), Unit.plain("m")),
                        s.figure("cluster-alpha", s.clusterAlpha(), Unit.ONE));
        return Figure.of("dies-cost", "dies", dies(), Unit.USD, "compute-dies * die-cost", area.dies(), cost);
    }

    private Figure memoryFigure() {
        MemoryGeneration m = design.memory().generation();
        return Figure.of(
                "memory-cost",
                "memory stacks",
                memory(),
                Unit.USD,
                "stacks * stack-capacity * stack-price",
                design.givenFigure("stacks", "memory stacks", design.memory().stacks(), Unit.ONE),
                design.memory().stackFigure("capacity", design.memory().capacity(), Unit.BYTE),
                m.figure("price", m.price(), Unit.USD_PER_BYTE));
    }
}
