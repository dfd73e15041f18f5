package dev.toile.catalog.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.stack.evaluation.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catalog files of one's own beside a study. */
class OwnCatalogTest {

    private static final String CHIP = """
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
            host: grace
            accelerators-per-host: {value: 4, source: quote}
            bill:
              - item: board
                count: {value: 1, source: quote}
                price: {value: 30000 USD, source: quote}
                power: {value: 2 kW, source: quote}
        """;

    private static final String STUDY = """
        toile: 1
        study: own
        catalog: [mine.yaml]
        workload:
          model: llama-3.1-8b
          traffic: {saturate: true, prompt: {mean: 1000 tokens}, output: {mean: 200 tokens}}
        candidates: [{buy: my-server}]
        """;

    @TempDir
    private Path directory = Path.of(".");

    private Study read(String catalog) throws IOException, BadInput {
        Files.writeString(directory.resolve("mine.yaml"), catalog);
        Files.writeString(directory.resolve("study.yaml"), STUDY);
        return new StudyReader(Catalog.bundled()).read(directory.resolve("study.yaml"));
    }

    @Test
    void aStudyBuysWhatItBrings() throws IOException, BadInput {
        Candidate candidate = read(CHIP).candidates().getFirst().at(new int[0]);
        assertThat(candidate.chip().name()).isEqualTo("H100 at our price");
        assertThat(candidate.chip().price()).isEqualTo(21_000);
        assertThat(candidate.chip().priceFigure().source()).isNotNull();
        assertThat(candidate.system().host().name()).contains("Grace");
    }

    @Test
    void whatAnEntryRefersToMustBeThere() {
        assertThatThrownBy(() -> read(CHIP.replace("generation: hbm3", "generation: hbm33")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("mine.yaml:4: the catalog knows no memory generation of this name, seen 'hbm33'")
                .hasMessageContaining("Maybe hbm3");
    }

    private static final String PROFILE = """
        profiles:
          mine:
            name: our software
            attained: {}
            bandwidth-share: {value: 0.9, source: quote}
            launch: {}
            collective-call: {value: 3 us, source: quote}
            memory-fraction: {value: 0.9, source: quote}
            tiles: [128x128]
            generation: hoper
        """;

    @Test
    void aProfileTakesConstantsThatAreThere() {
        assertThatThrownBy(() -> read(CHIP + PROFILE))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("the catalog knows no generation of fitted constants of this name, seen 'hoper'")
                .hasMessageContaining("Maybe hopper");
    }

    @Test
    void aProfileNamesProductsAndElementwiseWorkThatAreThere() {
        String known = PROFILE.replace("hoper", "hopper");
        assertThatThrownBy(() -> read(CHIP + known + "    products: pytorch-amper\n    elementwise: pytorch-cdna3\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no constants of dense products of this name, seen 'pytorch-amper'")
                .hasMessageContaining("Maybe pytorch-ampere")
                .hasMessageContaining("no constants of elementwise work of this name, seen 'pytorch-cdna3'");
        assertThatThrownBy(() -> read(CHIP + known + "    attention-style: unfused\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("unfused attention runs a softmax, of which nothing is said");
        assertThatThrownBy(() -> read(CHIP + known + "    attention-style: fusd\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("Maybe fused");
    }

    @Test
    void aProfileSpeaksOfEveryFamilyAndHasTiles() {
        assertThatThrownBy(() -> read(CHIP + PROFILE.replace("hoper", "hopper").replace("[128x128]", "[]")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("attained or launch lacks a family of kernels, seen decode-attention")
                .hasMessageContaining("the menu of tiles is empty");
    }

    @Test
    void unknownKindsAreNamed() {
        assertThatThrownBy(() -> read("chip: {}\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("mine.yaml:1: unknown key")
                .hasMessageContaining("Maybe chips");
    }

    @Test
    void aMissingFileIsSaid() throws IOException {
        Files.writeString(directory.resolve("study.yaml"), STUDY);
        assertThatThrownBy(() -> new StudyReader(Catalog.bundled()).read(directory.resolve("study.yaml")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("mine.yaml");
    }
}
