package dev.toile.stack.chip;

import dev.toile.stack.figure.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * One limit of what can be made, and where a design stands.
 *
 * @param name such as {@code reticle}
 * @param what is limited, in words
 * @param value of the design
 * @param limit that it must keep
 * @param unit of both
 * @param growing whether more of any part only brings a design nearer to the limit, or farther over it. Not so for edge
 *     and heat per area: a larger die has more edge and more area
 */
public record DesignCheck(String name, String what, double value, double limit, Unit unit, boolean growing) {

    /** HBM stacks that fit along two edges of the longest die: 33 mm each side takes three, two dies side by side six. */
    private static final double STACKS_PER_DIE = 6;

    /** Whether the design keeps the limit. */
    public boolean holds() {
        return value <= limit;
    }

    /** Such as "each compute die would be 900 mm2, over the reticle limit of 858 mm2". */
    public String obstacle() {
        return what + " would be " + unit.format(value) + ", over the " + name + " limit of " + unit.format(limit);
    }

    /** All checks of a design. */
    public static List<DesignCheck> of(ChipDesign d) {
        Silicon s = d.silicon();
        ChipArea area = d.area();
        ChipPower power = new ChipPower(d, area);
        BaseDies base = d.base();
        double edge = 4 * Math.sqrt(base == null ? area.die() : area.baseDie());
        double flux = power.heat() / area.footprint();
        List<DesignCheck> checks = new ArrayList<>();
        checks.add(new DesignCheck("reticle", "each compute die", area.die(), s.reticle(), Unit.AREA, true));
        if (base != null) {
            checks.add(new DesignCheck("base-reticle", "each base die", area.baseDie(), s.reticle(), Unit.AREA, true));
            checks.add(new DesignCheck(
                    "stack-heat",
                    "heat per area through the stacked dies",
                    flux,
                    s.stacking().flux(),
                    Unit.plain("W/m2"),
                    false));
        }
        checks.add(new DesignCheck(
                "shoreline", "die edge for memory and links", shoreline(d), edge, Unit.prefixed("m"), false));
        if (d.packaging() == Packaging.INTERPOSER) {
            checks.add(new DesignCheck(
                    "interposer", "the interposer", area.interposer(), s.interposerLimit(), Unit.AREA, true));
            checks.add(new DesignCheck(
                    "memory-sites",
                    "memory stacks around the dies",
                    d.memory().sites(),
                    STACKS_PER_DIE * (base == null ? d.dies() : base.dies()) + 2,
                    Unit.ONE,
                    true));
        }
        checks.add(new DesignCheck(
                "power-density", "heat per area under cold plates", flux, s.liquidFlux(), Unit.plain("W/m2"), false));
        return checks;
    }

    /** Metres of edge that all interfaces of one die take: a base die where there are some. */
    private static double shoreline(ChipDesign d) {
        Silicon s = d.silicon();
        BaseDies base = d.base();
        double between = d.dieToDie() + (base == null ? 0 : base.between());
        double all = d.memory().interfaces() * s.memoryShoreline() + 2 * between * s.dieToDieShoreline();
        for (Links each : d.links()) {
            all += each.lanes() * each.generation().shoreline();
        }
        return all / (base == null ? d.dies() : base.dies());
    }

    /** Whether air can carry the heat away. */
    public static boolean coolsInAir(ChipDesign d) {
        ChipArea area = d.area();
        return new ChipPower(d, area).heat() <= area.footprint() * d.silicon().airFlux();
    }

    static List<String> obstacles(ChipDesign d) {
        return of(d).stream()
                .filter(check -> !check.holds())
                .map(DesignCheck::obstacle)
                .toList();
    }
}
