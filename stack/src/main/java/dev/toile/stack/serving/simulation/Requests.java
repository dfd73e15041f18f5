package dev.toile.stack.serving.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests in flat arrays: a million of them take 25 MB.
 *
 * <p>A request arrives at its time, or, when it is a later turn of a session, a while after its predecessor has been
 * answered.
 */
public final class Requests {

    private final double[] arrivals;
    private final int[] prompts;
    private final int[] outputs;
    private final byte[] classes;
    private final List<RequestClass> kinds;
    private final @Nullable Hashes hashes;
    private final int @Nullable [] followers;

    /** Share of each prompt that is in the cache whatever happened before. */
    private final double cachedShare;

    /** The blocks of prompts by content: equal leading hashes mean equal leading tokens. */
    public static final class Hashes {

        private final int blockTokens;
        private final int[] starts;
        private final int[] ids;

        /**
         * Hashes of all requests.
         *
         * @param blockTokens tokens of one hashed block
         * @param starts where the hashes of each request begin, and at the end how many there are: requests + 1 numbers
         * @param ids of all blocks, request by request: numbers from 0, below the number of ids. A request may have
         *     more than its prompt fills; they are those of its answer
         */
        public Hashes(int blockTokens, int[] starts, int[] ids) {
            if (blockTokens < 1 || starts.length < 1 || starts[starts.length - 1] != ids.length) {
                throw new IllegalArgumentException("hashes of " + blockTokens + " tokens do not fit together: "
                        + starts.length + " starts for " + ids.length + " ids");
            }
            for (int id : ids) {
                if (id < 0 || id >= ids.length) {
                    throw new IllegalArgumentException("hash id " + id + "; expected 0 to " + (ids.length - 1));
                }
            }
            this.blockTokens = blockTokens;
            this.starts = starts.clone();
            this.ids = ids.clone();
        }

        /** Tokens of one block. */
        public int blockTokens() {
            return blockTokens;
        }

        /** Where the hashes of a request begin. */
        int start(int request) {
            return starts[request];
        }

        /** Where they end. */
        int end(int request) {
            return starts[request + 1];
        }

        int id(int index) {
            return ids[index];
        }

        /** How many there are. */
        public int size() {
            return ids.length;
        }

        private Hashes first(int requests) {
            Map<Integer, Integer> dense = new HashMap<>();
            int[] fewer = new int[starts[requests]];
            Arrays.setAll(fewer, i -> dense.computeIfAbsent(ids[i], _ -> dense.size()));
            return new Hashes(blockTokens, Arrays.copyOf(starts, requests + 1), fewer);
        }
    }

    /**
     * Requests of one class without shared prefixes, each at its own time.
     *
     * @param arrivals seconds, ascending
     * @param prompts tokens, at least 1
     * @param outputs tokens, at least 1
     */
    public static Requests of(double[] arrivals, int[] prompts, int[] outputs) {
        return new Requests(
                arrivals, prompts, outputs, new byte[arrivals.length], List.of(RequestClass.ALL), null, null);
    }

    /**
     * Requests.
     *
     * @param arrivals seconds; of a follower the pause after its predecessor's answer. Those that follow nobody ascend
     * @param prompts tokens, at least 1
     * @param outputs tokens, at least 1
     * @param classes index into {@code kinds}
     * @param kinds classes with their service levels
     * @param hashes of the prompts' blocks; null when nothing is known of them
     * @param followers request that follows each, or -1; a follower has a higher index; null when nobody follows
     */
    public Requests(
            double[] arrivals,
            int[] prompts,
            int[] outputs,
            byte[] classes,
            List<RequestClass> kinds,
            @Nullable Hashes hashes,
            int @Nullable [] followers) {
        this(arrivals, prompts, outputs, classes, kinds, hashes, followers, 0);
    }

    private Requests(
            double[] arrivals,
            int[] prompts,
            int[] outputs,
            byte[] classes,
            List<RequestClass> kinds,
            @Nullable Hashes hashes,
            int @Nullable [] followers,
            double cachedShare) {
        int count = arrivals.length;
        if (prompts.length != count || outputs.length != count || classes.length != count) {
            throw new IllegalArgumentException("columns of " + count + ", " + prompts.length + ", " + outputs.length
                    + " and " + classes.length + " requests; expected as many of each");
        }
        this.arrivals = arrivals.clone();
        this.prompts = prompts.clone();
        this.outputs = outputs.clone();
        this.classes = classes.clone();
        this.kinds = List.copyOf(kinds);
        this.hashes = hashes;
        this.followers = followers == null ? null : followers.clone();
        this.cachedShare = cachedShare;
        check();
    }

    private void check() {
        boolean[] follows = new boolean[size()];
        if (followers != null) {
            for (int i = 0; i < size(); i++) {
                int follower = followers[i];
                if (follower >= size() || (follower >= 0 && (follower <= i || follows[follower]))) {
                    throw new IllegalArgumentException(
                            "request " + i + " is followed by " + follower + "; expected a later one, followed once");
                }
                if (follower >= 0) {
                    follows[follower] = true;
                }
            }
        }
        double last = 0;
        for (int i = 0; i < size(); i++) {
            if (prompts[i] < 1 || outputs[i] < 1) {
                throw new IllegalArgumentException("request " + i + " has " + prompts[i] + " prompt and " + outputs[i]
                        + " output tokens; expected at least 1 of each");
            }
            if (!(arrivals[i] >= (follows[i] ? 0 : last))) {
                throw new IllegalArgumentException(
                        "request " + i + " arrives at " + arrivals[i] + " s, before the one ahead of it");
            }
            last = follows[i] ? last : arrivals[i];
        }
    }

    /** How many there are. */
    public int size() {
        return arrivals.length;
    }

    /** Seconds; of a follower the pause after its predecessor's answer. */
    public double arrival(int request) {
        return arrivals[request];
    }

    /** Tokens of the prompt. */
    public int prompt(int request) {
        return prompts[request];
    }

    /** Tokens of the answer. */
    public int output(int request) {
        return outputs[request];
    }

    /** Its class. */
    public RequestClass kind(int request) {
        return kinds.get(classes[request]);
    }

    /** Index of its class in {@link #kinds()}. */
    public int kindIndex(int request) {
        return classes[request];
    }

    /** All classes. */
    public List<RequestClass> kinds() {
        return kinds;
    }

    /** Hashes of the prompts' blocks; null when nothing is known of them. */
    public @Nullable Hashes hashes() {
        return hashes;
    }

    /** The request that follows when this one has been answered; -1 when none does. */
    public int follower(int request) {
        return followers == null ? -1 : followers[request];
    }

    /** Whether some requests wait for the answers of others. */
    public boolean closedLoop() {
        return followers != null;
    }

    /** Requests that follow nobody, ascending by arrival. */
    int[] leaders() {
        boolean[] follows = new boolean[size()];
        for (int i = 0; i < size(); i++) {
            if (follower(i) >= 0) {
                follows[follower(i)] = true;
            }
        }
        int[] leaders = new int[size()];
        int count = 0;
        for (int i = 0; i < size(); i++) {
            if (!follows[i]) {
                leaders[count++] = i;
            }
        }
        return Arrays.copyOf(leaders, count);
    }

    /** The same requests, all arrivals so many times as fast; pauses of followers stay. */
    public Requests faster(double factor) {
        double[] scaled = arrivals.clone();
        for (int leader : leaders()) {
            scaled[leader] /= factor;
        }
        return new Requests(scaled, prompts, outputs, classes, kinds, hashes, followers, cachedShare);
    }

    /** The same requests as one class with a service level. */
    public Requests as(RequestClass kind) {
        return new Requests(
                arrivals, prompts, outputs, new byte[size()], List.of(kind), hashes, followers, cachedShare);
    }

    /** The same requests; of each prompt a share is in the cache whatever happened before. */
    public Requests withCached(double share) {
        return new Requests(arrivals, prompts, outputs, classes, kinds, hashes, followers, share);
    }

    /** Tokens of a prompt that are in the cache whatever happened before; at least one token remains. */
    public int cached(int request) {
        return Math.min(prompts[request] - 1, (int) (prompts[request] * cachedShare));
    }

    /** The same requests, all classes promised the same. */
    public Requests promised(RequestClass promise) {
        List<RequestClass> same =
                kinds.stream().map(kind -> promise.named(kind.name())).toList();
        return new Requests(arrivals, prompts, outputs, classes, same, hashes, followers, cachedShare);
    }

    /** The first so many of the requests, or all; only where none follows another. */
    public Requests first(int count) {
        int kept = Math.min(count, size());
        if (followers != null) {
            throw new IllegalArgumentException("requests that follow each other cannot be cut");
        }
        @Nullable Hashes fewer = hashes == null ? null : hashes.first(kept);
        return new Requests(
                Arrays.copyOf(arrivals, kept),
                Arrays.copyOf(prompts, kept),
                Arrays.copyOf(outputs, kept),
                Arrays.copyOf(classes, kept),
                kinds,
                fewer,
                null,
                cachedShare);
    }

    /** The same prompts, each with one token to answer: what an engine for prompts does. */
    Requests promptsOnly() {
        int[] ones = new int[size()];
        Arrays.fill(ones, 1);
        return new Requests(arrivals, prompts, ones, classes, kinds, hashes, followers, cachedShare);
    }

    /** Some of the requests, in another order, at other times. */
    Requests at(int[] chosen, double[] times) {
        int[] itsPrompts = new int[chosen.length];
        int[] itsOutputs = new int[chosen.length];
        byte[] itsClasses = new byte[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            itsPrompts[i] = prompts[chosen[i]];
            itsOutputs[i] = outputs[chosen[i]];
            itsClasses[i] = classes[chosen[i]];
        }
        return new Requests(times, itsPrompts, itsOutputs, itsClasses, kinds, null, null);
    }

    /** Requests per second between the first and the last arrival. */
    public double rate() {
        int[] leaders = leaders();
        double span = leaders.length < 2 ? 0 : arrivals[leaders[leaders.length - 1]] - arrivals[leaders[0]];
        return span > 0 ? (size() - 1) / span : Double.NaN;
    }

    /** Mean prompt, tokens. */
    public double meanPrompt() {
        return Arrays.stream(prompts).average().orElse(Double.NaN);
    }

    /** Mean answer, tokens. */
    public double meanOutput() {
        return Arrays.stream(outputs).average().orElse(Double.NaN);
    }
}
