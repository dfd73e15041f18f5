package dev.toile.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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

    @Property(tries = 200)
    void readsAsItWasWritten(@ForAll("lines") List<Line> lines) throws IOException {
        List<Column> columns = List.of(
                new Column.Texts("a text", lines.stream().map(Line::text).toList()),
                new Column.Numbers(
                        "number [W]", lines.stream().map(Line::number).toList()),
                new Column.Wholes("whole", lines.stream().map(Line::whole).toList()),
                new Column.Flags("flag", lines.stream().map(Line::flag).toList()));
        byte[] bytes = new ParquetTable(columns, Map.of("study", "What?")).bytes();
        try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(bytes)));
                RowReader rows = file.rowReader()) {
            assertThat(file.getFileMetaData().numRows()).isEqualTo(lines.size());
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

    @Property(tries = 20)
    void manyColumns(@ForAll @IntRange(min = 1, max = 60) int count) throws IOException {
        List<Column> columns = IntStream.range(0, count)
                .<Column>mapToObj(i -> new Column.Numbers("c" + i, Collections.nCopies(3, (double) i)))
                .toList();
        byte[] bytes = new ParquetTable(columns, Map.of()).bytes();
        try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(bytes)));
                RowReader rows = file.rowReader()) {
            rows.next();
            assertThat(rows.getDouble("c" + (count - 1))).isEqualTo(count - 1);
        }
    }
}
