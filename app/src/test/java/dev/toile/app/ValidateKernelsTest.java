package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code toile validate kernels}. Latencies are invented unless a source is named. */
class ValidateKernelsTest {

    private static final String GEMM = "system,kernel,dtype,m,n,k,latency_ms";
    private static final String CONTEXT =
            "system,kernel,dtype,kv_dtype,batch,seq,heads,kv_heads,head_dim,window,latency_ms";
    private static final String MOE =
            "system,kernel,dtype,tokens,hidden,inter,topk,experts,tp,ep,distribution,latency_ms";

    @TempDir
    private Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private Path gemm() throws IOException {
        return file(
                "gemm.csv",
                GEMM,
                "h100_sxm,torch_flow,bfloat16,64,4096,4096,0.02",
                "h100_sxm,torch_flow,fp8,8192,8192,8192,0.9",
                "h100_sxm,torch_flow,bfloat16,8192,8192,8192,1.5",
                "h100_sxm,trt_flow_,int3,8,128,128,0.01");
    }

    @Test
    void jsonHasTheContractsFields() throws IOException {
        JsonNode json = Toile.works("validate", "kernels", gemm(), "--json").json();

        assertThat(json.path("rows").asInt()).isEqualTo(3);
        assertThat(json.path("skipped").asInt()).isEqualTo(1);
        assertThat(json.path("reasons").path("unknown dtype 'int3'").asInt()).isEqualTo(1);
        for (String error : List.of("mape", "median_ape", "p90_ape")) {
            assertThat(json.path(error).asDouble()).as(error).isBetween(0.0, 5.0);
        }
        assertThat(json.path("bias").isNumber()).isTrue();
        assertThat(json.path("inside_band").asDouble(-1)).isBetween(0.0, 1.0);
        assertThat(json.path("kept_out").path("rows").asInt(-1)).isBetween(0, 3);
        assertThat(json.path("groups")).allSatisfy(group -> {
            assertThat(group.path("by").asText()).isNotBlank();
            assertThat(group.path("value").asText()).isNotBlank();
            assertThat(group.path("rows").asInt()).isPositive();
            assertThat(group.path("mape").isNumber()).isTrue();
            assertThat(group.path("median_ape").isNumber()).isTrue();
        });
        assertThat(json.path("skipped_rows").path(0).path("line").asInt()).isEqualTo(5);
    }

    @Test
    void rowsAreGrouped() throws IOException {
        JsonNode json = Toile.works("validate", "kernels", gemm(), "--json").json();

        assertThat(groups(json))
                .containsExactly(
                        "system=h100_sxm",
                        "dtype=bfloat16",
                        "dtype=fp8",
                        "kernel=torch_flow",
                        "size=1e9 flop",
                        "size=1e12 flop",
                        "regime=m <= 64",
                        "regime=m > 64",
                        "bound by=compute",
                        "bound by=memory",
                        "class=matmul compute bf16",
                        "class=matmul compute fp8",
                        "class=matmul memory bf16");
    }

    private static List<String> groups(JsonNode json) {
        return StreamSupport.stream(json.path("groups").spliterator(), false)
                .map(group ->
                        group.path("by").asText() + "=" + group.path("value").asText())
                .toList();
    }

    @Test
    void predictionsAreTheTableWithOneMoreColumn() throws IOException {
        Path out = folder.resolve("deep/out.csv");
        JsonNode json = Toile.works("validate", "kernels", gemm(), "--predictions", out, "--json")
                .json();

        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(5);
        assertThat(lines.getFirst()).isEqualTo(GEMM + ",pred_ms");
        assertThat(lines.get(1)).startsWith("h100_sxm,torch_flow,bfloat16,64,4096,4096,0.02,");
        assertThat(lines.getLast()).isEqualTo("h100_sxm,trt_flow_,int3,8,128,128,0.01,");
        double sum = 0;
        for (String line : lines.subList(1, 4)) {
            String[] cells = line.split(",", -1);
            sum += Math.abs(Double.parseDouble(cells[7]) / Double.parseDouble(cells[6]) - 1);
        }
        assertThat(json.path("mape").asDouble()).isCloseTo(sum / 3, within(1e-4));
    }

    @Test
    void sameInputSameBytes() throws IOException {
        Path file = gemm();
        assertThat(Toile.works("validate", "kernels", file, "--json").out())
                .isEqualTo(Toile.works("validate", "kernels", file, "--json").out());
    }

    @Test
    void textIsALineAndATable() throws IOException {
        List<String> lines =
                Toile.works("validate", "kernels", gemm()).out().lines().toList();

        assertThat(lines.getFirst()).startsWith("gemm.csv: 3 rows, 1 skipped, error mean ");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("  bfloat16 "))
                .contains("skipped 1: unknown dtype 'int3'", "  line 5");
    }

    @Test
    void aLargeProductRunsNearThePeak() throws IOException {
        Path out = folder.resolve("out.csv");
        Toile.works("validate", "kernels", gemm(), "--predictions", out);

        String[] cells = Files.readAllLines(out).get(3).split(",", -1);
        double rate = 2 * Math.pow(8192, 3) / (Double.parseDouble(cells[7]) / 1000);
        assertThat(rate).isBetween(0.6 * 989e12, 989e12);
    }

    @Test
    void withoutLatencyThereAreOnlyPredictions() throws IOException {
        Path file = file("gemm.csv", "system,dtype,m,n,k", "h100_sxm,bfloat16,1,2,3");

        JsonNode json = Toile.works("validate", "kernels", file, "--json").json();
        assertThat(json.path("rows").asInt()).isEqualTo(1);
        assertThat(json.path("mape").isNull()).isTrue();
        assertThat(Toile.works("validate", "kernels", file).out()).contains("1 rows, 0 skipped, nothing to compare");
    }

    @Test
    void theNameTellsContextFromGeneration() throws IOException {
        String row = "h100_sxm,torch_flow,bfloat16,fp8,8,4096,32,8,128,0,0.5";
        JsonNode context = Toile.works("validate", "kernels", file("attention_context.csv", CONTEXT, row), "--json")
                .json();
        JsonNode generation = Toile.works(
                        "validate", "kernels", file("attention_generation.csv", CONTEXT, row), "--json")
                .json();

        assertThat(groups(context)).contains("size=1e12 flop", "regime=m > 64");
        assertThat(groups(generation)).contains("size=1e8 flop", "regime=m <= 64");

        Path neither = file("attention.csv", CONTEXT, row);
        assertThat(Toile.complains("validate", "kernels", neither).err())
                .contains("attention.csv:1: the columns do not tell", "--operation attention-context or -generation");
        assertThat(Toile.works("validate", "kernels", neither, "--operation", "attention-generation", "--json")
                        .json())
                .isEqualTo(generation);
    }

    @Test
    void aWindowLimitsWhatIsSeen() throws IOException {
        Path out = folder.resolve("out.csv");
        Path file = file(
                "attention_context.csv",
                CONTEXT,
                "h100_sxm,torch_flow,bfloat16,bfloat16,8,8192,32,8,128,0,5",
                "h100_sxm,torch_flow,bfloat16,bfloat16,8,8192,32,8,128,1024,5",
                "h100_sxm,torch_flow,bfloat16,bfloat16,8,8192,32,8,128,9000,5");
        Toile.works("validate", "kernels", file, "--predictions", out);

        List<Double> predicted = Files.readAllLines(out).stream()
                .skip(1)
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .toList();
        assertThat(predicted.get(1)).isLessThan(0.4 * predicted.get(0));
        assertThat(predicted.get(2)).isEqualTo(predicted.get(0));
    }

    @Test
    void powerLawRoutingTakesLongerThanEvenRouting() throws IOException {
        Path out = folder.resolve("out.csv");
        Path file = file(
                "moe.csv",
                MOE,
                "h100_sxm,moe_torch_flow_cutlass,fp8,128,4096,1536,8,128,1,4,balanced,0.3",
                "h100_sxm,moe_torch_flow_cutlass,fp8,128,4096,1536,8,128,1,4,power_law_1.2,0.4");
        Toile.works("validate", "kernels", file, "--predictions", out, "--json");

        List<Double> predicted = Files.readAllLines(out).stream()
                .skip(1)
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .toList();
        // The rank with most tokens counts.
        assertThat(predicted.get(1)).isGreaterThan(predicted.get(0));
    }

    @Test
    void latentAttentionAndCollectivesHaveTheirColumns() throws IOException {
        Path latent = file(
                "mla_generation.csv",
                "system,dtype,kv_dtype,batch,seq,heads,latency_ms",
                "h100_sxm,bfloat16,fp8,16,4096,16,0.05");
        Path absorbed = file(
                "mla_bmm.csv",
                "system,kernel,op,dtype,tokens,heads,latency_ms",
                "h100_sxm,default,mla_gen_pre,bfloat16,64,128,0.02",
                "h100_sxm,default,mla_gen_mid,bfloat16,64,128,0.02");
        Path comm = file(
                "comm.csv",
                "system,library,op,dtype,ranks,elements,bytes,latency_ms",
                "h100_sxm,nccl,all_reduce,half,8,524288,1048576,0.03",
                "h100_sxm,nccl,gossip,half,8,524288,1048576,0.03");

        assertThat(rows(latent)).isEqualTo("1 rows, 0 skipped");
        assertThat(rows(absorbed)).isEqualTo("1 rows, 1 skipped");
        assertThat(rows(comm)).isEqualTo("1 rows, 1 skipped");
    }

    private static String rows(Path file) throws IOException {
        JsonNode json = Toile.works("validate", "kernels", file, "--json").json();
        return json.path("rows").asInt() + " rows, " + json.path("skipped").asInt() + " skipped";
    }

    @Test
    void anUnknownSystemIsSkippedAndAnUnknownChipIsAnError() throws IOException {
        Path file = file("gemm.csv", GEMM, "x900_sxm,torch_flow,bfloat16,64,4096,4096,0.02");

        JsonNode json = Toile.works("validate", "kernels", file, "--json").json();
        assertThat(json.path("reasons")
                        .path("the catalog has no chip 'x900_sxm'")
                        .asInt())
                .isEqualTo(1);
        assertThat(Toile.works("validate", "kernels", file, "--chip", "h100-sxm", "--json")
                        .json()
                        .path("rows")
                        .asInt())
                .isEqualTo(1);
        assertThat(Toile.complains("validate", "kernels", file, "--chip", "h100-smx")
                        .err())
                .contains("the catalog has no chip of this name, seen 'h100-smx'", "Maybe h100-sxm");
    }

    @Test
    void anUnknownOperationIsAnError() throws IOException {
        assertThat(Toile.complains("validate", "kernels", gemm(), "--operation", "gem")
                        .err())
                .contains("there is no operation of this name, seen 'gem', expected one of gemm, ", "Maybe gemm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h100_sxm,torch_flow,bfloat16,8,x,8,1    | gemm.csv:2: n is not a number, seen 'x'",
                "h100_sxm,torch_flow,bfloat16,8,0,8,1    | gemm.csv:2: n is not a number above zero, seen '0'",
                "h100_sxm,torch_flow,bfloat16,8,8,-8,1   | gemm.csv:2: k is not a number, seen '-8'",
                "h100_sxm,torch_flow,bfloat16,8,8,8,     | gemm.csv:2: latency_ms is not a number",
                "h100_sxm,torch_flow,bfloat16,8,8,8      | gemm.csv:2: the row has another number of cells",
            })
    void aBrokenRowIsNamed(String row, String complaint) throws IOException {
        Path file = file("gemm.csv", GEMM, row);
        assertThat(Toile.complains("validate", "kernels", file).err()).contains(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "system,dtype,m,n,latency_ms | the columns do not tell which operation was measured",
                "system,m,n,k,latency_ms     | the table has no column dtype",
                "dtype,m,n,k,latency_ms      | the table has no column system",
                "dtype,m,m,n,k,latency_ms    | two columns have the same name",
            })
    void aMissingColumnIsNamed(String columns, String complaint) throws IOException {
        String row = columns.replaceAll("[a-z_]+", "1");
        Path file = file("gemm.csv", columns, row);
        assertThat(Toile.complains("validate", "kernels", file).err()).contains("gemm.csv:1: " + complaint);
    }

    @Test
    void noTableIsAnError() throws IOException {
        assertThat(Toile.complains("validate", "kernels", folder.resolve("none.csv"))
                        .err())
                .contains("there is no such file");
        assertThat(Toile.complains("validate", "kernels", file("gemm.csv", GEMM))
                        .err())
                .contains("the table has no rows");
    }
}
