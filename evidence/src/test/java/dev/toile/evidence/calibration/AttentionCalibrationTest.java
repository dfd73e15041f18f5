package dev.toile.evidence.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toile.catalog.Catalog;
import dev.toile.evidence.KernelKind;
import dev.toile.stack.mapping.attention.AttentionConstants;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class AttentionCalibrationTest {

    private static final Path TABLES = Path.of("../../shared/measured");

    private static SequencedMap<String, AttentionConstants> bundled() {
        SequencedMap<String, AttentionConstants> constants = new LinkedHashMap<>();
        Catalog catalog = Catalog.bundled();
        for (AttentionStart start : AttentionStart.all()) {
            constants.put(
                    start.id(),
                    Objects.requireNonNull(catalog.attention().get(start.id())).constants());
        }
        return constants;
    }

    @Test
    void theCatalogHoldsWhatTheProgramWrites() throws Exception {
        try (InputStream in = Objects.requireNonNull(Catalog.class.getResourceAsStream("attention.yaml"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(AttentionFile.of(bundled())).isEqualTo(text);
        }
    }

    /** Errors on configurations that no fit saw, with room for nothing but rounding; skipped without the tables. */
    @Test
    void keptOutConfigurationsArePredicted() throws Exception {
        assumeTrue(Files.isDirectory(TABLES), "no measured tables at " + TABLES);
        AttentionCalibration calibration = AttentionCalibration.read(TABLES);
        Map<String, Double> most = Map.of(
                "ampere attention-context", 0.040,
                "hopper attention-context", 0.055,
                "blackwell attention-context", 0.10,
                "ampere attention-generation", 0.075,
                "hopper attention-generation", 0.10,
                "blackwell attention-generation", 0.15);
        for (AttentionStart start : AttentionStart.all()) {
            AttentionConstants constants = Objects.requireNonNull(bundled().get(start.id()));
            for (KernelKind kind : List.of(KernelKind.ATTENTION_CONTEXT, KernelKind.ATTENTION_GENERATION)) {
                List<AttentionSample> kept = calibration.of(start, kind).stream()
                        .filter(AttentionSample::keptOut)
                        .toList();
                String name = start.id() + " " + kind.label();
                assertThat(AttentionCalibration.residuals(AttentionCalibration.chip(start), constants, kept)
                                .mean())
                        .as(name)
                        .isLessThan(Objects.requireNonNull(most.get(name)));
            }
        }
    }
}
