package dev.toile.evidence.calibration;

import dev.toile.stack.mapping.attention.AttentionConstants;
import java.util.Map;
import java.util.SequencedMap;

/** The catalog file of attention constants. */
final class AttentionFile {

    private static final String HEADER = """
        # Constants of attention kernels. Written by dev.toile.evidence.calibration.AttentionCalibration from the tables
        # {a100,h100,b200}_sxm_{attention_context,attention_generation,mla_context,mla_generation,mla_bmm}.csv, which are
        # thinned from ai-dynamo/aiconfigurator@095f58a (2026-08-21, Apache-2.0). One configuration of heads in five was
        # kept out. Do not edit: run the program again. Meanings stand in dev.toile.stack.mapping.attention.
        #   ampere     A100, TensorRT-LLM 1.0.0
        #   hopper     H100, TensorRT-LLM 1.3.0rc20
        #   blackwell  B200, TensorRT-LLM 1.3.0rc20
        # The A100's table was made with a cache that holds keys only (aiconfigurator's collector of that version asks for
        # CacheType.SELFKONLY), so values come from the pages that keys were just read from: twice the bandwidth of memory.
        # Generations that were not measured are in relatives.yaml.
        sources:
          aiconfigurator: {title: "fitted by AttentionCalibration to ai-dynamo/aiconfigurator@095f58a, measured kernel tables of TensorRT-LLM 1.0.0 (A100) and 1.3.0rc20 (H100, B200), Apache-2.0", url: "https://github.com/ai-dynamo/aiconfigurator", date: "2026-08"}

        attention:
        """;

    private AttentionFile() {}

    static String of(SequencedMap<String, AttentionConstants> fitted) {
        StringBuilder out = new StringBuilder(HEADER);
        for (Map.Entry<String, AttentionConstants> each : fitted.entrySet()) {
            out.append("  ").append(each.getKey()).append(":\n");
            out.append((String.join("\n", ConstantsYaml.lines(each.getValue(), 4)) + "\n"));
        }
        return out.toString();
    }
}
