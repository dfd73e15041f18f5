package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {

    private static final Path TABLES = Path.of("../../shared/measured");

    @TempDir
    private Path directory;

    @Test
    void listsEveryConstant() throws IOException {
        Path file = directory.resolve("constants.md");
        Toile.works("calibrate", "constants", "--out", file);
        assertThat(Files.readString(file))
                .contains(
                        "## Dense products",
                        "## Attention",
                        "## Experts",
                        "## Collectives",
                        "## Elementwise work",
                        "launch",
                        "fitted")
                .isEqualTo(Toile.works("calibrate", "constants").out());
    }

    @Test
    void saysWhatItCannotDo() {
        assertThat(Toile.complains("calibrate", "fit", directory, "matmull").err())
                .contains("'matmull'", "one of attention, collectives, eager, experts, matmul", "matmul");
        Toile missing = Toile.run("calibrate", "fit", directory, "matmul", "--out", directory);
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("a100_sxm_gemm.csv", "Maybe ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void fitsAnewWhatTheCatalogHolds() throws IOException {
        assumeTrue(Files.isDirectory(TABLES), "no measured tables at " + TABLES);
        String out = Toile.works("calibrate", "fit", TABLES, "collectives", "--out", directory)
                .out();
        assertThat(out).contains("the same as the catalog's").doesNotContain("not the same");
        assertThat(directory.resolve("collectives.yaml")).exists();
    }
}
