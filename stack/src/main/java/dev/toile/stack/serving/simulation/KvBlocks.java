package dev.toile.stack.serving.simulation;

import dev.toile.stack.serving.simulation.Requests.Hashes;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one KV cache: free, held by one sequence, or shared through the prefix cache.
 *
 * <p>{@code total = free + held by one + on the device in the prefix cache}, at all times.
 */
final class KvBlocks {

    private final EngineSettings settings;
    private final int[] pinned;
    private final int perHash;
    private final @Nullable PrefixCache cache;
    private int free;

    /**
     * All free.
     *
     * @param settings of the engine
     * @param hashes of the requests' blocks; null when nothing is known of them
     * @param pinned leading hash blocks that each request holds, kept here
     */
    KvBlocks(EngineSettings settings, @Nullable Hashes hashes, int[] pinned) {
        this.settings = settings;
        this.pinned = pinned;
        free = settings.blocks();
        if (settings.prefixCache() && hashes != null) {
            if (hashes.blockTokens() % settings.blockTokens() != 0) {
                throw new IllegalArgumentException("hashes of " + hashes.blockTokens()
                        + " tokens; expected a multiple of the " + settings.blockTokens() + " of a block");
            }
            perHash = hashes.blockTokens() / settings.blockTokens();
            cache = new PrefixCache(hashes, settings.hostTier().blocks() / perHash);
        } else {
            perHash = 1;
            cache = null;
        }
    }

    @Nullable
    PrefixCache cache() {
        return cache;
    }

    int free() {
        return free;
    }

    /** Blocks that running sequences hold, shared ones counted once. */
    int held() {
        return settings.blocks() - free - (cache == null ? 0 : cache.evictable() * perHash);
    }

    /** Takes blocks, from the prefix cache when too few are free; takes none and says no when there are too few. */
    boolean take(int blocks) {
        if (blocks > free) {
            if (cache == null || blocks > free + cache.evictable() * perHash) {
                return false;
            }
            while (blocks > free) {
                cache.evict();
                free += perHash;
            }
        }
        free -= blocks;
        return true;
    }

    /** Leading hash blocks of a request, within so many tokens, that need not be computed. */
    int hits(int request, int tokens) {
        return cache == null ? 0 : cache.hits(request, tokens / cache.blockTokens());
    }

    /** Tokens in so many hash blocks. */
    int tokens(int hits) {
        return cache == null ? 0 : hits * cache.blockTokens();
    }

    /**
     * Takes the blocks that a request begins with.
     *
     * @param request that begins
     * @param hits hash blocks of it that are in the prefix cache
     * @param whole blocks it has then, shared ones included
     * @return hash blocks that come from host memory; -1 when there is no room
     */
    int begin(int request, int hits, int whole) {
        if (cache == null) {
            return take(whole) ? 0 : -1;
        }
        int here = cache.hold(request, hits);
        if (!take(whole - here * perHash)) {
            cache.letGo(request, hits);
            return -1;
        }
        cache.bring(request, hits);
        pinned[request] = hits;
        return hits - here;
    }

    /** Counts a look-up of a whole prompt. */
    void count(int request, int promptTokens, int hits, int fromHost) {
        if (cache != null) {
            cache.count(cache.blocks(request, promptTokens / cache.blockTokens()), hits - fromHost, fromHost);
        }
    }

    /** Blocks of a sequence of so many computed tokens can be shared from now on. */
    void share(int request, int tokens) {
        if (cache != null) {
            int whole = cache.blocks(request, tokens / cache.blockTokens());
            if (whole > pinned[request]) {
                give(cache.insert(request, pinned[request], whole) * perHash);
                pinned[request] = whole;
            }
        }
    }

    /** Gives back all blocks of a sequence; shared ones stay until they are evicted. */
    void release(int request, int whole) {
        if (cache != null) {
            cache.letGo(request, pinned[request]);
            give(whole - pinned[request] * perHash);
            pinned[request] = 0;
        } else {
            give(whole);
        }
    }

    /** Blocks of host memory that so many hash blocks take. */
    int hostBlocks(int hashBlocks) {
        return hashBlocks * perHash;
    }

    private void give(int blocks) {
        free += blocks;
        if (free > settings.blocks() || blocks < 0) {
            throw new IllegalStateException(
                    "after giving back " + blocks + " blocks " + free + " of " + settings.blocks() + " are free");
        }
    }
}
