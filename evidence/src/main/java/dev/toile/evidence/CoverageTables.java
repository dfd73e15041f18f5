package dev.toile.evidence;

import dev.toile.evidence.calibration.BandCoverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** How often measurements are inside bands that they did not make, as Markdown. */
final class CoverageTables {

    private static final String HALVES = """

        ## Bands

        Every predicted time has a band that is to hold 80 % of measurements (`docs/model/mapping.md`). The tables above count
        rows inside the published bands. Here no row meets a band that it helped to make: the kept-out configurations are
        halved, one half makes the bands and the other is counted, and the other way round. Rows inside, in per cent, and in
        brackets how wide the bands are on average (upper over lower end).

        """;

    private static final String TRANSFERS = """

        A chip that nobody measured borrows the constants of another generation. To see what its band is worth, each chip is
        taken for one of another generation, and what a transfer costs is read off the other chips alone.

        """;

    private CoverageTables() {}

    static String of(BandCoverage coverage) {
        return HALVES
                + cross(coverage.halves(), "Law", BandCoverage.Row::law, BandCoverage.Row::chip)
                + "\n"
                + cross(coverage.halves(), "Bound by", BandCoverage.Row::regime, BandCoverage.Row::chip)
                + "\n"
                + cross(
                        coverage.halves(),
                        "Law and formats",
                        row -> row.law() + " " + row.formats(),
                        BandCoverage.Row::chip)
                + TRANSFERS
                + cross(
                        coverage.transfers(),
                        "Law",
                        BandCoverage.Row::law,
                        row -> row.chip() + " under " + row.constants());
    }

    private record Cell(int rows, int inside, double widths) {
        Cell plus(BandCoverage.Row row) {
            return new Cell(rows + 1, inside + (row.inside() ? 1 : 0), widths + row.width());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f (%.2f)", 100.0 * inside / rows, Math.exp(widths / rows));
        }
    }

    private static String cross(
            List<BandCoverage.Row> rows,
            String heading,
            Function<BandCoverage.Row, String> down,
            Function<BandCoverage.Row, String> across) {
        String all = "all";
        TreeMap<String, Map<String, Cell>> cells = new TreeMap<>();
        TreeMap<String, Cell> totals = new TreeMap<>();
        for (BandCoverage.Row row : rows) {
            Map<String, Cell> line = cells.computeIfAbsent(down.apply(row), _ -> new LinkedHashMap<>());
            line.merge(across.apply(row), new Cell(0, 0, 0).plus(row), (a, _) -> a.plus(row));
            line.merge(all, new Cell(0, 0, 0).plus(row), (a, _) -> a.plus(row));
            totals.merge(across.apply(row), new Cell(0, 0, 0).plus(row), (a, _) -> a.plus(row));
        }
        SequencedMap<String, Cell> last = new LinkedHashMap<>(totals);
        last.put(
                all,
                new Cell(
                        rows.size(),
                        (int) rows.stream().filter(BandCoverage.Row::inside).count(),
                        rows.stream().mapToDouble(BandCoverage.Row::width).sum()));
        List<String> columns = new ArrayList<>(last.sequencedKeySet());
        StringBuilder text = new StringBuilder("| " + heading + " | " + String.join(" | ", columns)
                + " | Rows |\n| --- |" + " ---: |".repeat(columns.size() + 1) + "\n");
        cells.forEach((name, line) -> text.append(line(name, line, columns)));
        text.append(line(all, last, columns));
        return text.toString();
    }

    private static String line(String name, Map<String, Cell> line, List<String> columns) {
        StringBuilder text = new StringBuilder("| " + name);
        for (String column : columns) {
            Cell cell = line.get(column);
            text.append(" | ").append(cell == null ? "" : cell);
        }
        Cell all = line.get("all");
        return text.append(" | ")
                .append(all == null ? 0 : all.rows())
                .append(" |\n")
                .toString();
    }
}
