package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code toile validate collectives}, {@code training}, {@code mlperf}, {@code chips}, {@code serving}, {@code report}. */
class ValidateSetsTest {

    private static final String TRAINING = "model,layers,hidden,heads,seq_len,vocab,accelerator,n_accel,tp,pp,cp,dp,"
            + "vpp_interleave,micro_batch,global_batch_seqs,precision,recompute,seq_parallel,iteration_time_s,mfu";
    private static final String MLPERF =
            "benchmark,scenario,accelerator,n_accel,n_nodes,precision,precision_effective,result,unit";
    private static final String CHIPS = "chip,quantity,value,unit,status";

    @TempDir
    private Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private JsonNode json(String set, Path file) throws IOException {
        JsonNode json = Toile.works("validate", set, file, "--json", "--predictions", folder.resolve("predictions.csv"))
                .json();
        assertThat(json.properties().stream().map(field -> field.getKey()))
                .contains("rows", "skipped", "reasons", "mape", "median_ape", "p90_ape", "bias", "groups");
        return json;
    }

    private List<String> predicted() throws IOException {
        return Files.readAllLines(folder.resolve("predictions.csv")).stream()
                .skip(1)
                .map(line -> line.substring(line.lastIndexOf(',') + 1))
                .toList();
    }

    private static int skipped(JsonNode json, String reason) {
        return json.path("reasons").path(reason).asInt();
    }

    /** Two NCCL measurements as ml-engineering has them (stas00/ml-engineering, network/README.md, 744d01e). */
    @Test
    void collectivesOfPublicTables() throws IOException {
        Path file = file(
                "collectives_public.csv",
                "system,collective,ranks,nodes_or_domains,bytes,busbw_GBps,time_us,note,source",
                "H200-SXM 8x NVLink4,all_reduce,8,1,8589934592,477.45,31484.57,\"torch, algbw\",x",
                "H200-SXM 8x NVLink4,all_gather,8,1,17179869184,361.4,41594.9,Ring,x",
                "H200-SXM 8x NVLink4,broadcast,8,1,1024,1,1,invented,x",
                "Z80 mesh,all_reduce,8,1,1024,1,1,invented,x");
        JsonNode json = json("collectives", file);

        assertThat(json.path("rows").asInt()).isEqualTo(2);
        assertThat(skipped(json, "unknown collective 'broadcast'")).isEqualTo(1);
        assertThat(skipped(json, "the catalog has no chip 'Z80 mesh'")).isEqualTo(1);
        assertThat(Double.parseDouble(predicted().getFirst())).isBetween(10.0, 100.0);
    }

    /** Columns of aliyun/SimAI: two that every table has, and groups that do not say how many ranks. */
    @Test
    void busBandwidthRatiosOfExchangesAndGathers() throws IOException {
        Path file = file(
                "simai_busbw_ratio.csv",
                "table,bytes,group,busbw_ratio,source",
                "nic,1073741824,2Node-16GPU(NIC ),0.92,x",
                "nic,1073741824,Multi 16,0.96,x",
                "ata,1073741824,Multi 16,0.96,x",
                "ata,1073741824,Muiti 64,0.94,x",
                "ata,1073741824,Multi (NIC),0.95,x");
        JsonNode json = json("collectives", file);

        assertThat(json.path("rows").asInt()).isEqualTo(3);
        assertThat(skipped(json, "a copy of a column of another table")).isEqualTo(1);
        assertThat(skipped(json, "not stated how many ranks")).isEqualTo(1);
        assertThat(json.path("mape").asDouble()).isLessThan(0.1);
    }

    /**
     * Korthikanti et al., arXiv:2205.05198, tables 4 and 5; the second row has no layout, the eighth none but its replicas.
     * The last is of Jiang et al., MegaScale, NSDI 2024, table 2.
     */
    @Test
    void trainingOfGptFromItsColumns() throws IOException {
        Path file = file(
                "training.csv",
                TRAINING,
                "GPT-175B,96,12288,96,2048,51200,A100-SXM-80GB,64,8,8,1,1,3,1,64,fp16 mixed,"
                        + "selective (attention core),yes,13.75,",
                "GPT-175B,96,12288,96,2048,51200,A100-SXM-80GB,64,,,1,,3,1,64,fp16 mixed,full,no,18.13,",
                "GPT-175B,96,12288,96,2048,51200,A100-SXM-80GB,64,8,8,1,1,3,1,64,fp16 mixed,"
                        + "selective (attention core),yes,,0.514",
                "GPT-1.7B,24,2304,24,2048,51200,A100-SXM-80GB,32,1,1,1,32,,,512,fp16 mixed,full,no,3.528,",
                "GPT-175B,96,12288,96,2048,51200,A100-SXM-80GB,64,8,4,1,1,3,1,64,fp16 mixed,full,no,1,",
                "GPT-175B,96,12288,96,2048,51200,A100-SXM-80GB,64,8,8,1,1,3,1,64,fp8,full,no,1,",
                "GPT-175B ZeRO-3,96,12288,96,2048,51200,A100-SXM-80GB,384,,,,384,,4,1536,fp16 mixed,full,no,79,",
                "GPT-175B,96,12288,96,2048,51200,A100 (Ampere),64,,,1,1,3,1,64,fp16 mixed,full,no,18.13,",
                "one transformer layer of GPT-22B,1,6144,64,2048,,A100-SXM-80GB,8,8,,,,,4,,,"
                        + "selective+sequence,,0.0203,",
                "GPT-175B,96,12288,128,2048,,A100 (Ampere),1024,8,8,1,16,,,768,bf16 mixed,,,11.9,");
        JsonNode json = json("training", file);

        assertThat(json.path("rows").asInt()).isEqualTo(6);
        assertThat(skipped(json, "not stated: dp")).isEqualTo(1);
        assertThat(skipped(json, "ZeRO stage 3 is not modelled")).isEqualTo(1);
        assertThat(skipped(json, "tp x pp x dp is not n_accel")).isEqualTo(1);
        assertThat(skipped(json, "training in 'fp8' is not modelled")).isEqualTo(1);
        assertThat(json.path("mape").asDouble()).isLessThan(0.3);
        List<String> predicted = predicted();
        assertThat(predicted.get(2)).isEqualTo(predicted.get(0));
        assertThat(predicted.get(1)).isEmpty();
    }

    /** MLPerf Inference v5.1, Cisco and MangoBoost; the others are invented. */
    @Test
    void mlperfResultsPerAccelerator() throws IOException {
        Path file = file(
                "mlperf.csv",
                MLPERF,
                "llama2-70b-99.9,Offline,NVIDIA H100-SXM-80GB,32,4,fp16,fp8,124879,Tokens/s",
                "llama2-70b-99,Offline,NVIDIA H100-SXM-80GB,32,4,fp8,,124879,Tokens/s",
                "llama2-70b-99,Offline,NVIDIA H100-SXM-80GB,8,1,fp16,fp8?,24000,Tokens/s",
                "llama2-70b-99,Offline,AMD Instinct MI300X 192GB HBM3,8,1,fp8,fp8,27854.4,Tokens/s",
                "llama2-70b-99,Interactive,AMD Instinct MI300X 192GB HBM3,8,1,fp8,fp8,8500,Tokens/s",
                "stable-diffusion-xl,Offline,NVIDIA H100-SXM-80GB,8,1,fp8,fp8,18,Samples/s",
                "llama2-70b-99,Offline,NVIDIA H100-NVL-94GB,8,1,fp8,fp8,15875,Tokens/s",
                "llama2-70b-99,Offline,NVIDIA H100-SXM-80GB,8,1,fp7,,24000,Tokens/s",
                "llama2-70b-99,Sometimes,NVIDIA H100-SXM-80GB,8,1,fp8,,24000,Tokens/s");
        JsonNode json = json("mlperf", file);

        assertThat(json.path("rows").asInt()).isEqualTo(5);
        assertThat(skipped(json, "the benchmark 'stable-diffusion-xl' is not modelled"))
                .isEqualTo(1);
        assertThat(skipped(json, "the catalog has no chip 'NVIDIA H100-NVL-94GB'"))
                .isEqualTo(1);
        assertThat(skipped(json, "unknown precision 'fp7'")).isEqualTo(1);
        assertThat(skipped(json, "unknown scenario 'Sometimes'")).isEqualTo(1);
        List<String> predicted = predicted();
        assertThat(Double.parseDouble(predicted.getFirst())).isBetween(2000.0, 8000.0);
        assertThat(predicted.get(1)).isEqualTo(predicted.get(0));
        assertThat(Double.parseDouble(predicted.get(4))).isLessThan(Double.parseDouble(predicted.get(3)));
    }

    @Test
    void chipsFromTheirParts() throws IOException {
        Path file = file(
                "chips.csv",
                CHIPS,
                "NVIDIA A100 SXM 80GB,tdp,400,W,seen-primary",
                "Google TPU v4,peak_bf16_dense,275,TFLOPS,seen-secondary");
        JsonNode json = json("chips", file);
        assertThat(json.path("rows").asInt()).isEqualTo(2);
        assertThat(json.path("mape").asDouble()).isPositive().isLessThan(0.15);
        assertThat(Toile.works("validate", "chips").out()).contains("A100 die", "H100 die", "MLP0");
    }

    @Test
    void chipsAgainstTheCatalog() throws IOException {
        Path file = file(
                "chips.csv",
                CHIPS,
                "NVIDIA H100 SXM5 80GB,hbm_bandwidth,3350,GB/s,seen-primary",
                "NVIDIA H100 SXM5 80GB,tdp,0.7,kW,seen-primary",
                "NVIDIA H100 SXM5 80GB,tdp,about 700,W,seen-primary",
                "NVIDIA H100 SXM5 80GB,tdp,700,W,recalled",
                "NVIDIA H100 SXM5 80GB,smell,3,,seen-primary",
                "Cerebras WSE-3,tdp,23000,W,seen-primary");
        JsonNode json = json("chips", file);

        assertThat(json.path("rows").asInt()).isEqualTo(1);
        assertThat(json.path("mape").asDouble()).isLessThan(0.01);
        assertThat(skipped(json, "unknown unit 'kW'")).isEqualTo(1);
        assertThat(skipped(json, "the value is not a number")).isEqualTo(1);
        assertThat(skipped(json, "recalled, not seen in a source")).isEqualTo(1);
        assertThat(skipped(json, "the catalog does not keep smell")).isEqualTo(1);
        assertThat(skipped(json, "the catalog has no chip 'Cerebras WSE-3'")).isEqualTo(1);
    }

    @Test
    void servingSaysWhatItCannotPredict() throws IOException {
        Path file = file(
                "serving.csv",
                "model,hardware,metric,value",
                "meta-llama/Llama-3.1-8B,Z80,ttft_mean,7.1",
                "meta-llama/Llama-3.1-8B,H100-SXM,ttft_mean,7.1",
                "meta-llama/Llama-3.1-8B,H100-SXM,requests,300");
        JsonNode json = json("serving", file);

        assertThat(json.path("rows").asInt()).isZero();
        assertThat(json.path("skipped").asInt()).isEqualTo(3);
        assertThat(json.path("reasons")).hasSize(3);
        assertThat(json.path("mape").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "collectives | system,op,ranks,bytes,latency_ms  | h100_sxm,all_reduce,many,8,1  | ranks is not a"
                        + " number",
                "collectives | system,op,ranks,bytes,latency_ms  | h100_sxm,all_reduce,2.5,8,1   | ranks is not a"
                        + " whole",
                "mlperf      | benchmark,scenario,accelerator,n_accel,precision,result | a,b,c,8,fp8,fast | result is"
                        + " not",
            })
    void aCellThatIsNoNumberHasItsLine(String set, String columns, String row, String complaint) throws IOException {
        Path file = file("t.csv", columns, row);
        assertThat(Toile.complains("validate", set, file).err()).contains("t.csv:2: " + complaint);
    }

    @ParameterizedTest
    @CsvSource({"collectives, system", "training, layers", "mlperf, benchmark", "chips, chip", "serving, model"})
    void aMissingColumnIsNamed(String set, String column) throws IOException {
        Path file = file("t.csv", "a,b", "1,2");
        assertThat(Toile.complains("validate", set, file).err())
                .contains("t.csv:1: the table has no column " + column + ", seen a, b");
    }

    @Test
    void theReportNamesTablesNotPlaces() throws IOException {
        file("h100_sxm_gemm.csv", "system,dtype,m,n,k,latency_ms", "h100_sxm,bfloat16,64,4096,4096,0.02");
        file("chips.csv", CHIPS, "NVIDIA H100 SXM5 80GB,hbm_bandwidth,3350,GB/s,seen-primary");
        file("notes.csv", "a,b", "1,2");
        Path out = folder.resolve("docs/validation.md");

        Toile.works("validate", "report", folder, "--out", out);

        String page = Files.readString(out);
        assertThat(page)
                .startsWith("# Validation\n")
                .contains("| Dense products | `h100_sxm_gemm.csv` | 1 | 0 | ", "## Chips: chips.csv")
                .doesNotContain(folder.toString(), "NaN", "notes.csv");
        assertThat(Toile.works("validate", "report", folder).out()).isEqualTo(page);
        assertThat(Toile.complains("validate", "report", folder.resolve("docs")).err())
                .contains("this folder has no table that the report knows");
    }
}
