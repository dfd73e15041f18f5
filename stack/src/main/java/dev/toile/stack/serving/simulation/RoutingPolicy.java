package dev.toile.stack.serving.simulation;

/** How requests are spread over replicas. */
public enum RoutingPolicy {
    /** One after the other. */
    ROUND_ROBIN {
        @Override
        int choose(Replica[] replicas, int request, int tokens, int turn) {
            return turn % replicas.length;
        }
    },

    /** To the replica with the fewest requests running and waiting. */
    LEAST_OUTSTANDING {
        @Override
        int choose(Replica[] replicas, int request, int tokens, int turn) {
            int best = 0;
            for (int i = 1; i < replicas.length; i++) {
                best = replicas[i].outstanding() < replicas[best].outstanding() ? i : best;
            }
            return best;
        }
    },

    /**
     * To the replica that has the longest prefix of the prompt, unless it has far more to do than another: more than
     * {@value #MOST_MORE} requests and half as many again (the form of SGLang's cache-aware router).
     */
    PREFIX_AWARE {
        @Override
        int choose(Replica[] replicas, int request, int tokens, int turn) {
            int least = LEAST_OUTSTANDING.choose(replicas, request, tokens, turn);
            int best = least;
            int most = replicas[least].hits(request, tokens);
            for (int i = 0; i < replicas.length; i++) {
                int hits = replicas[i].hits(request, tokens);
                if (hits > most) {
                    most = hits;
                    best = i;
                }
            }
            int queue = replicas[best].outstanding();
            int shortest = replicas[least].outstanding();
            return queue - shortest > MOST_MORE && queue > 1.5 * shortest ? least : best;
        }
    };

    private static final int MOST_MORE = 32;

    /** Index of the replica for a request whose prompt has so many tokens. */
    abstract int choose(Replica[] replicas, int request, int tokens, int turn);
}
