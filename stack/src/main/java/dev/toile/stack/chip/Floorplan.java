package dev.toile.stack.chip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A slicing floorplan of one die of a design (Otten, "Automatic floorplan design", DAC 1982): every cut runs through, every
 * block has its area, nothing is left over.
 *
 * @param width m
 * @param height m
 * @param blocks from left to right, top to bottom; y grows downwards
 */
public record Floorplan(double width, double height, List<Block> blocks) {

    /** Copies the blocks. */
    public Floorplan {
        blocks = List.copyOf(blocks);
    }

    /** What a block is for. */
    public enum Kind {
        /** A core with its tensor unit. */
        CORE,
        /** A core that may be defective. */
        SPARE_CORE,
        /** Shared memory. */
        SHARED,
        /** The on-chip network. */
        NETWORK,
        /** An interface to a memory stack. */
        MEMORY_PHY,
        /** A memory controller. */
        MEMORY_CONTROLLER,
        /** Serial lanes. */
        LINK,
        /** Links to other dies of the package. */
        DIE_TO_DIE,
        /** Host interface, clocking, test. */
        OTHER
    }

    /**
     * A rectangle of the die; lengths in m.
     *
     * @param name of the block
     * @param kind of it
     * @param x left edge
     * @param y upper edge
     * @param width along x
     * @param height along y
     */
    public record Block(String name, Kind kind, double x, double y, double width, double height) {

        /** Area, m2. */
        public double area() {
            return width * height;
        }
    }

    /** The floorplan of one compute die. */
    public static Floorplan of(ChipDesign design) {
        ChipArea area = design.area();
        return placed(root(design, area), area.side());
    }

    /** The floorplan of one base die; empty for a design without. */
    public static Optional<Floorplan> ofBase(ChipDesign design) {
        BaseDies base = design.base();
        if (base == null) {
            return Optional.empty();
        }
        ChipArea area = design.area();
        return Optional.of(placed(base(design, base, area.base()), area.base().side()));
    }

    private static Floorplan placed(Slice root, double side) {
        List<Block> blocks = new ArrayList<>();
        root.place(0, 0, side, side, blocks);
        return new Floorplan(side, side, blocks);
    }

    private static Slice base(ChipDesign d, BaseDies base, BaseArea area) {
        double dies = base.dies();
        Slice cache = new Leaf("cache", Kind.SHARED, area.shared() / dies / 2);
        Slice network = new Leaf("network", Kind.NETWORK, (area.noc() + area.bond()) / dies);
        Slice centre = new Cut(false, List.of(cache, network, cache));
        double phy = area.memoryPhy() / dies;
        double controller = area.memoryController() / dies;
        Slice middle = new Cut(
                true, List.of(memory(d, dies, phy, controller, true), centre, memory(d, dies, phy, controller, false)));
        double density = base.process().logicDensity();
        List<Slice> above = links(d, dies, density, true);
        above.add(new Leaf("other", Kind.OTHER, area.other() / dies));
        above.add(new Leaf("blank", Kind.OTHER, area.blank() / dies));
        List<Slice> below = links(d, dies, density, false);
        below.add(new Leaf("die to die", Kind.DIE_TO_DIE, area.between() / dies));
        return new Cut(false, List.of(new Cut(true, above), middle, new Cut(true, below)));
    }

    private static Slice root(ChipDesign d, ChipArea area) {
        double dies = d.dies();
        Slice cores = cores(d, area);
        Slice shared = new Leaf(
                d.shared().kind() == SharedMemory.Kind.CACHE ? "L2" : "SRAM", Kind.SHARED, area.shared() / dies / 2);
        Slice network = new Leaf("network", Kind.NETWORK, area.noc() / dies);
        Slice centre = new Cut(false, List.of(cores, shared, network, shared, cores));
        double phy = area.memoryPhy() / dies;
        double controller = area.memoryController() / dies;
        Slice middle = new Cut(
                true, List.of(memory(d, dies, phy, controller, true), centre, memory(d, dies, phy, controller, false)));
        boolean based = d.base() != null;
        double density = d.process().logicDensity();
        List<Slice> above = based ? new ArrayList<>() : links(d, dies, density, true);
        above.add(new Leaf("other", Kind.OTHER, area.other() / dies));
        List<Slice> below = based ? new ArrayList<>() : links(d, dies, density, false);
        below.add(new Leaf(based ? "bond" : "die to die", Kind.DIE_TO_DIE, area.dieToDie() / dies));
        return new Cut(false, List.of(new Cut(true, above), middle, new Cut(true, below)));
    }

    /** One column of memory interfaces, its PHYs at the edge; areas are those of one die. */
    private static Slice memory(ChipDesign d, double dies, double phys, double controllers, boolean left) {
        int all = (int) Math.max(1, Math.round(d.memory().interfaces() / dies));
        int here = left ? (all + 1) / 2 : all / 2;
        List<Slice> rows = new ArrayList<>();
        for (int i = 0; i < here; i++) {
            Slice phy = new Leaf(d.memory().generation().name(), Kind.MEMORY_PHY, phys / all);
            Slice controller = new Leaf("controller", Kind.MEMORY_CONTROLLER, controllers / all);
            rows.add(new Cut(true, left ? List.of(phy, controller) : List.of(controller, phy)));
        }
        return new Cut(false, rows);
    }

    /** The lanes to the host, or those to peers. */
    private static List<Slice> links(ChipDesign d, double dies, double density, boolean host) {
        List<Slice> columns = new ArrayList<>();
        for (Links each : d.links()) {
            LinkGeneration g = each.generation();
            double lanes = each.lanes() * (g.phyArea() + g.controllerTransistors() / density) / dies;
            if (each.purpose().equals(ChipDesign.HOST) == host) {
                columns.add(new Leaf(each.purpose(), Kind.LINK, lanes));
            }
        }
        return columns;
    }

    /** Half of a die's cores, in rows that are as square as they come. */
    private static Slice cores(ChipDesign d, ChipArea area) {
        int count = (int) Math.max(1, Math.round(d.cores() / d.dies() / 2));
        int spare = (int) Math.round(d.spareCores() / d.dies() / 2);
        double each = area.cores() / d.dies() / 2 / count;
        Outline outline = Outline.of(area);
        double aspect = outline.width() / (outline.cores() / 2);
        int columns = Math.clamp(Math.round(Math.sqrt(count * aspect)), 1, count);
        List<Slice> rows = new ArrayList<>();
        int lines = (int) Math.max(1, Math.round((double) count / columns));
        int placed = 0;
        for (int line = 0; line < lines; line++) {
            int here = (count - placed) / (lines - line);
            List<Slice> row = new ArrayList<>();
            for (int i = 0; i < here; i++, placed++) {
                boolean isSpare = placed >= count - spare;
                row.add(new Leaf(isSpare ? "spare" : "core", isSpare ? Kind.SPARE_CORE : Kind.CORE, each));
            }
            rows.add(new Cut(true, row));
        }
        return new Cut(false, rows);
    }

    private sealed interface Slice {
        double area();

        void place(double x, double y, double width, double height, List<Block> into);
    }

    private record Leaf(String name, Kind kind, double area) implements Slice {
        @Override
        public void place(double x, double y, double width, double height, List<Block> into) {
            if (area > 0) {
                into.add(new Block(name, kind, x, y, width, height));
            }
        }
    }

    /** Parts side by side, or one below the other, each with its share of the area. */
    private record Cut(boolean sideBySide, List<Slice> parts) implements Slice {
        @Override
        public double area() {
            return parts.stream().mapToDouble(Slice::area).sum();
        }

        @Override
        public void place(double x, double y, double width, double height, List<Block> into) {
            double all = area();
            if (all == 0) {
                return;
            }
            double at = 0;
            for (Slice part : parts) {
                double share = part.area() / all;
                if (sideBySide) {
                    part.place(x + at * width, y, share * width, height, into);
                } else {
                    part.place(x, y + at * height, width, share * height, into);
                }
                at += share;
            }
        }
    }
}
