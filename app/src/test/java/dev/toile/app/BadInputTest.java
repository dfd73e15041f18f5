package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Studies that cannot be run: each ends with a complaint that says what, where and what next, and writes nothing. */
class BadInputTest {

    /** A study that runs; each bad one differs from it in one place. */
    private static final String GOOD = """
        toile: 1
        study: One too many
        workload:
          model: llama-3.1-8b
          precision: {weights: fp8, activations: fp8, kv-cache: fp8}
          traffic:
            users: 1 M
            requests: 10 per user per day
            prompt: {mean: 1000 tokens, p90: 2000 tokens}
            output: {mean: 200 tokens}
          service-level: {ttft-p99: 2 s, tpot-p99: 100 ms}
        candidates:
          - buy: hgx-h100
          - build:
              name: bespoke
              chip:
                process: n3e
                compute-dies: {choose: [1, 2]}
                tensor-units: 128
                hbm: {generation: hbm3e, stacks: 4}
              system: {extends: ethernet-rack, accelerators: 64}
              software: built
        economics: {power-price: 60 USD/MWh}
        objectives: [usd-per-million-tokens]
        limits: {it-power: 20 MW}
        """;

    private static final String TRAINING =
            "training: {tokens: 1 T tokens, sequence: 2048 tokens, batch: 64, chips: 64}";

    /**
     * A bad study.
     *
     * @param what is bad
     * @param old text of the good study; all of it when empty
     * @param bad text in its place
     * @param says words the complaint must have
     */
    record Bad(String what, String old, String bad, List<String> says) {
        static Bad of(String what, String old, String bad, String... says) {
            return new Bad(what, old, bad, List.of(says));
        }

        String text() {
            if (old.isEmpty()) {
                return bad;
            }
            assertThat(GOOD).contains(old);
            return GOOD.replace(old, bad);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static List<Bad> bad() {
        List<Bad> all = new ArrayList<>();
        // Keys.
        all.add(Bad.of("unknown key", "users: 1 M", "userz: 1 M", "userz", "Maybe users"));
        all.add(Bad.of("unknown key, none near", "users: 1 M", "elephants: 1 M", "elephants"));
        all.add(Bad.of("unknown key in a chip", "tensor-units:", "tensor-unit:", "Maybe tensor-units"));
        all.add(Bad.of("duplicate key", "toile: 1", "toile: 1\ntoile: 1", "duplicate key toile"));
        all.add(Bad.of("missing key", "study: One too many\n", "", "study"));
        all.add(Bad.of("missing output", "output: {mean: 200 tokens}", "peak-to-average: 2", "output"));
        all.add(Bad.of("missing prompt", "prompt: {mean: 1000 tokens, p90: 2000 tokens}", "", "prompt"));
        // Quantities.
        all.add(Bad.of("wrong unit", "60 USD/MWh", "60 USD/kg", "kg"));
        all.add(Bad.of("wrong dimension", "ttft-p99: 2 s", "ttft-p99: 2 W", "2 W"));
        all.add(Bad.of("missing unit", "ttft-p99: 2 s", "ttft-p99: 2", "ttft-p99"));
        all.add(Bad.of("negative", "tpot-p99: 100 ms", "tpot-p99: -100 ms", "-100 ms"));
        all.add(Bad.of("zero", "tpot-p99: 100 ms", "tpot-p99: 0 ms", "0 ms"));
        all.add(Bad.of("not a number", "users: 1 M", "users: NaN", "NaN"));
        all.add(Bad.of("YAML's not a number", "users: 1 M", "users: .nan", ".nan"));
        all.add(Bad.of("infinite", "users: 1 M", "users: .inf", ".inf"));
        all.add(Bad.of("huge number", "users: 1 M", "users: 1e999", "1e999"));
        all.add(Bad.of("huge whole number", "tensor-units: 128", "tensor-units: 99999999999999999999", "99999999999"));
        all.add(Bad.of("words for a number", "users: 1 M", "users: plenty", "plenty"));
        all.add(Bad.of("nothing for a number", "users: 1 M", "users:", "users"));
        all.add(Bad.of("a fraction for a whole number", "accelerators: 64", "accelerators: 6.4", "6.4"));
        all.add(Bad.of("out of range", "stacks: 4", "stacks: 4000", "4000"));
        all.add(Bad.of("P90 below the mean", "p90: 2000 tokens", "p90: 500 tokens", "P90"));
        // Names.
        all.add(Bad.of("unknown model", "llama-3.1-8b", "llama-3.1-8c", "llama-3.1-8c", "Maybe llama-3.1-8b"));
        all.add(Bad.of("unknown model, none near", "llama-3.1-8b", "skynet", "skynet"));
        all.add(Bad.of("unknown system", "hgx-h100", "hgx-h10", "hgx-h10", "Maybe hgx-h100"));
        all.add(Bad.of("unknown system, none near", "hgx-h100", "abacus", "abacus"));
        all.add(Bad.of("unknown process", "n3e", "n3z", "n3z", "Maybe n3"));
        all.add(Bad.of("unknown memory", "hbm3e", "hbm9e", "hbm9e", "Maybe hbm"));
        all.add(Bad.of("unknown software", "software: built", "software: bulit", "bulit", "Maybe built"));
        all.add(Bad.of("unknown number format", "weights: fp8", "weights: fp9", "fp9"));
        all.add(Bad.of(
                "unknown objective",
                "[usd-per-million-tokens]",
                "[usd-per-million-token]",
                "Maybe usd-per-million-tokens"));
        all.add(Bad.of("unknown objective, none near", "[usd-per-million-tokens]", "[happiness]", "happiness"));
        all.add(Bad.of("no objectives", "[usd-per-million-tokens]", "[]", "no objectives"));
        all.add(Bad.of("a system without chips", "hgx-h100", "ethernet-rack", "ethernet-rack"));
        all.add(Bad.of("config.json is not there", "llama-3.1-8b", "./nowhere/config.json", "no such file"));
        // Candidates.
        all.add(Bad.of("two of a name", "- buy: hgx-h100", "- buy: hgx-h100\n  - buy: hgx-h100", "same name"));
        all.add(Bad.of("neither bought nor built", "- buy: hgx-h100", "- steal: hgx-h100", "steal"));
        all.add(Bad.of("an empty candidate", "- buy: hgx-h100", "- {}", "buy"));
        all.add(Bad.of("no link bandwidth", "extends: ethernet-rack", "extends: hgx-h100x", "hgx-h100x"));
        // The workload.
        all.add(Bad.of("traffic and training", "  traffic:", "  " + TRAINING + "\n  traffic:", "not both"));
        all.add(Bad.of("two rates", "users: 1 M", "users: 1 M\n    rate: 5 requests/s", "exactly one of"));
        all.add(Bad.of("users without requests", "requests: 10 per user per day", "", "users and requests"));
        // Choices.
        all.add(Bad.of("choose in the workload", "users: 1 M", "users: {choose: [1 M, 2 M]}", "choose is not allowed"));
        all.add(Bad.of(
                "choose the economics", "60 USD/MWh", "{choose: [6 USD/MWh, 7 USD/MWh]}", "choose is not allowed"));
        all.add(Bad.of(
                "choose at the top", "objectives: [usd-per-million-tokens]", "objectives: {choose: [mfu]}", "choose"));
        all.add(Bad.of("choose a candidate", "- buy: hgx-h100", "- {choose: [hgx-h100, hgx-h200]}", "choose"));
        all.add(Bad.of(
                "choose all candidates",
                "- buy: hgx-h100",
                "- buy: hgx-b200\n    name: {choose: [a, b]}\n  - buy: hgx-h100\n    layout: {choose: [a]}",
                "layout"));
        all.add(Bad.of("choose from nothing", "[1, 2]", "[]", "nothing to choose from"));
        all.add(Bad.of("choose one twice", "[1, 2]", "[1, 1]", "listed twice"));
        all.add(Bad.of("a bad option", "[1, 2]", "[1, 200]", "200"));
        all.add(Bad.of("not a range", "[1, 2]", "1 to 2", "not a range"));
        all.add(Bad.of("a range backwards", "[1, 2]", "2..1", "2..1"));
        all.add(Bad.of(
                "a condition on no choice",
                "tensor-units: 128",
                "tensor-units: {choose: [8, 16], when: {compute-die: 2}}",
                "'when' names no choice",
                "Maybe compute-dies"));
        all.add(Bad.of(
                "a condition on no option",
                "tensor-units: 128",
                "tensor-units: {choose: [8, 16], when: {compute-dies: 3}}",
                "'compute-dies' has no such option"));
        all.add(Bad.of(
                "otherwise without when",
                "tensor-units: 128",
                "tensor-units: {choose: [8, 16], otherwise: 4}",
                "'otherwise' without 'when'"));
        // The form.
        all.add(Bad.of("another format version", "toile: 1", "toile: 2", "2"));
        all.add(Bad.of("a list for a mapping", "economics: {power-price: 60 USD/MWh}", "economics: [60]", "economics"));
        all.add(Bad.of("a mapping for a number", "users: 1 M", "users: {many: true}", "users"));
        all.add(Bad.of(
                "a mapping for a list", "objectives: [usd-per-million-tokens]", "objectives: {mfu: 1}", "objectives"));
        all.add(Bad.of("YAML syntax", "{ttft-p99: 2 s", "{ttft-p99: [2 s", ""));
        all.add(Bad.of("a tab", "  model:", "\tmodel:", ""));
        all.add(Bad.of("unknown alias", "hgx-h100", "*h", "alias"));
        all.add(Bad.of("a tag", "hgx-h100", "!!java.io.File hgx-h100", "tags are not supported"));
        all.add(Bad.of("two documents", "toile: 1", "---\ntoile: 1\n---", "second document"));
        all.add(Bad.of("an empty file", "", "", "empty"));
        all.add(Bad.of("comments only", "", "# nothing\n", "empty"));
        all.add(Bad.of("one word", "", "hello\n", "hello"));
        all.add(Bad.of("a list", "", "- toile: 1\n", ""));
        all.add(Bad.of("a deep nest", "", "a: " + "[".repeat(2000) + "]".repeat(2000), "nesting"));
        all.add(Bad.of("an alias bomb", "", bomb(), "alias"));
        return all;
    }

    private static String bomb() {
        return IntStream.range(1, 30)
                .mapToObj(i -> "a" + i + ": &a" + i + " ["
                        + IntStream.range(0, 10)
                                .mapToObj(_ -> i == 1 ? "x" : "*a" + (i - 1))
                                .collect(Collectors.joining(", "))
                        + "]\n")
                .collect(Collectors.joining());
    }

    @TempDir
    private Path directory;

    @Test
    void theGoodOneRuns() throws IOException {
        Path study = Files.writeString(directory.resolve("study.yaml"), GOOD);
        Toile.works("run", study, "--out", directory.resolve("out"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void complains(Bad bad) throws IOException {
        Path study = Files.writeString(directory.resolve("study.yaml"), bad.text());
        complains(study, bad.says().toArray(String[]::new));
    }

    private void complains(Path study, String... says) {
        Path out = directory.resolve("out");
        Toile toile = Toile.complains("run", study, "--out", out, "--threads", 1);
        assertThat(toile.err())
                .contains(List.of(says))
                .startsWith(study.getParent().toString());
        assertThat(out).doesNotExist();
    }

    @Test
    void everyProblemIsNamedAtOnce() throws IOException {
        String text = GOOD.replace("60 USD/MWh", "60 kg")
                .replace("weights: fp8", "weights: fp9")
                .replace("stacks: 4", "stacks: 4000");
        Path study = Files.writeString(directory.resolve("study.yaml"), text);
        Toile toile = Toile.complains("run", study, "--out", directory.resolve("out"));
        assertThat(toile.err()).contains("study.yaml:5:", "study.yaml:20:", "study.yaml:23:");
    }

    @Test
    void everyCandidateIsMissing() throws IOException {
        String text = GOOD.substring(0, GOOD.indexOf("candidates:")) + "candidates: []\n";
        complains(Files.writeString(directory.resolve("study.yaml"), text), "there are no candidates");
    }

    @Test
    void neitherTrafficNorTraining() throws IOException {
        String text = GOOD.substring(0, GOOD.indexOf("  traffic:")) + GOOD.substring(GOOD.indexOf("  service-level:"));
        complains(Files.writeString(directory.resolve("study.yaml"), text), "either traffic or training");
    }

    @Test
    void measuredRatesInATrainingStudy() throws IOException {
        String text = """
            toile: 1
            study: Measured training
            workload:
              model: llama-3.1-8b
              training: {tokens: 1 T tokens, sequence: 2048 tokens, batch: 64, chips: 64}
            candidates:
              - rent: hgx-h800
                price: 2 USD/h
                measured:
                  source: me
                  prefill: {chips: 8, rate: 1 k tokens/s}
                  decode: {chips: 8, rate: 1 k tokens/s}
            """;
        complains(Files.writeString(directory.resolve("study.yaml"), text), "measured rates are for serving");
    }

    @Test
    void missingFile() throws IOException {
        Files.writeString(directory.resolve("study.yaml"), GOOD);
        Toile toile = Toile.complains("run", directory.resolve("studi.yaml"), "--out", directory.resolve("out"));
        assertThat(toile.err()).contains("no such file", "Maybe", "study.yaml");
        complains(directory.resolve("quite-another.yaml"), "no such file");
        complains(directory.resolve("no").resolve("such").resolve("directory.yaml"), "no such file");
    }

    @Test
    void directoryAsFile() {
        complains(directory, "this is a directory");
    }

    @Test
    void binaryFile() throws IOException {
        Path study = Files.write(directory.resolve("study.yaml"), new byte[] {0x7f, 'E', 'L', 'F', '\n', 0, 1, 2});
        complains(study, "binary");
    }

    @Test
    void anotherEncoding() throws IOException {
        byte[] text = {'a', ':', ' ', (byte) 0xe9, '\n'};
        complains(Files.write(directory.resolve("study.yaml"), text), "not UTF-8");
    }

    @Test
    void controlCharacters() throws IOException {
        byte[] text = {'a', ':', ' ', 7, '\n'};
        complains(Files.write(directory.resolve("study.yaml"), text), "a character that YAML does not allow");
    }

    @Test
    void aBigFile() throws IOException {
        complains(Files.writeString(directory.resolve("study.yaml"), "# " + "x".repeat(9 << 20)), "too big");
    }

    @Test
    void unsupportedArchitecture() throws IOException {
        Files.writeString(
                directory.resolve("config.json"),
                "{\"architectures\": [\"MambaForCausalLM\"], \"model_type\": \"mamba\", \"hidden_size\": 64}");
        Path study = Files.writeString(directory.resolve("study.yaml"), GOOD.replace("llama-3.1-8b", "./config.json"));
        Toile toile = Toile.complains("run", study, "--out", directory.resolve("out"));
        assertThat(toile.err()).contains("config.json:1", "mamba");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void outIsAFile() throws IOException {
        Path study = Files.writeString(directory.resolve("study.yaml"), GOOD);
        Toile toile = Toile.complains("run", study, "--out", study);
        assertThat(toile.err()).contains(study.toString());
    }

    @Test
    void anUnknownOption() throws IOException {
        Path study = Files.writeString(directory.resolve("study.yaml"), GOOD);
        Toile toile = Toile.run("run", study, "--seeds", 3);
        assertThat(toile.code()).isEqualTo(2);
        assertThat(toile.err()).contains("--seeds").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @MethodSource("badOptions")
    void aBadOption(List<String> options) throws IOException {
        Path study = Files.writeString(directory.resolve("study.yaml"), GOOD);
        List<Object> arguments = new ArrayList<>(List.of("run", study, "--out", directory.resolve("out")));
        arguments.addAll(options);
        Toile toile = Toile.run(arguments.toArray());
        assertThat(toile.code()).isEqualTo(2);
        assertThat(toile.err()).contains(options.getFirst()).doesNotContain("\tat ");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    static List<List<String>> badOptions() {
        return List.of(
                List.of("--threads", "0"),
                List.of("--threads", "-1"),
                List.of("--threads", "many"),
                List.of("--seed", "x"),
                List.of("--seed"));
    }
}
