package dev.toile.evidence.calibration;

import dev.toile.catalog.text.BadInput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the constants of one family of operations from tables of measurements. The same tables give the same constants.
 *
 * @param family what is calibrated, such as {@code matmul}; the file of the catalog is called the same
 * @param fit fits, tells both sides of every fit in lines, and gives the file of the catalog, whole
 * @param ablate takes out each constant in turn, and carries those of one generation to the chip of another; takes minutes
 */
public record Calibration(String family, Fitting fit, Study ablate) {

    /** Fits to a folder of tables. */
    @FunctionalInterface
    public interface Fitting {

        /**
         * The file of the catalog.
         *
         * @param measured folder of the tables
         * @param log told both sides of every fit, in lines
         * @throws BadInput when a table is missing or cannot be understood
         */
        String file(Path measured, PrintWriter log) throws BadInput;
    }

    /** Studies what a fit rests on. */
    @FunctionalInterface
    public interface Study {

        /**
         * Runs it.
         *
         * @param measured folder of the tables
         * @param out told what each constant costs, in lines
         * @throws BadInput when a table is missing or cannot be understood
         */
        void print(Path measured, PrintWriter out) throws BadInput;
    }

    /** All of them, by name of the family. */
    public static List<Calibration> all() {
        return List.of(
                new Calibration("attention", AttentionCalibration::fit, AttentionCalibration::ablate),
                new Calibration("collectives", CollectivesCalibration::fit, CollectivesCalibration::ablate),
                new Calibration("eager", EagerCalibration::fit, EagerCalibration::ablate),
                new Calibration("experts", ExpertsCalibration::fit, ExpertsCalibration::ablate),
                new Calibration("matmul", MatmulCalibration::fit, MatmulCalibration::ablate));
    }
}
