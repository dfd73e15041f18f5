package dev.toile.stack.serving.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prompts and decoding on engines of their own, the KV cache sent from one to the other over the network (Patel et al.,
 * "Splitwise", ISCA 2024; Zhong et al., "DistServe", OSDI 2024).
 *
 * <p>The first token comes from the engine of the prompt. An engine of prompts gives its blocks back when the prompt has
 * been computed: that they are held until the transfer ends is not modelled.
 *
 * @param prefill engines of prompts
 * @param decode engines that decode
 * @param transfer of a cache
 */
public record SplitSimulation(Simulation prefill, Simulation decode, Transfer transfer) {

    /** How long a cache travels. */
    @FunctionalInterface
    public interface Transfer {
        /** Seconds for the cache of so many tokens. */
        double seconds(int tokens);
    }

    /**
     * Serves all requests.
     *
     * @throws IllegalArgumentException when some requests wait for the answers of others
     */
    public Served run(Requests requests) {
        if (requests.closedLoop()) {
            throw new IllegalArgumentException(
                    "sessions whose turns wait for answers need prompts and decoding on the same engines");
        }
        Served prompts = prefill.run(requests.promptsOnly(), "prefill");
        Sequences state = prompts.state();
        int[] longer = IntStream.range(0, requests.size())
                .filter(i -> requests.output(i) > 1 && !Double.isNaN(state.firstToken[i]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> arrival(requests, state, i))
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] times = IntStream.of(longer)
                .mapToDouble(i -> arrival(requests, state, i))
                .toArray();
        double[] firstTokens =
                IntStream.of(longer).mapToDouble(i -> state.firstToken[i]).toArray();
        Served answers = decode.runPrefilled(requests.at(longer, times), firstTokens);
        for (int i = 0; i < longer.length; i++) {
            state.finished[longer[i]] = answers.finished(i);
        }
        return new Served(
                requests,
                state,
                answers.gaps(),
                List.of(prompts.phases().getFirst(), answers.phases().getFirst()));
    }

    private double arrival(Requests requests, Sequences state, int request) {
        return state.firstToken[request] + transfer.seconds(requests.prompt(request));
    }
}
