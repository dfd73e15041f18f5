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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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

    /** What writes a file. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    /**
     * Writes results into a directory, each file whole or not at all. The files do not depend on each other, and are
     * written side by side.
     *
     * @throws IOException when a file cannot be written
     */
    static void write(Set<ResultFormat> formats, Study study, StudyResults results, Path directory) throws IOException {
        Explanations explanations = Explanations.of(results);
        ResultsTable table = new ResultsTable(results);
        // Longest first.
        List<Writing> writings = new ArrayList<>();
        if (formats.contains(JSON) || formats.contains(HTML)) {
            writings.add(() -> {
                String whole = new ResultsJson(results).whole(explanations);
                if (formats.contains(JSON)) {
                    OutputFiles.write(directory, JSON.file, whole);
                }
                if (formats.contains(HTML)) {
                    OutputFiles.write(directory, HTML.file, HtmlReport.render(whole));
                }
            });
        }
        if (formats.contains(PARQUET)) {
            writings.add(() -> OutputFiles.write(directory, PARQUET.file, table::parquet));
        }
        if (formats.contains(XLSX)) {
            ResultsWorkbook workbook = new ResultsWorkbook(results, values(study));
            writings.add(() -> OutputFiles.write(directory, XLSX.file, file -> workbook.write(file, explanations)));
        }
        if (formats.contains(CSV)) {
            writings.add(() -> OutputFiles.write(directory, CSV.file, table.csv()));
        }
        runSideBySide(writings);
    }

    /** Runs all to their end, then throws what the first that failed threw. */
    private static void runSideBySide(List<Writing> writings) throws IOException {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, writings.size()))) {
            for (Writing writing : writings) {
                running.add(threads.submit(() -> {
                    writing.run();
                    return true;
                }));
            }
        }
        for (Future<?> ended : running) {
            if (ended.state() == Future.State.FAILED) {
                switch (ended.exceptionNow()) {
                    case IOException failure -> throw failure;
                    case RuntimeException failure -> throw failure;
                    case Error failure -> throw failure;
                    case Throwable failure -> throw new IllegalStateException(failure);
                }
            }
        }
    }

    private static List<StudyValue> values(Study study) {
        return study.values().stream()
                .map(value -> new StudyValue(
                        value.path(), value.text(), value.location().toString()))
                .toList();
    }
}
