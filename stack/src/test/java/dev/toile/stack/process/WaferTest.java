package dev.toile.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.DesignExamples;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class WaferTest {
    private static final double MM = 1e-3;
    private static final double MM2 = 1e-6;

    private static Wafer wafer(double area, double critical, double defects, double alpha) {
        ProcessNode node = DesignExamples.process(defects);
        return new Wafer(node, area * MM2, critical * MM2, 300 * MM, 3 * MM, alpha);
    }

    @Property
    void someDiesWorkAndSomeDoNot(
            @ForAll @DoubleRange(min = 1, max = 900) double area,
            @ForAll @DoubleRange(min = 1, max = 5000) double defects,
            @ForAll @DoubleRange(min = 0.5, max = 20) double alpha) {
        assertThat(wafer(area, area, defects, alpha).dieYield())
                .isGreaterThan(0)
                .isLessThan(1);
    }

    @Property
    void yieldFallsWithAreaAndWithDefects(
            @ForAll @DoubleRange(min = 1, max = 900) double area,
            @ForAll @DoubleRange(min = 1, max = 5000) double defects,
            @ForAll @DoubleRange(min = 1.01, max = 4) double more) {
        double now = wafer(area, area, defects, 3).dieYield();
        assertThat(wafer(area, area * more, defects, 3).dieYield()).isLessThan(now);
        assertThat(wafer(area, area, defects * more, 3).dieYield()).isLessThan(now);
    }

    @Test
    void withoutDefectsEveryDieWorks() {
        assertThat(wafer(814, 814, 0, 3).dieYield()).isEqualTo(1);
        assertThat(wafer(814, 0, 900, 3).dieYield()).isEqualTo(1);
    }

    @Property
    void defectsThatDoNotClusterFollowPoisson(
            @ForAll @DoubleRange(min = 1, max = 900) double area,
            @ForAll @DoubleRange(min = 1, max = 2000) double defects) {
        // (1 + x / a)^-a tends to exp(-x); the error is about x^2 / (2 a).
        double poisson = Math.exp(-area * MM2 * defects);
        assertThat(wafer(area, area, defects, 1e7).dieYield()).isCloseTo(poisson, Percentage.withPercentage(1e-4));
    }

    @Property
    void clusteredDefectsKillFewerDies(
            @ForAll @DoubleRange(min = 50, max = 900) double area,
            @ForAll @DoubleRange(min = 100, max = 2000) double defects) {
        assertThat(wafer(area, area, defects, 2).dieYield())
                .isGreaterThan(wafer(area, area, defects, 10).dieYield());
    }

    @Test
    void theFormulaOfDeVriesGivesSixtyFourDiesOfTheSizeOfAnH100() {
        // 294 mm usable: pi 294^2 / (4 814) = 83.4 by area, less 0.58 pi 294 / sqrt(814) = 18.8 along the rim.
        assertThat(wafer(814, 814, 900, 3).diesPerWafer()).isEqualTo(64);
    }

    @Test
    void theEightySixCandidatesThatArePublishedForTheH100AreTheAreaOfTheWaferOverTheDie() {
        // pi 150^2 / 814 = 86.8: no rim, no partial dies. The formula must stay below it.
        double byArea = Math.floor(Math.PI * 150 * 150 / 814);
        assertThat(byArea).isEqualTo(86);
        assertThat(wafer(814, 814, 900, 3).diesPerWafer()).isLessThan(byArea);
    }

    @Property(tries = 200)
    void theFormulaIsNearTheSquareDiesOneCanCountOnTheWafer(@ForAll @DoubleRange(min = 30, max = 858) double area) {
        int counted = counted(Math.sqrt(area), 147);
        double formula = wafer(area, area, 900, 3).diesPerWafer();
        // Large dies come in steps: the formula, made for small ones, is up to a seventh below the best grid.
        assertThat(formula).isBetween(0.84 * counted - 1, 1.02 * counted);
    }

    /** The most whole squares of a grid in a disc, over shifts of the grid. */
    private static int counted(double side, double radius) {
        int most = 0;
        for (int shiftX = 0; shiftX < 10; shiftX++) {
            for (int shiftY = 0; shiftY < 10; shiftY++) {
                most = Math.max(most, counted(side, radius, shiftX * side / 10, shiftY * side / 10));
            }
        }
        return most;
    }

    private static int counted(double side, double radius, double shiftX, double shiftY) {
        int reach = (int) (radius / side) + 2;
        int whole = 0;
        for (int column = -reach; column <= reach; column++) {
            for (int row = -reach; row <= reach; row++) {
                double left = column * side + shiftX;
                double low = row * side + shiftY;
                double farX = Math.max(Math.abs(left), Math.abs(left + side));
                double farY = Math.max(Math.abs(low), Math.abs(low + side));
                if (Math.hypot(farX, farY) <= radius) {
                    whole++;
                }
            }
        }
        return whole;
    }

    @Property
    void aGoodDieCostsMoreThanItsShareOfTheWafer(@ForAll @DoubleRange(min = 20, max = 858) double area) {
        Wafer wafer = wafer(area, area, 900, 3);
        double share = wafer.node().waferPrice() * area / (Math.PI * 150 * 150);
        assertThat(wafer.costPerGoodDie()).isGreaterThan(share);
    }

    @Test
    void aDieLargerThanTheWaferCannotBeHad() {
        Wafer wafer = wafer(60_000, 60_000, 900, 3);
        assertThat(wafer.diesPerWafer()).isZero();
        assertThat(wafer.costPerGoodDie()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    private static Wafer spared(double area, double critical, double defects, int units, int needed) {
        Spares spares = new Spares(units, needed, (area - critical) * MM2 / units);
        return new Wafer(
                DesignExamples.process(defects), area * MM2, critical * MM2, List.of(spares), 300 * MM, 3 * MM, 3);
    }

    @Property
    void spareUnitsNeverLowerTheYieldAndNeverBeatTheCriticalArea(
            @ForAll @DoubleRange(min = 50, max = 850) double area,
            @ForAll @DoubleRange(min = 0.05, max = 0.9) double share,
            @ForAll @DoubleRange(min = 10, max = 3000) double defects,
            @ForAll @IntRange(min = 2, max = 160) int units,
            @ForAll @IntRange(min = 0, max = 40) int spare) {
        double critical = share * area;
        int needed = Math.max(1, units - spare);
        double yield = spared(area, critical, defects, units, needed).dieYield();
        double all = wafer(area, area, defects, 3).dieYield();
        double outside = wafer(area, critical, defects, 3).dieYield();
        assertThat(yield).isBetween(all * (1 - 1e-8), outside * (1 + 1e-8));
        assertThat(spared(area, critical, defects, units, needed - 1).dieYield())
                .isGreaterThanOrEqualTo(yield);
    }

    @Property
    void withoutSparesTheQuadratureIsTheClosedForm(
            @ForAll @DoubleRange(min = 20, max = 850) double area,
            @ForAll @DoubleRange(min = 10, max = 5000) double defects) {
        double all = wafer(area, area, defects, 3).dieYield();
        assertThat(spared(area, 0.3 * area, defects, 100, 100).dieYield())
                .isCloseTo(all, Percentage.withPercentage(1e-6));
    }

    @Test
    void theModelsOfYieldAgreeForFewDefectsAndOrderThemselvesForMany() {
        for (YieldModel model : YieldModel.values()) {
            assertThat(model.share(0, 3)).isEqualTo(1);
            assertThat(model.share(0.01, 3)).isCloseTo(0.99, Percentage.withPercentage(0.02));
        }
        // Murphy 1964: at one defect a die 0.3996, Poisson 0.3679, negative binomial with alpha 3 (3/4)^3.
        assertThat(YieldModel.POISSON.share(1, 3)).isCloseTo(0.36788, Percentage.withPercentage(0.01));
        assertThat(YieldModel.MURPHY.share(1, 3)).isCloseTo(0.39958, Percentage.withPercentage(0.01));
        assertThat(YieldModel.NEGATIVE_BINOMIAL.share(1, 3)).isCloseTo(0.421875, Percentage.withPercentage(0.01));
    }

    @Test
    void thePressCountsTheH100sCandidatesWithoutTheRim() {
        assertThat(wafer(814, 814, 900, 3).areaRatio()).isEqualTo(86);
    }
}
