package dev.toile.evidence.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toile.catalog.Catalog;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BandsCalibrationTest {

    private static final Path TABLES = Path.of("../../shared/measured");
    private static final Catalog CATALOG = Catalog.bundled();

    private static void assumeThere() {
        assumeTrue(
                BandSamples.areIn(TABLES),
                () -> "skipped: not all tables are in "
                        + TABLES.toAbsolutePath().normalize());
    }

    private static Map<String, Double> inside(List<BandCoverage.Row> rows, Function<BandCoverage.Row, String> by) {
        return rows.stream()
                .collect(Collectors.groupingBy(by, Collectors.averagingDouble(row -> row.inside() ? 1 : 0)));
    }

    @Test
    void quantilesAreThoseOfType6() {
        double[] nine = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertThat(BandFit.quantile(nine, 0.1)).isEqualTo(1);
        assertThat(BandFit.quantile(nine, 0.5)).isEqualTo(5);
        assertThat(BandFit.quantile(nine, 0.95)).isEqualTo(9);
    }

    @Test
    void theCatalogHoldsWhatTheProgramWrites() throws Exception {
        try (InputStream in = Objects.requireNonNull(Catalog.class.getResourceAsStream("bands.yaml"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(BandsYaml.of(CATALOG.kernels().bands())).isEqualTo(text);
        }
    }

    @Test
    void bandsHoldFourOfFiveRowsThatDidNotMakeThem() throws Exception {
        assumeThere();
        BandSamples samples = BandSamples.read(TABLES, CATALOG);

        // A law or its constants have changed: run toile calibrate bands again.
        assertThat(new BandFit(samples, _ -> true, _ -> true).table())
                .isEqualTo(CATALOG.kernels().bands());

        BandCoverage coverage = BandCoverage.of(samples, CATALOG);
        assertThat(inside(coverage.halves(), BandCoverage.Row::chip).values())
                .hasSize(3)
                .allSatisfy(share -> assertThat(share).isBetween(0.75, 0.85));
        // A tenth of the rows are bound by compute, from few configurations: a standard error of a point or more.
        assertThat(inside(coverage.halves(), BandCoverage.Row::regime).values())
                .hasSize(3)
                .allSatisfy(share -> assertThat(share).isBetween(0.75, 0.87));
        // Two configurations of heads are too few to halve for the projections of latent attention.
        assertThat(inside(coverage.halves(), BandCoverage.Row::law))
                .hasSize(8)
                .allSatisfy((law, share) ->
                        assertThat(share).as(law).isBetween(0.75, law.equals("batched-matmul") ? 0.87 : 0.85));
        assertThat(inside(coverage.transfers(), row -> row.chip() + row.constants()))
                .hasSize(6)
                .allSatisfy((pair, share) -> assertThat(share).as(pair).isBetween(0.75, 0.88));
    }
}
