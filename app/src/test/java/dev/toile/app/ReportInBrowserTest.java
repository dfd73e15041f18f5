package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Reports of real studies, opened from disk in a real browser: what a reader does, with mouse, keys and ears. */
@EnabledIf(value = "dev.toile.app.Browser#isHere", disabledReason = Browser.MISSING)
class ReportInBrowserTest {

    private static final int LAPTOP = 1400;
    private static final int PHONE = 420;

    @TempDir
    static Path out;

    private static @Nullable Browser browser;

    @BeforeAll
    static void start() {
        for (String study : List.of("chat-70b", "train-gpt3", "moe-agent")) {
            Toile.works("run", Toile.STUDIES.resolve(study + ".yaml"), "--out", out.resolve(study));
        }
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Browser open(String study, int width, boolean dark) {
        browser.open(out.resolve(study).resolve("report.html"), width, dark);
        return browser;
    }

    @ParameterizedTest
    @CsvSource({"chat-70b", "train-gpt3", "moe-agent"})
    void nothingIsComplainedAboutAndNothingIsFetched(String study) {
        Browser page = open(study, LAPTOP, false);
        page.visible("[role=tab]").forEach(WebElement::click);
        assertThat(page.complaints()).isEmpty();
        assertThat(page.run("return performance.getEntriesByType('resource').length"))
                .isEqualTo(0L);
    }

    @Test
    void aNumberUnfoldsIntoItsExplanation() throws InterruptedException {
        Browser page = open("chat-70b", LAPTOP, false);
        page.first("#ranked button.value").click();
        assertThat(page.first("#why h2").getText()).isNotBlank();
        List<WebElement> folded = page.visible("#why details:not([open]) > summary");
        int lines = page.visible("#why [data-line]").size();
        folded.getFirst().click();
        Browser.until("more lines", () -> page.visible("#why [data-line]").size() > lines);
        page.focused().sendKeys(Keys.ESCAPE);
        assertThat(page.visible("#why")).isEmpty();
        assertThat(page.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"chat-70b", "train-gpt3", "moe-agent"})
    void whateverIsDrawnWithAnExplanationHasOne(String study) {
        Browser page = open(study, LAPTOP, false);
        Object lost = page.run("""
            const { candidates } = JSON.parse(document.getElementById('results').textContent);
            return [...document.querySelectorAll('[data-why]')].map((point) => point.dataset.why).filter((why) => {
              const [of, figure, ...inputs] = why.split('/');
              const { nodes, roots } = candidates[of].explanation;
              return !inputs.reduce(
                  (node, name) => node && node.inputs.map((id) => nodes[id]).find((input) => input.name === name),
                  nodes[roots[figure]]);
            });
            """);
        assertThat((Long) page.run("return document.querySelectorAll('[data-why]').length"))
                .isGreaterThan(10L);
        assertThat((List<?>) lost).isEmpty();
    }

    @Test
    void aPointOfAPlotOpensWithTheKeyboard() {
        Browser page = open("chat-70b", LAPTOP, false);
        page.run("document.querySelector('.canvas .wide .own').focus()");
        assertThat(page.first(".tip").getText()).contains("token/s a chip");
        page.focused().sendKeys(Keys.ENTER);
        assertThat(page.first("#why .why-top").getText()).contains("tokens-per-second-per-chip");
    }

    @Test
    void tabsAreWorkedWithArrowsHomeAndEnd() {
        Browser page = open("chat-70b", LAPTOP, false);
        WebElement first = page.first("[role=tab]");
        assertThat(first.getDomAttribute("aria-selected")).isEqualTo("true");
        page.run("arguments[0].focus()", first);
        page.focused().sendKeys(Keys.ARROW_RIGHT);
        assertThat(page.focused().getText()).isEqualTo("Cost and load");
        assertThat(page.visible("[role=tabpanel]")).hasSize(1);
        assertThat(page.first("[role=tabpanel]").getDomAttribute("id")).isEqualTo("view-load");
        page.focused().sendKeys(Keys.END);
        assertThat(page.first("[role=tabpanel]").getDomAttribute("id")).isEqualTo("view-memory");
        page.focused().sendKeys(Keys.ARROW_RIGHT);
        assertThat(page.focused().getText()).isEqualTo("Speed and throughput");
        page.focused().sendKeys(Keys.TAB);
        assertThat(page.focused().getDomAttribute("role"))
                .as("one stop for all tabs")
                .isNotEqualTo("tab");
    }

    @Test
    void arrowsWalkThePointsOfADrawing() {
        Browser page = open("chat-70b", LAPTOP, false);
        page.run("document.querySelector('.canvas .wide .point[tabindex=\"0\"]').focus()");
        String first = page.focused().getDomAttribute("aria-label");
        page.focused().sendKeys(Keys.ARROW_RIGHT);
        assertThat(page.focused().getDomAttribute("aria-label")).isNotEqualTo(first);
        assertThat(page.visible(".wide .point[tabindex='0']")).hasSize(1);
    }

    @Test
    void theCandidatePickedStaysFromViewToView() {
        Browser page = open("chat-70b", LAPTOP, false);
        page.run("document.getElementById('view-roofline-tab').click()");
        assertThat(page.visible("#view-roofline .of")).hasSize(1);
        page.all("#pick option").get(2).click();
        String picked = page.first("#view-roofline .of").getDomAttribute("data-of");
        page.run("document.getElementById('view-energy-tab').click()");
        assertThat(page.first("#view-energy .of").getDomAttribute("data-of"))
                .isEqualTo(picked)
                .isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({"chat-70b", "train-gpt3", "moe-agent"})
    void nothingScrollsSidewaysOnAPhone(String study) {
        Browser page = open(study, PHONE, false);
        for (WebElement tab : page.visible("[role=tab]")) {
            tab.click();
            assertThat(page.run("return document.documentElement.scrollWidth"))
                    .as("width with " + tab.getText())
                    .isEqualTo((long) PHONE);
        }
    }

    @ParameterizedTest
    @CsvSource({"chat-70b, 1400, false", "chat-70b, 420, true", "train-gpt3, 1400, true", "moe-agent, 420, false"})
    void everybodyCanUseIt(String study, int width, boolean dark) {
        Browser page = open(study, width, dark);
        assertThat(page.accessibilityViolations("html")).isEmpty();
        for (WebElement tab : page.visible("[role=tab]")) {
            tab.click();
            page.run("document.querySelectorAll('.view:not([hidden]) details').forEach((each) => { each.open = true;"
                    + " })");
            assertThat(page.accessibilityViolations(".view:not([hidden])"))
                    .as(tab.getText())
                    .isEmpty();
        }
        page.run("document.querySelector('details.candidate').open = true");
        assertThat(page.accessibilityViolations("details.candidate")).isEmpty();
        page.run("document.querySelector('#ranked button.value').click()");
        assertThat(page.visible("#why")).hasSize(1);
        assertThat(page.accessibilityViolations("#why")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"chat-70b, 1400", "chat-70b, 420", "train-gpt3, 1400"})
    void allTextStandsOutInLightAndDark(String study, int width) {
        for (boolean dark : new boolean[] {false, true}) {
            Browser page = open(study, width, dark);
            for (int i = 0; i < page.visible("[role=tab]").size(); i++) {
                page.visible("[role=tab]").get(i).click();
                List<?> found = (List<?>) page.run(Browser.resource("contrast.js"));
                assertThat(found.subList(2, found.size()))
                        .as("below 4.5:1, dark %s, view %s".formatted(dark, i))
                        .isEmpty();
            }
        }
    }
}
