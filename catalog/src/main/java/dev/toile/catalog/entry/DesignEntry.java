package dev.toile.catalog.entry;

import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Doc;
import dev.toile.catalog.bind.Range;
import dev.toile.catalog.bind.Unit;
import java.util.List;

/**
 * One chip described by its parts in {@code designs.yaml}, in the words of a study's {@code build}.
 *
 * @param name of the chip
 * @param about what it is for
 * @param sources where its parts are stated
 * @param chip its parts
 * @param volume packages over which the one-time cost is spread
 */
@Doc("A chip described by its parts")
public record DesignEntry(
        String name,
        String about,
        List<String> sources,
        ChipSpec chip,

        @Unit("1") @Range(min = 1, max = 1e9) @Default("100 k")
        double volume) {}
