package dev.toile.evidence;

import dev.toile.stack.operation.DataType;
import dev.toile.stack.workload.Precision;

/** Precisions of deployments as tables name them: by the format of the weights. */
final class Precisions {

    private Precisions() {}

    static Precision of(String stated) throws Unpredictable {
        DataType type = switch (stated.replace("?", "")) {
            case "fp16", "bf16" -> DataType.BF16;
            case "fp8" -> DataType.FP8;
            case "fp4" -> DataType.FP4;
            case "int8" -> DataType.INT8;
            default -> throw new Unpredictable("unknown precision '" + stated + "'");
        };
        return new Precision(type, type, type == DataType.FP4 ? DataType.FP8 : type);
    }
}
