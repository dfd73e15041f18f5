package dev.toile.stack.chip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.DesignExamples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Floorplan.Block;
import dev.toile.stack.operation.DataType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compute dies on base dies: what lies below costs area, energy, yield and money, and explains itself. */
class StackedDesignTest {
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-9);

    @Provide
    Arbitrary<ChipDesign> stacked() {
        return Combinators.combine(
                        Worlds.designs(),
                        Arbitraries.of(1, 2, 4),
                        Arbitraries.of(0.0, 64e6, 256e6),
                        Arbitraries.of(SharedMemory.Kind.class),
                        Arbitraries.of(SharedMemory.Topology.class))
                .as((design, dies, sram, kind, network) -> on(
                        design,
                        new BaseDies(
                                DesignExamples.process(),
                                dies,
                                sram,
                                kind,
                                4096,
                                network,
                                1.5e9,
                                dies == 1 ? 0 : 2e12)));
    }

    private static ChipDesign on(ChipDesign d, @Nullable BaseDies base) {
        return new ChipDesign(
                d.name(),
                d.process(),
                d.dies(),
                d.units(),
                d.spareCores(),
                d.core(),
                d.shared(),
                d.memory(),
                d.links(),
                base == null ? d.dieToDie() : 0,
                base,
                d.packaging(),
                d.clock(),
                d.clockGating(),
                d.fixedClock(),
                d.powerLimit(),
                d.volume(),
                d.silicon(),
                d.given());
    }

    @Property(tries = 200)
    void theAreaIsThatOfBothKindsOfDies(@ForAll("stacked") ChipDesign design) {
        ChipArea area = design.area();
        assertThat(area.total())
                .isCloseTo(
                        area.parts().stream().mapToDouble(ChipArea.Part::area).sum(), ROUNDING);
        assertThat(area.memoryPhy() + area.linkPhy()).isZero();
        assertThat(area.base().memoryPhy()).isPositive();
        assertThat(area.base().side() * area.base().side()).isCloseTo(area.baseDie(), ROUNDING);
    }

    @Property(tries = 200)
    void aBaseDieCarriesWhatIsBondedOnIt(@ForAll("stacked") ChipDesign design) {
        assertThat(design.area().footprint())
                .isGreaterThanOrEqualTo(design.area().compute() * (1 - 1e-12));
    }

    @Property(tries = 200)
    void bondingCostsYieldAndMemoryTrafficEnergy(@ForAll("stacked") ChipDesign design) {
        ChipDesign flat = on(design, null);
        assertThat(design.cost().packageYield()).isBetween(0.0, 1.0);
        assertThat(design.cost().oneTime()).isGreaterThan(flat.cost().oneTime());
        assertThat(design.chip().memoryEnergy()).isGreaterThan(flat.chip().memoryEnergy());
        assertThat(design.chip().peak().get(DataType.BF16))
                .isEqualTo(flat.chip().peak().get(DataType.BF16));
    }

    @Property(tries = 100)
    void everyNumberExplainsItself(@ForAll("stacked") ChipDesign design) {
        Chip chip = design.chip();
        Trees.explains(chip.areaFigure(), chip.area());
        Trees.explains(chip.powerFigure(), chip.power());
        Trees.explains(chip.idlePowerFigure(), chip.idlePower());
        Trees.explains(chip.costFigure(), chip.cost());
        Trees.explains(chip.memoryEnergyFigure(), chip.memoryEnergy());
        Trees.explains(chip.linkEnergyFigure(), chip.linkEnergy());
    }

    @Property(tries = 100)
    void theBlocksOfABaseDieFillIt(@ForAll("stacked") ChipDesign design) {
        Floorplan plan = Floorplan.ofBase(design).orElseThrow();
        double sum = plan.blocks().stream().mapToDouble(Block::area).sum();
        assertThat(sum).isCloseTo(design.area().baseDie(), Percentage.withPercentage(1e-6));
    }

    @Test
    void withoutBaseDiesThereIsNoFloorplanOfOne() {
        assertThat(Floorplan.ofBase(DesignExamples.design())).isEmpty();
    }

    @Test
    void aStackThatIsTooHotIsAnObstacleThatNamesIt() {
        ChipDesign large = DesignExamples.design(2, 1024, 64, 8e6, 6, 600e9, 12);
        BaseDies base = new BaseDies(
                DesignExamples.process(), 2, 0, SharedMemory.Kind.CACHE, 4096, SharedMemory.Topology.MESH, 1.5e9, 2e12);
        DesignCheck heat = DesignCheck.of(on(large, base)).stream()
                .filter(check -> check.name().equals("stack-heat"))
                .findFirst()
                .orElseThrow();
        assertThat(heat.holds()).isEqualTo(heat.value() <= heat.limit());
        assertThat(heat.obstacle()).contains("stacked dies", "stack-heat limit");
    }
}
