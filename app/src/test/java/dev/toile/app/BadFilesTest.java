package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that a study names, and places to write to, that are no good: a complaint at a line, and nothing half-written. */
class BadFilesTest {

    private static final String STUDY = """
        toile: 1
        study: What my own files say
        catalog: [mine.yaml]
        workload:
          model: ./config.json
          traffic: {saturate: true, prompt: {mean: 1000 tokens}, output: {mean: 200 tokens}}
        candidates: [{buy: my-server}]
        """;

    private static final String CATALOG = """
        sources:
          quote: {title: our own quote, url: "", date: 2026-11}
        chips:
          my-h100:
            name: H100 at our price
            year: {value: 2022, source: quote}
            process: n4
            units: {value: 132, source: quote}
            unit-memory: {value: 228 KiB, source: quote}
            exponentials: {value: 16, source: quote}
            clock: {value: 1830 MHz, source: quote}
            peak: {bf16: {value: 989 TFLOP/s, source: quote}}
            cache: {value: 50 MB, source: quote}
            memory:
              generation: hbm3
              capacity: {value: 80 GiB, source: quote}
              bandwidth: {value: 3.35 TB/s, source: quote}
            scale-up: {value: 450 GB/s, source: quote}
            power: {value: 700 W, source: quote}
            idle-power: {value: 70 W, source: quote}
            price: {low: 20000 USD, mid: 21000 USD, high: 22000 USD, source: quote}
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

    private static final String CONFIG = """
        {
          "architectures": ["LlamaForCausalLM"],
          "model_type": "llama",
          "hidden_size": 4096,
          "intermediate_size": 14336,
          "num_hidden_layers": 32,
          "num_attention_heads": 32,
          "num_key_value_heads": 8,
          "max_position_embeddings": 131072,
          "vocab_size": 128256,
          "tie_word_embeddings": false,
          "torch_dtype": "bfloat16"
        }
        """;

    /**
     * A bad file beside the study.
     *
     * @param what is bad
     * @param file that is
     * @param old text of the good file; all of it when empty
     * @param bad text in its place
     * @param says words the complaint must have
     */
    record Bad(String what, String file, String old, String bad, List<String> says) {
        static Bad catalog(String what, String old, String bad, String... says) {
            return new Bad(what, "mine.yaml", old, bad, List.of(says));
        }

        static Bad config(String what, String old, String bad, String... says) {
            return new Bad(what, "config.json", old, bad, List.of(says));
        }

        @Override
        public String toString() {
            return file + ": " + what;
        }
    }

    static List<Bad> bad() {
        List<Bad> all = new ArrayList<>();
        all.add(Bad.catalog("unknown kind", "chips:", "chip:", "unknown key", "Maybe chips"));
        all.add(Bad.catalog("unknown key", "clock:", "klock:", "klock", "Maybe clock"));
        all.add(Bad.catalog("missing key", "    power: {value: 700 W, source: quote}\n", "", "power"));
        all.add(Bad.catalog("wrong unit", "700 W,", "700 kg,", "700 kg"));
        all.add(Bad.catalog("missing unit", "80 GiB,", "80,", "80"));
        all.add(Bad.catalog("negative size", "80 GiB,", "-80 GiB,", "-80 GiB"));
        all.add(Bad.catalog("zero bandwidth", "3.35 TB/s,", "0 TB/s,", "0 TB/s"));
        all.add(Bad.catalog("not a number", "1830 MHz,", "NaN MHz,", "NaN"));
        all.add(Bad.catalog("huge number", "989 TFLOP/s", "1e999 TFLOP/s", "1e999"));
        all.add(Bad.catalog("no chips in a system", "accelerators: {value: 8,", "accelerators: {value: 0,", "0"));
        all.add(Bad.catalog("nobody in the domain", "domain: {value: 8,", "domain: {value: 0,", "scale-up-domain"));
        all.add(Bad.catalog("a fraction of a chip", "accelerators: {value: 8,", "accelerators: {value: 7.5,", "7.5"));
        all.add(Bad.catalog("hotter idle than at work", "{value: 70 W,", "{value: 701 W,", "more power idle"));
        all.add(Bad.catalog(
                "more than all of a link", "scale-up-share: {value: 0.8,", "scale-up-share: {value: 8,", "at most 1"));
        all.add(Bad.catalog("no source", "{value: 700 W, source: quote}", "700 W", "source"));
        all.add(Bad.catalog(
                "unknown source", "{value: 700 W, source: quote}", "{value: 700 W, source: qoute}", "qoute"));
        all.add(Bad.catalog("range upside down", "low: 20000 USD", "low: 23000 USD", "23000"));
        all.add(Bad.catalog("unknown memory", "generation: hbm3", "generation: hbm33", "hbm33", "Maybe hbm3"));
        all.add(Bad.catalog("unknown process", "process: n4", "process: n44", "n44"));
        all.add(Bad.catalog("unknown host", "host: grace", "host: graze", "Maybe grace"));
        all.add(Bad.catalog(
                "unknown profile", "tensorrt-llm-hopper", "tensorrt-lm-hopper", "Maybe tensorrt-llm-hopper"));
        all.add(Bad.catalog("unknown chip", "chip: my-h100", "chip: my-h10", "Maybe my-h100"));
        all.add(Bad.catalog("a system of itself", "chip: my-h100", "chip: my-server", "my-server"));
        all.add(Bad.catalog("a list for an entry", "  my-h100:", "  other: []\n  my-h100:", "a list"));
        all.add(Bad.catalog("an alias of itself", "sources:", "sources: &s\n  s: *s", "contains itself"));
        all.add(Bad.catalog(
                "choose in a catalog", "{value: 700 W, source: quote}", "{choose: [600 W, 700 W]}", "choose"));
        all.add(Bad.catalog("YAML syntax", "{value: 700 W, source: quote}", "{value: 700 W", ""));
        all.add(Bad.catalog("empty", "", "", "empty"));
        all.add(Bad.catalog("binary", "", "\u0000\u0001", "binary"));
        all.add(Bad.config("truncated", "", CONFIG.substring(0, 150), "not valid"));
        all.add(Bad.config("empty", "", "", "empty"));
        all.add(Bad.config("a list", "", "[1, 2]", "list"));
        all.add(Bad.config("unknown architecture", "LlamaForCausalLM", "HyenaForCausalLM", "Hyena"));
        all.add(Bad.config(
                "no architecture",
                "  \"architectures\": [\"LlamaForCausalLM\"],\n  \"model_type\": \"llama\",\n",
                "",
                "model_type"));
        all.add(Bad.config("missing field", "  \"hidden_size\": 4096,\n", "", "hidden_size"));
        all.add(Bad.config("contradictory heads", "_attention_heads\": 32", "_attention_heads\": 31", "31"));
        all.add(Bad.config("key heads that do not divide", "value_heads\": 8", "value_heads\": 7", "7"));
        all.add(Bad.config("more key heads than heads", "value_heads\": 8", "value_heads\": 64", "64"));
        all.add(Bad.config("text for a number", "4096", "\"wide\"", "wide"));
        all.add(Bad.config("a fraction", "hidden_layers\": 32", "hidden_layers\": 31.5", "31.5"));
        all.add(Bad.config("no layers", "hidden_layers\": 32", "hidden_layers\": 0", "0"));
        all.add(Bad.config("negative layers", "hidden_layers\": 32", "hidden_layers\": -32", "-32"));
        all.add(Bad.config("huge number", "14336", "1e300", "1e300"));
        all.add(Bad.config("null", "4096", "null", "hidden_size"));
        all.add(Bad.config(
                "unknown field", "\"vocab_size\"", "\"experts_per_head\": 3, \"vocab_size\"", "experts_per_head"));
        all.add(Bad.config("duplicate field", "\"vocab_size\"", "\"hidden_size\": 1, \"vocab_size\"", "duplicate key"));
        return all;
    }

    @TempDir
    private Path directory;

    private Path write(String catalog, String config) throws IOException {
        Files.writeString(directory.resolve("mine.yaml"), catalog);
        Files.writeString(directory.resolve("config.json"), config);
        return Files.writeString(directory.resolve("study.yaml"), STUDY);
    }

    private Toile complains(Path study, Path out) throws IOException {
        Toile toile = Toile.complains("run", study, "--out", out, "--threads", 1);
        if (Files.isDirectory(out)) {
            try (Stream<Path> files = Files.list(out)) {
                assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
            }
        }
        return toile;
    }

    @Test
    void theGoodOnesRun() throws IOException {
        Toile.works("run", write(CATALOG, CONFIG), "--out", directory.resolve("out"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void complains(Bad bad) throws IOException {
        boolean catalog = bad.file().equals("mine.yaml");
        String good = catalog ? CATALOG : CONFIG;
        assertThat(good).contains(bad.old());
        String text = bad.old().isEmpty() ? bad.bad() : good.replace(bad.old(), bad.bad());
        Path study = catalog ? write(text, CONFIG) : write(CATALOG, text);
        Toile toile = complains(study, directory.resolve("out"));
        assertThat(toile.err())
                .contains(bad.says())
                .startsWith(directory.toString())
                .contains(bad.file() + ":");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void aFileOfAHundredMegabytes() throws IOException {
        Path study = directory.resolve("study.yaml");
        try (RandomAccessFile file = new RandomAccessFile(study.toFile(), "rw")) {
            file.setLength(100L << 20);
        }
        assertThat(complains(study, directory.resolve("out")).err()).contains("too big");
    }

    @Test
    void aLinkToItself() throws IOException {
        Path study = Files.createSymbolicLink(directory.resolve("study.yaml"), directory.resolve("study.yaml"));
        assertThat(complains(study, directory.resolve("out")).err()).startsWith(study + ":1: ");
    }

    @Test
    void aStudyThatMayNotBeRead() throws IOException {
        Path study = write(CATALOG, CONFIG);
        Files.setPosixFilePermissions(study, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(study), "this user may read everything");
        assertThat(complains(study, directory.resolve("out")).err()).contains("may not be read");
    }

    @Test
    void aPlaceThatMayNotBeWritten() throws IOException {
        Path closed = Files.createDirectory(
                directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        assumeFalse(Files.isWritable(closed), "this user may write everywhere");
        assertThat(complains(write(CATALOG, CONFIG), closed).err()).contains("permission denied");
    }

    @Test
    void aCatalogThatIsNotThere() throws IOException {
        Path study = write(CATALOG, CONFIG);
        Files.delete(directory.resolve("mine.yaml"));
        assertThat(complains(study, directory.resolve("out")).err()).contains("mine.yaml:1: there is no such file");
    }

    @Test
    void directoriesInPlaceOfFiles() throws IOException {
        Path study = write(CATALOG, CONFIG);
        Files.delete(directory.resolve("config.json"));
        Files.createDirectories(directory.resolve("config.json").resolve("config.json"));
        assertThat(complains(study, directory.resolve("out")).err()).contains("config.json:1: this is a directory");
        Files.delete(directory.resolve("mine.yaml"));
        Files.createDirectory(directory.resolve("mine.yaml"));
        assertThat(complains(study, directory.resolve("out")).err()).contains("mine.yaml:1: this is a directory");
    }

    @Test
    void placesToWriteToThatAreFiles() throws IOException {
        Path study = write(CATALOG, CONFIG);
        Path file = Files.writeString(directory.resolve("taken"), "mine");
        complains(study, file);
        complains(study, file.resolve("below"));
        assertThat(file).hasContent("mine");
    }

    @Test
    void aDirectoryWhereAResultGoes() throws IOException {
        Path study = write(CATALOG, CONFIG);
        for (ResultFormat format : ResultFormat.values()) {
            Path out = directory.resolve("out-" + format.file());
            Files.createDirectories(out.resolve(format.file()).resolve("kept"));
            assertThat(complains(study, out).err()).contains(format.file());
            assertThat(out.resolve(format.file()).resolve("kept")).isDirectory();
        }
    }

    /** Not bad input: a design that cannot work is a result. */
    @Test
    void aModelThatFitsNowhere() throws IOException {
        String config = CONFIG.replace("_layers\": 32", "_layers\": 4000").replace("14336", "143360");
        Path study = write(CATALOG, config);
        Toile toile = Toile.works("run", study, "--out", directory.resolve("out"));
        assertThat(toile.out()).contains("my-server: cannot work: ");
        for (ResultFormat format : ResultFormat.values()) {
            assertThat(directory.resolve("out").resolve(format.file())).isNotEmptyFile();
        }
        assertThat(Files.readString(directory.resolve("out").resolve("results.csv"), StandardCharsets.UTF_8))
                .contains("my-server,buy,false,");
    }
}
