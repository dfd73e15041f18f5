package dev.toile.evidence.calibration;

import dev.toile.stack.mapping.experts.ExpertsConstants;
import dev.toile.stack.mapping.experts.ExpertsConstants.Kernel;
import dev.toile.stack.mapping.experts.ExpertsConstants.Router;
import dev.toile.stack.operation.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Writes {@code experts.yaml}. */
final class ExpertsYaml {

    private static final String HEADER = """
        # Constants of the law of experts (dev.toile.stack.mapping.experts), written by
        # dev.toile.evidence.calibration.ExpertsCalibration: change the program or its data, not this file.
        # Data: a100_sxm_moe.csv, h100_sxm_moe.csv and b200_sxm_moe.csv of ai-dynamo/aiconfigurator@095f58a (2026-08-21),
        # four of five configurations of experts; the others were kept out of the fit.
        # The limits of the routers are those of the software (TensorRT-LLM 1.0 and 1.3, routing.py of fused_moe).
        # Meaning and limits of each stand at dev.toile.stack.mapping.experts.ExpertsConstants.
        sources:
          experts-calibration: {title: "fitted by ExpertsCalibration to the MoE tables of ai-dynamo/aiconfigurator@095f58a, Apache-2.0: TensorRT-LLM 1.0.0 (A100) and 1.3.0rc20 (H100, B200)", url: "https://github.com/ai-dynamo/aiconfigurator", date: "2026-08-21"}

        experts:
        """;

    private ExpertsYaml() {}

    /** The file. */
    static String of(ExpertsConstants constants) {
        StringBuilder out = new StringBuilder(HEADER);
        ExpertsConstants.Shared s = constants.shared();
        out.append("  shared:\n");
        line(out, "memory-share", number(s.memoryShare()));
        line(out, "wave", micros(s.wave()));
        line(out, "finalise", number(s.finalise()));
        line(out, "operands", number(s.operands()) + " byte/flop");
        line(out, "sort", number(s.sort() * 1e9) + " ns");
        line(out, "choice", number(s.choice() * 1e9) + " ns");
        out.append("  generations:\n");
        constants.generations().forEach((name, generation) -> {
            out.append("    ").append(name).append(":\n");
            router(out, generation.router());
            out.append("      kernels:\n");
            generation.kernels().forEach((id, kernel) -> kernel(out, id, kernel));
        });
        return out.toString();
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append("    ").append(key).append(": ").append(value).append('\n');
    }

    private static void router(StringBuilder out, Router r) {
        out.append("      router: {experts: ")
                .append(r.experts())
                .append(", picks: ")
                .append(r.picks());
        out.append(", unfused: ").append(micros(r.unfused())).append("}\n");
    }

    private static void kernel(StringBuilder out, String id, Kernel k) {
        out.append("        ").append(id).append(": {weights: ").append(kebab(k.weights()));
        out.append(", activations: ").append(kebab(k.activations()));
        out.append(", gated: ").append(k.gated());
        out.append(", launch: ").append(micros(k.launch()));
        out.append(", tensor-share: ").append(number(k.tensorShare()));
        out.append(", row-passes: ").append(number(k.rowPasses()));
        out.append(", slot-passes: ").append(number(k.slotPasses())).append("}\n");
    }

    private static String micros(double seconds) {
        return number(seconds * 1e6) + " us";
    }

    private static String number(double value) {
        if (value < 1e-6) {
            return "0";
        }
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String kebab(DataType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
