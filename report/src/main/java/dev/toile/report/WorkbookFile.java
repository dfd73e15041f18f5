package dev.toile.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;

/**
 * The file of a workbook. Mends two things that fastexcel has no option for: it says when the file was written, and does
 * not ask for the formulas to be computed when the file is opened, although it stores no values with them.
 */
final class WorkbookFile {

    /** The earliest time that a ZIP archive can hold. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final String PROPERTIES = "docProps/core.xml";
    private static final String WORKBOOK = "xl/workbook.xml";
    private static final String WORKBOOK_END = "</workbook>";
    private static final String COMPUTE = "<calcPr fullCalcOnLoad=\"1\"/>";

    /** What puts sheets into a workbook. */
    @FunctionalInterface
    interface Content {
        void write(Workbook workbook) throws IOException;
    }

    private WorkbookFile() {}

    /** Writes a workbook; the same content gives the same bytes. */
    static void write(Path file, Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                Workbook workbook = new Workbook(out, "Toile", null)) {
            workbook.setCompressionLevel(0);
            content.write(workbook);
        }
        Map<String, byte[]> parts = parts(file);
        parts.computeIfPresent(
                PROPERTIES, (_, part) -> text(text(part).replaceFirst("<dcterms:created.*</dcterms:created>", "")));
        parts.computeIfPresent(WORKBOOK, (_, part) -> text(text(part).replace(WORKBOOK_END, COMPUTE + WORKBOOK_END)));
        write(file, parts);
    }

    private static Map<String, byte[]> parts(Path file) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return parts;
    }

    private static void write(Path file, Map<String, byte[]> parts) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
            // Not compressed: compressors of different make give different bytes.
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                CRC32 checksum = new CRC32();
                checksum.update(part.getValue());
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTimeLocal(TIME);
                entry.setSize(part.getValue().length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
    }

    private static String text(byte[] part) {
        return new String(part, StandardCharsets.UTF_8);
    }

    private static byte[] text(String part) {
        return part.getBytes(StandardCharsets.UTF_8);
    }
}
