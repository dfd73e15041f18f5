package dev.toile.app;

import dev.toile.report.SimulationResults;
import dev.toile.stack.evaluation.SimulatedService;
import dev.toile.stack.evaluation.SimulatedService.Figure;
import dev.toile.stack.figure.Unit;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what simulations found. */
final class SimulationTable {

    private static final List<String> LATENCIES = List.of("ttft", "tpot", "itl", "e2e", "queue");
    private static final List<String> COLUMNS = List.of("mean", "p50", "p90", "p95", "p99", "p99.9");
    private static final List<String> COMPARED = List.of("ttft-p50", "ttft-p99", "tpot-p50", "tpot-p99");

    private SimulationTable() {}

    static void print(PrintWriter out, SimulationResults results) {
        out.println(results.study());
        out.println(results.model() + ": "
                + (results.trace().isEmpty()
                        ? String.join("; ", results.workload())
                        : "requests of " + results.trace()));
        for (SimulationResults.Entry entry : results.entries()) {
            out.println();
            print(out, entry);
        }
        results.reasons().forEach(reason -> out.println("cannot be simulated: " + reason));
    }

    private static void print(PrintWriter out, SimulationResults.Entry entry) {
        SimulatedService service = entry.service();
        List<Figure> figures = service.figures();
        out.println(entry.name() + ": " + entry.layout());
        Table table = new Table();
        List<String> header = new ArrayList<>(List.of(""));
        COLUMNS.forEach(column -> header.add(column.replace("p", "P")));
        table.row(header);
        for (String latency : LATENCIES) {
            List<String> row = new ArrayList<>(List.of(
                    latency.equals("e2e")
                            ? "end to end"
                            : latency.length() <= 4 ? latency.toUpperCase(Locale.ROOT) : latency));
            COLUMNS.forEach(column -> row.add(text(figures, latency + "-" + column)));
            table.row(row);
        }
        table.print(out);
        StringBuilder line = new StringBuilder();
        for (Figure figure : figures) {
            if (LATENCIES.stream().noneMatch(latency -> figure.name().startsWith(latency + "-"))) {
                String item =
                        figure.name().replace('-', ' ') + " " + figure.unit().format(figure.value());
                if (line.length() + item.length() > 110) {
                    out.println(line);
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "  " : "; ").append(item);
            }
        }
        out.println(line);
        StringBuilder closed = new StringBuilder("  closed form:");
        for (String name : COMPARED) {
            double planned = entry.planned(name);
            if (!Double.isNaN(planned)) {
                closed.append(' ').append(name).append(' ');
                closed.append(Unit.SECOND.format(planned)).append(';');
            }
        }
        out.println(closed.substring(0, closed.length() - 1));
    }

    private static String text(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .map(figure -> figure.unit().format(figure.value()))
                .findFirst()
                .orElse("");
    }
}
