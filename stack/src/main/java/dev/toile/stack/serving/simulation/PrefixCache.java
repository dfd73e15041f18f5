package dev.toile.stack.serving.simulation;

import dev.toile.stack.serving.simulation.Requests.Hashes;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of prompts kept for prompts that begin alike: by hash, with reference counts, the least recently used leaving
 * first, into a second tier where there is one (Kwon et al., "PagedAttention", SOSP 2023; Zheng et al., "SGLang",
 * arXiv:2312.07104, for reuse across requests).
 *
 * <p>Blocks are those of the hashes. Of a request that leaves, the last block is the first to be evicted.
 */
public final class PrefixCache {

    private static final byte ABSENT = 0;
    private static final byte DEVICE = 1;
    private static final byte HOST = 2;

    private final Hashes hashes;
    private final byte[] tier;
    private final int[] references;
    private final LinkedRequests idle;
    private final @Nullable LinkedRequests host;
    private final int hostCapacity;

    private long deviceHits;
    private long hostHits;
    private long lookedUp;

    /**
     * An empty cache.
     *
     * @param hashes of all requests
     * @param hostCapacity blocks of the second tier; 0 for none
     */
    public PrefixCache(Hashes hashes, int hostCapacity) {
        this.hashes = hashes;
        int count = hashes.size();
        tier = new byte[count];
        references = new int[count];
        int[] next = new int[count];
        int[] previous = new int[count];
        idle = new LinkedRequests(next, previous);
        // A block is idle or in host memory, never both: the lists may share their links.
        host = hostCapacity > 0 ? new LinkedRequests(next, previous) : null;
        this.hostCapacity = hostCapacity;
    }

    /** Leading blocks of a request, of at most so many, that are in either tier. */
    int hits(int request, int most) {
        int start = hashes.start(request);
        int end = Math.min(start + most, hashes.end(request));
        int at = start;
        while (at < end && tier[hashes.id(at)] != ABSENT) {
            at++;
        }
        return at - start;
    }

    /** Hashed blocks that a request has, of at most so many. */
    int blocks(int request, int most) {
        return Math.min(most, hashes.end(request) - hashes.start(request));
    }

    /** Holds those of the first blocks of a request that are on the device. */
    int hold(int request, int count) {
        int start = hashes.start(request);
        int held = 0;
        for (int i = start; i < start + count; i++) {
            int id = hashes.id(i);
            if (tier[id] == DEVICE) {
                hold(id);
                held++;
            }
        }
        return held;
    }

    private void hold(int id) {
        if (references[id]++ == 0) {
            idle.remove(id);
        }
    }

    /** Undoes {@link #hold(int, int)}. */
    void letGo(int request, int count) {
        int start = hashes.start(request);
        for (int i = start + count - 1; i >= start; i--) {
            if (tier[hashes.id(i)] == DEVICE) {
                letGo(hashes.id(i));
            }
        }
    }

    private void letGo(int id) {
        if (--references[id] == 0) {
            idle.addLast(id);
        }
    }

    /** Brings those of the first blocks of a request that are not on the device there, and holds them. */
    void bring(int request, int count) {
        int start = hashes.start(request);
        for (int i = start; i < start + count; i++) {
            int id = hashes.id(i);
            if (tier[id] != DEVICE) {
                put(id);
            }
        }
    }

    private void put(int id) {
        if (tier[id] == HOST && host != null) {
            host.remove(id);
        }
        tier[id] = DEVICE;
        references[id] = 1;
    }

    /** Counts what a request looked up and found. */
    void count(int blocks, int onDevice, int inHost) {
        lookedUp += blocks;
        deviceHits += onDevice;
        hostHits += inHost;
    }

    /**
     * Adds blocks of a request that have been computed, and holds them.
     *
     * @return how many were on the device already, so that one copy of them can go
     */
    int insert(int request, int from, int to) {
        int start = hashes.start(request);
        int already = 0;
        for (int i = start + from; i < start + to; i++) {
            int id = hashes.id(i);
            if (tier[id] == DEVICE) {
                hold(id);
                already++;
            } else {
                put(id);
            }
        }
        return already;
    }

    /** Blocks that nobody holds. */
    int evictable() {
        return idle.size();
    }

    /** Evicts the block that nobody has held for longest. */
    void evict() {
        int id = idle.first();
        idle.remove(id);
        tier[id] = ABSENT;
        if (host != null) {
            if (host.size() == hostCapacity) {
                int oldest = host.first();
                host.remove(oldest);
                tier[oldest] = ABSENT;
            }
            host.addLast(id);
            tier[id] = HOST;
        }
    }

    /** Tokens of a block. */
    public int blockTokens() {
        return hashes.blockTokens();
    }

    /** Blocks that requests looked up. */
    public long lookedUp() {
        return lookedUp;
    }

    /** Of these, found on the device. */
    public long deviceHits() {
        return deviceHits;
    }

    /** Of these, found in host memory. */
    public long hostHits() {
        return hostHits;
    }

    /** Serves requests in order from a cache without bounds: the share of all blocks that were there already. */
    public static double unboundedHitRate(Requests requests) {
        Hashes hashes = requests.hashes();
        if (hashes == null) {
            return 0;
        }
        PrefixCache cache = new PrefixCache(hashes, 0);
        for (int i = 0; i < requests.size(); i++) {
            int all = cache.blocks(i, Integer.MAX_VALUE);
            cache.count(all, cache.hits(i, all), 0);
            cache.insert(i, 0, all);
        }
        return (double) cache.deviceHits / cache.lookedUp;
    }
}
