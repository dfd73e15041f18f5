package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium of this machine, without a window; nothing is ever downloaded. */
final class Browser implements AutoCloseable {

    static final String MISSING = "skipped: no chromium with chromedriver on this machine."
            + " Maybe install Debian's packages chromium and chromium-driver.";

    private static final String AXE = "axe.min.js";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    private static Optional<Path> found(String... names) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(directory -> Stream.of(names).map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> chromium() {
        return found("chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<Path> chromedriver() {
        return found("chromedriver");
    }

    static boolean isHere() {
        return chromium().isPresent() && chromedriver().isPresent();
    }

    /** Starts it; the driver is named, so that Selenium does not look for one on the network. */
    static Browser start() {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver().orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow().toFile());
        // As root, in a container, Chromium has no sandbox; and it opens only what Toile wrote.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
        return new Browser(driver);
    }

    /** Opens a page from disk in a window of a size, light or dark. */
    void open(Path page, int width, boolean dark) {
        driver.manage().window().setSize(new Dimension(1200, 900));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                // Else a click lands where its target was before the page had scrolled.
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        driver.get(page.toAbsolutePath().toUri().toString());
    }

    /** What the console complained about since it was last asked. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The ones that are seen. */
    List<WebElement> visible(String selector) {
        return all(selector).stream().filter(WebElement::isDisplayed).toList();
    }

    WebElement first(String selector) {
        List<WebElement> visible = visible(selector);
        assertThat(visible).as(selector).isNotEmpty();
        return visible.getFirst();
    }

    /** Waits for what a page does only in a later turn, such as the unfolding of details after a click. */
    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(PAUSE);
        }
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What axe finds wrong with a part of the page as it is, a line each. */
    List<String> accessibilityViolations(String selector) {
        if (Boolean.TRUE.equals(driver.executeScript("return !window.axe"))) {
            driver.executeScript(resource(AXE));
        }
        Object found = driver.executeAsyncScript("""
            const done = arguments[arguments.length - 1];
            axe.run(arguments[0], { resultTypes: ['violations'] }).then((results) => done(results.violations.map(
                (rule) => `${rule.id}: ${rule.help}: ${rule.nodes.slice(0, 3).map((node) => node.html).join(' | ')}`)),
                (error) => done(['axe failed: ' + error]));
            """, selector);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /** A script beside this class, or the one of axe at the root of its jar. */
    static String resource(String name) {
        try (InputStream in = Browser.class.getResourceAsStream(name.equals(AXE) ? "/" + name : name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
