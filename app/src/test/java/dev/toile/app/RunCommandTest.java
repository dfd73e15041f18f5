package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Formula;
import dev.toile.stack.figure.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The studies that come with Toile, and what a run promises about its results. */
class RunCommandTest {

    private static final double CLOSE = 1e-9;

    /** Figures that other tools rely on, of everything that serves under a service level. */
    private static final List<String> CONTRACT = List.of(
            "tokens-per-second-per-chip",
            "ttft-p50",
            "ttft-p99",
            "tpot-p50",
            "tpot-p99",
            "batch",
            "usd-per-million-tokens",
            "usd-per-million-input-tokens",
            "joules-per-token",
            "chips",
            "it-power",
            "capex",
            "opex-per-year",
            "mfu",
            "chip-power",
            "chip-cost");

    @TempDir
    private static Path directory;

    /** What each study printed, by its name. */
    private static final Map<String, JsonNode> PRINTED = new LinkedHashMap<>();

    @BeforeAll
    static void runAll() throws IOException {
        for (Path study : Toile.studies()) {
            String name = String.valueOf(study.getFileName()).replace(".yaml", "");
            Toile toile = Toile.works(
                    "run", study, "--out", directory.resolve(name), "--threads", 1, "--json", "--budget", 400);
            PRINTED.put(name, toile.json());
        }
        assertThat(PRINTED).containsKeys("chat-70b", "deepseek-day", "one-chip", "train-gpt3");
    }

    static List<String> names() throws IOException {
        return Toile.studies().stream()
                .map(study -> String.valueOf(study.getFileName()).replace(".yaml", ""))
                .toList();
    }

    private static JsonNode results(String name) throws IOException {
        return Toile.json(directory.resolve(name).resolve("results.json"));
    }

    private static JsonNode candidate(JsonNode results, String name) {
        for (JsonNode candidate : results.path("candidates")) {
            if (candidate.path("name").asText().equals(name)) {
                return candidate;
            }
        }
        throw new AssertionError("no candidate " + name);
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @ParameterizedTest
    @MethodSource("names")
    void jsonKeepsItsContract(String name) {
        JsonNode printed = PRINTED.get(name);
        assertThat(keys(printed)).contains("study", "seed", "candidates", "front", "evaluations", "cpu_seconds");
        assertThat(printed.path("study").isTextual()).isTrue();
        assertThat(printed.path("seed").isIntegralNumber()).isTrue();
        assertThat(printed.path("evaluations").asLong()).isPositive();
        assertThat(printed.path("cpu_seconds").isNumber()).isTrue();
        List<String> candidates = new ArrayList<>();
        for (JsonNode candidate : printed.path("candidates")) {
            candidates.add(candidate.path("name").asText());
            assertThat(keys(candidate)).contains("name", "feasible", "figures", "design");
            assertThat(candidate.path("feasible").isBoolean()).isTrue();
            assertThat(candidate.path("reason").isTextual())
                    .isNotEqualTo(candidate.path("feasible").asBoolean());
            assertThat(candidate.path("figures").isEmpty())
                    .isNotEqualTo(candidate.path("feasible").asBoolean());
            for (Map.Entry<String, JsonNode> figure : candidate.path("figures").properties()) {
                assertThat(figure.getKey()).matches("[a-z0-9]+(-[a-z0-9]+)*");
                assertThat(figure.getValue().path("value").isNumber())
                        .as(figure.toString())
                        .isTrue();
                assertThat(figure.getValue().path("unit").asText()).isNotEmpty();
                if (figure.getValue().has("low")) {
                    assertThat(figure.getValue().path("value").asDouble())
                            .as(figure.toString())
                            .isBetween(
                                    figure.getValue().path("low").asDouble(),
                                    figure.getValue().path("high").asDouble());
                }
            }
        }
        assertThat(candidates).isNotEmpty().doesNotHaveDuplicates();
        assertThat(printed.path("front")).isNotEmpty();
        printed.path("front").forEach(front -> assertThat(candidates).contains(front.asText()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void candidatesAreSortedByTheFirstObjective(String name) {
        JsonNode printed = PRINTED.get(name);
        String objective = printed.path("objectives").path(0).asText();
        double sign = Figures.moreIsBetter(objective) ? -1 : 1;
        double last = Double.NEGATIVE_INFINITY;
        for (JsonNode candidate : printed.path("candidates")) {
            double value = candidate.path("feasible").asBoolean()
                    ? sign
                            * candidate
                                    .path("figures")
                                    .path(objective)
                                    .path("value")
                                    .asDouble(Double.NaN)
                    : Double.POSITIVE_INFINITY;
            assertThat(value).as(candidate.path("name").asText()).isGreaterThanOrEqualTo(last);
            last = value;
        }
    }

    @Test
    void theChatStudyHasAllFigures() {
        for (JsonNode candidate : PRINTED.get("chat-70b").path("candidates")) {
            assertThat(keys(candidate.path("figures")))
                    .as(candidate.path("name").asText())
                    .containsAll(CONTRACT);
            if (candidate.path("kind").asText().equals("build")) {
                assertThat(candidate
                                .path("figures")
                                .path("chip-area")
                                .path("unit")
                                .asText())
                        .isEqualTo("mm2");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNodeFollowsFromItsInputs(String name) throws IOException {
        List<String> wrong = new ArrayList<>();
        int formulas = 0;
        for (JsonNode candidate : results(name).path("candidates")) {
            JsonNode nodes = candidate.path("explanation").path("nodes");
            for (JsonNode node : nodes) {
                boolean derived = node.path("formula").isTextual();
                formulas += derived ? 1 : 0;
                if (!(derived ? follows(nodes, node) : isStated(node))) {
                    wrong.add(candidate.path("name").asText() + ": " + node);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(formulas).isGreaterThan(30);
    }

    private static boolean follows(JsonNode nodes, JsonNode node) {
        double value = node.path("value").asDouble(Double.NaN);
        return Math.abs(recomputed(nodes, node) - value) <= share(value)
                && node.path("source").isNull();
    }

    private static boolean isStated(JsonNode node) {
        return node.path("value").isNumber()
                && node.path("inputs").isEmpty()
                && !node.path("source").path("title").asText().isBlank();
    }

    private static double share(double value) {
        return CLOSE * Math.max(Math.abs(value), Double.MIN_NORMAL);
    }

    /** Redoes a formula as a reader would: from the text of the file and the values that stand beside it. */
    private static double recomputed(JsonNode nodes, JsonNode node) {
        List<Figure> inputs = new ArrayList<>();
        for (JsonNode input : node.path("inputs")) {
            JsonNode read = nodes.path(input.asInt());
            assertThat(read.path("id").asInt()).isEqualTo(input.asInt());
            assertThat(input.asInt())
                    .as("no node reads itself or a later one")
                    .isLessThan(node.path("id").asInt());
            inputs.add(new Figure(
                    read.path("name").asText(),
                    "",
                    read.path("value").asDouble(),
                    Unit.ONE,
                    null,
                    List.of(),
                    null,
                    ""));
        }
        return Formula.parse(node.path("formula").asText()).evaluate(inputs);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFigureIsTheRootOfItsExplanation(String name) throws IOException {
        for (JsonNode candidate : results(name).path("candidates")) {
            JsonNode explanation = candidate.path("explanation");
            JsonNode figures = candidate.path("figures");
            assertThat(keys(explanation.path("roots"))).containsExactlyElementsOf(keys(figures));
            for (Map.Entry<String, JsonNode> figure : figures.properties()) {
                JsonNode root = explanation
                        .path("nodes")
                        .path(explanation.path("roots").path(figure.getKey()).asInt());
                double published = figure.getValue().path("value").asDouble();
                double si = figure.getValue().path("unit").asText().equals("mm2") ? published * 1e-6 : published;
                assertThat(root.path("value").asDouble())
                        .as(candidate.path("name").asText() + ", " + figure)
                        .isCloseTo(si, within(share(si)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theFileSaysWhatWasPrinted(String name) throws IOException {
        JsonNode printed = PRINTED.get(name);
        JsonNode file = results(name);
        for (String key : List.of("study", "seed", "objectives", "front", "evaluations")) {
            assertThat(file.path(key)).isEqualTo(printed.path(key));
        }
        assertThat(file.path("candidates").size())
                .isEqualTo(printed.path("candidates").size());
        for (JsonNode candidate : printed.path("candidates")) {
            JsonNode same = candidate(file, candidate.path("name").asText());
            assertThat(same.path("figures")).isEqualTo(candidate.path("figures"));
            assertThat(same.path("design")).isEqualTo(candidate.path("design"));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void sameBytesOnAnyNumberOfThreadsAndEveryTime(String name) throws IOException {
        Path study = Toile.STUDIES.resolve(name + ".yaml");
        for (int threads : new int[] {2, 1}) {
            Path again = directory.resolve(name + "-again-" + threads);
            Toile.works("run", study, "--out", again, "--threads", threads, "--budget", 400);
            for (String file : List.of("results.json", "report.html")) {
                assertThat(Files.mismatch(directory.resolve(name).resolve(file), again.resolve(file)))
                        .as(file + " with " + threads + " threads differs at")
                        .isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theReportStandsAlone(String name) throws IOException {
        String page = Files.readString(directory.resolve(name).resolve("report.html"));
        // Not assertThat(page): a failure would print all of it.
        assertThat(page.substring(0, 15)).isEqualToIgnoringCase("<!DOCTYPE html>");
        assertThat(List.of("src=\"http", "rel=\"stylesheet\"", "@import")).noneMatch(page::contains);
        try (Stream<Path> files = Files.list(directory.resolve(name))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "report.html", "results.csv", "results.json", "results.parquet", "results.xlsx");
        }
    }

    @Test
    void theTableIsForPeople(@TempDir Path out) {
        Toile toile = Toile.works("run", Toile.STUDIES.resolve("chat-70b.yaml"), "--out", out);
        assertThat(toile.out())
                .startsWith("Serve Llama 3.1 70B to ten million people")
                .contains("candidate", "hgx-h100", "* bespoke", "on the front of", "Report: " + out)
                .doesNotContain("NaN", "null");
    }

    @Test
    void theSeedIsNamed(@TempDir Path out) throws IOException {
        Path study = Toile.STUDIES.resolve("one-chip.yaml");
        Toile toile = Toile.works("run", study, "--out", out, "--seed", 42, "--json");
        assertThat(toile.json().path("seed").asLong()).isEqualTo(42);
    }

    private static final String BESPOKE = """
        toile: 1
        study: Can it work?
        workload:
          model: llama-3.1-70b
          precision: {weights: fp8, activations: fp8, kv-cache: fp8}
          traffic: {rate: 10 requests/s, prompt: {mean: 1000 tokens}, output: {mean: 200 tokens}}
          service-level: {ttft-p99: 2 s, tpot-p99: 100 ms}
        candidates:
          - build:
              name: bespoke
              chip:
                process: n3e
                compute-dies: 2
                tensor-units: 128
                hbm: {generation: hbm3e, stacks: 6}
              system: {extends: ethernet-rack, accelerators: 8}
        limits: {it-power: 100 MW}
        """;

    /**
     * A change that leaves no way to do the job.
     *
     * @param old text
     * @param bad text in its place
     * @param reason words of the reason
     */
    record Impossible(String old, String bad, String reason) {}

    static List<Impossible> impossible() {
        return List.of(
                new Impossible("accelerators: 8", "accelerators: 1", "fit"),
                new Impossible("tensor-units: 128", "tensor-units: 4000", "reticle"),
                new Impossible("it-power: 100 MW", "it-power: 1 W", "IT power"),
                new Impossible("it-power: 100 MW", "capex: 1 USD", "capex"),
                new Impossible("it-power: 100 MW", "chips: 0", "chips"),
                new Impossible("tpot-p99: 100 ms", "tpot-p99: 1 us", "TPOT"),
                new Impossible("ttft-p99: 2 s", "ttft-p99: 1 us", "TTFT"));
    }

    @Test
    void theBespokeChipWorks(@TempDir Path out) throws IOException {
        Path study = Files.writeString(out.resolve("study.yaml"), BESPOKE);
        JsonNode printed = Toile.works("run", study, "--out", out, "--json").json();
        assertThat(printed.path("candidates").path(0).path("feasible").asBoolean())
                .as(printed.toString())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void whatCannotWorkIsAResult(Impossible impossible, @TempDir Path out) throws IOException {
        assertThat(BESPOKE).contains(impossible.old());
        String text = BESPOKE.replace(impossible.old(), impossible.bad());
        if (impossible.reason().equals("fit")) {
            text = text.replace("llama-3.1-70b", "llama-3.1-405b")
                    .replace("fp8", "bf16")
                    .replace("tensor-units: 128", "tensor-units: 64")
                    .replace("generation: hbm3e, stacks: 6", "generation: hbm2, stacks: 1")
                    .replace("  service-level: {ttft-p99: 2 s, tpot-p99: 100 ms}\n", "");
        }
        Path study = Files.writeString(out.resolve("study.yaml"), text);
        JsonNode printed = Toile.works("run", study, "--out", out, "--json").json();
        JsonNode candidate = printed.path("candidates").path(0);
        assertThat(candidate.path("feasible").asBoolean()).isFalse();
        assertThat(candidate.path("reason").asText()).contains(impossible.reason());
        assertThat(candidate.path("figures")).isEmpty();
        assertThat(printed.path("front")).isEmpty();
        assertThat(Toile.json(out.resolve("results.json")).path("candidates")).hasSize(1);
        assertThat(Files.readString(out.resolve("report.html")).contains("bespoke"))
                .isTrue();
        assertThat(Toile.works("run", study, "--out", out).out())
                .contains("bespoke: cannot work: ", candidate.path("reason").asText())
                .doesNotContain("NaN", "null");
    }
}
