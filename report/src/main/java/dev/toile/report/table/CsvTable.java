package dev.toile.report.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as comma-separated values (RFC 4180, with line feeds).
 *
 * @param columns from the left, all of one length
 */
public record CsvTable(List<Column> columns) {

    /** Copies the columns. */
    public CsvTable {
        columns = List.copyOf(columns);
    }

    /** The file: a head, then the rows; what is not known is empty. */
    public String text() {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord(columns.stream().map(Column::name).toList());
            int rows = columns.isEmpty() ? 0 : columns.getFirst().values().size();
            for (int i = 0; i < rows; i++) {
                int row = i;
                csv.writeRecord(columns.stream()
                        .map(column -> field(column.values().get(row)))
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing CSV into memory", e);
        }
        return text.toString();
    }

    private static String field(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
