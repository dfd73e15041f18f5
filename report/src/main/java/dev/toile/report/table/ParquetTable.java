package dev.toile.report.table;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * A table as Apache Parquet, written by a DuckDB in memory.
 *
 * @param columns from the left, at least one, all of one length; names differ in more than case
 * @param about what the file says of itself, by key
 */
public record ParquetTable(List<Column> columns, Map<String, String> about) {

    /** Copies the columns and what is said of them, in its order. */
    public ParquetTable {
        columns = List.copyOf(columns);
        about = new LinkedHashMap<>(about);
    }

    /**
     * Writes the file; the same table gives the same bytes.
     *
     * @throws IOException when it cannot be written
     */
    public void write(Path file) throws IOException {
        try (DuckDBConnection database = database();
                Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE results ("
                    + columns.stream()
                            .map(column -> quoted('"', column.name()) + " " + type(column))
                            .collect(Collectors.joining(", "))
                    + ")");
            try (DuckDBAppender rows = database.createAppender("results")) {
                append(rows);
            }
            statement.execute("COPY results TO "
                    + quoted('\'', file.toAbsolutePath().toString())
                    + " (FORMAT parquet, COMPRESSION uncompressed, USE_TMP_FILE false"
                    + metadata() + ")");
        } catch (SQLException e) {
            throw unwritable(file, e);
        } catch (LinkageError | IllegalStateException e) {
            // Its native library is not for this machine, or could not be unpacked.
            throw unwritable(file, e);
        }
    }

    private static FileSystemException unwritable(Path file, Throwable cause) {
        FileSystemException unwritable =
                new FileSystemException(file.toString(), null, "DuckDB, which writes Parquet, says: " + cause);
        unwritable.initCause(cause);
        return unwritable;
    }

    /** One thread, for a file that does not depend on their number; and no look at the network for extensions. */
    private static DuckDBConnection database() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("preserve_insertion_order", "true");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", settings);
    }

    private static String type(Column column) {
        return switch (column) {
            case Column.Texts _ -> "VARCHAR";
            case Column.Numbers _ -> "DOUBLE";
            case Column.Wholes _ -> "BIGINT";
            case Column.Flags _ -> "BOOLEAN";
        };
    }

    private void append(DuckDBAppender rows) throws SQLException {
        int count = columns.getFirst().values().size();
        for (int i = 0; i < count; i++) {
            rows.beginRow();
            for (Column column : columns) {
                append(rows, column.values().get(i));
            }
            rows.endRow();
        }
    }

    private static void append(DuckDBAppender rows, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> rows.appendNull();
            case String text -> rows.append(text);
            case Double number -> rows.append(number.doubleValue());
            case Long whole -> rows.append(whole.longValue());
            case Boolean flag -> rows.append(flag.booleanValue());
            default -> throw new IllegalArgumentException("no column holds " + value.getClass());
        }
    }

    private String metadata() {
        if (about.isEmpty()) {
            return "";
        }
        return about.entrySet().stream()
                .map(entry -> quoted('\'', entry.getKey()) + ": " + quoted('\'', entry.getValue()))
                .collect(Collectors.joining(", ", ", KV_METADATA {", "}"));
    }

    /** In SQL a quote within quotes stands twice. */
    private static String quoted(char quote, String text) {
        String one = String.valueOf(quote);
        return one + text.replace(one, one + one) + one;
    }
}
