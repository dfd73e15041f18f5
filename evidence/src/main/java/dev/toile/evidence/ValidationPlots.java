package dev.toile.evidence;

import dev.toile.evidence.plot.ErrorPlot;
import dev.toile.evidence.plot.TimePlot;
import dev.toile.stack.mapping.band.Band;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/** The plots of a page of validation: for each kind of operation its times, and its errors with their bands. */
final class ValidationPlots {

    private static final int MOST_CHIPS = 3;

    private final SequencedMap<String, String> files = new LinkedHashMap<>();
    private final SequencedMap<String, List<Prediction>> sets = new LinkedHashMap<>();

    /** Adds rows of a kind, if they have bands. */
    void add(String title, Comparison comparison) {
        List<Prediction> banded =
                comparison.predictions().stream().filter(Prediction::hasBand).toList();
        if (!banded.isEmpty()) {
            sets.computeIfAbsent(title, _ -> new ArrayList<>()).addAll(banded);
        }
    }

    /** SVG by file name. */
    SequencedMap<String, String> files() {
        return files;
    }

    /** Draws all; the Markdown that shows them, side by side in a window and one below the other on a phone. */
    String draw(String folder) {
        StringBuilder text = new StringBuilder();
        sets.forEach((title, rows) -> {
            SequencedMap<String, List<Prediction>> chips = chips(rows);
            if (chips.size() <= MOST_CHIPS) {
                String slug = title.toLowerCase(Locale.ROOT).replace(' ', '-');
                files.put(slug + "-time.svg", TimePlot.of(title, chips, mean(rows, false), mean(rows, true)));
                files.put(slug + "-error.svg", ErrorPlot.of(title, kept(rows), respects()));
                text.append(image(title + ": predicted against measured", folder, slug + "-time.svg"))
                        .append(image(title + ": errors and bands", folder, slug + "-error.svg"))
                        .append('\n');
            }
        });
        return text.toString();
    }

    /** Not as Markdown, which cannot say that the heads stand at one height. */
    private static String image(String says, String folder, String file) {
        return "<img alt=\"%s\" src=\"%s/%s\" align=\"top\">\n".formatted(says, folder, file);
    }

    private static SequencedMap<String, List<Prediction>> chips(List<Prediction> rows) {
        SequencedMap<String, List<Prediction>> chips = new LinkedHashMap<>();
        for (Prediction each : rows) {
            String system = each.groups().getOrDefault("system", "");
            String name = system.replaceFirst("_sxm$", "").toUpperCase(Locale.ROOT);
            chips.computeIfAbsent(name, _ -> new ArrayList<>()).add(each);
        }
        return chips;
    }

    /** Rows that fitted no constant; all of them when there are none such. */
    private static List<Prediction> kept(List<Prediction> rows) {
        List<Prediction> kept = rows.stream().filter(Prediction::keptOut).toList();
        return kept.isEmpty() ? rows : kept;
    }

    private static SequencedMap<String, String> respects() {
        SequencedMap<String, String> respects = new LinkedHashMap<>();
        respects.put("system", "Chip");
        respects.put("bound by", "Bound by");
        respects.put("dtype", "Format");
        respects.put("kv_dtype", "Format of the cache");
        respects.put("op", "Operation");
        respects.put("distribution", "Routing");
        respects.put("size", "Size");
        return respects;
    }

    /** Geometric mean of one end of the bands. */
    private static double mean(List<Prediction> rows, boolean high) {
        double sum = 0;
        for (Prediction each : rows) {
            Band band = Objects.requireNonNull(
                    Objects.requireNonNull(each.certainty()).band());
            sum += high ? band.logHigh() : -band.logLow();
        }
        return Math.exp(sum / rows.size());
    }
}
