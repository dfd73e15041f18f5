package dev.toile.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChipNamesTest {
    private static final ChipNames NAMES = new ChipNames(Catalog.bundled());

    @ParameterizedTest
    @CsvSource({
        "h100_sxm, h100-sxm",
        "NVIDIA H100 SXM5 80GB, h100-sxm",
        "A100-SXM-80GB (Selene), a100-sxm",
        "AMD Instinct MI300X-NPS1-SPX-192GB-750W, mi300x",
        "AMD MI300X, mi300x",
        "H200-SXM 8x NVLink4, h200-sxm",
        "NVIDIA H100-PCIe-80GB, h100-pcie",
        "Google TPU v5p, tpu-v5p",
    })
    void namesInTablesAreChipsOfTheCatalog(String text, String chip) {
        assertThat(NAMES.find(text)).contains(chip);
    }

    @ParameterizedTest
    @CsvSource({"NVIDIA H100-NVL-94GB", "A100 (NVIDIA Ampere)", "Google TPU v1", "xh100_sxm"})
    void othersAreNot(String text) {
        assertThat(NAMES.find(text)).isEmpty();
    }

    @Test
    void aChipHasASystem() throws Unpredictable {
        assertThat(NAMES.system("h100-sxm")).isEqualTo("hgx-h100");
    }
}
