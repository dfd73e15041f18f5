package dev.toile.stack.mapping.attention;

import org.jspecify.annotations.Nullable;

/**
 * Constants of all attention kernels of a software stack on a generation of chips.
 *
 * @param dispatch which kernel runs for which shape
 * @param prefill over prompts
 * @param otherPrefill over prompts with long vectors; null where the main kernels take all
 * @param perHead decoding, one CTA per query head
 * @param grouped decoding, query heads in groups, 16-bit cache
 * @param groupedEight the same, 8-bit cache; null where such a cache runs as 16 bit
 * @param otherGrouped decoding with long vectors, 16-bit cache
 * @param otherGroupedEight the same, 8-bit cache
 * @param latentPrefill over prompts whose keys and values were expanded from latents
 * @param latentDecode over latents
 * @param absorbed products around it in 16 bit
 * @param absorbedEight the same in 8 bit; null where such products run in 16 bit
 */
public record AttentionConstants(
        Dispatch dispatch,
        PrefillConstants prefill,
        @Nullable PrefillConstants otherPrefill,
        PerHeadConstants perHead,
        GroupedConstants grouped,
        @Nullable GroupedConstants groupedEight,
        @Nullable GroupedConstants otherGrouped,
        @Nullable GroupedConstants otherGroupedEight,
        PrefillConstants latentPrefill,
        LatentDecodeConstants latentDecode,
        AbsorbedConstants absorbed,
        @Nullable AbsorbedConstants absorbedEight) {}
