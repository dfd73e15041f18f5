package dev.toile.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kernel in every format that tables name, on chips that nobody measured here: predicted, and not absurdly so. */
class UnmeasuredChipsTest {

    private static final Catalog CATALOG = Catalog.bundled();

    /** Chips as the tables call them, with a measured relative. */
    private static final Map<String, String> RELATIVES = Map.of(
            "h200_sxm", "h100_sxm",
            "gb200", "b200_sxm",
            "b300_sxm", "b200_sxm",
            "gb300", "b200_sxm",
            "l40s", "a100_sxm",
            "rtx_pro_6000_server", "h100_sxm");

    private static final List<String> FORMATS = List.of(
            "bfloat16",
            "float16",
            "fp8",
            "fp8_static",
            "fp8_block",
            "nvfp4",
            "int8_wo",
            "int4_wo",
            "w4a16_mxfp4",
            "w4a8_mxfp4_mxfp8",
            "w4afp8",
            "mxfp8");

    @TempDir
    private Path folder;

    private void predictsAll(String name, String columns, List<String> rows, double most) throws Exception {
        List<String> lines = new ArrayList<>(List.of("system," + columns));
        RELATIVES.forEach((chip, relative) -> rows.forEach(row -> {
            lines.add(chip + "," + row);
            lines.add(relative + "," + row);
        }));
        Comparison all = KernelPredictions.of(table(name, lines), CATALOG, null, null);
        List<Prediction> predictions = all.predictions();
        Map<String, Double> seen = new HashMap<>();
        for (int i = 0; i < predictions.size(); i += 2) {
            double own = predictions.get(i).predicted();
            double relative = predictions.get(i + 1).predicted();
            assertThat(own / relative).as(lines.get(i + 1)).isBetween(1 / most, most);
            seen.put(lines.get(i + 1), own);
        }
        assertThat(seen).isNotEmpty();
    }

    private RowTable table(String name, List<String> lines) throws Exception {
        return RowTable.read(write(name, lines));
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    void denseProducts() throws Exception {
        List<String> rows = new ArrayList<>();
        for (String format : FORMATS) {
            for (int m : List.of(1, 8, 64, 1024, 16_384)) {
                rows.add("torch_flow," + format + "," + m + ",4096,4096");
                rows.add("torch_flow," + format + "," + m + ",28672,8192");
            }
        }
        predictsAll("gemm.csv", "kernel,dtype,m,n,k", rows, 8);
    }

    @Test
    void attention() throws Exception {
        List<String> prompts = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        for (String formats : List.of("bfloat16,bfloat16", "bfloat16,fp8", "fp8,fp8", "bfloat16,int8")) {
            for (int dim : List.of(64, 128, 192, 256)) {
                for (String heads : List.of("8,1", "32,8", "96,96", "96,2")) {
                    prompts.add("torch_flow," + formats + ",1,8192," + heads + "," + dim + ",0");
                    prompts.add("torch_flow," + formats + ",16,1024," + heads + "," + dim + ",128");
                    tokens.add("torch_flow," + formats + ",1,8192," + heads + "," + dim + ",0");
                    tokens.add("torch_flow," + formats + ",64,4096," + heads + "," + dim + ",0");
                }
            }
        }
        String columns = "kernel,dtype,kv_dtype,batch,seq,heads,kv_heads,head_dim,window";
        predictsAll("attention_context.csv", columns, prompts, 6);
        predictsAll("attention_generation.csv", columns, tokens, 8);
    }

    @Test
    void latents() throws Exception {
        List<String> prompts = new ArrayList<>();
        List<String> products = new ArrayList<>();
        for (int heads : List.of(1, 16, 128)) {
            for (String formats : List.of("bfloat16,bfloat16", "bfloat16,fp8", "fp8,fp8")) {
                prompts.add(formats + ",4,2048," + heads);
            }
            for (String kernel : List.of("default", "trtllm_bmm_out", "trtllm_fp8_block_scaling_bmm_out")) {
                products.add(kernel + ",mla_gen_pre,fp8,64," + heads);
                products.add(kernel + ",mla_gen_post,bfloat16,4096," + heads);
            }
        }
        predictsAll("mla_context.csv", "dtype,kv_dtype,batch,seq,heads", prompts, 6);
        predictsAll("mla_generation.csv", "dtype,kv_dtype,batch,seq,heads", prompts, 25);
        predictsAll("mla_bmm.csv", "kernel,op,dtype,tokens,heads", products, 8);
    }

    @Test
    void experts() throws Exception {
        List<String> rows = new ArrayList<>();
        for (String format : FORMATS) {
            for (String kernel : List.of(
                    "moe_torch_flow",
                    "moe_torch_flow_cutlass",
                    "moe_torch_flow_min_latency",
                    "moe_torch_flow_nongated",
                    "deepgemm",
                    "moe_torch_flow_trtllm_gen")) {
                for (String routing : List.of("balanced", "power_law_1.01", "power_law_1.2")) {
                    rows.add(kernel + "," + format + ",64,7168,2048,8,256,1,8," + routing);
                }
            }
        }
        predictsAll("moe.csv", "kernel,dtype,tokens,hidden,inter,topk,experts,tp,ep,distribution", rows, 10);
    }
}
