package dev.toile.report.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table as Apache Parquet: one row group, one page a column, plain encoding, no compression. That is all a table of
 * some hundred rows needs.
 *
 * <p>Source of the layout: Apache Parquet format 2.x, {@code parquet.thrift} and {@code Encodings.md}.
 *
 * @param columns from the left, all of one length
 * @param about what the file says of itself, by key
 */
public record ParquetTable(List<Column> columns, Map<String, String> about) {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int UNCOMPRESSED = 0;
    private static final int DATA_PAGE = 0;
    private static final int OPTIONAL = 1;
    private static final int UTF8 = 0;

    /** A column's place in the file. */
    private record Chunk(Column column, long offset, int size) {}

    /** Copies the columns. */
    public ParquetTable {
        columns = List.copyOf(columns);
    }

    /** The file. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        List<Chunk> chunks = new ArrayList<>();
        for (Column column : columns) {
            byte[] page = page(column);
            chunks.add(new Chunk(column, out.size(), page.length));
            out.writeBytes(page);
        }
        byte[] footer = footer(chunks);
        out.writeBytes(footer);
        PlainValues.int32(out, footer.length);
        out.writeBytes(MAGIC);
        return out.toByteArray();
    }

    private static byte[] page(Column column) {
        byte[] levels = PlainValues.definitionLevels(column);
        byte[] values = PlainValues.of(column);
        int size = levels.length + values.length;
        ThriftStruct header = new ThriftStruct()
                .i32(1, DATA_PAGE)
                .i32(2, size)
                .i32(3, size)
                .struct(
                        5,
                        new ThriftStruct()
                                .i32(1, column.values().size())
                                .i32(2, PLAIN)
                                .i32(3, RLE)
                                .i32(4, RLE));
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(header.bytes());
        page.writeBytes(levels);
        page.writeBytes(values);
        return page.toByteArray();
    }

    private byte[] footer(List<Chunk> chunks) {
        long rows = columns.isEmpty() ? 0 : columns.getFirst().values().size();
        List<ThriftStruct> schema = new ArrayList<>();
        schema.add(new ThriftStruct().text(4, "schema").i32(5, columns.size()));
        columns.forEach(column -> schema.add(element(column)));
        long size = chunks.stream().mapToLong(Chunk::size).sum();
        ThriftStruct group = new ThriftStruct()
                .structs(1, chunks.stream().map(chunk -> chunk(chunk, rows)).toList())
                .i64(2, size)
                .i64(3, rows);
        return new ThriftStruct()
                .i32(1, 1)
                .structs(2, schema)
                .i64(3, rows)
                .structs(4, List.of(group))
                .structs(
                        5,
                        about.entrySet().stream()
                                .map(entry -> new ThriftStruct()
                                        .text(1, entry.getKey())
                                        .text(2, entry.getValue()))
                                .toList())
                .text(6, "Toile")
                .bytes();
    }

    private static ThriftStruct element(Column column) {
        ThriftStruct element = new ThriftStruct()
                .i32(1, PlainValues.type(column))
                .i32(3, OPTIONAL)
                .text(4, column.name());
        if (column instanceof Column.Texts) {
            element.i32(6, UTF8).struct(10, new ThriftStruct().struct(1, new ThriftStruct()));
        }
        return element;
    }

    private static ThriftStruct chunk(Chunk chunk, long rows) {
        ThriftStruct about = new ThriftStruct()
                .i32(1, PlainValues.type(chunk.column()))
                .i32s(2, PLAIN, RLE)
                .texts(3, List.of(chunk.column().name()))
                .i32(4, UNCOMPRESSED)
                .i64(5, rows)
                .i64(6, chunk.size())
                .i64(7, chunk.size())
                .i64(9, chunk.offset());
        return new ThriftStruct().i64(2, chunk.offset()).struct(3, about);
    }
}
