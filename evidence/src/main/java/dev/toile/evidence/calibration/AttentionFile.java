package dev.toile.evidence.calibration;

import dev.toile.stack.mapping.attention.AttentionConstants;
import dev.toile.stack.mapping.attention.Dispatch;
import dev.toile.stack.mapping.attention.PrefillConstants;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The catalog file of attention constants. */
final class AttentionFile {

    /** Time of 8-bit over 16-bit products where only the 16-bit kernels were measured, from Hopper's two shares of peak. */
    private static final double EIGHT_BIT_SHARE = 0.8;

    /** 8-bit queries are half as long, outputs stay in 16 bit. */
    private static final double EIGHT_BIT_PASSES = 0.75;

    private static final String HEADER = """
        # Constants of attention kernels. Written by dev.toile.evidence.calibration.AttentionCalibration from the tables
        # {a100,h100,b200}_sxm_{attention_context,attention_generation,mla_context,mla_generation,mla_bmm}.csv, which are
        # thinned from ai-dynamo/aiconfigurator@095f58a (2026-08-21, Apache-2.0). One configuration of heads in five was
        # kept out. Do not edit: run the program again. Meanings stand in dev.toile.stack.mapping.attention.
        #   ampere     A100, TensorRT-LLM 1.0.0
        #   hopper     H100, TensorRT-LLM 1.3.0rc20
        #   blackwell  B200, TensorRT-LLM 1.3.0rc20
        #   ada        not measured: Ampere's kernels with 8-bit arithmetic at 0.8 of Ampere's share of peak
        sources:
          aiconfigurator: {title: "fitted by AttentionCalibration to ai-dynamo/aiconfigurator@095f58a, measured kernel tables of TensorRT-LLM 1.0.0 (A100) and 1.3.0rc20 (H100, B200), Apache-2.0", url: "https://github.com/ai-dynamo/aiconfigurator", date: "2026-08"}

        attention:
        """;

    private AttentionFile() {}

    static String of(SequencedMap<String, AttentionConstants> fitted) {
        SequencedMap<String, AttentionConstants> all = new LinkedHashMap<>(fitted);
        AttentionConstants ampere = fitted.get("ampere");
        if (ampere != null) {
            all.put("ada", ada(ampere));
        }
        StringBuilder out = new StringBuilder(HEADER);
        for (Map.Entry<String, AttentionConstants> each : all.entrySet()) {
            out.append("  ").append(each.getKey()).append(":\n");
            out.append((String.join("\n", ConstantsYaml.lines(each.getValue(), 4)) + "\n"));
        }
        return out.toString();
    }

    /** Ada runs kernels made for Ampere's tensor instructions, and has 8-bit ones. */
    private static AttentionConstants ada(AttentionConstants a) {
        Dispatch d = a.dispatch();
        return new AttentionConstants(
                new Dispatch(
                        true, d.mostGrouped(), d.groupsOfOne(), d.gainFactor(), d.otherFrom(), d.otherWindowedFrom()),
                eight(a.prefill()),
                null,
                a.perHead(),
                a.grouped(),
                null,
                null,
                null,
                eight(a.latentPrefill()),
                a.latentDecode(),
                a.absorbed(),
                null);
    }

    private static PrefillConstants eight(PrefillConstants p) {
        PrefillConstants.Format sixteen = p.sixteen();
        return new PrefillConstants(
                sixteen,
                new PrefillConstants.Format(
                        sixteen.floor(),
                        Math.round(sixteen.queryPasses() * EIGHT_BIT_PASSES * 1e4) / 1e4,
                        Math.round(sixteen.tensor() * EIGHT_BIT_SHARE * 1e4) / 1e4),
                p.keyPasses(),
                p.exponentials(),
                p.tileCycles(),
                p.sequenceCycles(),
                p.tail(),
                p.masked(),
                p.padded(),
                p.paddedTo(),
                p.favoured(),
                p.favouredFloor(),
                p.favouredSequenceCycles());
    }
}
