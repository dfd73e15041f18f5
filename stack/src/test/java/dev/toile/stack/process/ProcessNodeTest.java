package dev.toile.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.DesignExamples;
import dev.toile.stack.Trees;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ProcessNodeTest {

    private static ProcessNode coarse() {
        ProcessNode p = DesignExamples.process();
        return new ProcessNode(
                "coarse",
                16e-9,
                29e12,
                1.2e12,
                4_000,
                600,
                90e6,
                3e6,
                1.6,
                1.07e-12,
                4.2e-12,
                0.72e-9,
                25e3,
                0.8,
                0.33,
                1e9,
                p.provenance());
    }

    @Property
    void aNodeBetweenTwoLiesBetweenThem(@ForAll @DoubleRange(min = 4, max = 16) double nanometres) {
        ProcessNode fine = DesignExamples.process();
        ProcessNode node = ProcessNode.between(coarse(), fine, nanometres * 1e-9);
        double slack = 1 + 1e-9;
        assertThat(node.logicDensity()).isBetween(29e12 / slack, fine.logicDensity() * slack);
        assertThat(node.waferPrice()).isBetween(4_000 / slack, fine.waferPrice() * slack);
        assertThat(node.energyScale()).isBetween(fine.energyScale() / slack, 1.6 * slack);
        Trees.explainItself(node.logicDensityFigure());
        Trees.explainItself(node.energyScaleFigure());
        Trees.explainItself(node.waferPriceFigure());
    }

    @Test
    void halfWayInTheLogarithmIsTheGeometricMean() {
        ProcessNode fine = DesignExamples.process();
        ProcessNode node = ProcessNode.between(coarse(), fine, 8e-9);
        assertThat(node.logicDensity())
                .isCloseTo(Math.sqrt(29e12 * fine.logicDensity()), Percentage.withPercentage(1e-6));
        assertThat(node.name()).isEqualTo("8.00 nm");
    }

    @Property
    void largerMemoriesTakeMoreEnergyUpToTheirBank(@ForAll @DoubleRange(min = 10, max = 26) double exponent) {
        ProcessNode p = DesignExamples.process();
        double energy = p.sramEnergy(Math.pow(2, exponent));
        assertThat(energy).isLessThanOrEqualTo(p.largeSramEnergy() * (1 + 1e-12));
        assertThat(p.sramEnergy(Math.pow(2, exponent + 1))).isGreaterThanOrEqualTo(energy * (1 - 1e-12));
        assertThat(p.sramEnergy(ProcessNode.SMALL_SRAM)).isEqualTo(p.smallSramEnergy());
    }

    @Property
    void aHigherVoltageGivesAHigherClock(@ForAll @DoubleRange(min = 0.5, max = 1.1) double volts) {
        ProcessNode p = DesignExamples.process();
        assertThat(p.clockAt(volts * 1.01, 0.2)).isGreaterThan(p.clockAt(volts, 0.2));
        assertThat(p.clockAt(p.voltage(), 0.2)).isEqualTo(p.clock());
    }

    /** Nearer to the threshold a volt is worth more clock: what is kept against droops makes the curve steeper. */
    @Test
    void aGuardBandMakesTheClockFallFasterWithTheVoltage() {
        ProcessNode p = DesignExamples.process();
        assertThat(p.clockAt(0.9 * p.voltage(), 0.2)).isLessThan(p.clockAt(0.9 * p.voltage(), 0));
        double expected = p.clock()
                * Math.pow((0.9 * 0.8 * p.voltage() - p.threshold()) / (0.8 * p.voltage() - p.threshold()), 1.3)
                / 0.9;
        assertThat(p.clockAt(0.9 * p.voltage(), 0.2)).isCloseTo(expected, Percentage.withPercentage(1e-9));
    }
}
