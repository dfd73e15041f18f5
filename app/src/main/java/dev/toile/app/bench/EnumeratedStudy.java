package dev.toile.app.bench;

/** Studies whose spaces are small enough to evaluate every design, and large enough that a search can fail. */
public enum EnumeratedStudy {
    /** Silicon, memory, links and layout of a chip for chat with Llama 3.1 70B, batch included: 103,680 designs. */
    CHAT("chat with Llama 3.1 70B", """
        toile: 1
        study: Serve Llama 3.1 70B
        workload:
          model: llama-3.1-70b
          precision: {weights: fp8, activations: fp8, kv-cache: fp8}
          serving: colocated
          traffic:
            rate: 1000 requests/s
            prompt: {mean: 1155 tokens, p90: 2734 tokens}
            output: {mean: 211 tokens, p90: 424 tokens}
          service-level: {ttft-p99: 2 s, tpot-p99: 100 ms}
        candidates:
          - build:
              chip:
                process: {choose: [n5, n3e]}
                compute-dies: {choose: [1, 2, 4]}
                tensor-units: {choose: 64..240 step 16}
                array: {rows: {choose: [32, 64, 128]}, columns: {choose: [32, 64, 128]}}
                hbm: {generation: hbm3e, stacks: {choose: [2, 4, 6, 8, 12]}}
                scale-up: {choose: [450 GB/s, 900 GB/s]}
            deploy:
              tensor: {choose: [1, 2, 4, 8]}
              batch: {choose: [32, 64, 128, 256]}
        objectives: [usd-per-million-tokens, joules-per-token, tpot-p99]
        """),

    /**
     * A chip for a model with experts, 124,416 designs on eleven axes. The planner picks the batch, so that figures jump from
     * one design to the next.
     */
    EXPERTS("Mixtral 8x7B", """
        toile: 1
        study: Serve Mixtral 8x7B
        workload:
          model: mixtral-8x7b
          precision: {weights: fp8, activations: fp8, kv-cache: fp8}
          serving: colocated
          traffic:
            rate: 500 requests/s
            prompt: {mean: 2048 tokens, p90: 5000 tokens}
            output: {mean: 512 tokens, p90: 1100 tokens}
          service-level: {ttft-p99: 4 s, tpot-p99: 60 ms}
        candidates:
          - build:
              chip:
                process: {choose: [n7, n5, n3e]}
                compute-dies: {choose: [1, 2]}
                tensor-units: {choose: 32..160 step 16}
                array: {rows: {choose: [64, 128]}, columns: {choose: [64, 128]}}
                sram: {choose: [64 MiB, 128 MiB, 256 MiB]}
                hbm: {generation: {choose: [hbm3, hbm3e]}, stacks: {choose: [2, 4, 6, 8]}}
                clock: {choose: [1400 MHz, 1800 MHz, 2200 MHz]}
                scale-up: {choose: [450 GB/s, 900 GB/s]}
            deploy:
              tensor: {choose: [1, 2, 4, 8]}
        objectives: [usd-per-million-tokens, joules-per-token, tpot-p99]
        """);

    private final String title;
    private final String text;

    EnumeratedStudy(String title, String text) {
        this.title = title;
        this.text = text;
    }

    /** In a few words. */
    public String title() {
        return title;
    }

    /** The study as a user would write it. */
    public String text() {
        return text;
    }
}
