package dev.toile.stack.serving.simulation;

/**
 * What the prefix caches found, in blocks of the hashes.
 *
 * @param lookedUp whole blocks of prompts
 * @param onDevice of these, on the accelerators
 * @param inHost of these, in host memory
 */
public record PrefixHits(long lookedUp, long onDevice, long inHost) {

    static PrefixHits of(Scheduler[] schedulers) {
        long lookedUp = 0;
        long onDevice = 0;
        long inHost = 0;
        for (Scheduler scheduler : schedulers) {
            PrefixCache cache = scheduler.blocks().cache();
            if (cache != null) {
                lookedUp += cache.lookedUp();
                onDevice += cache.deviceHits();
                inHost += cache.hostHits();
            }
        }
        return new PrefixHits(lookedUp, onDevice, inHost);
    }

    /** Share of the blocks that were found in either tier; 0 where nothing was looked up. */
    public double share() {
        return lookedUp == 0 ? 0 : (double) (onDevice + inHost) / lookedUp;
    }
}
