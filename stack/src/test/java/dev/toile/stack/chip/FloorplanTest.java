package dev.toile.stack.chip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Floorplan.Block;
import dev.toile.stack.chip.Floorplan.Kind;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Percentage;

class FloorplanTest {
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-8);

    @Provide
    Arbitrary<ChipDesign> designs() {
        return Worlds.designs();
    }

    @Property(tries = 100)
    void blocksFillTheDieWithoutOverlap(@ForAll("designs") ChipDesign design) {
        Floorplan plan = Floorplan.of(design);
        double die = plan.width() * plan.height();
        double sum = plan.blocks().stream().mapToDouble(Block::area).sum();
        assertThat(sum).isCloseTo(die, ROUNDING);
        assertThat(die).isCloseTo(design.area().die(), ROUNDING);
        List<Block> blocks = plan.blocks();
        double tolerance = plan.width() * 1e-9;
        for (int i = 0; i < blocks.size(); i++) {
            Block a = blocks.get(i);
            assertThat(a.x()).isGreaterThanOrEqualTo(-tolerance);
            assertThat(a.y()).isGreaterThanOrEqualTo(-tolerance);
            assertThat(a.x() + a.width()).isLessThanOrEqualTo(plan.width() + tolerance);
            assertThat(a.y() + a.height()).isLessThanOrEqualTo(plan.height() + tolerance);
            for (int j = i + 1; j < blocks.size(); j++) {
                Block b = blocks.get(j);
                double across = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
                double down = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
                assertThat(Math.min(across, down)).as(a + " and " + b).isLessThanOrEqualTo(tolerance);
            }
        }
    }

    @Property(tries = 100)
    void everyKindHasTheAreaOfItsParts(@ForAll("designs") ChipDesign design) {
        Floorplan plan = Floorplan.of(design);
        ChipArea area = design.area();
        assertThat(area(plan, Kind.CORE) + area(plan, Kind.SPARE_CORE))
                .isCloseTo(area.cores() / design.dies(), ROUNDING);
        assertThat(area(plan, Kind.SHARED)).isCloseTo(area.shared() / design.dies(), ROUNDING);
        assertThat(area(plan, Kind.NETWORK)).isCloseTo(area.noc() / design.dies(), ROUNDING);
        assertThat(area(plan, Kind.MEMORY_PHY)).isCloseTo(area.memoryPhy() / design.dies(), ROUNDING);
        assertThat(area(plan, Kind.LINK)).isCloseTo((area.linkPhy() + area.linkController()) / design.dies(), ROUNDING);
    }

    /** The closed form that feeds the energy of wires is what one measures on the drawing. */
    @Property(tries = 100)
    void theWayToSharedMemoryIsThatOfTheFloorplan(@ForAll("designs") ChipDesign design) {
        Floorplan plan = Floorplan.of(design);
        double down = 0;
        double weight = 0;
        double middle = plan.blocks().stream()
                .filter(b -> b.kind() == Kind.NETWORK)
                .mapToDouble(b -> b.y() + b.height() / 2)
                .average()
                .orElseThrow();
        for (Block b : plan.blocks()) {
            if (b.kind() == Kind.CORE || b.kind() == Kind.SPARE_CORE) {
                down += b.area() * Math.abs(b.y() + b.height() / 2 - middle);
                weight += b.area();
            }
        }
        double width = plan.blocks().stream()
                .filter(b -> b.kind() == Kind.NETWORK)
                .mapToDouble(Block::width)
                .max()
                .orElseThrow();
        assertThat(design.power().nocDistance()).isCloseTo(width / 3 + down / weight, Percentage.withPercentage(1));
    }

    private static double area(Floorplan plan, Kind kind) {
        return plan.blocks().stream()
                .filter(b -> b.kind() == kind)
                .mapToDouble(Block::area)
                .sum();
    }
}
