package dev.toile.catalog.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problem;
import dev.toile.stack.serving.simulation.Requests;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace of requests. Three forms are known, by their columns:
 *
 * <ul>
 *   <li>Azure's: {@code TIMESTAMP, ContextTokens, GeneratedTokens};
 *   <li>Mooncake's, a JSON object a line: {@code timestamp} in milliseconds, {@code input_length}, {@code
 *       output_length}, {@code hash_ids} of blocks of 512 tokens;
 *   <li>one's own: {@code arrival} in seconds (or {@code arrival_ms}), {@code prompt_tokens}, {@code output_tokens}, and
 *       maybe {@code class}.
 * </ul>
 */
public final class Trace {

    /** Tokens of a hashed block in Mooncake's traces (Qin et al., FAST 2025). */
    private static final int MOONCAKE_BLOCK = 512;

    private static final List<String> AZURE = List.of("TIMESTAMP", "ContextTokens", "GeneratedTokens");
    private static final List<String> OWN = List.of("arrival", "prompt_tokens", "output_tokens");

    private final String file;
    private final Columns columns = new Columns();

    private Trace(String file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @return its requests by arrival, the first at 0
     * @throws BadInput when there is no such file, or it is no trace
     */
    public static Requests read(Path path) throws BadInput {
        Trace trace = new Trace(path.toString());
        if (!Files.isRegularFile(path)) {
            throw trace.bad(1, "there is no such file", "", "a trace of requests", "it is in another directory");
        }
        try {
            return String.valueOf(path.getFileName()).endsWith(".jsonl") ? trace.jsonLines(path) : trace.csv(path);
        } catch (CharacterCodingException e) {
            throw trace.bad(1, "the file is not UTF-8", "", "UTF-8 text", "it was saved in another encoding");
        } catch (IOException e) {
            throw trace.bad(1, "the file cannot be read: " + e.getMessage(), "", "", "you may not read it");
        }
    }

    private Requests csv(Path path) throws IOException, BadInput {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(path)) {
            @Nullable Layout layout = null;
            for (CsvRecord line : reader) {
                if (layout == null) {
                    layout = Layout.of(line.getFields());
                    if (layout == null) {
                        String near = Names.nearest(line.getField(0), OWN).orElse(OWN.getFirst());
                        throw bad(
                                1,
                                "these are no columns of a trace",
                                String.join(", ", line.getFields()),
                                String.join(", ", AZURE) + "; or " + String.join(", ", OWN),
                                "the first column is " + near);
                    }
                } else {
                    row(layout, line);
                }
            }
        } catch (CsvParseException e) {
            throw bad(1, "this is not a CSV file: " + e.getMessage(), "", "", "it was cut off");
        }
        return whole(1);
    }

    /** Where the columns are, and how time is told. */
    private record Layout(Clock clock, int arrival, int prompt, int output, int kind) {

        enum Clock {
            SECONDS,
            MILLISECONDS,
            DATE
        }

        static @Nullable Layout of(List<String> header) {
            List<String> names = header.stream().map(String::strip).toList();
            if (names.containsAll(AZURE)) {
                return new Layout(
                        Clock.DATE,
                        names.indexOf(AZURE.get(0)),
                        names.indexOf(AZURE.get(1)),
                        names.indexOf(AZURE.get(2)),
                        -1);
            }
            int seconds = names.indexOf("arrival");
            int milliseconds = names.indexOf("arrival_ms");
            int prompt = names.indexOf(OWN.get(1));
            int output = names.indexOf(OWN.get(2));
            if (Math.max(seconds, milliseconds) < 0 || prompt < 0 || output < 0) {
                return null;
            }
            return new Layout(
                    seconds >= 0 ? Clock.SECONDS : Clock.MILLISECONDS,
                    seconds >= 0 ? seconds : milliseconds,
                    prompt,
                    output,
                    names.indexOf("class"));
        }

        int columns() {
            return Math.max(Math.max(arrival, prompt), Math.max(output, kind)) + 1;
        }
    }

    private void row(Layout layout, CsvRecord line) throws BadInput {
        long at = line.getStartingLineNumber();
        if (line.getFieldCount() < layout.columns()) {
            throw bad(
                    at,
                    "the row has too few cells",
                    String.valueOf(line.getFieldCount()),
                    layout.columns() + " or more",
                    "the file was cut off");
        }
        add(
                at,
                seconds(at, layout.clock(), line.getField(layout.arrival()).strip()),
                tokens(at, line.getField(layout.prompt())),
                tokens(at, line.getField(layout.output())),
                layout.kind() < 0 ? "all" : line.getField(layout.kind()).strip());
    }

    private void add(long line, double arrival, int prompt, int output, String kind) throws BadInput {
        if (!columns.add(arrival, prompt, output, kind)) {
            throw bad(
                    line,
                    "there are too many classes",
                    "'" + kind + "' is number " + (Columns.MOST_CLASSES + 1),
                    "at most " + Columns.MOST_CLASSES,
                    "the column class holds something else");
        }
    }

    private double seconds(long line, Layout.Clock clock, String text) throws BadInput {
        try {
            double seconds = switch (clock) {
                case SECONDS -> Double.parseDouble(text);
                case MILLISECONDS -> Double.parseDouble(text) / 1000;
                case DATE -> date(text);
            };
            if (Double.isFinite(seconds)) {
                return seconds;
            }
        } catch (NumberFormatException | DateTimeParseException | IndexOutOfBoundsException e) {
            // Said below.
        }
        throw bad(
                line,
                "this is no time",
                "'" + text + "'",
                clock == Layout.Clock.DATE ? "a time such as 2023-11-16 18:15:46.6805900" : "a number",
                "the columns have shifted");
    }

    /** Seconds since 1970 of {@code 2023-11-16 18:15:46.6805900}. */
    private static double date(String text) {
        long day = LocalDate.parse(text.substring(0, 10))
                .atStartOfDay(ZoneOffset.UTC)
                .toEpochSecond();
        int hours = Integer.parseInt(text.substring(11, 13));
        int minutes = Integer.parseInt(text.substring(14, 16));
        String rest = text.substring(17).replaceFirst("(Z|\\+00:00)$", "");
        return day + 3600.0 * hours + 60.0 * minutes + Double.parseDouble(rest);
    }

    private int tokens(long line, String text) throws BadInput {
        try {
            return tokens(line, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw noTokens(line, text);
        }
    }

    /** A prompt or answer of no token takes part in a step all the same: it counts as one. */
    private int tokens(long line, long count) throws BadInput {
        if (count < 0 || count > Integer.MAX_VALUE / 4) {
            throw noTokens(line, String.valueOf(count));
        }
        return (int) Math.max(1, count);
    }

    private BadInput noTokens(long line, String text) {
        return bad(line, "this is no number of tokens", "'" + text + "'", "a whole number", "the columns have shifted");
    }

    private Requests jsonLines(Path path) throws IOException, BadInput {
        JsonFactory json = new JsonFactory();
        long line = 0;
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (!text.isBlank()) {
                    try (JsonParser parser = json.createParser(text)) {
                        request(line, parser);
                    } catch (JsonProcessingException e) {
                        throw bad(line, "this is not JSON: " + e.getOriginalMessage(), "", "", "the file was cut off");
                    }
                }
            }
        }
        return whole(MOONCAKE_BLOCK);
    }

    private void request(long line, JsonParser parser) throws IOException, BadInput {
        double arrival = Double.NaN;
        long prompt = -1;
        long output = -1;
        long[] hashes = new long[64];
        int count = 0;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw bad(line, "this is not a JSON object", "", "{\"timestamp\": 0, ...}", "");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "timestamp" -> arrival = parser.getValueAsDouble(Double.NaN) / 1000;
                case "input_length" -> prompt = parser.getValueAsLong(-1);
                case "output_length" -> output = parser.getValueAsLong(-1);
                case "hash_ids" -> {
                    while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                        if (count == hashes.length) {
                            hashes = Arrays.copyOf(hashes, 2 * count);
                        }
                        hashes[count++] = parser.getLongValue();
                    }
                }
                default -> parser.skipChildren();
            }
        }
        if (Double.isNaN(arrival) || prompt < 0 || output < 0) {
            throw bad(
                    line,
                    "the request lacks a field",
                    "",
                    "timestamp, input_length and output_length",
                    "the file is of another kind");
        }
        add(line, arrival, tokens(line, prompt), tokens(line, output), "all");
        for (int i = 0; i < count; i++) {
            columns.hash(hashes[i]);
        }
    }

    private Requests whole(int blockTokens) throws BadInput {
        if (columns.size() == 0) {
            throw bad(1, "the trace has no requests", "", "at least one", "it was cut off");
        }
        return columns.requests(blockTokens);
    }

    private BadInput bad(long line, String what, String seen, String expected, String maybe) {
        return new BadInput(new Problem(new Location(file, (int) line, 1), what, seen, expected, maybe));
    }
}
