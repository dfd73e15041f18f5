package dev.toile.evidence;

import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.BatchedMatmul;
import dev.toile.stack.operation.Operation.Experts;
import dev.toile.stack.operation.Operation.Matmul;
import dev.toile.stack.operation.Routing;
import java.util.List;
import java.util.Map;

/** Turns rows of kernel tables into the operations that the stack counts for the same work. */
public final class KernelShapes {

    /**
     * Formats of a product. Weight-only kernels multiply in 16 bit.
     *
     * @param weights as they are stored
     * @param activations as they are multiplied
     */
    private record Formats(DataType weights, DataType activations) {
        Formats(DataType both) {
            this(both, both);
        }
    }

    /** Names of formats in the tables; both 16-bit formats run alike. */
    private static final Map<String, Formats> FORMATS = Map.ofEntries(
            Map.entry("bfloat16", new Formats(DataType.BF16)),
            Map.entry("float16", new Formats(DataType.BF16)),
            Map.entry("half", new Formats(DataType.BF16)),
            Map.entry("fp8", new Formats(DataType.FP8)),
            Map.entry("fp8_static", new Formats(DataType.FP8)),
            Map.entry("fp8_ootb", new Formats(DataType.FP8)),
            Map.entry("mxfp8", new Formats(DataType.MXFP8)),
            Map.entry("w4afp8", new Formats(DataType.INT4, DataType.FP8)),
            Map.entry("w4a8_mxfp4_fp8", new Formats(DataType.MXFP4, DataType.FP8)),
            Map.entry("fp8_block", new Formats(DataType.FP8_BLOCK)),
            Map.entry("int8_wo", new Formats(DataType.INT8, DataType.BF16)),
            Map.entry("int4_wo", new Formats(DataType.INT4, DataType.BF16)),
            Map.entry("sq", new Formats(DataType.INT8)),
            Map.entry("int8", new Formats(DataType.INT8)),
            Map.entry("nvfp4", new Formats(DataType.FP4)),
            Map.entry("w4a16_mxfp4", new Formats(DataType.MXFP4, DataType.BF16)),
            Map.entry("w4a8_mxfp4_mxfp8", new Formats(DataType.MXFP4, DataType.MXFP8)));

    /** Only the tables of TensorRT-LLM 1.0.0 have this kernel in 16 bit. */
    private static final String OLD_FLOW = "moe_torch_flow";

    private static final String POWER_LAW = "power_law_";

    // DeepSeek's latent attention, the only one in the tables (DeepSeek-V3, arXiv:2412.19437, section 4.2).
    private static final double LATENT = 512;
    private static final double ROPE = 64;
    private static final double HEAD = 128;

    private KernelShapes() {}

    /**
     * The operations of a row, in the order in which they run.
     *
     * @throws BadInput when a cell is not what its column says
     * @throws Unpredictable when the row has a format nobody knows
     */
    public static List<Operation> operations(KernelKind kind, Row row) throws BadInput, Unpredictable {
        return switch (kind) {
            case GEMM -> gemm(row);
            case ATTENTION_CONTEXT -> List.of(prefill(row));
            case ATTENTION_GENERATION -> List.of(decode(row));
            case MOE -> List.of(experts(row));
            case MLA_CONTEXT -> List.of(latentPrefill(row));
            case MLA_GENERATION -> List.of(latentDecode(row));
            case MLA_BMM -> List.of(absorbed(row));
            case COLLECTIVE -> throw new IllegalArgumentException("collectives have a fabric, not a mapping");
        };
    }

    /** Rows of the product: new tokens. */
    static double rows(KernelKind kind, Row row) throws BadInput {
        return switch (kind) {
            case GEMM -> row.positive("m");
            case MOE, MLA_BMM -> row.positive("tokens");
            case ATTENTION_GENERATION, MLA_GENERATION -> row.positive("batch");
            case ATTENTION_CONTEXT, MLA_CONTEXT -> row.positive("batch") * row.positive("seq");
            case COLLECTIVE -> throw new IllegalArgumentException("a collective has no rows");
        };
    }

    private static Formats formats(Row row, String column) throws BadInput, Unpredictable {
        Formats formats = FORMATS.get(row.text(column));
        if (formats == null) {
            throw new Unpredictable("unknown " + column + " '" + row.text(column) + "'");
        }
        return formats;
    }

    private static List<Operation> gemm(Row row) throws BadInput, Unpredictable {
        Formats f = formats(row, "dtype");
        return List.of(new Matmul(
                "gemm",
                row.positive("m"),
                row.positive("n"),
                row.positive("k"),
                f.weights(),
                f.activations(),
                DataType.BF16));
    }

    private static Attention prefill(Row row) throws BadInput, Unpredictable {
        return attention(row, "prefill-attention", row.positive("seq"));
    }

    private static Attention decode(Row row) throws BadInput, Unpredictable {
        return attention(row, "decode-attention", 1);
    }

    private static Attention attention(Row row, String name, double queries) throws BadInput, Unpredictable {
        double dim = row.positive("head_dim");
        return new Attention(
                name,
                row.positive("batch"),
                queries,
                row.positive("seq"),
                row.number("window"),
                row.positive("heads"),
                row.positive("kv_heads"),
                dim,
                dim,
                2 * dim,
                formats(row, "kv_dtype").activations(),
                formats(row, "dtype").activations());
    }

    /** Keys and values are expanded before the kernel, which quantises them to the format of the cache. */
    private static Attention latentPrefill(Row row) throws BadInput, Unpredictable {
        double sequence = row.positive("seq");
        double heads = row.positive("heads");
        return new Attention(
                "prefill-attention",
                row.positive("batch"),
                sequence,
                sequence,
                heads,
                heads,
                HEAD + ROPE,
                HEAD,
                HEAD + ROPE + HEAD,
                formats(row, "kv_dtype").activations(),
                formats(row, "dtype").activations());
    }

    private static Attention latentDecode(Row row) throws BadInput, Unpredictable {
        return new Attention(
                "decode-attention",
                row.positive("batch"),
                1,
                row.positive("seq"),
                row.positive("heads"),
                1,
                LATENT + ROPE,
                LATENT,
                LATENT + ROPE,
                formats(row, "kv_dtype").activations(),
                formats(row, "dtype").activations());
    }

    private static BatchedMatmul absorbed(Row row) throws BadInput, Unpredictable {
        Formats f = formats(row, "dtype");
        boolean query = switch (row.text("op")) {
            case "mla_gen_pre" -> true;
            case "mla_gen_post" -> false;
            default -> throw new Unpredictable("unknown op '" + row.text("op") + "'");
        };
        return new BatchedMatmul(
                query ? "attention-absorb" : "attention-value-up",
                row.positive("heads"),
                row.positive("tokens"),
                query ? LATENT : HEAD,
                query ? HEAD : LATENT,
                f.weights(),
                f.activations(),
                DataType.BF16);
    }

    /** The experts of one rank, with the routing of the benchmark. */
    private static Experts experts(Row row) throws BadInput, Unpredictable {
        Formats f = formats(row, "dtype");
        int experts = row.count("experts");
        int topK = row.count("topk");
        int ranks = row.count("ep");
        if (topK > experts || ranks > experts) {
            throw new Unpredictable("more experts per token, or more ranks, than experts");
        }
        return new Experts(
                "experts",
                row.positive("tokens"),
                row.positive("hidden"),
                row.positive("inter") / row.positive("tp"),
                topK,
                experts,
                ranks,
                !row.text("kernel").contains("nongated"),
                f.weights(),
                f.activations(),
                routing(
                        row.textIfAny("distribution"),
                        row.text("kernel").equals(OLD_FLOW) && f.weights() == DataType.BF16));
    }

    private static Routing routing(String distribution, boolean toPopular) throws Unpredictable {
        if (distribution.isEmpty() || distribution.equals("balanced")) {
            return Routing.ROUND_ROBIN;
        }
        if (!distribution.startsWith(POWER_LAW)) {
            throw new Unpredictable("unknown distribution '" + distribution + "'");
        }
        try {
            double alpha = Double.parseDouble(distribution.substring(POWER_LAW.length()));
            // At exactly 1 the distribution has another form; next to it the counts are the same.
            return new Routing(
                    toPopular ? Routing.Kind.POWER_LAW_TO_POPULAR : Routing.Kind.POWER_LAW,
                    alpha == 1 ? 1 + 1e-6 : alpha);
        } catch (NumberFormatException e) {
            throw new Unpredictable("unknown distribution '" + distribution + "'");
        }
    }

    /**
     * The kernel of a row of experts under the name that the catalog gives it: {@code moe_torch_flow_cutlass} in {@code
     * fp8} is {@code cutlass-fp8}.
     */
    static String expertKernel(Row row) throws BadInput {
        String kernel = row.text("kernel").replaceFirst("^moe_torch_flow_", "").replaceFirst("^moe_", "");
        return (kernel + "-" + row.text("dtype")).replace('_', '-');
    }
}
