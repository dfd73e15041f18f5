package dev.toile.evidence.calibration;

import dev.toile.stack.network.CollectiveConstants;
import java.math.BigDecimal;
import java.math.MathContext;

/** Writes {@code collectives.yaml}. */
final class CollectivesYaml {

    private static final String HEADER = """
        # Constants of collectives (dev.toile.stack.network), written by
        # dev.toile.evidence.calibration.CollectivesCalibration: change the program or its data, not this file.
        # Data: a100_sxm_comm.csv, h100_sxm_comm.csv and b200_sxm_comm.csv of ai-dynamo/aiconfigurator@095f58a (2026-08-21),
        # four of five octaves of sizes of each collective, the others were kept out; libraries: collectives_public.csv
        # (Azure/AI-benchmarking-guide@8fd0c6e). switch-ranks and one-shot-limit are seen in the tables, not fitted.
        # Meaning and limits of each stand at dev.toile.stack.network.CollectiveConstants.
        sources:
          collectives-calibration: {title: "fitted by CollectivesCalibration to the tables of collectives of ai-dynamo/aiconfigurator@095f58a, Apache-2.0 (NCCL 2.27.3 and 2.29.2, TensorRT-LLM 1.0.0 and 1.3.0rc20), and of Azure/AI-benchmarking-guide@8fd0c6e", url: "https://github.com/ai-dynamo/aiconfigurator", date: "2026-08-21"}

        collectives:
        """;

    private CollectivesYaml() {}

    /** The file. */
    static String of(CollectiveConstants constants) {
        StringBuilder out = new StringBuilder(HEADER);
        CollectiveConstants.Shared s = constants.shared();
        out.append("  shared:\n");
        line(out, "fill", micros(s.fill()));
        line(out, "exchange-fill", micros(s.exchangeFill()));
        line(out, "exchange", micros(s.exchange()));
        line(out, "switch-call", micros(s.switchCall()));
        line(out, "one-shot-share", number(s.oneShotShare()));
        out.append("  generations:\n");
        constants.generations().forEach((name, g) -> {
            out.append("    ").append(name).append(":\n");
            nested(out, "call", micros(g.call()));
            nested(out, "step", micros(g.step()));
            nested(out, "copy-rate", number(g.copyRate()));
            nested(out, "switch-share", number(g.switchShare()));
            nested(out, "switch-ranks", number(g.switchRanks()));
            nested(out, "one-shot-call", micros(g.oneShotCall()));
            nested(out, "one-shot-limit", number(g.oneShotLimit() / (1 << 20)) + " MiB");
        });
        out.append("  libraries:\n");
        constants.libraries().forEach((name, library) -> {
            out.append("    ").append(name).append(":\n");
            nested(out, "host-launch", micros(library.hostLaunch()));
            nested(out, "fill", micros(library.fill()));
        });
        return out.toString();
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append("    ").append(key).append(": ").append(value).append('\n');
    }

    private static void nested(StringBuilder out, String key, String value) {
        out.append("  ");
        line(out, key, value);
    }

    private static String micros(double seconds) {
        return number(seconds * 1e6) + " us";
    }

    private static String number(double value) {
        return value < 1e-6
                ? "0"
                : new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
