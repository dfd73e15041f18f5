package dev.toile.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlotSectionTest {

    private static final String ONE = """
        {"name": "NAME", "kind": "buy", "feasible": true, "figures": {},
         "explanation": {"nodes": [{"id": 0, "name": "usd-per-million-tokens"}], "roots": {"usd-per-million-tokens": 0}},
         "plots": {
          "operating": {"layout": "TP8", "bound": "TPOT", "ttft": null, "tpot": 0.1, "chosen": 1, "points": [
            {"batch": 1, "user": 100, "chip": 12.5, "tpot": 0.01, "missed": null},
            {"batch": 64, "user": 20, "chip": 160, "tpot": 0.06, "missed": null},
            {"batch": 512, "user": 5, "chip": 320, "tpot": 0.25, "missed": "TPOT"}]},
          "rooflines": [{"pass": "decode-step", "bandwidth": 3e12, "bytes": 0.1, "network": 0.2,
            "roofs": [{"math": "FP8", "peak": 2e15}],
            "points": [{"name": "<qkv>", "math": "FP8", "intensity": 60, "rate": 1e14, "share": 0.7, "bound": "memory",
                        "why": "usd-per-million-tokens/x"}]}],
          "load": {"own": {"load": 0.4, "cost": 1.5}, "points": [{"load": 0.5, "cost": 1.2}, {"load": 1, "cost": 0.7}]},
          "compositions": [{"id": "money", "title": "Money", "unit": "USD/Mtoken", "whole":
            {"name": "cost", "value": 1.5, "why": "usd-per-million-tokens", "parts": [
              {"name": "facility", "value": 1, "why": "nowhere", "parts": []},
              {"name": "electricity", "value": 0.5, "why": "", "parts": []}]}}]}}\
        """;

    private static String page(int candidates) {
        StringBuilder json = new StringBuilder("{\"candidates\": [");
        for (int i = 1; i <= candidates; i++) {
            json.append(i == 1 ? "" : ",").append(ONE.replace("NAME", "chip-" + i));
        }
        return HtmlReport.render(json.append("]}").toString());
    }

    private static int count(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        int count = 0;
        while (found.find()) {
            count++;
        }
        return count;
    }

    @Test
    void everyPlotIsDrawnForAWindowAndForAPhone() {
        String page = page(1);
        assertThat(count(page, "<svg class=\"wide\"")).isEqualTo(4);
        assertThat(count(page, "<svg class=\"narrow\"")).isEqualTo(4);
    }

    @Test
    void pointsSayTheirValues() {
        assertThat(page(1))
                .contains("aria-label=\"chip-1, batch 64: 20 token/s a user, 160 token/s a chip\"")
                .contains("aria-label=\"chip-1, batch 512: 5 token/s a user, 320 token/s a chip; misses TPOT\"")
                .contains("aria-label=\"chip-1 at 50 % load: 1.2 USD/Mtoken\"")
                .contains("aria-label=\"&lt;qkv&gt;, FP8: 100 Tflop/s at 60 flop/B, 70 % of the decode step, bound by"
                        + " memory\"")
                .contains("aria-label=\"facility: 1 USD/Mtoken, 67 % of the whole\"");
    }

    @Test
    void onlyWhatIsExplainedLinksToAnExplanation() {
        String page = page(2);
        assertThat(page).contains("data-why=\"1/usd-per-million-tokens\"").doesNotContain("data-why=\"1/nowhere\"");
    }

    @Test
    void theBestEightHaveColoursAndNamesAndAllAreInTheTables() {
        String page = page(11);
        assertThat(page).contains("8 chip-8").contains("3 more are drawn grey").contains("curve s0");
        assertThat(count(page, "<th scope=\"row\">chip-11")).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aTrainingRunSaysWhyItHasNoCurve() {
        String page = HtmlReport.render("""
            {"candidates": [{"name": "a", "feasible": true,
              "figures": {"iteration-time": {"value": 1.5, "unit": "s"}}}]}\
            """);
        assertThat(page).contains("a has no curve: a training run has no users");
    }

    @Test
    void theBrowserRunsThisScriptOnly() {
        Matcher hash = Pattern.compile("script-src 'sha256-[A-Za-z0-9+/]{43}='").matcher(page(1));
        assertThat(hash.find()).isTrue();
        assertThat(page(1)).doesNotContain("script-src 'unsafe-inline'");
    }
}
