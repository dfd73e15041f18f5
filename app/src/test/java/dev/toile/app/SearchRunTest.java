package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toile.app.bench.EnumeratedSpace;
import dev.toile.app.bench.EnumeratedStudy;
import dev.toile.catalog.Catalog;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.study.StudyReader;
import dev.toile.search.Archive;
import dev.toile.search.Exhaustive;
import dev.toile.search.Problem;
import dev.toile.search.Search;
import dev.toile.search.Trial;
import dev.toile.search.Unbounded;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.evaluation.MixEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches by {@code toile run}. */
class SearchRunTest {

    private static final String STUDY = """
        toile: 1
        study: A chip to be found
        workload:
          model: llama-3.1-8b
          precision: {weights: fp8, activations: fp8, kv-cache: fp8}
          serving: colocated
          traffic: {rate: 1000 requests/s, prompt: {mean: 1000 tokens}, output: {mean: 200 tokens}}
          service-level: {tpot-p99: 50 ms}
        candidates:
          - buy: hgx-h100
          - build:
              name: own
              chip:
                process: {choose: [n5, n3e]}
                compute-dies: {choose: [1, 2, 4]}
                tensor-units: {choose: 16..256 step 16}
                array: {rows: {choose: [32, 64, 128]}, columns: {choose: [32, 64, 128]}}
                sram: {choose: 32..512 MB log 5}
                hbm: {generation: hbm3e, stacks: {choose: [1, 2, 4, 6, 8]}}
            deploy:
              tensor: {choose: [1, 2, 4, 8]}
              mode: {choose: [colocated, disaggregated]}
              batch: {choose: 32..512 log 5, when: {mode: colocated}, otherwise: 1024}
        objectives: [usd-per-million-tokens, joules-per-token, tpot-p99]
        """;

    @TempDir
    private Path directory;

    private Path study() throws IOException {
        return Files.writeString(directory.resolve("own.yaml"), STUDY);
    }

    private Toile searched(String out, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run", study().toString(), "--out", directory.resolve(out).toString()));
        arguments.addAll(List.of("--formats", "json,csv"));
        arguments.addAll(List.of(more));
        return Toile.run(arguments.toArray());
    }

    private byte[] bytes(String out, String file) throws IOException {
        return Files.readAllBytes(directory.resolve(out).resolve(file));
    }

    @Test
    void theSameSeedGivesTheSameBytesWithOneThreadAndWithTwo() throws IOException {
        searched("one", "--budget", "1500", "--threads", "1", "--seed", "7");
        searched("two", "--budget", "1500", "--threads", "2", "--seed", "7");
        for (String file : List.of("results.json", "results.csv", "trials.parquet")) {
            assertThat(bytes("two", file)).as(file).isEqualTo(bytes("one", file));
        }
    }

    @Test
    void aSearchThatWasKilledGoesOnWithoutLoss() throws Exception {
        searched("whole", "--budget", "20000", "--seed", "3");
        Path out = directory.resolve("killed");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.toile.app.Main",
                        "run",
                        study().toString(),
                        "--out",
                        out.toString(),
                        "--budget",
                        "20000",
                        "--seed",
                        "3")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Path log = out.resolve("search.duckdb.wal");
        while (process.isAlive() && (!Files.exists(log) || Files.size(log) < 20_000)) {
            Thread.sleep(5);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(out.resolve("results.json")).doesNotExist();
        Toile resumed = searched("killed", "--budget", "20000", "--seed", "3", "--resume");
        assertThat(resumed.code()).isZero();
        assertThat(resumed.err()).contains("trials of an earlier run");
        for (String file : List.of("results.json", "trials.parquet")) {
            assertThat(bytes("killed", file)).as(file).isEqualTo(bytes("whole", file));
        }
    }

    private static final String MIX = """
        toile: 1
        study: Two works for one design
        workloads:
          - name: small
            weight: 3
            model: llama-3.1-8b
            traffic: {rate: 100 requests/s, prompt: {mean: 1000 tokens}, output: {mean: 200 tokens}}
          - name: large
            model: llama-3.1-70b
            traffic: {rate: 10 requests/s, prompt: {mean: 1000 tokens}, output: {mean: 200 tokens}}
        candidates:
          - buy: hgx-h100
            deploy: {precision: {weights: {choose: [bf16, fp8]}}}
            deploy-for: {large: {tensor: 8}}
        limits: {it-power: 1 MW}
        """;

    @Test
    void aMixAddsWhatIsPaidAndWeighsWhatIsCompared() throws Exception {
        Study read = new StudyReader(Catalog.bundled()).parse("mix", MIX, directory);
        Evaluation mixed = new MixEvaluator(read.mix())
                .evaluate(read.candidates().getFirst().at(new int[] {1}));
        assertThat(mixed).isInstanceOf(Evaluation.Mixed.class);
        List<Evaluation.Part> parts = ((Evaluation.Mixed) mixed).parts();
        double small = Figures.value(parts.get(0).evaluation(), "usd-per-million-tokens");
        double large = Figures.value(parts.get(1).evaluation(), "usd-per-million-tokens");
        assertThat(Figures.value(mixed, "usd-per-million-tokens")).isCloseTo((3 * small + large) / 4, within(1e-12));
        assertThat(Figures.value(mixed, "chips"))
                .isEqualTo(Figures.value(parts.get(0).evaluation(), "chips")
                        + Figures.value(parts.get(1).evaluation(), "chips"));
        for (String name : Figures.names(mixed)) {
            assertThat(Figures.explain(mixed, name).orElseThrow().disagreement())
                    .as(name)
                    .isLessThan(1e-9);
        }
        String tight = MIX.replace("1 MW", "1 kW");
        Study limited = new StudyReader(Catalog.bundled()).parse("mix", tight, directory);
        assertThat(new MixEvaluator(limited.mix())
                        .evaluate(limited.candidates().getFirst().at(new int[] {0})))
                .isInstanceOf(Evaluation.Infeasible.class);
    }

    @Test
    void scenariosAreTheSameForTheSameSeedAndRankDesigns() throws IOException {
        Path study = Files.writeString(directory.resolve("mix.yaml"), MIX);
        String first = Toile.works("run", study, "--out", directory.resolve("r1"), "--robust", 5)
                .out();
        assertThat(first).contains("Over 5 scenarios of prices and technology");
        Toile.works("run", study, "--out", directory.resolve("r2"), "--robust", 5);
        assertThat(bytes("r2", "results.json")).isEqualTo(bytes("r1", "results.json"));
        JsonNode robust = new ObjectMapper()
                .readTree(bytes("r1", "results.json"))
                .path("robust")
                .path("designs")
                .path(0);
        assertThat(robust.path("p90").path(0).asDouble())
                .isGreaterThanOrEqualTo(robust.path("p50").path(0).asDouble());
        assertThat(robust.path("works").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void whatIsResumedMustBeTheSameSearch() throws IOException {
        assertThat(searched("none", "--resume").code()).isEqualTo(2);
        searched("other", "--budget", "1200", "--seed", "1");
        Toile refused = searched("other", "--budget", "1200", "--seed", "2", "--resume");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("search.duckdb", "another study, seed");
    }

    @Test
    void resultsSayHowTheSearchWent() throws IOException {
        Toile ran = searched("said", "--budget", "1300");
        assertThat(ran.err()).contains("own: 518,400 designs in 10 choices; nsga2, at most 1,299 of them");
        JsonNode results = new ObjectMapper().readTree(bytes("said", "results.json"));
        JsonNode search = results.path("searches").path(0);
        assertThat(search.path("candidate").asText()).isEqualTo("own");
        assertThat(search.path("trials").asLong()).isEqualTo(1299);
        assertThat(results.path("evaluations").asLong()).isEqualTo(1300);
    }

    @Test
    void boundsOfChipsRuleOutOnlyWhatCannotBeMade() throws Exception {
        String text = STUDY.replace("compute-dies: {choose: [1, 2, 4]}", "compute-dies: 1")
                .replace("16..256 step 16", "16..512 step 16")
                .replace("rows: {choose: [32, 64, 128]}", "rows: {choose: [64, 128]}")
                .replace("columns: {choose: [32, 64, 128]}", "columns: 128")
                .replace("{choose: 32..512 MB log 5}", "128 MB")
                .replace("[1, 2, 4, 6, 8]", "[1, 4]")
                .replace("tensor: {choose: [1, 2, 4, 8]}", "tensor: 1")
                .replace("mode: {choose: [colocated, disaggregated]}", "mode: colocated")
                .replace("{choose: 32..512 log 5, when: {mode: colocated}, otherwise: 1024}", "64");
        Study read = new StudyReader(Catalog.bundled()).parse("own", text, directory);
        StudyProblem problem = StudyProblem.of(read, read.candidates().getLast());
        Exhaustive clever = new Exhaustive(problem);
        Archive some = new Search(problem, clever, 2).run(10_000, List.of(), (fresh, all) -> {}, () -> false);
        Problem unbounded = new Unbounded(problem);
        Archive all = new Search(unbounded, new Exhaustive(unbounded), 2)
                .run(10_000, List.of(), (fresh, archive) -> {}, () -> false);
        assertThat(all.size()).isEqualTo(256);
        assertThat(clever.ruledOut()).isGreaterThan(20);
        assertThat(some.size() + clever.ruledOut()).isEqualTo(256);
        assertThat(possible(some)).isEqualTo(possible(all)).isNotEmpty();
    }

    @Test
    void noBoundRulesOutADesignThatCanBeMade() {
        EnumeratedSpace space = EnumeratedSpace.evaluate(EnumeratedStudy.CHAT, 2);
        Problem problem = space.problem();
        assertThat(problem.reach()).contains(Problem.Reach.MORE);
        // Area and shoreline pull apart here: chips that lack edge can be made when they get larger.
        Map<List<Integer>, Set<List<Integer>>> outgrown = new HashMap<>();
        Map<List<Integer>, Set<List<Integer>>> others = new HashMap<>();
        for (Trial trial : space.trials().values()) {
            int[] point = problem.space().point(trial.number());
            (trial.ruledOut() ? outgrown : others)
                    .computeIfAbsent(options(problem, point, Problem.Reach.SAME), _ -> new HashSet<>())
                    .add(options(problem, point, Problem.Reach.MORE));
        }
        assertThat(outgrown).isNotEmpty();
        others.forEach((kind, sizes) -> {
            for (List<Integer> size : sizes) {
                assertThat(outgrown.getOrDefault(kind, Set.of()))
                        .as("%s of %s", size, kind)
                        .noneMatch(known -> isAtLeast(size, known));
            }
        });
    }

    private static List<Integer> options(Problem problem, int[] point, Problem.Reach reach) {
        return IntStream.range(0, point.length)
                .filter(i -> problem.reach().get(i) == reach)
                .mapToObj(i -> point[i])
                .toList();
    }

    private static boolean isAtLeast(List<Integer> more, List<Integer> less) {
        return IntStream.range(0, more.size()).allMatch(i -> more.get(i) >= less.get(i));
    }

    private static List<Trial> possible(Archive archive) {
        return archive.trials().stream().filter(trial -> !trial.ruledOut()).toList();
    }
}
