package dev.toile.app;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.ValidationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code toile validate report}: the errors of a folder of tables, as docs/validation.md has them. */
@Command(
        name = "report",
        description = "Writes the errors of all tables of a directory as one page of Markdown, with plots beside it.",
        footer = "%nExample: toile validate report measured --out docs/validation.md")
final class ValidateReportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIR", description = "Directory with tables such as h100_sxm_gemm.csv.")
    private @Nullable Path directory;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write it, its plots in a folder of its name (default: print it).")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInput, IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path tables = Objects.requireNonNull(directory);
        if (file == null) {
            out.print(ValidationReport.page(tables, Catalog.bundled(), "validation")
                    .markdown());
            out.flush();
            return 0;
        }
        Path target = file.toAbsolutePath();
        Path folder = Objects.requireNonNull(target.getParent(), "a file lies somewhere");
        String name = String.valueOf(target.getFileName());
        String plots = name.replaceFirst("\\.[^.]*$", "");
        plots = plots.equals(name) ? name + "-plots" : plots;
        ValidationReport.Page page = ValidationReport.page(tables, Catalog.bundled(), plots);
        for (Map.Entry<String, String> plot : page.plots().entrySet()) {
            OutputFiles.write(folder.resolve(plots), plot.getKey(), plot.getValue());
        }
        OutputFiles.write(folder, name, page.markdown());
        out.println("wrote " + file + (page.plots().isEmpty() ? "" : " and its plots in " + plots));
        return 0;
    }
}
