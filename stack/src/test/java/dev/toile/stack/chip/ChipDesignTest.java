package dev.toile.stack.chip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toile.stack.DesignExamples;
import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.operation.DataType;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ChipDesignTest {
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-10);

    @Provide
    Arbitrary<ChipDesign> designs() {
        return Worlds.designs();
    }

    private static ChipDesign with(ChipDesign d, double units, double sram, double stacks) {
        return DesignExamples.design(
                d.dies(), units, d.core().columns(), sram, stacks, d.bandwidth(ChipDesign.SCALE_UP), d.spareCores());
    }

    @Property
    void theAreaIsTheSumOfItsParts(@ForAll("designs") ChipDesign design) {
        ChipArea area = design.area();
        double parts = area.parts().stream().mapToDouble(ChipArea.Part::area).sum();
        assertThat(area.total()).isCloseTo(parts, ROUNDING);
        assertThat(design.chip().area()).isCloseTo(parts, ROUNDING);
        assertThat(area.side() * area.side()).isCloseTo(area.die(), ROUNDING);
    }

    @Property
    void thePowerIsTheSumOfItsParts(@ForAll("designs") ChipDesign design) {
        ChipPower power = design.power();
        assertThat(power.product())
                .isCloseTo(power.idle() + power.workingClock() + power.tensor() + power.productMemory(), ROUNDING);
        assertThat(design.chip().power()).isGreaterThanOrEqualTo(power.product() * (1 - 1e-12));
        assertThat(power.idle()).isLessThan(power.product());
    }

    @Property
    void aFixedClockBearsAllPartsAtOnce(@ForAll("designs") ChipDesign design) {
        ChipDesign fixed = fixed(design);
        ChipPower power = fixed.power();
        double all = power.idle()
                + power.clockTree() * design.clockGating()
                + power.tensor()
                + power.vector()
                + power.streaming();
        assertThat(fixed.chip().power()).isCloseTo(all, ROUNDING);
        assertThat(all).isGreaterThan(design.power().unlimited());
        assertThat(power.product()).isEqualTo(design.power().product());
        Trees.explainItself(fixed.chip().powerFigure());
    }

    /** Two flops of 0.845 pJ and 16 bytes of the small macro a lane and cycle, over the regulators. */
    @Test
    void aVectorLaneMovesFourWordsForAMultiplyAccumulate() {
        ChipDesign d = DesignExamples.design();
        double lane =
                2 * 0.845e-12 * d.process().energyScale() + 16 * d.process().smallSramEnergy();
        double lanes = d.units() * d.core().vectorLanes();
        assertThat(d.power().vector())
                .isCloseTo(lanes * d.clock() * lane / d.silicon().regulatorEfficiency(), ROUNDING);
    }

    private static ChipDesign fixed(ChipDesign d) {
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
                d.dieToDie(),
                d.base(),
                d.packaging(),
                d.clock(),
                d.clockGating(),
                true,
                d.powerLimit(),
                d.volume(),
                d.silicon(),
                d.given());
    }

    @Property
    void thePeakIsTwoFlopsForEveryCellAndCycle(@ForAll("designs") ChipDesign d) {
        double cells = d.units() * d.core().rows() * d.core().columns();
        Chip chip = d.chip();
        assertThat(chip.peak().get(DataType.BF16)).isCloseTo(2 * cells * d.clock(), ROUNDING);
        assertThat(chip.peak().get(DataType.FP8)).isCloseTo(4 * cells * d.clock(), ROUNDING);
        assertThat(chip.peak().get(DataType.FP4)).isCloseTo(8 * cells * d.clock(), ROUNDING);
    }

    @Property
    void aTighterPowerLimitNeverRaisesTheClockAndIsKept(
            @ForAll("designs") ChipDesign design, @ForAll @DoubleRange(min = 0.3, max = 1.2) double share) {
        ChipPower power = design.power();
        double limit = share * power.product();
        double clock = power.sustainedClock(limit);
        assertThat(clock).isBetween(0.0, design.clock());
        assertThat(power.sustainedClock(limit * 0.9)).isLessThanOrEqualTo(clock);
        if (share >= 1) {
            assertThat(clock).isEqualTo(design.clock());
        }
    }

    @Property
    void narrowerTypesTakeLessEnergy(@ForAll("designs") ChipDesign design) {
        ChipPower power = design.power();
        assertThat(power.flopEnergy(DataType.FP8)).isLessThan(power.flopEnergy(DataType.BF16));
        assertThat(power.flopEnergy(DataType.FP4)).isLessThan(power.flopEnergy(DataType.FP8));
    }

    @Property
    void moreUnitsSpreadTheOneTimeCostOverMoreFlops(
            @ForAll("designs") ChipDesign design, @ForAll @DoubleRange(min = 1, max = 64) double more) {
        ChipDesign larger = with(
                design,
                design.units() + Math.rint(more),
                design.shared().bytes(),
                design.memory().stacks());
        assertThat(larger.cost().oneTime() / larger.peak(DataType.BF16))
                .isLessThan(design.cost().oneTime() / design.peak(DataType.BF16));
    }

    @Property
    void aSpareCoreNeverLowersTheYieldOfItsArea(@ForAll("designs") ChipDesign design) {
        double yield = design.cost().wafer().dieYield();
        double clean = design.cost().wafer().criticalYield();
        assertThat(yield).isBetween(0.0, clean * (1 + 1e-9));
        assertThat(design.cost().knownGood()).isBetween(yield, 1.0);
    }

    @Property
    void moreTensorUnitsTakeMoreAreaPowerAndMoney(
            @ForAll("designs") ChipDesign design, @ForAll @DoubleRange(min = 1, max = 64) double more) {
        isLarger(
                with(
                        design,
                        design.units() + Math.rint(more),
                        design.shared().bytes(),
                        design.memory().stacks()),
                design,
                true);
    }

    @Property
    void moreSramTakesMoreAreaAndMoney(
            @ForAll("designs") ChipDesign design, @ForAll @DoubleRange(min = 1, max = 64) double more) {
        isLarger(
                with(
                        design,
                        design.units(),
                        design.shared().bytes() + more * 1e6,
                        design.memory().stacks()),
                design,
                false);
    }

    @Property
    void moreStacksTakeMoreAreaPowerAndMoneyAndBringMoreMemory(
            @ForAll("designs") ChipDesign design, @ForAll @DoubleRange(min = 1, max = 4) double more) {
        ChipDesign larger = with(
                design, design.units(), design.shared().bytes(), design.memory().stacks() + more);
        isLarger(larger, design, true);
        assertThat(larger.chip().memoryBandwidth()).isGreaterThan(design.chip().memoryBandwidth());
        assertThat(larger.chip().memoryCapacity()).isGreaterThan(design.chip().memoryCapacity());
    }

    private static void isLarger(ChipDesign larger, ChipDesign smaller, boolean power) {
        Chip more = larger.chip();
        Chip less = smaller.chip();
        assertThat(more.area()).isGreaterThan(less.area());
        assertThat(more.cost()).isGreaterThanOrEqualTo(less.cost());
        if (!Double.isInfinite(less.cost())) {
            assertThat(more.cost()).isGreaterThan(less.cost());
        }
        assertThat(more.price()).isGreaterThanOrEqualTo(less.price());
        double needs = larger.power().product();
        if (power) {
            assertThat(needs).isGreaterThan(smaller.power().product());
        } else {
            assertThat(needs).isGreaterThanOrEqualTo(smaller.power().product());
        }
    }

    @Test
    void theExampleDesignCanBeMade() {
        assertThat(DesignExamples.design().obstacles()).isEmpty();
    }

    @Test
    void aDieOverTheReticleIsAnObstacleThatNamesIt() {
        ChipDesign base = DesignExamples.design();
        ChipDesign large = with(
                base, 10 * base.units(), base.shared().bytes(), base.memory().stacks());
        assertThat(large.obstacles())
                .anySatisfy(obstacle -> assertThat(obstacle).contains("reticle limit of 858 mm2"));
    }

    @Test
    void anInterposerOverItsLimitIsAnObstacleThatNamesIt() {
        ChipDesign base = DesignExamples.design();
        ChipDesign wide = with(base, base.units(), base.shared().bytes(), 24);
        assertThat(wide.obstacles()).anySatisfy(obstacle -> assertThat(obstacle).contains("interposer", "2,700 mm2"));
    }

    @Test
    void thePartnersMarginIsAShareOfThePrice() {
        Chip chip = DesignExamples.design().chip();
        assertThat((chip.price() - chip.cost()) / chip.price())
                .isCloseTo(DesignExamples.design().silicon().partnerMargin(), ROUNDING);
    }

    @Property(tries = 100)
    void everyNumberOfADesignExplainsItself(@ForAll("designs") ChipDesign design) {
        Chip chip = design.chip();
        List<Figure> trees = List.of(
                chip.areaFigure(),
                chip.powerFigure(),
                chip.idlePowerFigure(),
                chip.costFigure(),
                chip.priceFigure(),
                chip.memoryBandwidthFigure(),
                chip.memoryCapacityFigure(),
                chip.memoryEnergyFigure(),
                chip.linkEnergyFigure(),
                chip.clockFigure(),
                chip.unitsFigure(),
                chip.peakFigure(DataType.BF16),
                chip.peakFigure(DataType.FP4),
                chip.flopEnergyFigure(DataType.INT8));
        List<Double> values = List.of(
                chip.area(),
                chip.power(),
                chip.idlePower(),
                chip.cost(),
                chip.price(),
                chip.memoryBandwidth(),
                chip.memoryCapacity(),
                chip.memoryEnergy(),
                chip.linkEnergy(),
                chip.clock(),
                chip.units(),
                chip.peak().get(DataType.BF16),
                chip.peak().get(DataType.FP4),
                chip.flopEnergy().get(DataType.INT8));
        for (int i = 0; i < trees.size(); i++) {
            assertThat(trees.get(i).value()).isEqualTo(values.get(i));
            Trees.explainItself(trees.get(i));
        }
    }

    @Test
    void aFormatTheChipLacksRunsInTheNextWiderOne() {
        assertThat(Examples.a100().mathType(DataType.FP8)).isEqualTo(DataType.BF16);
        assertThat(Examples.h100().mathType(DataType.FP4)).isEqualTo(DataType.FP8);
        assertThat(Examples.h100().mathType(DataType.INT4)).isEqualTo(DataType.BF16);
        assertThat(Examples.h100().peakFor(DataType.FP4)).isEqualTo(1978e12);
    }

    @Test
    void aFormatWithoutAWiderOneIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.h100().peakFor(DataType.FP64))
                .withMessageContaining("H100-like example")
                .withMessageContaining("FP64");
    }

    @Test
    void theCostOfABoughtChipIsItsPrice() {
        assertThat(Examples.h100().costFigure().value())
                .isEqualTo(Examples.h100().price());
        assertThat(Examples.h100().costFigure().name()).isEqualTo("chip-cost");
    }
}
