package dev.toile.stack.mapping.band;

import dev.toile.stack.figure.Constant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the laws' predictions were from measurements, as their calibration found it. Classes and transfers are named by
 * {@link OperationClass#names()}: the law alone, then with the regime, then with the formats.
 *
 * @param generations of chips that were measured, by name, such as {@code hopper}
 * @param transfer log half-width of the errors on a chip one generation away from the one that gave the constants, by
 *     law, and by law and regime
 * @param otherFormats the same in formats that the generation of the constants has no kernels for, by law
 * @param unmeasured the same of all laws together: for calls like which none was measured
 */
public record BandTable(
        SequencedMap<String, Generation> generations,

        @Constant(unit = "1", meaning = "log half-width on a chip one generation away", fitted = false)
        SequencedMap<String, Double> transfer,

        @Constant(unit = "1", meaning = "log half-width in formats that were not measured", fitted = false)
        SequencedMap<String, Double> otherFormats,

        @Constant(unit = "1", meaning = "log half-width where nothing alike was measured", fitted = false)
        double unmeasured) {

    /** Makes the maps unmodifiable. */
    public BandTable {
        generations = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(generations));
        transfer = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(transfer));
        otherFormats = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(otherFormats));
    }

    /**
     * What was measured of one generation.
     *
     * @param chip id of the chip that speaks for it
     * @param formats that each law was measured in
     * @param classes residuals, the widest classes first
     */
    public record Generation(
            String chip, SequencedMap<String, List<String>> formats, SequencedMap<String, Residual> classes) {

        /** Makes the maps unmodifiable. */
        public Generation {
            formats = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(formats));
            classes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(classes));
        }

        /** Whether calls of the law were measured in the formats of a class. */
        boolean measured(OperationClass of) {
            return formats.getOrDefault(of.law(), List.of()).contains(of.formats());
        }
    }

    /**
     * Where measurements of a class lay.
     *
     * @param low 10th percentile of measured over predicted, at most 1
     * @param high 90th percentile, at least 1
     * @param rows that say so
     * @param configurations among them
     */
    public record Residual(
            @Constant(unit = "1", meaning = "10th percentile of measured over predicted", fitted = false)
            double low,

            @Constant(unit = "1", meaning = "90th percentile of measured over predicted", fitted = false)
            double high,

            int rows,
            int configurations) {}

    /** The log half-width of a transfer for a class: by its regime where that is known, else by its law. */
    double transferOf(OperationClass of) {
        for (String name : of.names().reversed()) {
            @Nullable Double half = transfer.get(name);
            if (half != null) {
                return half;
            }
        }
        return unmeasured;
    }

    /** The log half-width of a class in formats that were not measured. */
    double otherFormatsOf(OperationClass of) {
        Map<String, Double> known = otherFormats;
        return known.getOrDefault(of.law(), unmeasured);
    }
}
