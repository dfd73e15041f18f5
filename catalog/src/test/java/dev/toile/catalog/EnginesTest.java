package dev.toile.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.entry.EngineEntry;
import dev.toile.stack.mapping.SoftwareProfile;
import dev.toile.stack.mapping.experts.ExpertsConstants.Kernel;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EnginesTest {

    private static String id(String software) {
        Engines engines = Engines.bundled();
        EngineEntry found = engines.named(software).orElseThrow();
        return engines.engines().entrySet().stream()
                .filter(each -> each.getValue().equals(found))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tablesNameTheEnginesOfTheCatalog() {
        assertThat(id("TensorRT 9.3.0, CUDA 12.2")).isEqualTo("tensorrt-llm-2024");
        assertThat(id("TensorRT 10.2.0, CUDA 12.4")).isEqualTo("tensorrt-llm-2024");
        assertThat(id("TensorRT 10.8, CUDA 12.8")).isEqualTo("tensorrt-llm-2025");
        assertThat(id("TensorRT-LLM 0.12.0")).isEqualTo("tensorrt-llm-2024");
        assertThat(id("TensorRT-LLM 1.0")).isEqualTo("tensorrt-llm-2025");
        assertThat(id("TensorRT-LLM 1.3.0rc20")).isEqualTo("tensorrt-llm");
        assertThat(id("vLLM 0.4.3+rocm614, PyTorch 2.3.0")).isEqualTo("vllm-rocm-multi-step");
        assertThat(id("vLLM 0.10.0, RHEL 9.6")).isEqualTo("vllm-0.10");
        assertThat(id("vLLM 0.13.0")).isEqualTo("vllm-0.10");
        assertThat(id("vLLM 0.14.0")).isEqualTo("vllm");
        assertThat(id("vLLM 0.19.0")).isEqualTo("vllm");
        assertThat(Engines.bundled().named("something else")).isEmpty();
    }

    @Test
    void todaysEnginesDecideAhead() {
        assertThat(Engines.bundled().engines().entrySet())
                .filteredOn(each -> each.getValue().engine().host().overlapped())
                .extracting(Map.Entry::getKey)
                .containsExactly("tensorrt-llm", "vllm");
    }

    @Test
    void enginesOfAmdsSubmissionsComputePromptsAlone() {
        assertThat(Engines.bundled().named("vLLM 0.9.0.2.dev108+g71faa1880.d20250730.rocm641"))
                .hasValueSatisfying(each -> assertThat(each.policy()).isEqualTo(Policy.PROMPTS_FIRST));
    }

    @Test
    void anEngineSlowsNarrowExpertsAlone() {
        SoftwareProfile profile = Catalog.bundled().profile("tensorrt-llm-hopper");
        SoftwareProfile slow = profile.withNarrowExperts(0.5);
        assertThat(share(slow, "cutlass-fp8")).isEqualTo(0.5 * share(profile, "cutlass-fp8"));
        assertThat(share(slow, "cutlass-bfloat16")).isEqualTo(share(profile, "cutlass-bfloat16"));
    }

    @Test
    void groupedProductsOnTheMi300xDoNoBetterThanDenseOnes() {
        SoftwareProfile profile = Catalog.bundled().profile("vllm-cdna3");
        assertThat(share(profile, "cutlass-fp8")).isEqualTo(0.45);
    }

    private static double share(SoftwareProfile profile, String kernel) {
        Kernel found =
                Objects.requireNonNull(profile.experts()).generation().kernels().get(kernel);
        return Objects.requireNonNull(found).tensorShare();
    }
}
