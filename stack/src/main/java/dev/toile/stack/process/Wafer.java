package dev.toile.stack.process;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import java.util.List;

/**
 * Good dies of one wafer.
 *
 * @param node the process
 * @param dieArea m2 of one die
 * @param criticalArea m2 of the part of the die in which a defect kills it
 * @param spares parts of the die with units that can be switched off
 * @param diameter m of the wafer
 * @param edge m of the ring at the rim that prints no good die
 * @param clusterAlpha cluster parameter of the defects
 */
public record Wafer(
        ProcessNode node,
        double dieArea,
        double criticalArea,
        List<Spares> spares,
        double diameter,
        double edge,
        double clusterAlpha) {

    /** Copies the groups. */
    public Wafer {
        spares = List.copyOf(spares);
    }

    /** A wafer of dies on which nothing can be switched off but what lies outside the critical area. */
    public Wafer(
            ProcessNode node, double dieArea, double criticalArea, double diameter, double edge, double clusterAlpha) {
        this(node, dieArea, criticalArea, List.of(), diameter, edge, clusterAlpha);
    }

    /**
     * Whole dies on the wafer: area of the usable disc over the die, less the partial dies along the rim
     * with the fitted factor 0.58 of de Vries, "Investigation of gross die per wafer formulas", IEEE TSM 18(1), 2005.
     */
    public double diesPerWafer() {
        double usable = diameter - 2 * edge;
        double dies = Math.PI * usable * usable / (4 * dieArea) - 0.58 * Math.PI * usable / Math.sqrt(dieArea);
        return Math.max(0, Math.floor(dies));
    }

    /** Area of the wafer over that of a die, as the press counts candidates: no rim, and partial dies count. */
    public double areaRatio() {
        return Math.floor(Math.PI * diameter * diameter / (4 * dieArea));
    }

    /** Share of dies that can be sold: clean in the critical area and with enough of every unit that has spares. */
    public double dieYield() {
        return spares.isEmpty()
                ? criticalYield()
                : DefectField.of(clusterAlpha).share(node.defectDensity(), criticalArea, spares);
    }

    /** Share of dies without a defect in the critical area: negative binomial (Stapper 1983). */
    public double criticalYield() {
        return YieldModel.NEGATIVE_BINOMIAL.share(criticalArea * node.defectDensity(), clusterAlpha);
    }

    /** Share of dies without any defect, by a model. */
    public double cleanYield(YieldModel model) {
        return model.share(dieArea * node.defectDensity(), clusterAlpha);
    }

    /** USD for one good die; infinite when none fits on a wafer. */
    public double costPerGoodDie() {
        return node.waferPrice() / (diesPerWafer() * dieYield());
    }

    /** The tree behind {@link #costPerGoodDie()}. */
    public Figure explain(Figure die, Figure critical, Figure wafer, Figure rim, Figure alpha) {
        Figure dies = Figure.of(
                "dies-per-wafer",
                "whole dies on a wafer (de Vries 2005)",
                diesPerWafer(),
                Unit.ONE,
                "max(0, floor(3.141592653589793 * (diameter - 2 * edge) ^ 2 / (4 * die-area)"
                        + " - 0.58 * 3.141592653589793 * (diameter - 2 * edge) / sqrt(die-area)))",
                wafer.as("diameter"),
                rim.as("edge"),
                die.as("die-area"));
        return Figure.of(
                "die-cost",
                "cost of a good die",
                costPerGoodDie(),
                Unit.USD,
                "wafer-price / (dies-per-wafer * yield)",
                node.waferPriceFigure(),
                dies,
                explainYield(critical, alpha));
    }

    /** The tree behind {@link #dieYield()}. */
    public Figure explainYield(Figure critical, Figure alpha) {
        Figure clean = Figure.of(
                "critical-yield",
                "dies clean where a defect kills, negative binomial (Stapper 1983)",
                criticalYield(),
                Unit.SHARE,
                "(1 + critical-area * defect-density / cluster-alpha) ^ (0 - cluster-alpha)",
                critical.as("critical-area"),
                node.defectDensityFigure(),
                alpha.as("cluster-alpha"));
        Figure enough = Figure.leaf(
                        "spares-suffice",
                        "of those, dies whose spare units suffice",
                        dieYield() / criticalYield(),
                        Unit.SHARE,
                        Source.definition("binomial tail of working units, averaged over the gamma-distributed defect"
                                + " density of clean dies"))
                .noted(spares.isEmpty() ? "no spare units" : needs());
        return Figure.of(
                "yield",
                "dies that can be sold",
                dieYield(),
                Unit.SHARE,
                "critical-yield * spares-suffice",
                clean,
                enough);
    }

    private String needs() {
        return String.join(
                ", ",
                spares.stream()
                        .map(group -> group.needed() + " of " + group.units() + " of " + Unit.AREA.format(group.area()))
                        .toList());
    }
}
