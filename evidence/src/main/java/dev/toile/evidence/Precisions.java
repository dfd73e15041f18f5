package dev.toile.evidence;

import dev.toile.stack.operation.DataType;
import dev.toile.stack.workload.Precision;

/** Precisions of deployments as tables name them: by the format of the weights. */
final class Precisions {

    private Precisions() {}

    static Precision of(String weights) throws Unpredictable {
        return of(weights, "");
    }

    /** A precision whose cache has a format of its own; empty for that of the weights, but for FP4 8 bit. */
    static Precision of(String weights, String cache) throws Unpredictable {
        DataType type = type(weights);
        DataType usual = type == DataType.FP4 ? DataType.FP8 : type;
        return new Precision(type, type, cache.isEmpty() ? usual : type(cache));
    }

    private static DataType type(String stated) throws Unpredictable {
        return switch (stated.replace("?", "")) {
            case "fp16", "bf16", "float16", "bfloat16" -> DataType.BF16;
            case "fp8" -> DataType.FP8;
            case "fp4" -> DataType.FP4;
            case "int8" -> DataType.INT8;
            default -> throw new Unpredictable("unknown precision '" + stated + "'");
        };
    }
}
