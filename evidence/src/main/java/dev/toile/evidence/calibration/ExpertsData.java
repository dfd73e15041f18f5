package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.ExpertRows;
import dev.toile.evidence.RowTable;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.mapping.experts.ExpertsConstants;
import dev.toile.stack.mapping.experts.ExpertsLaw;
import dev.toile.stack.mapping.experts.ExpertsProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Measured calls of experts, with the law of each.
 *
 * @param rows of all tables, in their order
 */
record ExpertsData(List<Sample> rows) {

    private static final Provenance NONE = Provenance.all(Source.definition("under calibration"));

    /**
     * One measured call.
     *
     * @param generation of the chip
     * @param chip that ran it
     * @param row what ran
     * @param seconds measured
     * @param keptOut from fits
     */
    record Sample(String generation, Chip chip, ExpertRows.Row row, double seconds, boolean keptOut) {

        /** Power-law rows are scored apart from balanced ones. */
        String spread() {
            return row.experts().routing().alpha() == 0 ? "balanced" : "power law";
        }
    }

    /** Reads {@code CHIP_moe.csv} of a folder for the chips that were measured. */
    static ExpertsData read(Path folder, Catalog catalog) throws BadInput {
        SequencedMap<String, String> chips = new LinkedHashMap<>();
        chips.put("ampere", "a100-sxm");
        chips.put("hopper", "h100-sxm");
        chips.put("blackwell", "b200-sxm");
        List<Sample> samples = new ArrayList<>();
        for (Map.Entry<String, String> entry : chips.entrySet()) {
            String generation = entry.getKey();
            String id = entry.getValue();
            Chip chip = catalog.chip(id);
            RowTable table = RowTable.read(folder.resolve(id.replace('-', '_') + "_moe.csv"));
            for (ExpertRows.Row row : ExpertRows.of(table)) {
                samples.add(new Sample(generation, chip, row, row.seconds(), Split.keptOut(row.configuration())));
            }
        }
        return new ExpertsData(List.copyOf(samples));
    }

    /** Every n-th row of a side. */
    List<Sample> side(boolean keptOut, int every) {
        List<Sample> side = rows.stream().filter(s -> s.keptOut() == keptOut).toList();
        List<Sample> some = new ArrayList<>();
        for (int i = 0; i < side.size(); i += every) {
            some.add(side.get(i));
        }
        return some;
    }

    /** Predicts samples with changing constants; the draws of power laws are made once. */
    static final class Predictor {
        private final Map<String, ExpertsLaw> laws = new HashMap<>();

        /** Seconds of each sample. */
        double[] predict(ExpertsConstants constants, List<Sample> samples) {
            Map<String, ExpertsLaw> now = new HashMap<>();
            double[] seconds = new double[samples.size()];
            for (int i = 0; i < seconds.length; i++) {
                Sample s = samples.get(i);
                String key = s.generation() + " " + s.row().kernel();
                ExpertsLaw law = now.get(key);
                if (law == null) {
                    ExpertsProfile profile = ExpertsProfile.of(constants, s.generation(), "", NONE);
                    ExpertsLaw known = laws.get(key);
                    law = known == null
                            ? new ExpertsLaw(s.chip(), profile, s.row().kernel())
                            : known.with(profile);
                    now.put(key, law);
                    if (known == null) {
                        laws.put(key, law);
                    }
                }
                seconds[i] = law.seconds(s.row().experts());
            }
            return seconds;
        }
    }
}
