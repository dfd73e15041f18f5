package dev.toile.catalog.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toile.catalog.text.BadInput;
import dev.toile.stack.serving.simulation.PrefixCache;
import dev.toile.stack.serving.simulation.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {

    private static final Path SHARED = Path.of("../../shared/traces");

    @TempDir
    Path directory;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    void azureColumns() throws Exception {
        Requests requests = Trace.read(file(
                "azure.csv",
                "TIMESTAMP,ContextTokens,GeneratedTokens",
                "2023-11-16 23:59:59.5000000,374,44",
                "2023-11-17 00:00:01.2500000,396,109"));
        assertThat(requests.size()).isEqualTo(2);
        assertThat(requests.arrival(0)).isZero();
        assertThat(requests.arrival(1)).isCloseTo(1.75, within(1e-6));
        assertThat(requests.prompt(1)).isEqualTo(396);
        assertThat(requests.output(0)).isEqualTo(44);
    }

    @Test
    void ownColumnsWithClassesInAnyOrder() throws Exception {
        Requests requests = Trace.read(file(
                "own.csv", "class,arrival_ms,output_tokens,prompt_tokens", "chat,1500,10,100", "agent,500,20,200"));
        assertThat(requests.prompt(0)).isEqualTo(200);
        assertThat(requests.kind(0).name()).isEqualTo("agent");
        assertThat(requests.arrival(1)).isEqualTo(1);
    }

    @Test
    void mooncakeLinesWithHashes() throws Exception {
        Requests requests = Trace.read(file(
                "mooncake.jsonl",
                "{\"timestamp\": 0, \"input_length\": 1300, \"output_length\": 5, \"hash_ids\": [7, 8, 9]}",
                "{\"timestamp\": 3000, \"input_length\": 1030, \"output_length\": 6, \"hash_ids\": [7, 8, 11]}"));
        assertThat(requests.arrival(1)).isEqualTo(3);
        assertThat(PrefixCache.unboundedHitRate(requests)).isCloseTo(2.0 / 6, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.csv | when,much | 1,2 | :1: these are no columns of a trace",
                "a.csv | arrival,prompt_tokens,output_tokens | soon,2,3 | :2: this is no time",
                "a.csv | arrival,prompt_tokens,output_tokens | 1,-2,3 | :2: this is no number of tokens",
                "a.csv | arrival,prompt_tokens,output_tokens | 1,2 | :2: the row has too few cells",
                "a.jsonl | {\"timestamp\": 1 | | :1: this is not JSON",
                "a.jsonl | {\"timestamp\": 1} | | :1: the request lacks a field",
            })
    void whatIsNoTraceIsSaidWithItsLine(String name, String first, String second, String complaint) throws IOException {
        Path file = file(name, first, second == null ? "" : second);
        assertThatThrownBy(() -> Trace.read(file)).isInstanceOf(BadInput.class).hasMessageContaining(complaint);
    }

    @Test
    void theConversationTraceSharesAsManyBlocksAsPublished() throws Exception {
        Path file = SHARED.resolve("mooncake_fast25_conversation.jsonl");
        assumeTrue(
                Files.isRegularFile(file),
                () -> "skipped: there is no " + file.toAbsolutePath().normalize());
        Requests requests = Trace.read(file);
        assertThat(requests.size()).isEqualTo(12_031);
        assertThat(Math.round(PrefixCache.unboundedHitRate(requests) * 1e4)).isEqualTo(3664);
    }

    @Test
    void theAzureTraceHasItsPublishedMeans() throws Exception {
        Path file = SHARED.resolve("azure_llm_2023_conv.csv");
        assumeTrue(
                Files.isRegularFile(file),
                () -> "skipped: there is no " + file.toAbsolutePath().normalize());
        Requests requests = Trace.read(file);
        assertThat(requests.rate()).isCloseTo(5.53, within(0.005));
        assertThat(requests.meanPrompt()).isCloseTo(1155, within(0.5));
        assertThat(requests.meanOutput()).isCloseTo(211, within(0.5));
    }
}
