package dev.toile.stack.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.parallel.Roofline;
import dev.toile.stack.serving.MeasuredPool;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.ServiceLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlotDataTest {

    private static final Workload.Serving CHAT = new Workload.Serving(
            Examples.dense8b(), Precision.BF16, Examples.chat(), false, new ServiceLevel(5, 0.1), null);

    private static Evaluation served(ServingPlanner.Modes modes, List<MeasuredPool> measured) {
        Candidate c = Examples.candidate(Examples.h100());
        return new Evaluator(CHAT)
                .evaluate(new Candidate(
                        c.name(),
                        c.kind(),
                        c.chip(),
                        c.obstacles(),
                        c.profile(),
                        c.fabric(),
                        c.system(),
                        c.site(),
                        c.economics(),
                        c.hostWork(),
                        c.limits(),
                        modes,
                        c.rental(),
                        measured,
                        c.layout(),
                        c.notes()));
    }

    private static Fleet fleet(ServingPlanner.Modes modes) {
        return ((Evaluation.Serves) served(modes, List.of())).fleet();
    }

    @Test
    void theCurveGoesFromOneSequenceToTheMemoryLimit() {
        OperatingCurve curve =
                OperatingCurve.of(fleet(ServingPlanner.Modes.COLOCATED)).orElseThrow();
        assertThat(curve.points()).hasSizeBetween(20, 26);
        assertThat(curve.points().getFirst().batch()).isEqualTo(1);
        assertThat(curve.chosen()).isPositive();
        assertThat(curve.points().getFirst().chipRate())
                .isLessThan(curve.points().get(curve.chosen()).chipRate());
    }

    @Test
    void disaggregatedFleetsHaveACurveOfTheirDecodingPool() {
        Evaluation split = served(ServingPlanner.Modes.DISAGGREGATED, List.of());
        OperatingCurve curve =
                OperatingCurve.of(((Evaluation.Serves) split).fleet()).orElseThrow();
        assertThat(curve.points().get(curve.chosen()).chipRate())
                .isEqualTo(Figures.value(split, "tokens-per-second-per-chip"));
        assertThat(Rooflines.of(split).stream().map(each -> each.roofline().pass()))
                .containsExactly("prefill-step", "decode-step");
    }

    @Test
    void measuredRatesHaveNeitherCurveNorRoofline() {
        MeasuredPool pool = new MeasuredPool("serving", 8, 10_000, 200, Examples.EXAMPLE);
        Evaluation measured = served(ServingPlanner.Modes.BOTH, List.of(pool));
        assertThat(OperatingCurve.of(((Evaluation.Serves) measured).fleet())).isEmpty();
        assertThat(Rooflines.of(measured)).isEmpty();
    }

    @Test
    void decodingIsLeftOfTheRidgeAndPromptsAreRightOfIt() {
        List<Rooflines.Explained> rooflines = Rooflines.of(served(ServingPlanner.Modes.DISAGGREGATED, List.of()));
        Roofline prefill = rooflines.getFirst().roofline();
        double ridge = prefill.roofs().getFirst().peak() / prefill.bandwidth();
        assertThat(intensity(prefill, "attention-qkv")).isGreaterThan(ridge);
        assertThat(intensity(rooflines.getLast().roofline(), "decode-attention"))
                .isLessThan(ridge);
    }

    private static double intensity(Roofline roofline, String operation) {
        return roofline.points().stream()
                .filter(point -> point.name().equals(operation))
                .findFirst()
                .orElseThrow()
                .intensity();
    }

    @Test
    void anIdleFleetMakesDearTokens() {
        LoadCurve curve = LoadCurve.of(fleet(ServingPlanner.Modes.COLOCATED));
        double full = curve.points().getLast().usdPerMillionTokens();
        assertThat(curve.points().getFirst().usdPerMillionTokens()).isBetween(15 * full, 20 * full);
    }
}
