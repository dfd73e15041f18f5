package dev.toile.evidence.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toile.catalog.Catalog;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EagerCalibrationTest {

    private static final Path TABLES = Path.of("../../shared/measured");

    /** Mean errors that sweeps may have when each is predicted from the other; skipped without the tables. */
    @Test
    void theCatalogHoldsWhatTheProgramWritesAndSweepsPredictEachOther() throws Exception {
        assumeTrue(Files.isDirectory(TABLES), "no measured tables at " + TABLES);
        EagerCalibration calibration = EagerCalibration.of(TABLES);
        try (InputStream in = Objects.requireNonNull(Catalog.class.getResourceAsStream("eager.yaml"))) {
            assertThat(calibration.yaml()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Map<String, Double> most = Map.of(
                "pytorch-ampere gemm", 0.07,
                "pytorch-cdna2 gemm", 0.12,
                "pytorch-ampere softmax", 0.08,
                "pytorch-cdna2 softmax", 0.12,
                "pytorch-ampere layernorm", 0.08,
                "pytorch-cdna2 layernorm", 0.15,
                "pytorch-ampere gelu", 0.04,
                "pytorch-cdna2 gelu", 0.03);
        assertThat(calibration.keptOut())
                .hasSameSizeAs(most)
                .allSatisfy(
                        (name, error) -> assertThat(error).as(name).isLessThan(Objects.requireNonNull(most.get(name))));
    }
}
