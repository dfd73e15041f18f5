package dev.toile.evidence.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConstantsPageTest {

    @Test
    void thePageIsTheCatalogs() throws Exception {
        assertThat(ConstantsPage.of(Catalog.bundled()))
                .as("write it again with ./toile calibrate constants --out docs/model/constants.md")
                .isEqualTo(Files.readString(Path.of("../docs/model/constants.md")));
    }

    @Test
    void everyRowHasAMeaningAndEveryFamilyASource() {
        String page = ConstantsPage.of(Catalog.bundled());
        assertThat(page.lines().filter(line -> line.startsWith("| ") && line.endsWith("|  |")))
                .isEmpty();
        assertThat(page.split("\n## "))
                .hasSizeGreaterThan(4)
                .allSatisfy(part -> assertThat(part).containsAnyOf("# Constants of kernels", "fitted"));
    }
}
