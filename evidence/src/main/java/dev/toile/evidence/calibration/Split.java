package dev.toile.evidence.calibration;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Which configurations are kept out of every fit: one in five, whole, by a hash of what names them. */
public final class Split {

    private Split() {}

    /**
     * Whether a configuration is kept out.
     *
     * @param configuration what does not vary within it, such as {@code n=4096,k=14336} of matrix products or the heads
     *     of attention
     */
    public static boolean keptOut(String configuration) {
        return hash(configuration) % 5 == 0;
    }

    /** A number that looks random and is always the same. */
    static long hash(String configuration) {
        CRC32 hash = new CRC32();
        hash.update(configuration.getBytes(StandardCharsets.UTF_8));
        return hash.getValue();
    }
}
