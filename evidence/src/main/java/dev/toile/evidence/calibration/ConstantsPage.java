package dev.toile.evidence.calibration;

import dev.toile.catalog.Catalog;
import dev.toile.evidence.calibration.Constants.Entry;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** Every calibrated constant of the catalog as a page of Markdown: value, unit, meaning and source. */
public final class ConstantsPage {

    private static final String HEAD = """
        # Constants of kernels and collectives

        Written by `./toile calibrate constants --out docs/model/constants.md` from the catalog; a test compares. *Given*
        constants are seen in the data or belong to the hardware; all others were fitted by `./toile calibrate fit`, which
        keeps one configuration in five out. What each earns is in [ablation.md](ablation.md), how well they do on rows kept
        out in [mapping.md](mapping.md) and [network.md](network.md).
        """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ConstantsPage() {}

    /** The page. */
    public static String of(Catalog catalog) {
        ConstantsPage page = new ConstantsPage();
        page.matmul(catalog);
        page.elementwise(catalog);
        page.attention(catalog);
        page.family(
                "Experts",
                Map.of("", catalog.experts().source()),
                columns(catalog.experts().constants()));
        page.family(
                "Collectives",
                Map.of("", catalog.collectives().source()),
                columns(catalog.collectives().constants()));
        return page.page.toString();
    }

    private void matmul(Catalog catalog) {
        SequencedMap<String, Source> sources = new LinkedHashMap<>();
        SequencedMap<String, List<Entry>> columns = new LinkedHashMap<>();
        catalog.kernels().matmul().forEach((generation, calibrated) -> {
            sources.put(generation, calibrated.source());
            columns.put(generation, Constants.of(calibrated.kernels()).entries());
        });
        family("Dense products", sources, columns);
    }

    private void elementwise(Catalog catalog) {
        SequencedMap<String, Source> sources = new LinkedHashMap<>();
        SequencedMap<String, List<Entry>> columns = new LinkedHashMap<>();
        catalog.kernels().elementwise().forEach((software, calibrated) -> {
            sources.put(software, calibrated.source());
            columns.put(software, Constants.of(calibrated.kernels()).entries());
        });
        family("Elementwise work", sources, columns);
    }

    private void attention(Catalog catalog) {
        SequencedMap<String, Source> sources = new LinkedHashMap<>();
        SequencedMap<String, List<Entry>> columns = new LinkedHashMap<>();
        catalog.attention().forEach((generation, software) -> {
            Figure any = software.provenance().figure("any", "", 0, Unit.ONE);
            sources.put(generation, Objects.requireNonNull(any.source()));
            columns.put(generation, Constants.of(software.constants()).entries());
        });
        family("Attention", sources, columns);
    }

    /** What stands under {@code generations.NAME} or {@code libraries.NAME} goes into a column of that name. */
    private static SequencedMap<String, List<Entry>> columns(Record constants) {
        SequencedMap<String, List<Entry>> columns = new LinkedHashMap<>();
        for (Entry entry : Constants.of(constants).entries()) {
            String[] path = entry.path().split("\\.", 3);
            boolean shared = path[0].equals("shared");
            String column = shared ? "all" : path[1];
            String rest = shared ? entry.path().substring("shared.".length()) : path[2];
            columns.computeIfAbsent(column, _ -> new ArrayList<>()).add(new Entry(rest, entry.about(), entry.value()));
        }
        return columns;
    }

    private void family(String title, Map<String, Source> sources, SequencedMap<String, List<Entry>> columns) {
        page.append("\n## ").append(title).append("\n\n");
        sources.forEach((generation, source) -> page.append("- ")
                .append(generation.isEmpty() ? "" : generation + ": ")
                .append(source.title())
                .append(source.date().isEmpty() ? "" : ", " + source.date())
                .append('\n'));
        page.append("\n| constant | unit | ").append(String.join(" | ", columns.keySet()));
        page.append(" | meaning |\n| --- | --- |")
                .append(" ---: |".repeat(columns.size()))
                .append(" --- |\n");
        SequencedMap<String, Entry> rows = new LinkedHashMap<>();
        columns.values().forEach(column -> column.forEach(entry -> rows.putIfAbsent(entry.path(), entry)));
        rows.forEach((path, entry) -> row(path, entry, columns));
    }

    private void row(String path, Entry entry, SequencedMap<String, List<Entry>> columns) {
        SequencedSet<String> cells = new LinkedHashSet<>();
        List<String> values = new ArrayList<>();
        columns.values()
                .forEach(column -> values.add(column.stream()
                        .filter(each -> each.path().equals(path))
                        .findFirst()
                        .map(ConstantsPage::value)
                        .orElse("")));
        cells.addAll(values);
        if (cells.equals(new LinkedHashSet<>(List.of("0"))) || cells.equals(new LinkedHashSet<>(List.of("0", "")))) {
            return; // a mechanism that none of them has
        }
        page.append("| ")
                .append(kebab(path))
                .append(" | ")
                .append(unit(entry.about().unit()))
                .append(" | ");
        page.append(String.join(" | ", values)).append(" | ");
        page.append(entry.about().meaning())
                .append(entry.about().fitted() ? "" : " (given)")
                .append(" |\n");
    }

    private static String value(Entry entry) {
        double value = entry.value()
                * switch (entry.about().unit()) {
                    case "s" -> 1e6;
                    case "J/flop" -> 1e12;
                    default -> 1;
                };
        return Math.abs(value) < 1e-9
                ? "0"
                : new BigDecimal(value)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String unit(String unit) {
        return switch (unit) {
            case "s" -> "us";
            case "J/flop" -> "pJ/flop";
            case "1" -> "";
            default -> unit;
        };
    }

    private static String kebab(String path) {
        return path.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
