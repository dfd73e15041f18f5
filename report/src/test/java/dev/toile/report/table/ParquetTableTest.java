package dev.toile.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** A Parquet file reads as what was written, in a reader by other people. */
class ParquetTableTest {

    /** One row of every type; each value may be missing. */
    record Line(
            @Nullable String text,
            @Nullable Double number,
            @Nullable Long whole,
            @Nullable Boolean flag) {}

    @Provide
    Arbitrary<List<Line>> lines() {
        Arbitrary<Line> line = Combinators.combine(
                        Arbitraries.strings()
                                .excludeChars('\uFFFE')
                                .filter(ParquetTableTest::whole)
                                .injectNull(0.2),
                        Arbitraries.doubles().injectNull(0.2),
                        Arbitraries.longs().injectNull(0.2),
                        Arbitraries.of(true, false).injectNull(0.2))
                .as(Line::new);
        return line.list().ofMinSize(1).ofMaxSize(40);
    }

    /** Whether it has no half characters, which UTF-8 cannot hold. */
    private static boolean whole(String text) {
        return text.codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000);
    }

    private static byte[] written(ParquetTable table) throws IOException {
        Path file = Files.createTempFile("it's a table", ".parquet");
        try {
            table.write(file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 100)
    void readsAsItWasWritten(@ForAll("lines") List<Line> lines) throws IOException {
        List<Column> columns = List.of(
                new Column.Texts("a text", lines.stream().map(Line::text).toList()),
                new Column.Numbers(
                        "number [W]", lines.stream().map(Line::number).toList()),
                new Column.Wholes("whole", lines.stream().map(Line::whole).toList()),
                new Column.Flags("flag", lines.stream().map(Line::flag).toList()));
        byte[] bytes = written(new ParquetTable(columns, Map.of("study", "What's \"this\"?")));
        try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(bytes)));
                RowReader rows = file.rowReader()) {
            assertThat(file.getFileMetaData().numRows()).isEqualTo(lines.size());
            assertThat(file.getFileMetaData().keyValueMetadata()).containsEntry("study", "What's \"this\"?");
            for (Line line : lines) {
                rows.next();
                assertThat(rows.isNull("a text") ? null : rows.getString("a text"))
                        .isEqualTo(line.text());
                assertThat(rows.isNull("number [W]") ? null : (Double) rows.getDouble("number [W]"))
                        .isEqualTo(line.number());
                assertThat(rows.isNull("whole") ? null : (Long) rows.getLong("whole"))
                        .isEqualTo(line.whole());
                assertThat(rows.isNull("flag") ? null : (Boolean) rows.getBoolean("flag"))
                        .isEqualTo(line.flag());
            }
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Property(tries = 10)
    void manyColumns(@ForAll @IntRange(min = 1, max = 60) int count) throws IOException {
        List<Column> columns = IntStream.range(0, count)
                .<Column>mapToObj(i -> new Column.Numbers("c" + i, Collections.nCopies(3, (double) i)))
                .toList();
        byte[] bytes = written(new ParquetTable(columns, Map.of()));
        try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(bytes)));
                RowReader rows = file.rowReader()) {
            rows.next();
            assertThat(rows.getDouble("c" + (count - 1))).isEqualTo(count - 1);
        }
    }

    @Example
    void theSameTableGivesTheSameBytes() throws IOException {
        List<Column> columns = List.of(
                new Column.Texts("text", Arrays.asList("a", null, "a")),
                new Column.Numbers("number", Arrays.asList(Double.POSITIVE_INFINITY, -0.0, null)));
        Map<String, String> about = new LinkedHashMap<>();
        for (String key : List.of("study", "seed", "toile", "a", "b")) {
            about.put(key, "1");
        }
        byte[] once = written(new ParquetTable(columns, about));
        assertThat(written(new ParquetTable(columns, about))).isEqualTo(once);
    }

    @Example
    void aPlaceThatCannotBeWritten() {
        Path nowhere = Path.of("no", "such", "directory", "file.parquet");
        ParquetTable table = new ParquetTable(List.of(new Column.Flags("flag", List.of(true))), Map.of());
        assertThatThrownBy(() -> table.write(nowhere))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("DuckDB");
    }
}
