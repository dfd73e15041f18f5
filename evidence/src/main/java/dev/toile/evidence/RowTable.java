package dev.toile.evidence;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with column names in its first line.
 *
 * @param file as the user wrote it
 * @param columns in the order of the file
 * @param rows at least one
 */
public record RowTable(String file, List<String> columns, List<Row> rows) {

    /** Copies the lists. */
    public RowTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param file of the row
     * @param line in the file, from 1
     * @param cells by column, in the order of the file
     */
    public record Row(String file, long line, SequencedMap<String, String> cells) {

        /** Makes the cells unmodifiable. */
        public Row {
            cells = Collections.unmodifiableSequencedMap(cells);
        }

        /** Whether there is such a column and this row says something in it. */
        public boolean has(String column) {
            String text = cells.get(column);
            return text != null && !text.isBlank();
        }

        /** What a cell says; empty when it says nothing or the table has no such column. */
        String textIfAny(String column) {
            String text = cells.get(column);
            return text == null ? "" : text.strip();
        }

        /**
         * What a cell says.
         *
         * @throws BadInput when the table has no such column
         */
        public String text(String column) throws BadInput {
            String text = cells.get(column);
            if (text == null) {
                throw noColumn(file, column, List.copyOf(cells.sequencedKeySet()));
            }
            return text.strip();
        }

        /**
         * A number that is not negative.
         *
         * @throws BadInput when the cell says anything else
         */
        public double number(String column) throws BadInput {
            String text = text(column);
            double value = parse(text);
            if (!(value >= 0 && Double.isFinite(value))) {
                throw notANumber(column, text, "a number");
            }
            return value;
        }

        /**
         * A number above zero.
         *
         * @throws BadInput when the cell says anything else
         */
        public double positive(String column) throws BadInput {
            double value = number(column);
            if (value == 0) {
                throw notANumber(column, text(column), "a number above zero");
            }
            return value;
        }

        /** A whole number above zero. */
        public int count(String column) throws BadInput {
            double value = positive(column);
            if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
                throw notANumber(column, text(column), "a whole number");
            }
            return (int) value;
        }

        private BadInput notANumber(String column, String text, String expected) {
            String what = column + " is not " + expected;
            return bad(file, line, what, "'" + text + "'", expected, "the columns have shifted.");
        }
    }

    /**
     * Reads a file.
     *
     * @throws BadInput when there is no such file, or it is no table
     */
    public static RowTable read(Path path) throws BadInput {
        String file = path.toString();
        if (!Files.isRegularFile(path)) {
            throw bad(file, 1, "there is no such file", "", "", "the table lies elsewhere, or has another name.");
        }
        try (CsvReader<CsvRecord> reader = format().ofCsvRecord(path)) {
            return of(file, reader);
        } catch (CsvParseException e) {
            throw bad(file, 1, "this is not a CSV file: " + e.getMessage(), "", "", "it was cut off.");
        } catch (CharacterCodingException e) {
            throw bad(file, 1, "the file is not UTF-8", "", "UTF-8 text", "it was saved in another encoding.");
        } catch (IOException e) {
            throw bad(file, 1, "the file cannot be read: " + e.getMessage(), "", "", "you may not read it.");
        }
    }

    /** A table that comes with Toile, beside this class. */
    static RowTable bundled(String name) throws BadInput {
        try (InputStream in = Objects.requireNonNull(RowTable.class.getResourceAsStream(name), name);
                CsvReader<CsvRecord> reader = format().ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return of(name, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CsvReader.CsvReaderBuilder format() {
        return CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE);
    }

    private static RowTable of(String file, CsvReader<CsvRecord> lines) throws BadInput {
        @Nullable List<String> columns = null;
        List<Row> rows = new ArrayList<>();
        for (CsvRecord line : lines) {
            if (columns == null) {
                columns = header(file, line.getFields());
            } else {
                rows.add(row(file, columns, line));
            }
        }
        if (columns == null || rows.isEmpty()) {
            throw bad(file, 1, "the table has no rows", "", "a line of column names and rows", "it was cut off.");
        }
        return new RowTable(file, columns, rows);
    }

    private static List<String> header(String file, List<String> names) throws BadInput {
        List<String> columns = names.stream().map(String::strip).toList();
        if (new HashSet<>(columns).size() < columns.size()) {
            String maybe = "two tables were pasted side by side.";
            throw bad(file, 1, "two columns have the same name", String.join(", ", columns), "", maybe);
        }
        return columns;
    }

    private static Row row(String file, List<String> columns, CsvRecord line) throws BadInput {
        List<String> fields = line.getFields();
        if (fields.size() != columns.size()) {
            throw bad(
                    file,
                    line.getStartingLineNumber(),
                    "the row has another number of cells than the first line",
                    String.valueOf(fields.size()),
                    String.valueOf(columns.size()),
                    "a text with commas lacks its quotes, or the file was cut off.");
        }
        SequencedMap<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            cells.put(columns.get(i), fields.get(i));
        }
        return new Row(file, line.getStartingLineNumber(), cells);
    }

    boolean has(String column) {
        return columns.contains(column);
    }

    /** Complains when one of the columns is not there. */
    void require(List<String> needed) throws BadInput {
        for (String column : needed) {
            if (!has(column)) {
                throw noColumn(file, column, columns);
            }
        }
    }

    /** The file's name without its folders. */
    public String fileName() {
        return String.valueOf(Path.of(file).getFileName());
    }

    private static BadInput noColumn(String file, String column, List<String> columns) {
        String maybe = Names.nearest(column, columns)
                .map(name -> "rename " + name + ".")
                .orElse("the table is of another kind.");
        return bad(file, 1, "the table has no column " + column, String.join(", ", columns), "", maybe);
    }

    /** The number a text says; NaN when it says none. */
    static double parse(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    static BadInput bad(String file, long line, String what, String seen, String expected, String maybe) {
        return new BadInput(new Problem(new Location(file, (int) line, 1), what, seen, expected, maybe));
    }
}
