package dev.toile.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.toile.catalog.Catalog;
import dev.toile.catalog.model.Models;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final List<FactSet> SETS = Evidence.bundled(Catalog.bundled());

    private static FactSet set(String name) {
        return SETS.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Fact fact(String set, String what) {
        return set(set).facts().stream()
                .filter(each -> each.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void setsAreNamed() {
        assertThat(SETS)
                .extracting(FactSet::name)
                .containsExactly(
                        "finance", "parameters", "operators", "chips", "tpu-v1", "deepseek-day", "serving", "training");
    }

    @Test
    void everyFactHasASourceAndAPrediction() {
        for (FactSet set : SETS) {
            assertThat(set.title()).isNotBlank();
            assertThat(set.facts()).isNotEmpty().allSatisfy(fact -> {
                assertThat(fact.what()).isNotBlank();
                assertThat(fact.source()).isNotBlank();
                assertThat(fact.unit()).isNotBlank();
                assertThat(fact.stated()).isFinite();
                assertThat(fact.predicted()).isFinite();
                assertThat(fact.tolerance()).isPositive();
            });
            assertThat(set.facts()).extracting(Fact::what).doesNotHaveDuplicates();
        }
    }

    @Test
    void financeAgreesToNineDigits() {
        assertThat(set("finance").facts()).hasSize(15).allSatisfy(fact -> {
            assertThat(fact.tolerance()).isEqualTo(1e-9);
            double allowed = fact.stated() == 0 ? 1e-9 : 1e-9 * Math.abs(fact.stated());
            assertThat(fact.predicted()).as(fact.what()).isCloseTo(fact.stated(), within(allowed));
            assertThat(fact.agrees()).isTrue();
        });
    }

    @Test
    void zeroIsComparedAbsolutely() {
        assertThat(new Fact("", "1", 0, 1e-10, 1e-9, "").agrees()).isTrue();
        assertThat(new Fact("", "1", 0, -1e-8, 1e-9, "").error()).isEqualTo(1e-8);
        assertThat(new Fact("", "1", 0, -1e-8, 1e-9, "").agrees()).isFalse();
        assertThat(new Fact("", "1", 200, 190, 0.1, "").error()).isEqualTo(0.05);
        assertThat(new Fact("", "1", 200, Double.NaN, 0.1, "").agrees()).isFalse();
    }

    @Test
    void financeIsTheGoldenFile() throws Exception {
        Measured.assumeThere();
        List<Double> golden = new ArrayList<>();
        for (NamedCsvRecord row : Measured.rows("finance_golden.csv")) {
            // The file's balance is what rounding left of zero.
            boolean balance = row.getField("function").equals("sculpted_final_balance");
            golden.add(balance ? 0 : Double.parseDouble(row.getField("value")));
        }

        assertThat(set("finance").facts()).extracting(Fact::stated).containsExactlyElementsOf(golden);
    }

    @Test
    void parametersOfEveryModelAgree() {
        assertThat(set("parameters").facts())
                .hasSameSizeAs(Models.bundled().names())
                .allSatisfy(fact -> assertThat(fact.agrees())
                        .as("%s: %s", fact.what(), fact.error())
                        .isTrue());
    }

    @Test
    void deepseeksDayAgrees() {
        assertThat(set("deepseek-day").facts())
                .hasSize(5)
                .allSatisfy(fact -> assertThat(fact.agrees())
                        .as("%s: %s", fact.what(), fact.error())
                        .isTrue());
    }

    @Test
    void deepseeksDayIsTheTableOfEconomics() throws Exception {
        Measured.assumeThere();

        carries("E01", fact("deepseek-day", "cost of the day"));
        carries("E02", fact("deepseek-day", "revenue of the day"));
        carries("E03", fact("deepseek-day", "profit over cost"));
        carries("E04", fact("deepseek-day", "nodes on average"));
        carries("E05", fact("deepseek-day", "average over peak nodes"));
    }

    private static void carries(String id, Fact fact) throws IOException {
        NamedCsvRecord row = Measured.rows("economics.csv").stream()
                .filter(each -> each.getField("id").equals(id))
                .findFirst()
                .orElseThrow();
        String text = row.getField("value");
        double half = Math.pow(10, text.contains(".") ? text.indexOf('.') + 1 - text.length() : 0) / 2;
        assertThat(fact.stated()).as(fact.what()).isCloseTo(Double.parseDouble(text), within(half));
        assertThat(fact.tolerance()).as(fact.what()).isEqualTo(Double.parseDouble(row.getField("tolerance_rel")));
    }

    @Test
    void llamaOnH100IsWithinThirtyPercent() {
        assertThat(fact("serving", "Llama 2 70B fp8 Offline on H100").error()).isLessThan(0.3);
    }

    @Test
    void llamaOnMi300xIsReportedWhateverItIs() {
        assertThat(fact("serving", "Llama 2 70B fp8 Offline on MI300X").predicted())
                .isPositive();
    }

    @Test
    void gpt3IsWithinTwentyPercent() {
        assertThat(fact("training", "GPT-3 175B on 64 A100, selective recomputation")
                        .error())
                .isLessThan(0.2);
    }

    @Test
    void llama3InMetasLayoutIsWithinTwentyPercent() {
        assertThat(fact("training", "MFU of Llama 3 405B on 8,192 H100").error())
                .isLessThan(0.2);
        assertThat(fact("training", "MFU of Llama 3 405B on 16,384 H100").error())
                .isLessThan(0.2);
    }

    @Test
    void meansAndExtremes() {
        FactSet set = new FactSet(
                "x", "x", List.of(new Fact("a", "1", 100, 110, 0.2, "s"), new Fact("b", "1", 100, 70, 0.2, "s")));

        assertThat(set.agreeing()).isEqualTo(1);
        assertThat(set.meanError()).isCloseTo(0.2, within(1e-12));
        assertThat(set.largestError()).isCloseTo(0.3, within(1e-12));
    }
}
