package dev.toile.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineResultsTest {

    private static ErrorSummary throughput(String system, String software) throws BadInput {
        RowTable all = ThroughputPredictions.bundled();
        List<Row> rows = all.rows().stream()
                .filter(row -> row.textIfAny("system").equals(system)
                        && row.textIfAny("software").equals(software))
                .toList();
        return ThroughputPredictions.of(new RowTable(all.file(), all.columns(), rows), Catalog.bundled())
                .summary();
    }

    @Test
    void publishedThroughputOfTensorRtLlmIsMetWithinATenth() throws BadInput {
        ErrorSummary hopper = throughput("h100-sxm", "TensorRT-LLM 1.0");
        assertThat(hopper.skipped()).isZero();
        assertThat(hopper.mape()).isLessThan(0.1);
        assertThat(throughput("b200-sxm", "TensorRT-LLM 1.0").mape()).isLessThan(0.1);
    }

    @Test
    void publishedThroughputOfTheMi300xIsMetWithinAQuarter() throws BadInput {
        assertThat(throughput("mi300x", "vLLM 0.11.1, ROCm 7.0.0").mape()).isLessThan(0.25);
    }

    @Test
    void theBestSubmissionOfAChipAndBenchmarkIsAGroupOfItsOwn(@TempDir Path folder) throws BadInput, IOException {
        Path file = folder.resolve("mlperf.csv");
        Files.writeString(file, """
            benchmark,scenario,accelerator,n_accel,n_nodes,precision,result,submitter,software
            llama2-70b-99,Offline,NVIDIA H100-SXM-80GB,8,1,fp8,24000,one,"TensorRT 10.2.0, CUDA 12.4"
            llama2-70b-99.9,Offline,NVIDIA H100-SXM-80GB,16,2,fp8,62000,two,"TensorRT 10.8, CUDA 12.8"
            """);
        Comparison comparison = MlperfPredictions.of(RowTable.read(file), Catalog.bundled());
        assertThat(comparison.predictions().get(0).groups()).doesNotContainKey("best");
        assertThat(comparison.predictions().get(1).groups()).containsEntry("best", "Offline");
        assertThat(comparison.notes()).anyMatch(note -> note.startsWith("best of llama2-70b, Offline, h100-sxm: two"));
        assertThat(comparison.predictions().get(1).predicted())
                .isNotEqualTo(comparison.predictions().get(0).predicted());
    }
}
