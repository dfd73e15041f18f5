package dev.toile.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The report as one HTML page that opens from disk, with no request to anywhere.
 *
 * <p>All that can be read at once (answer, table, bars, figures) is written here as plain HTML, so that the page also
 * works without scripts and on paper. The scripts only sort the table, turn views into tabs and unfold explanations,
 * which they read from the results embedded in the page.
 */
public final class HtmlReport {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final List<String> STYLES = List.of("report.css", "report-parts.css", "plots.css");

    private static final List<String> SCRIPTS = List.of("data.js", "table.js", "tree.js", "panel.js", "plots.js");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)}}");

    private HtmlReport() {}

    /**
     * Writes the page. Equal results give equal text.
     *
     * @param resultsJson the text of {@code results.json}
     * @return a whole HTML document
     * @throws IllegalArgumentException when the text is not JSON of that form
     */
    public static String render(String resultsJson) {
        Results results;
        try {
            results = JSON.readValue(resultsJson, Results.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "results.json cannot be read: " + e.getOriginalMessage()
                            + "\nMaybe it was written by another version of Toile or was cut off.",
                    e);
        }
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("title", Markup.text(results.study()));
        parts.put("style", STYLES.stream().map(HtmlReport::resource).collect(Collectors.joining("\n\n")));
        parts.put("header", Headline.of(results));
        parts.put("ranking", RankedTable.of(results));
        parts.put("simulated", SimulatedSection.of(results));
        parts.put("plots", PlotSection.of(results));
        parts.put("candidates", CandidateSection.allOf(results));
        parts.put("version", Markup.text(results.version()));
        parts.put("results", island(compact(resultsJson)));
        parts.put("texts", island(json(NodeTexts.of(results))));
        String script = "\n(() => {\n'use strict';\n"
                + SCRIPTS.stream().map(HtmlReport::resource).collect(Collectors.joining("\n")) + "\n})();\n";
        parts.put("script", script);
        parts.put("hash", hash(script));
        // One pass over the template only: what a study is called must never be taken for a placeholder.
        return PLACEHOLDER
                .matcher(resource("report.html"))
                .replaceAll(found -> Matcher.quoteReplacement(part(parts, found.group(1))));
    }

    /** By which the browser knows the page's own script: it runs no other. */
    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String part(Map<String, String> parts, String name) {
        String part = parts.get(name);
        if (part == null) {
            throw new IllegalStateException("report.html asks for '" + name + "', there are " + parts.keySet());
        }
        return part;
    }

    /** JSON that no HTML parser can mistake for markup: in JSON, {@code <} occurs only inside strings. */
    private static String island(String json) {
        return json.strip().replace("<", "\\u003c");
    }

    /** JSON without the spaces between its tokens, which are a third of it; every number keeps its digits. */
    private static String compact(String json) {
        StringBuilder out = new StringBuilder(json.length());
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString && c == '\\') {
                out.append(c).append(json.charAt(++i));
                continue;
            }
            inString ^= c == '"';
            if (inString || !Character.isWhitespace(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the report's own file " + name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
