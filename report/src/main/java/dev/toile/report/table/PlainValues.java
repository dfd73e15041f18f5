package dev.toile.report.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The values of a column in Parquet's plain encoding, and the levels that say which of them are there. */
final class PlainValues {

    private static final int BOOLEAN = 0;
    private static final int INT64 = 2;
    private static final int DOUBLE = 5;
    private static final int BYTE_ARRAY = 6;

    private PlainValues() {}

    /** The number of the column's physical type in {@code parquet.thrift}. */
    static int type(Column column) {
        return switch (column) {
            case Column.Texts _ -> BYTE_ARRAY;
            case Column.Numbers _ -> DOUBLE;
            case Column.Wholes _ -> INT64;
            case Column.Flags _ -> BOOLEAN;
        };
    }

    /** One bit a row, in groups of eight, after their length: 1 where there is a value. */
    static byte[] definitionLevels(Column column) {
        byte[] bits = bits(column.values().stream().map(Objects::nonNull).toList());
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        ThriftStruct.varint(run, ((long) bits.length << 1) | 1);
        run.writeBytes(bits);
        ByteArrayOutputStream levels = new ByteArrayOutputStream();
        int32(levels, run.size());
        levels.writeBytes(run.toByteArray());
        return levels.toByteArray();
    }

    /** The values that are there, one after the other. */
    static byte[] of(Column column) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (column) {
            case Column.Texts texts ->
                texts.values().stream().filter(Objects::nonNull).forEach(text -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    int32(out, bytes.length);
                    out.writeBytes(bytes);
                });
            case Column.Numbers numbers ->
                numbers.values().stream()
                        .filter(Objects::nonNull)
                        .forEach(number -> int64(out, Double.doubleToLongBits(number)));
            case Column.Wholes wholes ->
                wholes.values().stream().filter(Objects::nonNull).forEach(number -> int64(out, number));
            case Column.Flags flags ->
                out.writeBytes(
                        bits(flags.values().stream().filter(Objects::nonNull).toList()));
        }
        return out.toByteArray();
    }

    private static byte[] bits(List<Boolean> flags) {
        byte[] bits = new byte[(flags.size() + 7) / 8];
        for (int i = 0; i < flags.size(); i++) {
            if (flags.get(i)) {
                bits[i / 8] |= (byte) (1 << (i % 8));
            }
        }
        return bits;
    }

    static void int32(ByteArrayOutputStream out, int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(value >>> shift);
        }
    }

    private static void int64(ByteArrayOutputStream out, long value) {
        int32(out, (int) value);
        int32(out, (int) (value >>> Integer.SIZE));
    }
}
