package dev.toile.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toile.evidence.Comparison;
import dev.toile.evidence.ErrorSummary;
import dev.toile.evidence.Prediction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the comparison of a table is shown. */
final class ValidateOutput {

    private static final int LINES_SHOWN = 8;

    @Option(
            names = "--predictions",
            paramLabel = "OUT",
            description = "Write the table with one more column, the predictions; empty where a row has none.")
    private @Nullable Path predictions;

    @Option(names = "--json", description = "Print errors, groups and skipped rows as JSON; errors are fractions.")
    private boolean json;

    void show(Comparison comparison, PrintWriter out) throws IOException {
        if (predictions != null) {
            Path file = predictions.toAbsolutePath();
            Path directory = Objects.requireNonNull(file.getParent(), "a file lies somewhere");
            OutputFiles.write(directory, String.valueOf(file.getFileName()), comparison.csv());
        }
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json(comparison)));
        } else {
            print(comparison, out);
        }
    }

    private static ObjectNode json(Comparison comparison) {
        ErrorSummary summary = comparison.summary();
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("rows", summary.rows());
        root.put("skipped", summary.skipped());
        ObjectNode reasons = root.putObject("reasons");
        summary.reasons().forEach(reasons::put);
        number(root, "mape", summary.mape());
        number(root, "median_ape", summary.medianApe());
        number(root, "p90_ape", summary.p90Ape());
        number(root, "bias", summary.bias());
        number(root, "inside_band", summary.insideBand());
        ErrorSummary.Side side = summary.keptOut();
        ObjectNode keptOut = root.putObject("kept_out");
        keptOut.put("rows", side.rows());
        number(keptOut, "mape", side.mape());
        number(keptOut, "median_ape", side.medianApe());
        number(keptOut, "p90_ape", side.p90Ape());
        number(keptOut, "inside_band", side.insideBand());
        ArrayNode groups = root.putArray("groups");
        for (ErrorSummary.Group group : summary.groups()) {
            ObjectNode node = groups.addObject();
            node.put("by", group.by());
            node.put("value", group.value());
            node.put("rows", group.rows());
            number(node, "mape", group.mape());
            number(node, "median_ape", group.medianApe());
            number(node, "bias", group.bias());
            number(node, "inside_band", group.insideBand());
        }
        ArrayNode skipped = root.putArray("skipped_rows");
        for (Prediction each : comparison.predictions()) {
            if (!each.works()) {
                skipped.addObject().put("line", each.row().line()).put("reason", each.reason());
            }
        }
        comparison.notes().forEach(root.putArray("notes")::add);
        return root;
    }

    /** JSON knows no NaN: nothing was compared. */
    private static void number(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }

    private static void print(Comparison comparison, PrintWriter out) {
        ErrorSummary summary = comparison.summary();
        out.println(comparison.table().fileName() + ": " + line(summary));
        ErrorSummary.Side keptOut = summary.keptOut();
        if (keptOut.rows() > 0) {
            out.println("of these fitted no constant: " + keptOut.rows() + " rows, error mean "
                    + percent(keptOut.mape()) + ", median " + percent(keptOut.medianApe()) + ", P90 "
                    + percent(keptOut.p90Ape()) + inBand(keptOut.insideBand()));
        }
        if (!summary.groups().isEmpty()) {
            out.println();
            boolean bands = !Double.isNaN(summary.insideBand());
            Table table = new Table().row(cells(bands, "", "rows", "mean error", "median", "bias", "in band"));
            String by = "";
            for (ErrorSummary.Group group : summary.groups()) {
                if (!group.by().equals(by)) {
                    by = group.by();
                    table.row(List.of(by));
                }
                table.row(cells(
                        bands,
                        "  " + group.value(),
                        String.valueOf(group.rows()),
                        percent(group.mape()),
                        percent(group.medianApe()),
                        signed(group.bias()),
                        percent(group.insideBand())));
            }
            table.print(out);
        }
        summary.reasons().forEach((reason, count) -> {
            out.println();
            out.println("skipped " + count + ": " + reason);
            out.println("  " + lines(comparison.predictions(), reason));
        });
        for (String note : comparison.notes()) {
            out.println();
            out.println("Note: " + note);
        }
    }

    /** The cells of a line; the last only where there are bands. */
    private static List<String> cells(boolean bands, String... all) {
        return List.of(all).subList(0, bands ? all.length : all.length - 1);
    }

    private static String line(ErrorSummary summary) {
        String counts = summary.rows() + " rows, " + summary.skipped() + " skipped";
        if (Double.isNaN(summary.mape())) {
            return counts + ", nothing to compare";
        }
        return counts + ", error mean " + percent(summary.mape()) + ", median " + percent(summary.medianApe())
                + ", P90 " + percent(summary.p90Ape()) + ", bias " + signed(summary.bias())
                + inBand(summary.insideBand());
    }

    private static String inBand(double share) {
        return Double.isNaN(share) ? "" : ", in the 80 % band " + percent(share);
    }

    private static String lines(List<Prediction> predictions, String reason) {
        List<String> lines = predictions.stream()
                .filter(each -> each.reason().equals(reason))
                .map(each -> String.valueOf(each.row().line()))
                .toList();
        int shown = Math.min(lines.size(), LINES_SHOWN);
        String more = lines.size() > shown ? " and " + (lines.size() - shown) + " more" : "";
        return (lines.size() == 1 ? "line " : "lines ") + String.join(", ", lines.subList(0, shown)) + more;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }
}
