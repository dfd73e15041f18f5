package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toile.catalog.Catalog;
import dev.toile.catalog.CatalogListing;
import dev.toile.catalog.CatalogListing.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Toile knows, as the command line shows it. */
class CatalogCommandTest {

    static List<String> kinds() {
        return Kind.names();
    }

    @Test
    void listsKinds() throws IOException {
        String printed = Toile.works("catalog").out();
        JsonNode json = Toile.works("catalog", "--json").json();
        for (String kind : Kind.names()) {
            assertThat(printed).contains(kind + "\n");
            assertThat(json.path(kind)).as(kind).isNotEmpty();
        }
        assertThat(printed).contains("h100-sxm", "hgx-h100", "llama-3.1-70b", "n3e");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void listsEveryKindAndShowsEveryEntry(String kind) throws IOException {
        List<String> ids = new CatalogListing(Catalog.bundled()).ids(Kind.of(kind));
        String printed = Toile.works("catalog", kind).out();
        assertThat(printed.lines()).hasSize(ids.size());
        assertThat(Toile.works("catalog", kind + "s").out()).isEqualTo(printed);
        assertThat(Toile.works("catalog", kind, "--json").json()).hasSize(ids.size());
        for (String id : ids) {
            assertThat(printed).contains(id);
            assertThat(Toile.works("catalog", kind, id).out()).contains(": ").doesNotContain("null", "NaN");
            assertThat(Toile.works("catalog", kind, id, "--json").json()).isNotEmpty();
        }
    }

    @Test
    void aChipHasSources() {
        assertThat(Toile.works("catalog", "chip", "h100-sxm").out())
                .contains("memory.bandwidth: 3.35 TB/s\n    ", "NVIDIA Hopper Architecture In-Depth");
    }

    @Test
    void aModelKeepsItsContract() throws IOException {
        JsonNode model =
                Toile.works("catalog", "model", "llama-3.1-70b", "--json").json();
        List<String> keys = new ArrayList<>();
        model.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .contains("name", "architecture", "layers", "parameters", "active-parameters", "kv-bytes-per-token");
        assertThat(model.path("layers").asInt()).isEqualTo(80);
        assertThat(model.path("parameters").asLong()).isEqualTo(70_553_706_496L);
        assertThat(model.path("parameters").isNumber()).isTrue();
    }

    @Test
    void aModelFromAFile(@TempDir Path directory) throws IOException {
        String config = """
            {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": 64,
             "intermediate_size": 256, "num_hidden_layers": 2, "num_attention_heads": 4,
             "num_key_value_heads": 2, "vocab_size": 1000, "tie_word_embeddings": false,
             "max_position_embeddings": 128, "torch_dtype": "bfloat16"}
            """;
        Path file = Files.writeString(directory.resolve("config.json"), config);
        JsonNode model = Toile.works("catalog", "model", file, "--json").json();
        assertThat(model.path("layers").asInt()).isEqualTo(2);
        assertThat(Toile.works("catalog", "model", file).out()).contains("LlamaForCausalLM");
    }

    @Test
    void aDesignIsDrawn(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("die.svg");
        Toile.works("catalog", "chip", "bespoke-reticle", "--floorplan", file);
        assertThat(Files.readString(file))
                .contains("<svg", "bespoke reticle", "mm²", "HBM3E")
                .doesNotContain("NaN");
        assertThat(Toile.works("catalog", "chip", "bespoke-reticle").out()).contains("tensor-units");
        assertThat(Toile.complains("catalog", "chip", "bespoke-reticel", "--floorplan", file)
                        .err())
                .contains("'bespoke-reticel'", "Maybe bespoke-reticle");
    }

    @Test
    void unknownNames() {
        assertThat(Toile.complains("catalog", "chp").err()).contains("'chp'", "Maybe chip");
        assertThat(Toile.complains("catalog", "chip", "h100-smx").err()).contains("'h100-smx'", "Maybe h100-sxm");
        assertThat(Toile.complains("catalog", "model", "llama-3.1-70").err()).contains("Maybe llama-3.1-70b");
        Toile.complains("catalog", "elephants");
        Toile.complains("catalog", "chip", "abacus");
        Toile.complains("catalog", "model", "skynet");
        Toile.complains("catalog", "model", "./no/config.json");
    }
}
