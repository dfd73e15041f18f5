package dev.toile.evidence.calibration;

import dev.toile.stack.network.CollectiveConstants;

/** Writes {@code collectives.yaml}. */
final class CollectivesYaml {

    private static final String HEADER = """
        # Constants of collectives (dev.toile.stack.network), written by
        # dev.toile.evidence.calibration.CollectivesCalibration: change the program or its data, not this file.
        # Data: a100_sxm_comm.csv, h100_sxm_comm.csv and b200_sxm_comm.csv of ai-dynamo/aiconfigurator@095f58a (2026-08-21),
        # four of five octaves of sizes of each collective, the others were kept out; relay: simai_busbw_ratio.csv
        # (aliyun/SimAI@cef83f9), of each number of nodes again four of five octaves; libraries: collectives_public.csv
        # (Azure/AI-benchmarking-guide@8fd0c6e).
        # Not fitted: choice is what NCCL reckons with (src/graph/tuning.cc: baseLat, hwLat; llMaxBws 87.7, 141, 282 GB/s
        # over 240, 370.8, 741.6 GB/s of links, and over eight adapters 35 of 388 GB/s; LL128 at 120 of 128 bytes), and so
        # is lines-estimate, which on Blackwell is eight channels of 73.4 GB/s over 741.6. filled-from, switch-ranks,
        # one-shot-limit and switches-from are seen in the tables.
        # Meaning and limits of each stand at dev.toile.stack.network.CollectiveConstants.
        sources:
          collectives-calibration: {title: "fitted by CollectivesCalibration to the tables of collectives of ai-dynamo/aiconfigurator@095f58a, Apache-2.0 (NCCL 2.27.3 and 2.29.2, TensorRT-LLM 1.0.0 and 1.3.0rc20), of aliyun/SimAI@cef83f9 and of Azure/AI-benchmarking-guide@8fd0c6e; choice of protocols: NVIDIA/nccl, src/graph/tuning.cc", url: "https://github.com/ai-dynamo/aiconfigurator", date: "2026-08-21"}

        collectives:
        """;

    private CollectivesYaml() {}

    /** The file. */
    static String of(CollectiveConstants constants) {
        return HEADER + String.join("\n", ConstantsYaml.lines(constants, 2)) + "\n";
    }
}
