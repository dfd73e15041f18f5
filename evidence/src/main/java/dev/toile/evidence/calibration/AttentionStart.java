package dev.toile.evidence.calibration;

import dev.toile.stack.mapping.attention.AbsorbedConstants;
import dev.toile.stack.mapping.attention.AttentionConstants;
import dev.toile.stack.mapping.attention.Dispatch;
import dev.toile.stack.mapping.attention.GroupedConstants;
import dev.toile.stack.mapping.attention.LatentDecodeConstants;
import dev.toile.stack.mapping.attention.PerHeadConstants;
import dev.toile.stack.mapping.attention.PrefillConstants;
import java.util.List;

/**
 * Where the fits of attention constants begin: what a generation's software does, as its public source and the tables
 * tell, and round numbers for all that a fit may move.
 *
 * @param id of the generation
 * @param chip whose tables are fitted
 * @param constants to begin with
 * @param frozen paths of constants that stay, since this software has no such mechanism, the tables cannot tell, or a fit of
 *     them earned less than 0.3 points of mean error
 */
record AttentionStart(String id, String chip, AttentionConstants constants, List<String> frozen) {

    private static final PrefillConstants.Masked NO_MASK = new PrefillConstants.Masked(0, 1, 1);

    static List<AttentionStart> all() {
        return List.of(ampere(), hopper(), blackwell());
    }

    /** One dim in the tables, so exponentials and products cannot be told apart: one exponential per score. */
    private static AttentionStart ampere() {
        return new AttentionStart(
                "ampere",
                "a100-sxm",
                new AttentionConstants(
                        new Dispatch(false, 32, false, 4, false, 0, 0),
                        prefill(1000, 0),
                        null,
                        perHead(1),
                        inWaves(128, 0, false),
                        null,
                        null,
                        null,
                        latentPrefill(),
                        new LatentDecodeConstants.Unsplit(1.4, 4e-6, 5000, 0.4),
                        absorbed(0),
                        null),
                List.of(
                        "prefill.exponentials",
                        "latentPrefill.exponentials",
                        "prefill.eight",
                        "latentPrefill.eight",
                        "latentPrefill.tileCycles",
                        "latentPrefill.sixteen.queryPasses",
                        "absorbed.cacheShare",
                        "absorbed.tileCycles",
                        "perHead.eight",
                        "grouped.shortFloor",
                        "grouped.crowding",
                        "favoured",
                        "masked",
                        "absorbed.quantisePasses"));
    }

    private static AttentionStart hopper() {
        return new AttentionStart(
                "hopper",
                "h100-sxm",
                new AttentionConstants(
                        new Dispatch(true, 32, false, 4, false, 0, 0),
                        hopperPrefill(),
                        null,
                        perHead(2),
                        inWaves(64, 0.25, true),
                        hopperEight(),
                        null,
                        null,
                        latentPrefill(),
                        split(64, 64, 0, false),
                        absorbed(0),
                        absorbed(1.5)),
                List.of(
                        "latentPrefill.tileCycles",
                        "latentPrefill.favoured",
                        "latentPrefill.masked",
                        "latentPrefill.sixteen.queryPasses",
                        "latentPrefill.exponentials",
                        "grouped.shortFloor",
                        "groupedEight.crowding",
                        "groupedEight.stream",
                        "absorbed.cacheShare",
                        "absorbed.write",
                        "absorbedEight.read",
                        "absorbedEight.write",
                        "latentDecode.cacheShare",
                        "latentDecode.sixteen.tensor",
                        "absorbed.quantisePasses",
                        "absorbed.tileCycles"));
    }

    private static AttentionStart blackwell() {
        GroupedConstants grouped =
                new GroupedConstants(1e-5, 0, 2500, 1, 0, 200, 0.9, 0.6, 0, 200, 0.5, 128, false, false);
        return new AttentionStart(
                "blackwell",
                "b200-sxm",
                new AttentionConstants(
                        new Dispatch(true, 32, true, 0, false, 512, 256),
                        prefill(1500, 0),
                        otherPrefill(),
                        perHead(2),
                        grouped,
                        grouped,
                        grouped,
                        grouped,
                        latentPrefill(),
                        split(256, 16, 64, true),
                        absorbed(0),
                        null),
                List.of(
                        "favoured",
                        "masked",
                        "latentPrefill.tileCycles",
                        "prefill.exponentials",
                        "otherPrefill.exponentials",
                        "otherPrefill.sixteen.queryPasses",
                        "otherPrefill.sixteen.tensor",
                        "otherPrefill.tileCycles",
                        "otherPrefill.sequenceCycles",
                        "otherPrefill.tail",
                        "latentPrefill.exponentials",
                        "latentPrefill.sixteen.queryPasses",
                        "latentDecode.sixteen.tensor",
                        "latentDecode.eight.tensor",
                        "shortFloor",
                        "crowding",
                        "rate",
                        "grouped.stream",
                        "groupedEight.stream",
                        "otherGrouped.stream",
                        "otherGroupedEight.stream",
                        "partCycles",
                        "otherGrouped.elementCycles",
                        "otherGroupedEight.elementCycles",
                        "absorbed.cacheShare",
                        "absorbed.write",
                        "absorbed.quantisePasses"));
    }

    private static PrefillConstants prefill(double tileCycles, int favoured) {
        return new PrefillConstants(
                new PrefillConstants.Format(1.2e-5, 2.5, 0.7),
                new PrefillConstants.Format(1.4e-5, 2, 0.55),
                2,
                1,
                tileCycles,
                3000,
                1.1,
                NO_MASK,
                0,
                0,
                favoured,
                favoured == 0 ? 0 : 1e-5,
                favoured == 0 ? 0 : 2000);
    }

    /** Long vectors: few rows, which tell little but the launch. */
    private static PrefillConstants otherPrefill() {
        return new PrefillConstants(
                new PrefillConstants.Format(1.2e-5, 2, 0.7),
                new PrefillConstants.Format(1.4e-5, 2, 0.55),
                2,
                1,
                0,
                4000,
                1,
                NO_MASK,
                0,
                0,
                0,
                0,
                0);
    }

    /** Vectors of 192 are padded to 256 in 8 bit; windows under 1024 run kernels that mask every score. */
    private static PrefillConstants hopperPrefill() {
        PrefillConstants plain = prefill(1500, 128);
        return new PrefillConstants(
                plain.sixteen(),
                plain.eight(),
                plain.keyPasses(),
                plain.exponentials(),
                plain.tileCycles(),
                plain.sequenceCycles(),
                plain.tail(),
                new PrefillConstants.Masked(1024, 3, 6),
                192,
                256,
                plain.favoured(),
                plain.favouredFloor(),
                plain.favouredSequenceCycles());
    }

    private static PerHeadConstants perHead(int crowd) {
        return new PerHeadConstants(9e-6, 1.2, 4000, 8000, 65_536, 2300, 1100, 8900, 10_000, crowd, 0.35, 0.9);
    }

    private static GroupedConstants inWaves(int leastTokens, double crowding, boolean whole) {
        return new GroupedConstants(6e-6, 0, 3000, 1, crowding, 20, 0.9, 0.45, 2000, 300, 1, leastTokens, whole, true);
    }

    /** The 8-bit kernel for groups: a launch of its own for short vectors, and at least one wave. */
    private static GroupedConstants hopperEight() {
        return new GroupedConstants(6e-6, 3e-6, 3000, 1, 0, 20, 0.9, 0.45, 2000, 300, 1, 64, false, false);
    }

    /** Expanded queries, keys and values are read once in 16 bit. */
    private static PrefillConstants latentPrefill() {
        PrefillConstants p = prefill(0, 0);
        return new PrefillConstants(
                new PrefillConstants.Format(1.4e-5, 1, 0.7),
                p.eight(),
                1,
                1,
                0,
                p.sequenceCycles(),
                p.tail(),
                NO_MASK,
                0,
                0,
                0,
                0,
                0);
    }

    private static LatentDecodeConstants split(int from, int narrow, int wideFrom, boolean overlapped) {
        LatentDecodeConstants.Format format = new LatentDecodeConstants.Format(6000, 150, 0.7);
        return new LatentDecodeConstants.Split(
                1000, 1e-5, from, 0.9, format, format, 0.3, 0.45, narrow, wideFrom, overlapped);
    }

    private static AbsorbedConstants absorbed(double quantisePasses) {
        return new AbsorbedConstants(5e-6, 0.5, 600, 0.85, 0.75, 0.6, quantisePasses);
    }
}
