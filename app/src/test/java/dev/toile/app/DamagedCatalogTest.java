package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.study.StudyReader;
import dev.toile.catalog.text.BadInput;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Evaluator;
import dev.toile.stack.evaluation.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** However a catalog file of one's own is damaged, the study that uses it is refused at a line, or it runs. */
class DamagedCatalogTest {

    private static final String CATALOG = """
        sources:
          quote: {title: "our own quote", url: "", date: "2026-11"}
        chips:
          my-h100:
            name: H100 at our price
            year: {value: 2022, source: quote}
            process: n4
            units: {value: 132, source: quote}
            unit-memory: {value: 228 KiB, source: quote}
            exponentials: {value: 16, source: quote}
            clock: {value: 1830 MHz, source: quote}
            peak:
              bf16: {value: 989 TFLOP/s, source: quote}
              fp8: {value: 1979 TFLOP/s, source: quote}
            cache: {value: 50 MB, source: quote}
            memory:
              generation: hbm3
              capacity: {value: 80 GiB, source: quote}
              bandwidth: {value: 3.35 TB/s, source: quote}
            scale-up: {value: 450 GB/s, source: quote}
            power: {value: 700 W, source: quote}
            idle-power: {value: 70 W, source: quote}
            price: {value: 21000 USD, source: quote}
            profile: tensorrt-llm-hopper
        systems:
          my-server:
            name: our server
            chip: my-h100
            accelerators: {value: 8, source: quote}
            scale-up-domain: {value: 8, source: quote}
            scale-up-share: {value: 0.8, source: quote}
            scale-up-latency: {value: 0.8 us, source: quote}
            scale-out: {value: 50 GB/s, source: quote}
            scale-out-share: {value: 0.97, source: quote}
            scale-out-latency: {value: 8 us, source: quote}
            host: my-host
            accelerators-per-host: {value: 4, source: quote}
            bill:
              - item: board
                count: {value: 1, source: quote}
                price: {value: 30000 USD, source: quote}
                power: {value: 2 kW, source: quote}
        processes:
          my-n3:
            name: N3 as we know it
            logic-density: {value: 195 M/mm2, source: quote}
            sram-density: {value: 31.8 Mib/mm2, source: quote}
            wafer-price: {value: 19865 USD, source: quote}
            defect-density: {value: 0.10 /cm2, source: quote}
            design-cost: {value: 590 M USD, source: quote}
            energy-scale: {low: 0.46, mid: 0.48, high: 0.53, source: quote}
            clock: {value: 2000 MHz, source: quote}
        memories:
          my-hbm:
            name: HBM as we know it
            bandwidth: {value: 1180 GB/s, source: quote}
            capacity: {value: 36 GiB, source: quote}
            energy: {value: 3.73 pJ/bit, source: quote}
            power: {value: 4 W, source: quote}
            phy-area: {value: 10.45 mm2, source: quote}
            controller-transistors: {value: 552e6, source: quote}
            price: {value: 13 USD/GB, source: quote}
        hosts:
          my-host:
            name: Our host
            architecture: Arm Neoverse V2
            cores: {value: 72, source: quote}
            power: {value: 300 W, source: quote}
            price: {value: 5000 USD, source: quote}
        """;

    private static final String STUDY = """
        toile: 1
        study: own
        catalog: [%s]
        workload:
          model: llama-3.1-8b
          precision: {weights: fp8, activations: fp8, kv-cache: fp8}
          traffic:
            rate: 1 k requests/s
            prompt: {mean: 1000 tokens, p90: 2000 tokens}
            output: {mean: 200 tokens}
          service-level: {ttft-p99: 2 s, tpot-p99: 100 ms}
        candidates:
          - buy: my-server
          - build:
              name: mine
              chip:
                process: my-n3
                compute-dies: 1
                tensor-units: 128
                hbm: {generation: my-hbm, stacks: 4}
              system: {extends: ethernet-rack, accelerators: 64}
              software: built
        """;

    private static final Catalog BUNDLED = Catalog.bundled();

    private static Path file = Path.of("");

    @BeforeContainer
    static void makeFile() throws IOException {
        file = Files.createTempFile("own-catalog", ".yaml");
    }

    @AfterContainer
    static void deleteFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @Provide
    Arbitrary<List<StudyMutations.Mutation>> mutations() {
        return StudyMutations.some();
    }

    @Property(tries = 600, shrinking = ShrinkingMode.BOUNDED)
    void isRefusedOrRuns(@ForAll("mutations") List<StudyMutations.Mutation> mutations) throws IOException {
        run(StudyMutations.damaged(CATALOG, mutations));
    }

    @Property(tries = 1)
    void runsUndamaged() throws IOException {
        assertThat(run(CATALOG)).isEqualTo(2);
    }

    /** Not a stop: a chip for narrow formats alone cannot run a model, which is a result. */
    @Property(tries = 1)
    void runsChipsForNarrowFormatsAlone() throws IOException {
        String narrow = CATALOG.replace("bf16: {value: 989 TFLOP/s", "int8: {value: 989 TFLOP/s");
        assertThat(narrow).isNotEqualTo(CATALOG);
        assertThat(run(narrow)).isEqualTo(2);
    }

    /** How many candidates were evaluated. */
    static int run(String catalog) throws IOException {
        Files.write(file, catalog.getBytes(StandardCharsets.UTF_8)); // half characters become question marks
        Study study;
        try {
            study = new StudyReader(BUNDLED)
                    .parse(
                            "a.yaml",
                            STUDY.formatted(file.getFileName()),
                            file.toAbsolutePath().getParent());
        } catch (BadInput bad) {
            assertThat(catalog).as(bad.getMessage()).isNotEqualTo(CATALOG);
            return 0;
        }
        Evaluator evaluator = new Evaluator(study.workload());
        for (CandidateSpace space : study.candidates()) {
            Evaluation evaluation =
                    evaluator.evaluate(space.at(new int[space.axes().size()]));
            for (String figure : Figures.names(evaluation)) {
                Figures.value(evaluation, figure);
                Figures.explain(evaluation, figure);
            }
        }
        return study.candidates().size();
    }
}
