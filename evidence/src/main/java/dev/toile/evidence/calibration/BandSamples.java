package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.Certainty;
import dev.toile.evidence.Comparison;
import dev.toile.evidence.KernelPredictions;
import dev.toile.evidence.Prediction;
import dev.toile.evidence.RowTable;
import dev.toile.stack.mapping.band.OperationClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What predictions made of measured calls, with a chip's own constants and with those of other generations.
 *
 * @param samples of all tables, in their order
 */
record BandSamples(List<Sample> samples) {

    /** A generation that was measured, by the chip that speaks for it. */
    enum Measured {
        AMPERE("ampere", "a100-sxm"),
        HOPPER("hopper", "h100-sxm"),
        BLACKWELL("blackwell", "b200-sxm");

        private final String generation;
        private final String chip;

        Measured(String generation, String chip) {
            this.generation = generation;
            this.chip = chip;
        }

        String generation() {
            return generation;
        }

        String chip() {
            return chip;
        }

        String profile() {
            return "tensorrt-llm-" + generation;
        }

        /** Whether nothing came between. */
        boolean neighbours(Measured other) {
            return Math.abs(ordinal() - other.ordinal()) == 1;
        }
    }

    private static final List<String> TABLES = List.of(
            "gemm",
            "attention_context",
            "attention_generation",
            "mla_context",
            "mla_generation",
            "mla_bmm",
            "moe",
            "comm");

    /**
     * One call.
     *
     * @param on the chip that ran it
     * @param constants of which generation
     * @param of its class
     * @param configuration what a split keeps together
     * @param keptOut whether no constant of the chip was fitted to it
     * @param log of measured over predicted
     */
    record Sample(
            Measured on, Measured constants, OperationClass of, String configuration, boolean keptOut, double log) {

        boolean own() {
            return on == constants;
        }
    }

    BandSamples {
        samples = List.copyOf(samples);
    }

    /** Whether a folder has all tables that this reads. */
    static boolean areIn(Path folder) {
        for (Measured each : Measured.values()) {
            for (String table : TABLES) {
                if (!Files.isRegularFile(file(folder, each, table))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Path file(Path folder, Measured of, String table) {
        return folder.resolve(of.chip().replace('-', '_') + "_" + table + ".csv");
    }

    /** Predicts every row of the tables in a folder under every generation's constants. */
    static BandSamples read(Path folder, Catalog catalog) throws BadInput {
        List<Sample> samples = new ArrayList<>();
        for (Measured on : Measured.values()) {
            for (String name : TABLES) {
                RowTable table = RowTable.read(file(folder, on, name));
                for (Measured constants : Measured.values()) {
                    add(samples, on, constants, KernelPredictions.under(table, catalog, constants.profile()));
                }
            }
        }
        return new BandSamples(samples);
    }

    private static void add(List<Sample> samples, Measured on, Measured constants, Comparison comparison) {
        for (Prediction each : comparison.predictions()) {
            if (each.compares()) {
                Certainty known = Objects.requireNonNull(each.certainty());
                boolean keptOut = Split.keptOut(known.configuration());
                samples.add(new Sample(on, constants, known.of(), known.configuration(), keptOut, -each.logRatio()));
            }
        }
    }

    /** The samples of which something holds. */
    List<Sample> where(Predicate<Sample> wanted) {
        return samples.stream().filter(wanted).toList();
    }
}
