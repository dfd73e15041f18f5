package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code toile simulate}. */
class SimulateCommandTest {

    private static final Path CHAT = Toile.STUDIES.resolve("chat-70b.yaml");

    @TempDir
    Path directory;

    private JsonNode simulate(Object... more) throws IOException {
        Object[] arguments = new Object[8 + more.length];
        Object[] common = {"simulate", CHAT, "--candidate", "hgx-h100", "--out", directory, "--json", "--no-map"};
        System.arraycopy(common, 0, arguments, 0, common.length);
        System.arraycopy(more, 0, arguments, common.length, more.length);
        return Toile.works(arguments).json();
    }

    private static double figure(JsonNode json, String name) {
        return json.path("candidates")
                .path(0)
                .path("figures")
                .path(name)
                .path("value")
                .asDouble(Double.NaN);
    }

    @Test
    void latenciesAscendAndTokensAddUp() throws IOException {
        JsonNode json = simulate("--requests", 500);
        assertThat(figure(json, "ttft-p50")).isLessThan(figure(json, "ttft-p99"));
        assertThat(figure(json, "tpot-p50")).isLessThan(figure(json, "tpot-p99"));
        assertThat(figure(json, "e2e-mean")).isGreaterThan(figure(json, "ttft-mean"));
        assertThat(figure(json, "requests")).isEqualTo(500);
        assertThat(figure(json, "goodput")).isLessThanOrEqualTo(figure(json, "requests-per-second"));
        assertThat(json.path("candidates").path(0).path("capacity").path("probes"))
                .hasSize(10);
        assertThat(directory.resolve("simulation.html")).isNotEmptyFile();
    }

    @Test
    void withoutAPromiseThereIsNoCurveOfLatencyAgainstRate() throws IOException {
        Path page = directory.resolve("simulation.html");
        simulate("--requests", 300);
        assertThat(Files.readString(page)).contains("TTFT P99 against the rate");
        Toile.works(
                "simulate",
                Toile.STUDIES.resolve("one-chip.yaml"),
                "--requests",
                300,
                "--rate",
                20,
                "--out",
                directory);
        assertThat(Files.readString(page)).doesNotContain("against the rate").contains("the simulation ran at");
    }

    @Test
    void theSameSeedWritesTheSameBytes() throws IOException {
        simulate("--requests", 300);
        String first = Files.readString(directory.resolve("simulation.json"));
        simulate("--requests", 300);
        assertThat(Files.readString(directory.resolve("simulation.json"))).isEqualTo(first);
    }

    @Test
    void aTraceIsReplayedAtItsOwnPace() throws IOException {
        Path trace = Files.writeString(
                directory.resolve("trace.csv"),
                "arrival,prompt_tokens,output_tokens,class\n0,1000,10,chat\n5,500,20,agent\n");
        Path timeline = directory.resolve("timeline.json");
        JsonNode json = simulate("--trace", trace, "--timeline", timeline);
        assertThat(figure(json, "requests")).isEqualTo(2);
        assertThat(figure(json, "makespan")).isGreaterThan(5);
        assertThat(json.path("candidates").path(0).path("classes")).hasSize(2);
        JsonNode events = new ObjectMapper().readTree(timeline.toFile()).path("traceEvents");
        assertThat(events.findValuesAsText("name")).contains("prompt", "decode", "serving");
    }

    @Test
    void anOlderEngineTakesLonger() throws IOException {
        double today = figure(simulate("--requests", 300, "--rate", 2), "e2e-mean");
        double overlapped = figure(simulate("--requests", 300, "--rate", 2, "--engine", "vllm"), "e2e-mean");
        double older = figure(simulate("--requests", 300, "--rate", 2, "--engine", "vllm-0.10"), "e2e-mean");
        assertThat(overlapped).isEqualTo(today);
        assertThat(older).isGreaterThan(overlapped);
    }

    @Test
    void anOptionOverridesTheEngine() throws IOException {
        double host = figure(simulate("--requests", 300, "--rate", 2, "--engine", "tensorrt-llm-2025"), "tpot-p50");
        double none = figure(
                simulate("--requests", 300, "--rate", 2, "--engine", "tensorrt-llm-2025", "--host-step", 0),
                "tpot-p50");
        assertThat(host - none).isGreaterThan(0.002); // 2.5 ms a step, by engines.yaml
    }

    @Test
    void complaints() {
        assertThat(Toile.complains("simulate", CHAT, "--candidate", "hgx-h1000").err())
                .contains("no candidate of this name");
        assertThat(Toile.complains("simulate", CHAT, "--requests", "0").err()).contains("out of range");
        assertThat(Toile.complains("simulate", CHAT, "--engine", "vllm-0.11").err())
                .contains("no engine of this name", "Maybe vllm-0.10");
        assertThat(Toile.complains("simulate", Toile.STUDIES.resolve("train-gpt3.yaml"))
                        .err())
                .contains("only serving can be simulated");
        assertThat(Toile.complains("simulate", CHAT, "--trace", directory.resolve("none.csv"))
                        .err())
                .contains("there is no such file");
    }
}
