package dev.toile.search;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * All trials of a run in a DuckDB file, written batch by batch: what was stored is still there when the process is
 * killed, and the run goes on from it.
 */
public final class TrialStore implements AutoCloseable {

    /** A search whose trials the store holds, with the names of its options, for export. */
    public record Named(String search, Space space, List<List<String>> options) {
        /** Copies the lists. */
        public Named {
            options = options.stream().map(List::copyOf).toList();
        }
    }

    private final Path file;
    private final DuckDBConnection database;
    private final List<String> objectives;

    private TrialStore(Path file, DuckDBConnection database, List<String> objectives) {
        this.file = file;
        this.database = database;
        this.objectives = List.copyOf(objectives);
    }

    /**
     * A new store; one that is there is replaced.
     *
     * @param file of the database
     * @param run what is searched, so that another run is not taken for it
     * @param objectives names of the columns
     * @throws IOException when it cannot be written
     */
    public static TrialStore create(Path file, String run, List<String> objectives) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".wal"));
        try {
            TrialStore store = new TrialStore(file, connect(file), objectives);
            String columns = IntStream.range(0, objectives.size())
                    .mapToObj(k -> ", o" + k + " DOUBLE")
                    .collect(Collectors.joining());
            store.execute("CREATE TABLE run (description VARCHAR)");
            store.execute("CREATE TABLE trials (search VARCHAR, trial BIGINT, point BIGINT, violation DOUBLE" + columns
                    + ")");
            try (PreparedStatement insert = store.database.prepareStatement("INSERT INTO run VALUES (?)")) {
                insert.setString(1, run);
                insert.execute();
            }
            return store;
        } catch (SQLException | LinkageError | IllegalStateException e) {
            throw failed(file, e);
        }
    }

    /**
     * A store that is there already.
     *
     * @return empty when it holds another run
     * @throws IOException when it cannot be read
     */
    public static Optional<TrialStore> reopen(Path file, String run, List<String> objectives) throws IOException {
        try {
            TrialStore store = new TrialStore(file, connect(file), objectives);
            try (Statement statement = store.database.createStatement();
                    ResultSet found = statement.executeQuery("SELECT description FROM run")) {
                if (found.next() && found.getString(1).equals(run)) {
                    return Optional.of(store);
                }
            }
            store.close();
            return Optional.empty();
        } catch (SQLException | LinkageError | IllegalStateException e) {
            throw failed(file, e);
        }
    }

    private static DuckDBConnection connect(Path file) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("preserve_insertion_order", "true");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        return (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:" + file.toAbsolutePath(), settings);
    }

    private static FileSystemException failed(Path file, Throwable cause) {
        FileSystemException failure = new FileSystemException(file.toString(), null, "DuckDB says: " + cause);
        failure.initCause(cause);
        return failure;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Adds trials; when this returns they outlive the process.
     *
     * @param search whose they are
     * @param first number of the first of them within the search
     * @throws IOException when they cannot be written
     */
    public void add(String search, long first, List<Trial> trials) throws IOException {
        try {
            execute("BEGIN TRANSACTION");
            try (DuckDBAppender rows = database.createAppender("trials")) {
                long number = first;
                for (Trial trial : trials) {
                    rows.beginRow();
                    rows.append(search);
                    rows.append(number++);
                    rows.append(trial.number());
                    rows.append(trial.violation());
                    for (double objective : trial.objectives()) {
                        rows.append(objective);
                    }
                    rows.endRow();
                }
            }
            execute("COMMIT");
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /**
     * All trials of a search, in order.
     *
     * @throws IOException when they cannot be read
     */
    public List<Trial> trials(String search) throws IOException {
        List<Trial> trials = new ArrayList<>();
        try (PreparedStatement select =
                database.prepareStatement("SELECT * FROM trials WHERE search = ? ORDER BY trial")) {
            select.setString(1, search);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    double[] values = new double[objectives.size()];
                    for (int k = 0; k < values.length; k++) {
                        values[k] = rows.getDouble(5 + k);
                    }
                    trials.add(new Trial(rows.getLong(3), values, rows.getDouble(4)));
                }
            }
        } catch (SQLException e) {
            throw failed(file, e);
        }
        return trials;
    }

    /**
     * Writes all trials as Parquet: a row a trial, a column for each choice (null where it is not open) and each
     * objective (null where the design cannot work). All objectives as they were searched, to be made small.
     *
     * @throws IOException when it cannot be written
     */
    public void export(Path parquet, List<Named> searches) throws IOException {
        String all = IntStream.range(0, searches.size())
                .mapToObj(i -> select(i, searches.get(i)))
                .collect(Collectors.joining(" UNION ALL BY NAME "));
        try {
            execute("COPY (SELECT * EXCLUDE (place) FROM (" + all + ") ORDER BY place, trial) TO "
                    + text(parquet.toAbsolutePath().toString())
                    + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
        } catch (SQLException e) {
            throw failed(parquet, e);
        }
    }

    private String select(int place, Named named) {
        StringBuilder sql = new StringBuilder("SELECT " + place + " AS place, search AS candidate, trial, ")
                .append("violation = 0 AS feasible, violation > 1 AS ruled_out");
        for (int k = 0; k < objectives.size(); k++) {
            sql.append(", CASE WHEN violation = 0 AND isfinite(o%d) THEN o%d END AS %s"
                    .formatted(k, k, name(objectives.get(k))));
        }
        for (int axis = 0; axis < named.options().size(); axis++) {
            String options =
                    named.options().get(axis).stream().map(TrialStore::text).collect(Collectors.joining(", "));
            sql.append(", CASE WHEN %s THEN list_extract([%s], CAST(%s AS BIGINT) + 1) END AS %s"
                    .formatted(
                            open(axis, named.space()),
                            options,
                            option(axis, named.space()),
                            name(named.space().axes().get(axis).name())));
        }
        return sql + " FROM trials WHERE search = " + text(named.search());
    }

    private static String open(int axis, Space space) {
        StringBuilder sql = new StringBuilder("true");
        for (Axis.Condition condition : space.axes().get(axis).when()) {
            String options = condition.options().stream().map(String::valueOf).collect(Collectors.joining(", "));
            sql.append(" AND ").append(open(condition.axis(), space));
            sql.append(" AND ")
                    .append(option(condition.axis(), space))
                    .append(" IN (")
                    .append(options)
                    .append(")");
        }
        return sql.toString();
    }

    /** The last axis turns fastest, as in {@link Space#point}. */
    private static String option(int axis, Space space) {
        long stride = 1;
        for (int i = axis + 1; i < space.dimensions(); i++) {
            stride *= space.options(i);
        }
        return "(point // " + stride + ") % " + space.options(axis);
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String name(String value) {
        return "\"" + value.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void close() throws IOException {
        try {
            database.close();
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }
}
