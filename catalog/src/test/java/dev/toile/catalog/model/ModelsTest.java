package dev.toile.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.toile.catalog.text.BadInput;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.workload.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {

    private static final String SOURCES = "sources:\n  s: {title: T, date: 2025}\nmodels:\n  m:\n    name: M\n";
    private static final String SIZE = "    source: s\n    parameters: {value: 1 B, source: s}\n";

    @TempDir
    Path folder;

    @Test
    void namesTheBundledModels() {
        Models models = Models.bundled();
        assertThat(models.names())
                .containsExactly(
                        "llama-3.1-8b",
                        "llama-3.1-70b",
                        "llama-3.1-405b",
                        "llama-2-70b",
                        "mixtral-8x7b",
                        "deepseek-v3",
                        "gpt3-175b",
                        "bloom-176b",
                        "qwen3-8b",
                        "qwen3-30b-a3b",
                        "qwen3-32b",
                        "qwen3-235b-a22b",
                        "deepseek-v3.2",
                        "kimi-k2",
                        "qwen3.5-35b-a3b",
                        "gpt-oss-120b");
        assertThat(models.find("llama-4")).isEmpty();
        BundledModel model = models.find("deepseek-v3").orElseThrow();
        assertThat(model.entry().name()).isEqualTo("DeepSeek-V3");
        assertThat(model.source().url()).isEqualTo("https://huggingface.co/deepseek-ai/DeepSeek-V3");
        assertThat(model.model().stored()).isEqualTo(new Precision(DataType.FP8, DataType.FP8, DataType.BF16));
        assertThat(model.model().contextLimit()).isEqualTo(163840);
        assertThat(model.entry().config().location().line()).isGreaterThan(100);
    }

    @Test
    void bundledModelsLeaveNothingUnclear() {
        Models models = Models.bundled();
        for (String id : models.names()) {
            ImportedModel model = models.find(id).orElseThrow().model();
            assertThat(model.notes()).as(id).noneMatch(note -> note.contains("not understood"));
            assertThat(model.stored()).as(id).isNotNull();
        }
    }

    @Test
    void importsFilesAndFolders() throws Exception {
        Path model = Files.createDirectories(folder.resolve("My-Llama"));
        Path file = Files.writeString(model.resolve("config.json"), Configs.LLAMA);
        assertThat(Models.fromFile(file).transformer().name()).isEqualTo("My-Llama");
        assertThat(Models.fromFile(model)).isEqualTo(Models.fromFile(file));
        Path other = Files.writeString(folder.resolve("small.yaml"), Configs.MIXTRAL);
        assertThat(Models.fromFile(other).transformer().name()).isEqualTo("small");
    }

    @Test
    void explainsFilesThatAreNoConfigurations() throws IOException {
        Path list = Files.writeString(folder.resolve("list.json"), "[1, 2]");
        assertThatThrownBy(() -> Models.fromFile(list))
                .isInstanceOf(BadInput.class)
                .hasMessage(list + ":1: this is not a model's configuration, seen a list, expected an object with"
                        + " model_type, hidden_size and so on");
        assertThatThrownBy(() -> Models.fromFile(folder.resolve("lst.json")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there is no such file")
                .hasMessageEndingWith("Maybe " + list);
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"model_type\": \"llama\"");
        assertThatThrownBy(() -> Models.fromFile(broken)).isInstanceOf(BadInput.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'config: {model_type: x}'|models.yaml:8: model_type: this type of model is not supported",
                "'confg: {model_type: x}'|models.yaml:5: missing key config",
                "'config: [x]'|models.yaml:5: missing key config",
                "'note: x'|models.yaml:8: unknown key",
            })
    void explainsBadEntries(String last, String message) {
        assertThatThrownBy(() -> Models.parse("models.yaml", SOURCES + SIZE + "    " + last + "\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void explainsUnknownSources() {
        String text = SOURCES + SIZE.replaceFirst("source: s", "source: t") + "    config: {model_type: gpt2}\n";
        assertThatThrownBy(() -> Models.parse("models.yaml", text)).hasMessageContaining("m: unknown source, seen t");
        assertThatThrownBy(() -> Models.parse("models.yaml", "models: 1\n")).isInstanceOf(BadInput.class);
    }

    /** Parameters are counts of the tensors; those of the bundled models are published, see ParameterCountsTest. */
    @ParameterizedTest
    @CsvSource({
        "meta-llama--Meta-Llama-3.1-8B,     8030261248, BF16",
        "meta-llama--Meta-Llama-3.1-70B,   70553706496, BF16",
        "meta-llama--Meta-Llama-3.1-405B, 405853388800, BF16",
        "mistralai--Mixtral-8x7B-v0.1,     46702792704, BF16",
        "deepseek-ai--DeepSeek-V3,        671026419200, FP8",
        "Qwen--Qwen3-8B,                    8190735360, BF16",
        "Qwen--Qwen3-32B,                  32762123264, BF16",
        "Qwen--Qwen3-30B-A3B,              30532122624, BF16",
        "Qwen--Qwen3-235B-A22B,           235093634560, BF16",
        "Qwen--Qwen3-235B-A22B-FP8,       235093634560, FP8",
    })
    void importsRealConfigurations(String name, long parameters, DataType weights) throws Exception {
        assumeThat(Published.folder()).isDirectory();
        ImportedModel model = Models.fromFile(Published.folder().resolve(name + ".json"));
        assertThat(model.transformer().parameters()).isEqualTo(parameters);
        assertThat(model.stored()).isEqualTo(new Precision(weights, weights, DataType.BF16));
        assertThat(model.notes()).noneMatch(note -> note.contains("not understood"));
    }
}
