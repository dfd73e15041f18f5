package dev.toile.evidence;

import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.mapping.UnfusedAttention;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Attention;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.operation.Operation.Elementwise;
import dev.toile.stack.operation.Operation.Matmul;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of a table of single operators of PyTorch, as LLMCompass measured them, as operations. */
public final class OperatorRows {

    static final List<String> COLUMNS =
            List.of("device", "operator", "m", "n", "k", "elements", "bytes", "latency_s", "series");

    private static final String LAYER = "gpt3layer_";
    private static final DataType FORMAT = DataType.FP16;

    private OperatorRows() {}

    /**
     * Where operators ran.
     *
     * @param chip id in the catalog
     * @param profile id of the software profile
     * @param ranks chips that share a layer
     */
    record Place(String chip, String profile, int ranks) {}

    private static final Map<String, Place> PLACES = Map.of(
            "A100", new Place("a100-sxm", "pytorch-eager-ampere", 1),
            "A100x4_NVLink3", new Place("a100-sxm", "pytorch-eager-ampere", 4),
            "MI210", new Place("mi210", "pytorch-eager-cdna2", 1));

    /**
     * One measured operator.
     *
     * @param chip id in the catalog
     * @param operator such as {@code softmax}
     * @param series the sweep that it belongs to
     * @param operation what ran
     * @param seconds measured
     */
    public record Measured(String chip, String operator, String series, Operation operation, double seconds) {}

    /** The place of a row. */
    static Place place(Row row) throws BadInput, Unpredictable {
        Place place = PLACES.get(row.text("device"));
        if (place == null) {
            throw new Unpredictable("no software profile for operators on '" + row.text("device") + "'");
        }
        return place;
    }

    /**
     * The rows of one chip that a calibration may see: sweeps of single operators, no layers and no collectives.
     *
     * @param file the table
     * @param chip id in the catalog
     * @throws BadInput when the file is not such a table
     */
    public static List<Measured> sweeps(Path file, String chip) throws BadInput {
        RowTable table = RowTable.read(file);
        table.require(COLUMNS);
        List<Measured> out = new ArrayList<>();
        for (Row row : table.rows()) {
            Place place = PLACES.get(row.text("device"));
            if (place != null && place.ranks() == 1 && place.chip().equals(chip)) {
                try {
                    out.add(new Measured(
                            chip,
                            row.text("operator"),
                            row.text("series"),
                            operations(row, 1).getFirst(),
                            row.positive("latency_s")));
                } catch (Unpredictable _) {
                    // An operator without a law is of no use to a fit; predictions list it.
                }
            }
        }
        return out;
    }

    /** What ran in a row, one call after another. */
    static List<Operation> operations(Row row, int ranks) throws BadInput, Unpredictable {
        String operator = row.text("operator");
        if (operator.startsWith(LAYER)) {
            return GptLayer.of(row.text("series")).operations(operator.substring(LAYER.length()));
        }
        return List.of(
                switch (operator) {
                    case "gemm" -> product("gemm", row.positive("m"), row.positive("n"), row.positive("k"));
                    case "softmax" -> rows(Elementwise.Kind.SOFTMAX, row.positive("m"), row.positive("n"));
                    case "layernorm" -> rows(Elementwise.Kind.NORM, row.positive("m"), row.positive("n"));
                    case "gelu" -> rows(Elementwise.Kind.ACTIVATION, 1, row.positive("elements"));
                    case "all_reduce" -> reduce(row.positive("bytes"), ranks);
                    default -> throw new Unpredictable("unknown operator '" + operator + "'");
                });
    }

    private static Matmul product(String name, double m, double n, double k) {
        return new Matmul(name, m, n, k, FORMAT, FORMAT, FORMAT);
    }

    private static Elementwise rows(Elementwise.Kind kind, double rows, double columns) {
        double bytes = rows * columns * FORMAT.bytes();
        return new Elementwise(kind.name().toLowerCase(Locale.ROOT), kind, rows, columns, bytes, bytes, 0);
    }

    private static Collective reduce(double bytes, int ranks) {
        return new Collective("all-reduce", Collective.Kind.ALL_REDUCE, bytes, ranks, 1);
    }

    /**
     * A layer of GPT-3 175B on four ranks: Brown et al., arXiv:2005.14165, table 2.1, cut as in Megatron-LM
     * (arXiv:1909.08053, section 3).
     *
     * @param sequences of the batch
     * @param queries new tokens of each
     * @param context tokens that each attends to
     */
    record GptLayer(double sequences, double queries, double context) {

        private static final double HIDDEN = 12_288;
        private static final double HEADS = 96;
        private static final double HEAD = 128;
        private static final int RANKS = 4;

        /** Operators of a layer, as the table names them. */
        static final List<String> OPERATORS = List.of(
                "Q_K_V",
                "Q_mul_K",
                "A_mul_V",
                "Wo_proj",
                "W1_proj",
                "W2_proj",
                "Softmax",
                "LayerNorm_MHA",
                "LayerNorm_FFN",
                "GeLU",
                "AllReduce_MHA",
                "AllReduce_FFN");

        static final GptLayer PREFILL = new GptLayer(8, 2048, 2048);
        static final GptLayer DECODE = new GptLayer(8, 1, 3072);

        static GptLayer of(String series) throws Unpredictable {
            return switch (series) {
                case "prefill_b8_s2048_tp4" -> PREFILL;
                case "decode_b8_ctx3072_tp4" -> DECODE;
                default -> throw new Unpredictable("unknown layer '" + series + "'");
            };
        }

        private double tokens() {
            return sequences * queries;
        }

        /** Queries, keys and values are three products in the layer that was measured. */
        List<Operation> operations(String operator) throws Unpredictable {
            double inner = HIDDEN / RANKS;
            Matmul query = product("query", tokens(), inner, HIDDEN);
            return switch (operator) {
                case "Q_K_V" -> List.of(query, query, query);
                case "Q_mul_K" -> List.of(UnfusedAttention.scores(attention()));
                case "A_mul_V" -> List.of(UnfusedAttention.values(attention()));
                case "Wo_proj" -> List.of(product("output", tokens(), HIDDEN, inner));
                case "W1_proj" -> List.of(product("up", tokens(), 4 * inner, HIDDEN));
                case "W2_proj" -> List.of(product("down", tokens(), HIDDEN, 4 * inner));
                case "Softmax" -> List.of(UnfusedAttention.softmax(attention()));
                case "LayerNorm_MHA", "LayerNorm_FFN" -> List.of(rows(Elementwise.Kind.NORM, tokens(), HIDDEN));
                case "GeLU" -> List.of(rows(Elementwise.Kind.ACTIVATION, 1, tokens() * 4 * inner));
                case "AllReduce_MHA", "AllReduce_FFN" -> List.of(reduce(tokens() * HIDDEN * FORMAT.bytes(), RANKS));
                default -> throw new Unpredictable("unknown operator of a layer '" + operator + "'");
            };
        }

        private Attention attention() {
            double heads = HEADS / RANKS;
            return new Attention(
                    "attention", sequences, queries, context, heads, heads, HEAD, HEAD, 2 * HEAD, FORMAT, FORMAT);
        }
    }
}
