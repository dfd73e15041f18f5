package dev.toile.catalog.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.toile.stack.workload.FeedForward.MixtureOfExperts;
import dev.toile.stack.workload.Transformer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The counts of the bundled models against what their makers published. */
class ParameterCountsTest {

    private static BundledModel bundled(String id) {
        return Models.bundled().find(id).orElseThrow();
    }

    private static Transformer model(String id) {
        return bundled(id).model().transformer();
    }

    /**
     * Where the safetensors index of the weights is published, its bytes of bfloat16 over two; see the notes in
     * models.yaml for each. Llama-3.1-405B: the count of the tensors, 406 B on the hub. Llama-2-70B: the index also has
     * rotary tables, which are no parameters. DeepSeek-V3: with the router's biases, see below.
     */
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b,     8030261248",
        "llama-3.1-70b,   70553706496",
        "llama-3.1-405b, 405853388800",
        "llama-2-70b,     68976648192",
        "mixtral-8x7b,    46702792704",
        "deepseek-v3,    671026419200",
        "qwen3-8b,         8190735360",
        "qwen3-30b-a3b,   30532122624",
        "gpt3-175b,      174604259328",
        "bloom-176b,     176247257088",
        "qwen3-32b,       32762123264",
        "qwen3-235b-a22b, 235093634560",
        "deepseek-v3.2,  671877944064",
        "kimi-k2,       1026408232448",
        "qwen3.5-35b-a3b, 34660610688",
        "gpt-oss-120b,   116829156672",
    })
    void countsExactly(String id, long parameters) {
        assertThat(model(id).parameters()).isEqualTo(parameters);
    }

    /** With embedding and head; Mixtral: arXiv:2401.04088 has 13 B; DeepSeek-V3: its report has 37 B; Qwen3: 3.3 B. */
    @ParameterizedTest
    @CsvSource({
        "mixtral-8x7b,  12879925248, 12.9e9",
        "deepseek-v3,   37552297472, 37e9",
        "qwen3-30b-a3b,  3353032704, 3.3e9",
        "llama-3.1-8b,   8030261248, 8.03e9",
    })
    void countsWhatATokenTouches(String id, long active, double published) {
        assertThat((double) model(id).activeParameters()).isEqualTo(active).isCloseTo(published, within(0.02 * active));
    }

    /**
     * The weights have a tensor e_score_correction_bias with one number for each of the 256 experts of each of the 58
     * layers with experts. It only steers the routing; some counts leave it out.
     */
    @Test
    void deepseekHasRouterBiases() {
        Transformer model = model("deepseek-v3");
        long biases = model.layers().stream()
                .filter(run -> run.feedForward() instanceof MixtureOfExperts f && f.routerBias())
                .mapToLong(run -> run.count() * (long) ((MixtureOfExperts) run.feedForward()).experts())
                .sum();
        assertThat(biases).isEqualTo(58 * 256);
        assertThat(model.parameters() - biases).isEqualTo(671_026_404_352L);
    }

    /** README_WEIGHTS.md of DeepSeek-V3: 36.6 B active with the head alone, 11.5 B in the prediction module. */
    @Test
    void deepseekPredictionLayersAreCountedApart() {
        Transformer model = model("deepseek-v3");
        assertThat((double) model.activeParameters() - model.embeddingParameters())
                .isCloseTo(36.6e9, within(0.05e9));
        assertThat(bundled("deepseek-v3").model().notes())
                .containsExactly("num_nextn_predict_layers: 1 multi-token prediction layer of 11,610,068,224 parameters"
                        + " is not counted");
        assertThat(model.layerCount()).isEqualTo(61);
    }

    /** Elements a token caches over all layers: two vectors a key-value head; for DeepSeek one latent vector a layer. */
    @ParameterizedTest
    @CsvSource({
        "llama-3.1-8b,   65536",
        "llama-3.1-70b, 163840",
        "llama-2-70b,   163840",
        "mixtral-8x7b,   65536",
        "deepseek-v3,    35136",
        "qwen3-8b,       73728",
        "qwen3-30b-a3b,  49152",
        "gpt3-175b,    2359296",
    })
    void countsTheCache(String id, double elements) {
        assertThat(model(id).cacheElementsPerToken()).isEqualTo(elements);
    }

    @Test
    void cacheFormulas() {
        assertThat(model("llama-3.1-70b").cacheElementsPerToken()).isEqualTo(2.0 * 8 * 128 * 80);
        assertThat(model("deepseek-v3").cacheElementsPerToken()).isEqualTo(576.0 * 61);
    }

    /** The published size beside each configuration agrees with it; GPT-3 is published as 175.0 B. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama-3.1-8b",
                "llama-3.1-70b",
                "llama-3.1-405b",
                "llama-2-70b",
                "mixtral-8x7b",
                "deepseek-v3",
                "gpt3-175b",
                "qwen3-8b",
                "qwen3-30b-a3b"
            })
    void agreesWithTheCatalog(String id) {
        BundledModel model = bundled(id);
        double published = model.entry().parameters().mid();
        double slack = id.equals("gpt3-175b") ? 0.005 * published : 0;
        assertThat((double) model.model().transformer().parameters()).isCloseTo(published, within(slack));
        if (model.entry().activeParameters() != null) {
            double active =
                    Objects.requireNonNull(model.entry().activeParameters()).mid();
            assertThat((double) model.model().transformer().activeParameters())
                    .isCloseTo(active, within(0.02 * active));
        }
    }

    /** 124 M: Radford et al. 2019, the smallest model, as corrected in the repository openai/gpt-2. */
    @Test
    void countsGpt2() throws Exception {
        String config = "{model_type: gpt2, n_embd: 768, n_layer: 12, n_head: 12, n_positions: 1024, n_inner: null,"
                + " vocab_size: 50257, n_ctx: 1024, activation_function: gelu_new}";
        assertThat(Configs.model(config).transformer().parameters()).isEqualTo(124_439_808);
    }

    /** Published as 16 B, 3 B of them active (arXiv:2502.16982, table 5 has 15.29 B and 2.24 B without embedding). */
    @Test
    void countsWithDirectQueries() throws Exception {
        Transformer model = Configs.model(Configs.MOONLIGHT).transformer();
        long embeddings = model.embeddingParameters() + model.headParameters();
        assertThat((double) model.parameters() - embeddings).isCloseTo(15.29e9, within(0.01e9));
        assertThat((double) model.activeParameters() - embeddings).isCloseTo(2.24e9, within(0.01e9));
    }

    /** Qwen/Qwen2.5-7B, model card: 7.61 B, 6.53 B without embedding; biases of queries, keys and values. */
    @Test
    void countsQwen2Biases() throws Exception {
        String config = "{model_type: qwen2, hidden_size: 3584, intermediate_size: 18944, num_hidden_layers: 28,"
                + " num_attention_heads: 28, num_key_value_heads: 4, vocab_size: 152064, use_sliding_window: false,"
                + " sliding_window: 131072, max_window_layers: 28, max_position_embeddings: 131072,"
                + " tie_word_embeddings: false}";
        assertThat(Configs.model(config).transformer().parameters()).isEqualTo(7_615_616_512L);
    }

    /** mistralai/Mistral-7B-Instruct-v0.2, hub page: 7.24 B; its safetensors index has 14,483,464,192 bytes. */
    @Test
    void countsMistral() throws Exception {
        String config = "{model_type: mistral, hidden_size: 4096, intermediate_size: 14336, num_hidden_layers: 32,"
                + " num_attention_heads: 32, num_key_value_heads: 8, vocab_size: 32000, sliding_window: null,"
                + " max_position_embeddings: 32768, torch_dtype: bfloat16}";
        assertThat(Configs.model(config).transformer().parameters()).isEqualTo(14_483_464_192L / 2);
    }

    @Test
    void countsTheBiasesAskedFor() throws Exception {
        long without = Configs.model(Configs.LLAMA).transformer().parameters();
        String config =
                Configs.LLAMA.replace("\"vocab_size\"", "\"attention_bias\": true, \"mlp_bias\": true, \"vocab_size\"");
        long attention = (8 + 2 * 2) * 8 + 64;
        long forward = 2 * 256 + 64;
        assertThat(Configs.model(config).transformer().parameters()).isEqualTo(without + 2 * (attention + forward));
    }
}
