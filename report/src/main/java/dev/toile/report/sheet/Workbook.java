package dev.toile.report.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A workbook: the smallest set of parts that ECMA-376 asks for, one part a sheet, texts in their cells.
 *
 * @param sheets from the left; at least one
 */
public record Workbook(List<Sheet> sheets) {

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006";
    private static final String SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /** The earliest time that a ZIP archive can hold: a workbook does not say when it was written. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Copies the sheets. */
    public Workbook {
        sheets = List.copyOf(sheets);
    }

    /** The file. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            // Not compressed: compressors of different make give different bytes.
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, String> part : parts().entrySet()) {
                byte[] content = (DECLARATION + part.getValue()).getBytes(StandardCharsets.UTF_8);
                CRC32 checksum = new CRC32();
                checksum.update(content);
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTimeLocal(TIME);
                entry.setSize(content.length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing a workbook into memory", e);
        }
        return bytes.toByteArray();
    }

    private Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", contentTypes());
        parts.put(
                "_rels/.rels",
                relations("<Relationship Id=\"rId1\" Type=\"" + OFFICE
                        + "/officeDocument\" Target=\"xl/workbook.xml\"/>"));
        parts.put("xl/workbook.xml", workbook());
        parts.put("xl/_rels/workbook.xml.rels", relations(workbookRelations()));
        parts.put("xl/styles.xml", Style.sheet());
        for (int i = 0; i < sheets.size(); i++) {
            parts.put("xl/worksheets/sheet" + (i + 1) + ".xml", sheets.get(i).xml());
        }
        return parts;
    }

    private String contentTypes() {
        StringBuilder xml = new StringBuilder("<Types xmlns=\"" + PACKAGE + "/content-types\">")
                .append("<Default Extension=\"rels\""
                        + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>")
                .append("<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
        override(xml, "workbook.xml", "sheet.main+xml");
        override(xml, "styles.xml", "styles+xml");
        for (int i = 1; i <= sheets.size(); i++) {
            override(xml, "worksheets/sheet" + i + ".xml", "worksheet+xml");
        }
        return xml.append("</Types>").toString();
    }

    private static void override(StringBuilder xml, String part, String type) {
        xml.append("<Override PartName=\"/xl/").append(part);
        xml.append("\" ContentType=\"").append(SPREADSHEET).append(type).append("\"/>");
    }

    /** Asks the spreadsheet to compute when it opens the file: the values written are Toile's. */
    private String workbook() {
        StringBuilder xml = new StringBuilder(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"" + OFFICE
                        + "\"><sheets>");
        for (int i = 0; i < sheets.size(); i++) {
            xml.append("<sheet name=\"");
            Sheet.escape(xml, sheets.get(i).name());
            xml.append("\" sheetId=\"")
                    .append(i + 1)
                    .append("\" r:id=\"rId")
                    .append(i + 1)
                    .append("\"/>");
        }
        return xml.append("</sheets><calcPr calcId=\"191029\" fullCalcOnLoad=\"1\"/></workbook>")
                .toString();
    }

    private String workbookRelations() {
        StringBuilder xml = new StringBuilder();
        for (int i = 1; i <= sheets.size(); i++) {
            relation(xml, i, "/worksheet", "worksheets/sheet" + i + ".xml");
        }
        relation(xml, sheets.size() + 1, "/styles", "styles.xml");
        return xml.toString();
    }

    private static void relation(StringBuilder xml, int id, String type, String target) {
        xml.append("<Relationship Id=\"rId")
                .append(id)
                .append("\" Type=\"")
                .append(OFFICE)
                .append(type);
        xml.append("\" Target=\"").append(target).append("\"/>");
    }

    private static String relations(String relations) {
        return "<Relationships xmlns=\"" + PACKAGE + "/relationships\">" + relations + "</Relationships>";
    }
}
