package dev.toile.stack.chip;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The trees behind the parts of base dies.
 *
 * @param area of a design that has them
 */
record BaseFigures(ChipArea area) {

    private static final Unit METRE = Unit.plain("m");

    private ChipDesign design() {
        return area.design();
    }

    private BaseDies dies() {
        return Objects.requireNonNull(design().base(), "a design with base dies");
    }

    private Silicon silicon() {
        return design().silicon();
    }

    Figure count() {
        return given("base-dies", "base dies", dies().dies(), Unit.ONE);
    }

    private Figure given(String name, String label, double value, Unit unit) {
        return design().givenFigure(name, label, value, unit);
    }

    /** Of all base dies, in the order of {@link ChipArea#parts()}. */
    List<Figure> parts() {
        List<Figure> parts = content();
        parts.add(blank());
        return parts;
    }

    private List<Figure> content() {
        List<Figure> parts = rest();
        parts.add(1, noc());
        return parts;
    }

    private List<Figure> rest() {
        AreaFigures shared = new AreaFigures(area);
        List<Figure> parts = new ArrayList<>(List.of(
                cache(),
                shared.memoryPhy(),
                shared.memoryController(dies().process(), area.base().memoryController())));
        for (Links each : design().links()) {
            parts.add(shared.linkPhy(each));
            parts.add(shared.linkController(each, dies().process()));
        }
        parts.add(between());
        parts.add(bond("base-bond-area", "bond of the base dies", area.base().bond()));
        parts.add(other());
        return parts;
    }

    private Figure cache() {
        boolean cache = dies().kind() == SharedMemory.Kind.CACHE;
        List<Figure> inputs = new ArrayList<>(List.of(
                given("base-sram", "memory on the base dies", dies().sram(), Unit.BYTE),
                dies().process().sramDensityFigure(),
                silicon().figure("scratchpad-overhead", silicon().scratchpadOverhead(), Unit.ONE)));
        if (cache) {
            inputs.add(silicon().figure("cache-transistors", silicon().cacheTransistors(), Unit.plain("1/B")));
            inputs.add(dies().process().logicDensityFigure());
        }
        return Figure.of(
                "base-sram-area",
                "memory-side cache on the base dies",
                area.base().shared(),
                Unit.AREA,
                "base-sram / sram-density * scratchpad-overhead"
                        + (cache ? " + base-sram * cache-transistors / logic-density" : ""),
                inputs.toArray(Figure[]::new));
    }

    private Figure noc() {
        Figure perSide = Figure.of(
                "base-noc-per-side",
                "area of the network per side of a base die",
                BaseArea.nocPerSide(dies(), silicon()),
                METRE,
                "span * base-bandwidth * noc-transistors / logic-density / base-dies",
                ChipDesign.ruleFigure(
                        "span",
                        "sides of the die that each wire spans",
                        dies().topology().span()),
                given("base-bandwidth", "bytes read on the base dies in a cycle", dies().bytesPerCycle(), Unit.ONE),
                silicon().figure("noc-transistors", silicon().nocTransistors(), Unit.plain("1/B/m")),
                dies().process().logicDensityFigure(),
                count());
        Figure rest = Figure.sum(
                "rest",
                "base dies without the network",
                area.base().content() - area.base().noc(),
                Unit.AREA,
                rest());
        return Figure.of(
                "base-noc-area",
                "network on the base dies",
                area.base().noc(),
                Unit.AREA,
                "base-dies * per-side * (per-side + sqrt(per-side ^ 2 + 4 * rest / base-dies)) / 2",
                count(),
                perSide.as("per-side"),
                rest);
    }

    private Figure between() {
        return Figure.of(
                "base-die-to-die-area",
                "links between base dies",
                area.base().between(),
                Unit.AREA,
                "between * die-to-die-area-per-bandwidth",
                given("between", "bandwidth between base dies", dies().between(), Unit.BYTE_PER_SECOND),
                silicon()
                        .figure("die-to-die-area", silicon().dieToDieArea(), Unit.plain("m2*s/B"))
                        .as("die-to-die-area-per-bandwidth"));
    }

    /** Either side of the bond between base and compute dies. */
    Figure bond(String name, String label, double value) {
        return Figure.of(
                name,
                label,
                value,
                Unit.AREA,
                "base-bandwidth * base-clock * bond-area-per-bandwidth",
                given("base-bandwidth", "bytes read on the base dies in a cycle", dies().bytesPerCycle(), Unit.ONE),
                clock(),
                silicon()
                        .figure("bond-area", silicon().stacking().area(), Unit.plain("m2*s/B"))
                        .as("bond-area-per-bandwidth"));
    }

    Figure clock() {
        return given("base-clock", "clock of the base dies", dies().clock(), Unit.HERTZ);
    }

    private Figure other() {
        return Figure.of(
                "base-other-area",
                "clocking, test, seal ring, system control of the base dies",
                area.base().other(),
                Unit.AREA,
                "base-dies * other-area-per-die",
                count(),
                silicon().figure("other-area", silicon().otherArea(), Unit.AREA).as("other-area-per-die"));
    }

    private Figure blank() {
        return Figure.of(
                "blank-area",
                "silicon of the base dies that only carries",
                area.base().blank(),
                Unit.AREA,
                "max(0, compute-area - base-content)",
                Figure.leaf("compute-area", "area of the compute dies", area.compute(), Unit.AREA, ChipDesign.RULE),
                Figure.leaf(
                        "base-content",
                        "area of what is on the base dies",
                        area.base().content(),
                        Unit.AREA,
                        ChipDesign.RULE));
    }

    /** Base dies without PHYs and blank silicon. */
    Figure digital() {
        List<Figure> parts = content().stream()
                .filter(part -> !part.name().endsWith("-phy-area"))
                .toList();
        return Figure.sum(
                "base-digital-area", "base dies without PHYs", area.base().digital(), Unit.AREA, parts);
    }
}
