package dev.toile.report.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One structure in Thrift's compact protocol, which Parquet writes its headers in; fields come in rising order. */
final class ThriftStruct {

    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int last;

    ThriftStruct i32(int id, int value) {
        field(id, I32);
        zigzag(value);
        return this;
    }

    ThriftStruct i64(int id, long value) {
        field(id, I64);
        zigzag(value);
        return this;
    }

    ThriftStruct text(int id, String text) {
        field(id, BINARY);
        binary(text);
        return this;
    }

    ThriftStruct struct(int id, ThriftStruct inner) {
        field(id, STRUCT);
        out.writeBytes(inner.bytes());
        return this;
    }

    ThriftStruct structs(int id, List<ThriftStruct> inner) {
        list(id, STRUCT, inner.size());
        inner.forEach(each -> out.writeBytes(each.bytes()));
        return this;
    }

    ThriftStruct i32s(int id, int... values) {
        list(id, I32, values.length);
        for (int value : values) {
            zigzag(value);
        }
        return this;
    }

    ThriftStruct texts(int id, List<String> texts) {
        list(id, BINARY, texts.size());
        texts.forEach(this::binary);
        return this;
    }

    /** The structure with its end. */
    byte[] bytes() {
        byte[] fields = out.toByteArray();
        byte[] ended = new byte[fields.length + 1];
        System.arraycopy(fields, 0, ended, 0, fields.length);
        return ended;
    }

    private void field(int id, int type) {
        int step = id - last;
        if (step < 1 || step > 15) {
            throw new IllegalArgumentException("field " + id + " after field " + last);
        }
        out.write((step << 4) | type);
        last = id;
    }

    private void list(int id, int type, int size) {
        field(id, LIST);
        if (size < 15) {
            out.write((size << 4) | type);
        } else {
            out.write(0xF0 | type);
            varint(out, size);
        }
    }

    private void binary(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private void zigzag(long value) {
        varint(out, (value << 1) ^ (value >> 63));
    }

    /** Seven bits a byte, the lowest first; the highest bit of a byte says that more follow. */
    static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
