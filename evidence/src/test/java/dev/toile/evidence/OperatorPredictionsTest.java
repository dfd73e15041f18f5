package dev.toile.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.ErrorSummary.Group;
import dev.toile.evidence.OperatorRows.GptLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorPredictionsTest {
    private static final Catalog CATALOG = Catalog.bundled();

    @TempDir
    Path directory;

    private Comparison compare(String... rows) throws IOException, BadInput {
        Path file = directory.resolve("operators.csv");
        Files.writeString(
                file, "device,operator,m,n,k,elements,bytes,dtype,latency_s,series\n" + String.join("\n", rows) + "\n");
        return OperatorPredictions.of(RowTable.read(file), CATALOG);
    }

    /** LLMCompass, sums of twelve operators each; it predicts the decode layer 12 % too fast itself. */
    @Test
    void aLayerOfGpt3IsPredictedWithinEightPercent() {
        assertThat(OperatorPredictions.layerSeconds(CATALOG, GptLayer.PREFILL))
                .isBetween(0.92 * 66.75e-3, 1.08 * 66.75e-3);
        assertThat(OperatorPredictions.layerSeconds(CATALOG, GptLayer.DECODE))
                .isBetween(0.92 * 1.1109e-3, 1.08 * 1.1109e-3);
    }

    @Test
    void whatIsUnknownIsSkippedWithAReason() throws IOException, BadInput {
        Comparison comparison = compare(
                "TPU,gemm,1,1,1,,,16bit,1,M",
                "A100,transpose,1,1,,,,fp16,1,M",
                "A100x4_NVLink3,gpt3layer_GeLU,,,,,,fp16,1,prefill_b1",
                "A100x4_NVLink3,gpt3layer_Router,,,,,,fp16,1,prefill_b8_s2048_tp4",
                "A100,gelu,,,,1024,,fp16,4.8e-5,elements_sweep");
        assertThat(comparison.predictions())
                .extracting(Prediction::reason)
                .containsExactly(
                        "no software profile for operators on 'TPU'",
                        "unknown operator 'transpose'",
                        "unknown layer 'prefill_b1'",
                        "unknown operator of a layer 'Router'",
                        "");
        assertThat(comparison.csv()).startsWith("device,operator,m,n,k,elements,bytes,dtype,latency_s,series,pred_s\n");
    }

    @Test
    void aLayerIsSummedUp() throws IOException, BadInput {
        Comparison comparison = compare(
                "A100x4_NVLink3,gpt3layer_GeLU,,,,,,fp16,5e-5,decode_b8_ctx3072_tp4",
                "A100x4_NVLink3,gpt3layer_Softmax,,,,,,fp16,2e-5,decode_b8_ctx3072_tp4");
        assertThat(comparison.notes())
                .singleElement()
                .asString()
                .startsWith("A100x4_NVLink3 layer decode_b8_ctx3072_tp4: measured 0.07000 ms in all, predicted ");
    }

    @Test
    void everyMeasuredRowIsPredicted() throws BadInput {
        Measured.assumeThere();
        RowTable table = RowTable.read(Measured.DIRECTORY.resolve("llmcompass_measured.csv"));
        ErrorSummary summary = OperatorPredictions.of(table, CATALOG).summary();
        assertThat(summary.skipped()).isZero();
        List<Group> sweeps = summary.groups().stream()
                .filter(group -> group.by().equals("operator") && !group.value().contains("x4"))
                .toList();
        assertThat(sweeps)
                .hasSize(8)
                .allSatisfy(group -> assertThat(group.mape()).isLessThan(0.05));
    }
}
