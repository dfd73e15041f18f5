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
        "a100_pcie, a100-pcie",
        "a100_sxm, a100-sxm",
        "a30, a30",
        "b200_sxm, b200-sxm",
        "b300_sxm, b300",
        "b60, b60",
        "gb200, gb200",
        "gb300, gb300",
        "h100_pcie, h100-pcie",
        "h200_sxm, h200-sxm",
        "l4, l4",
        "l40s, l40s",
        "rtx_pro_6000_server, rtx-pro-6000",
        "gb200_sxm, gb200",
        "gb300_sxm, gb300",
        "B200, b200-sxm",
        "h200, h200-sxm",
        "rtx_6000_pro, rtx-pro-6000",
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
    void anAliasIsTheWholeName() {
        assertThat(NAMES.find("h100")).contains("h100-sxm");
        assertThat(NAMES.find("h100 NVL")).isEmpty();
    }

    @Test
    void aChipHasASystem() throws Unpredictable {
        assertThat(NAMES.system("h100-sxm")).isEqualTo("hgx-h100");
    }
}
