package dev.toile.app;

import dev.toile.catalog.study.Study;
import dev.toile.report.Explanations;
import dev.toile.report.HtmlReport;
import dev.toile.report.ResultsJson;
import dev.toile.report.ResultsTable;
import dev.toile.report.ResultsWorkbook;
import dev.toile.report.StudyResults;
import dev.toile.report.StudyValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A form in which a run's results can be written down. */
enum ResultFormat {
    /** For people to look at. */
    HTML("report.html"),
    /** Everything, explanations included; {@code toile explain} reads it. */
    JSON("results.json"),
    /** A row a candidate. */
    CSV("results.csv"),
    /** The same rows, with types. */
    PARQUET("results.parquet"),
    /** For planners: inputs to change, and formulas that follow. */
    XLSX("results.xlsx");

    private final String file;

    ResultFormat(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /**
     * Writes results into a directory, each file whole or not at all.
     *
     * @throws IOException when a file cannot be written
     */
    static void write(Set<ResultFormat> formats, Study study, StudyResults results, Path directory) throws IOException {
        Explanations explanations = Explanations.of(results);
        if (formats.contains(JSON) || formats.contains(HTML)) {
            String whole = new ResultsJson(results).whole(explanations);
            if (formats.contains(JSON)) {
                OutputFiles.write(directory, JSON.file, whole);
            }
            if (formats.contains(HTML)) {
                OutputFiles.write(directory, HTML.file, HtmlReport.render(whole));
            }
        }
        ResultsTable table = new ResultsTable(results);
        if (formats.contains(CSV)) {
            OutputFiles.write(directory, CSV.file, table.csv());
        }
        if (formats.contains(PARQUET)) {
            OutputFiles.write(directory, PARQUET.file, table.parquet());
        }
        if (formats.contains(XLSX)) {
            OutputFiles.write(directory, XLSX.file, new ResultsWorkbook(results, values(study)).bytes(explanations));
        }
    }

    private static List<StudyValue> values(Study study) {
        return study.values().stream()
                .map(value -> new StudyValue(
                        value.path(), value.text(), value.location().toString()))
                .toList();
    }
}
