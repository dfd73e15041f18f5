package dev.toile.stack.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.Examples;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.ChipMapper;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.mapping.band.BandTable;
import dev.toile.stack.mapping.band.BandTable.Generation;
import dev.toile.stack.mapping.band.BandTable.Residual;
import dev.toile.stack.mapping.band.Bands;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.operation.Operation.Matmul;
import dev.toile.stack.parallel.Step;
import dev.toile.stack.parallel.StepBand;
import dev.toile.stack.parallel.Timed;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.ServiceLevel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class FigureBandsTest {

    private static final Chip CHIP = Examples.h100();
    private static final Bands BANDS = bands();

    private static Bands bands() {
        SequencedMap<String, List<String>> formats = new LinkedHashMap<>();
        SequencedMap<String, Residual> classes = new LinkedHashMap<>();
        for (String law : List.of("matmul", "elementwise")) {
            formats.put(law, List.of("bf16", "any"));
            classes.put(law, new Residual(0.8, 1.2, 100, 20));
        }
        Generation generation = new Generation("h100-sxm", formats, classes);
        SequencedMap<String, Generation> generations = new LinkedHashMap<>(Map.of("hopper", generation));
        BandTable table = new BandTable(generations, new LinkedHashMap<>(), new LinkedHashMap<>(), 0.5);
        return new Bands(table, "hopper", () -> CHIP, false);
    }

    private static Candidate candidate() {
        Candidate c = Examples.candidate(CHIP);
        return new Candidate(
                c.name(),
                c.kind(),
                c.chip(),
                c.obstacles(),
                c.profile().withBands(BANDS),
                c.fabric(),
                c.system(),
                c.site(),
                c.economics(),
                c.hostWork(),
                c.limits(),
                c.modes(),
                c.rental(),
                c.measured(),
                c.layout(),
                c.notes());
    }

    private static Evaluation evaluated(boolean saturate) {
        Workload.Serving chat = new Workload.Serving(
                Examples.dense8b(), Precision.BF16, Examples.chat(), saturate, new ServiceLevel(5, 0.1), null);
        return new Evaluator(chat).evaluate(candidate());
    }

    private static Step.Part part(Timed work, double seconds) {
        return new Step.Part(work, seconds / work.seconds());
    }

    private static Timed product(String name) {
        Matmul product = new Matmul(name, 8, 4096, 4096, DataType.BF16, DataType.BF16, DataType.BF16);
        return new Timed.OnChip(new ChipMapper(CHIP, candidate().profile(), Conditions.DEPLOYED).map(product));
    }

    private static Timed norm() {
        return new Timed.OnChip(new ChipMapper(CHIP, candidate().profile(), Conditions.DEPLOYED)
                .map(new Elementwise("norm", 1e9, 1e9, 1e6)));
    }

    @Test
    void errorsOfOneClassAreTheSameError() {
        StepBand band = StepBand.of("step", List.of(part(product("a"), 1), part(product("b"), 3)), CHIP, BANDS)
                .orElseThrow();
        assertThat(band.high()).isCloseTo(1.2, within(1e-9));
        assertThat(band.low()).isCloseTo(0.8, within(1e-9));
        assertThat(band.classes()).hasSize(1);
    }

    @Test
    void errorsOfDifferentClassesAreIndependent() {
        StepBand band = StepBand.of("step", List.of(part(product("a"), 3), part(norm(), 4)), CHIP, BANDS)
                .orElseThrow();
        // sqrt((3 x 0.2)^2 + (4 x 0.2)^2) / 7 = 1 / 7
        assertThat(band.high()).isCloseTo(1 + 1.0 / 7, within(1e-9));
        assertThat(band.classes())
                .extracting(StepBand.Share::of)
                .first()
                .asString()
                .startsWith("elementwise");
    }

    @Test
    void everyFigureLiesInsideItsBand() {
        for (boolean saturate : new boolean[] {false, true}) {
            Evaluation evaluation = evaluated(saturate);
            FigureBands bands = FigureBands.of(evaluation).orElseThrow();
            for (String name : Figures.names(evaluation)) {
                bands.of(name)
                        .ifPresent(band -> assertThat(Figures.value(evaluation, name))
                                .as(name)
                                .isBetween(band.low(), band.high()));
            }
            assertThat(bands.of("chip-price")).isEmpty();
        }
    }

    @Test
    void latencyAndThroughputFollowTheTimeOfTheStep() {
        Evaluation evaluation = evaluated(true);
        FigureBands bands = FigureBands.of(evaluation).orElseThrow();
        // Prompts and decoding have pools of their own here, the prompts' first.
        StepBand prompts = bands.steps().getFirst();
        StepBand decoding = bands.steps().getLast();
        double tpot = Figures.value(evaluation, "tpot-p99");
        assertThat(bands.of("tpot-p99").orElseThrow().high()).isCloseTo(tpot * decoding.high(), within(1e-9 * tpot));
        double ttft = Figures.value(evaluation, "ttft-p99");
        assertThat(bands.of("ttft-p99").orElseThrow().low()).isCloseTo(ttft * prompts.low(), within(1e-9 * ttft));
        double rate = Figures.value(evaluation, "tokens-per-second-per-chip");
        double slower =
                rate / bands.of("tokens-per-second-per-chip").orElseThrow().low();
        assertThat(slower)
                .isBetween(
                        Math.min(prompts.high(), decoding.high()) - 1e-9,
                        Math.max(prompts.high(), decoding.high()) + 1e-9);
        assertThat(bands.of("usd-per-million-tokens").orElseThrow().high())
                .isGreaterThan(Figures.value(evaluation, "usd-per-million-tokens"));
    }

    @Test
    void softwareOfWhichNobodySaysHowSureItIsHasNoBands() {
        Workload.Serving chat = new Workload.Serving(
                Examples.dense8b(), Precision.BF16, Examples.chat(), true, new ServiceLevel(5, 0.1), null);
        Optional<FigureBands> none = FigureBands.of(new Evaluator(chat).evaluate(Examples.candidate(CHIP)));
        assertThat(none).isEmpty();
    }
}
