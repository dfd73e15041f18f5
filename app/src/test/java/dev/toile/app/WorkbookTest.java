package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaEvaluator;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workbook computes what Toile computed, and goes on doing so when a planner changes an input. */
class WorkbookTest {

    private static final double CLOSE = 1e-9;

    @TempDir
    private Path directory;

    static List<Path> studies() throws IOException {
        return Toile.studies();
    }

    private Workbook workbook(Path study, String out) throws IOException {
        Toile.works("run", study, "--out", directory.resolve(out), "--formats", "json,xlsx", "--budget", 200);
        byte[] bytes = Files.readAllBytes(directory.resolve(out).resolve("results.xlsx"));
        return new XSSFWorkbook(new ByteArrayInputStream(bytes));
    }

    private static Row row(Sheet sheet, int column, String text) {
        for (Row row : sheet) {
            Cell cell = row.getCell(column);
            if (cell != null
                    && cell.getCellType() == CellType.STRING
                    && cell.getStringCellValue().equals(text)) {
                return row;
            }
        }
        throw new AssertionError("no row '" + text + "' on sheet " + sheet.getSheetName());
    }

    /** What the sheet of results says of a figure, by candidate, computed anew. */
    private static Map<String, Double> results(Workbook workbook, String heading) {
        FormulaEvaluator evaluator = workbook.getCreationHelper().createFormulaEvaluator();
        Sheet sheet = workbook.getSheet("Results");
        Row head = row(sheet, 1, "Candidate");
        int column = -1;
        for (Cell cell : head) {
            if (cell.getStringCellValue().equals(heading)) {
                column = cell.getColumnIndex();
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = head.getRowNum() + 1; i <= sheet.getLastRowNum(); i++) {
            Row row = sheet.getRow(i);
            values.put(
                    row.getCell(1).getStringCellValue(),
                    evaluator.evaluate(row.getCell(column)).getNumberValue());
        }
        return values;
    }

    private static void assertAlike(Map<String, Double> found, Map<String, Double> expected) {
        assertThat(found).hasSameSizeAs(expected);
        found.forEach((name, value) ->
                assertThat(value).as(name).isCloseTo(expected.get(name), within(Math.abs(expected.get(name)) * CLOSE)));
    }

    /** Figures with a formula are formulas here, all of them; only leaves are fixed. */
    @ParameterizedTest
    @MethodSource("studies")
    void everyFormulaIsLiveAndComesToWhatToileComputed(Path study) throws IOException {
        try (Workbook workbook = workbook(study, "out")) {
            assertThat(workbook.getSheetName(0)).isEqualTo("Inputs");
            assertThat(workbook.getSheet("Sources")).isNotNull();
            int sheet = 1;
            int rank = 0;
            for (JsonNode candidate :
                    Toile.json(directory.resolve("out").resolve("results.json")).path("candidates")) {
                rank++;
                if (candidate.path("feasible").asBoolean() && sheet <= 12) {
                    Sheet cost = workbook.getSheet("Cost " + sheet++);
                    assertThat(kinds(cost))
                            .containsEntry("formula", formulas(candidate))
                            .containsKeys("input", "fixed");
                    assertAlike(computed(cost), explained(candidate));
                }
                assertAlike(row(workbook.getSheet("Results"), rank), figures(candidate));
            }
            assertThat(sheet).isGreaterThan(1);
        }
    }

    /** Values by name, those of one name by size, of all rows of a sheet of costs; formulas are computed. */
    private static Map<String, Double> computed(Sheet sheet) {
        FormulaEvaluator evaluator = sheet.getWorkbook().getCreationHelper().createFormulaEvaluator();
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int i = 3; i <= sheet.getLastRowNum(); i++) {
            Row row = sheet.getRow(i);
            if (row.getCell(1).getCellType() != CellType.STRING) {
                values.computeIfAbsent(row.getCell(0).getStringCellValue(), _ -> new ArrayList<>())
                        .add(evaluator.evaluate(row.getCell(1)).getNumberValue());
            }
        }
        return numbered(values);
    }

    /** The same of what the results explain; infinite values are text in a spreadsheet. */
    private static Map<String, Double> explained(JsonNode candidate) {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (JsonNode node : candidate.path("explanation").path("nodes")) {
            if (node.path("value").isNumber()) {
                values.computeIfAbsent(node.path("name").asText(), _ -> new ArrayList<>())
                        .add(node.path("value").asDouble());
            }
        }
        return numbered(values);
    }

    private static Map<String, Double> numbered(Map<String, List<Double>> values) {
        Map<String, Double> numbered = new LinkedHashMap<>();
        values.forEach((name, all) -> {
            Collections.sort(all);
            for (int i = 0; i < all.size(); i++) {
                numbered.put(name + " " + i, all.get(i));
            }
        });
        return numbered;
    }

    /** The figures of a candidate on the sheet of results, computed. */
    private static Map<String, Double> row(Sheet sheet, int rank) {
        FormulaEvaluator evaluator = sheet.getWorkbook().getCreationHelper().createFormulaEvaluator();
        Row head = row(sheet, 1, "Candidate");
        Row row = sheet.getRow(head.getRowNum() + rank);
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 4; i < head.getLastCellNum(); i++) {
            Cell cell = row.getCell(i);
            if (cell != null && cell.getCellType() != CellType.STRING && cell.getCellType() != CellType.BLANK) {
                String heading = head.getCell(i).getStringCellValue();
                values.put(
                        heading.replaceFirst(" .*", ""),
                        evaluator.evaluate(cell).getNumberValue());
            }
        }
        return values;
    }

    private static Map<String, Double> figures(JsonNode candidate) {
        Map<String, Double> values = new LinkedHashMap<>();
        candidate.path("figures").properties().forEach(figure -> {
            if (figure.getValue().path("value").isNumber()) {
                values.put(figure.getKey(), figure.getValue().path("value").asDouble());
            }
        });
        return values;
    }

    /** No value is stored beside a formula: whoever opens the file has to compute them all. */
    @Test
    void asksToBeComputedWhenOpened() throws IOException {
        try (XSSFWorkbook workbook = (XSSFWorkbook) workbook(Toile.STUDIES.resolve("chat-70b.yaml"), "out")) {
            assertThat(workbook.getForceFormulaRecalculation()).isTrue();
            assertThat(workbook.getProperties().getCoreProperties().getCreated())
                    .isNull();
            Sheet cost = workbook.getSheet("Cost 1");
            assertThat(cost.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 3);
            assertThat(cost.getRowSumsBelow()).isFalse();
            assertThat(cost.getRow(4).getOutlineLevel()).isEqualTo(1);
            assertThat(cost.getRow(4).getCell(0).getCellStyle().getIndention()).isEqualTo((short) 1);
        }
    }

    private static long formulas(JsonNode candidate) {
        long formulas = 0;
        for (JsonNode node : candidate.path("explanation").path("nodes")) {
            formulas += node.path("formula").isNull() ? 0 : 1;
        }
        return formulas;
    }

    private static Map<String, Long> kinds(Sheet sheet) {
        Map<String, Long> kinds = new LinkedHashMap<>();
        for (Row row : sheet) {
            if (row.getCell(3) != null) {
                kinds.merge(row.getCell(3).getStringCellValue(), 1L, Long::sum);
            }
        }
        return kinds;
    }

    private void change(String input, double value, String old, String changed) throws IOException {
        String text = Files.readString(Toile.STUDIES.resolve("chat-70b.yaml"));
        assertThat(text).contains(old);
        Path other = Files.writeString(directory.resolve("other.yaml"), text.replace(old, changed));
        try (Workbook before = workbook(Toile.STUDIES.resolve("chat-70b.yaml"), "before");
                Workbook after = workbook(other, "after")) {
            Map<String, Double> unchanged = results(before, "usd-per-million-tokens [USD/Mtoken]");
            row(before.getSheet("Inputs"), 0, input).getCell(2).setCellValue(value);
            for (String figure :
                    List.of("usd-per-million-tokens [USD/Mtoken]", "opex-per-year [USD/year]", "capex [USD]")) {
                assertAlike(results(before, figure), results(after, figure));
            }
            Map<String, Double> moved = results(before, "usd-per-million-tokens [USD/Mtoken]");
            unchanged.forEach((name, usd) -> assertThat(moved.get(name)).isGreaterThan(usd * 1.001));
        }
    }

    @Test
    void aDearerPowerPriceMovesItAsARunWould() throws IOException {
        change("power-price", 90, "power-price: 60 USD/MWh", "power-price: 90 USD/MWh");
    }

    @Test
    void dearerCapitalMovesItAsARunWould() throws IOException {
        change("cost-of-capital", 0.12, "cost-of-capital: 8 %", "cost-of-capital: 12 %");
    }

    @Test
    void aShorterLifeMovesItAsARunWould() throws IOException {
        change("it-lifetime", 4 * 365, "lifetime: 5 years", "lifetime: 4 years");
    }

    @Test
    void inputsNameTheLineOfTheStudy() throws IOException {
        try (Workbook workbook = workbook(Toile.STUDIES.resolve("chat-70b.yaml"), "out")) {
            Row row = row(workbook.getSheet("Inputs"), 0, "economics.power-price");
            assertThat(row.getCell(1).getStringCellValue()).isEqualTo("60 USD/MWh");
            assertThat(row.getCell(2).getStringCellValue()).matches(".*chat-70b\\.yaml:\\d+");
            Row price = row(workbook.getSheet("Inputs"), 0, "power-price");
            assertThat(price.getCell(2).getNumericCellValue()).isEqualTo(60);
            assertThat(price.getCell(3).getStringCellValue()).isEqualTo("USD/MWh");
        }
    }
}
