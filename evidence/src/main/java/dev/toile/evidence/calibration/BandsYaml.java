package dev.toile.evidence.calibration;

import dev.toile.stack.mapping.band.BandTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes {@code bands.yaml} as the catalog reads it. */
final class BandsYaml {

    private static final String HEADER = """
        # How far predictions are from measurements, by class of operations; written by `toile calibrate bands`
        # (dev.toile.evidence.calibration.BandsCalibration): change the program or its data, not this file.
        # Data: the tables gemm, attention_context, attention_generation, mla_context, mla_generation, mla_bmm, moe and comm of
        # a100_sxm, h100_sxm and b200_sxm of ai-dynamo/aiconfigurator@095f58a (2026-08-21), rows kept out of every fit.
        # classes: 10th and 90th percentile of measured over predicted, by law, regime and formats, the kept-out rows and their
        # configurations. transfer, other-formats, unmeasured: log half-widths that hold four of five rows predicted with
        # the constants of another generation. Meaning: dev.toile.stack.mapping.band.BandTable.
        sources:
          bands-calibration: {title: "residuals found by BandsCalibration on the kernel tables of ai-dynamo/aiconfigurator@095f58a, Apache-2.0: TensorRT-LLM 1.0.0 (A100) and 1.3.0rc20 (H100, B200)", url: "https://github.com/ai-dynamo/aiconfigurator", date: "2026-08-21"}

        bands:
          generations:
        """;

    private BandsYaml() {}

    static String of(BandTable table) {
        List<String> lines = new ArrayList<>(List.of(HEADER.split("\n")));
        table.generations().forEach((name, generation) -> {
            lines.add("    " + name + ":");
            lines.add("      chip: " + generation.chip());
            lines.add("      formats:");
            generation
                    .formats()
                    .forEach((law, formats) -> lines.add("        " + law + ": [" + String.join(", ", formats) + "]"));
            lines.add("      classes:");
            generation
                    .classes()
                    .forEach((key, r) -> lines.add("        " + key + ": {low: " + number(r.low())
                            + ", high: " + number(r.high()) + ", rows: " + r.rows() + ", configurations: "
                            + r.configurations() + "}"));
        });
        lines.add("  transfer:");
        halves(lines, table.transfer());
        lines.add("  other-formats:");
        halves(lines, table.otherFormats());
        lines.add("  unmeasured: " + number(table.unmeasured()));
        return String.join("\n", lines) + "\n";
    }

    private static void halves(List<String> lines, Map<String, Double> halves) {
        halves.forEach((name, half) -> lines.add("    " + name + ": " + number(half)));
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
