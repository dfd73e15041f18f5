package dev.toile.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * All plots, a view for each question. Written one below the other; the scripts make tabs of them, and let one
 * candidate be picked where a plot shows only one.
 */
final class PlotSection {

    private final List<Series> series;
    private final Map<String, String> bars;
    private final StringBuilder out = new StringBuilder();

    private final Results results;

    private PlotSection(Results results) {
        this.results = results;
        this.series = Series.of(results);
        this.bars = new LinkedHashMap<>(BreakdownPanel.byKey(results));
    }

    static String of(Results results) {
        return new PlotSection(results).html();
    }

    private String html() {
        // What a large search found is what was asked for; a few choices are a side matter.
        boolean large = results.searches().stream().anyMatch(search -> search.trials() >= 1000);
        if (large) {
            search();
        }
        view("speed", "Speed and throughput", SpeedPlot.of(series));
        view("load", "Cost and load", LoadPlot.of(series));
        if (!large) {
            search();
        }
        view("roofline", "Roofline", rooflines());
        view("time", "Time", bar("time"));
        view("money", "Money", beside(composed("money"), bar("money")));
        view("energy", "Energy", beside(composed("energy"), bar("energy")));
        view("memory", "Memory", bar("memory"));
        for (String key : List.copyOf(bars.keySet())) {
            view(key, FigureName.words(key), bar(key));
        }
        return out.isEmpty() ? "<p>These results carry no breakdowns.</p>" : out.toString();
    }

    private void search() {
        view("search", "Designs", SearchPlots.of(results, series));
        view("choices", "Choices", ParallelPlot.of(results, series));
        view("search-quality", "Sensitivity", SensitivityPlot.of(results) + ConvergencePlot.of(results));
        view("break-even", "Buy or build", BreakEvenPlot.of(results.breakEven()));
        view("robust", "Robustness", RobustTable.of(results));
    }

    private void view(String id, String title, String content) {
        if (!content.isEmpty()) {
            String key = "view-" + Markup.address(id);
            out.append("<section class=\"view\" id=\"%s\" aria-labelledby=\"%s-title\">\n".formatted(key, key))
                    .append("<h3 id=\"%s-title\">".formatted(key))
                    .append(Markup.text(title))
                    .append("</h3>\n")
                    .append(content)
                    .append("</section>\n");
        }
    }

    private String bar(String key) {
        String panel = bars.remove(key);
        return panel == null ? "" : panel;
    }

    /** One candidate taken apart, and all candidates beside it. */
    private static String beside(String one, String all) {
        return one.isEmpty() || all.isEmpty()
                ? one + all
                : "<div class=\"pair\">\n<div>\n" + one + "</div>\n" + all + "</div>\n";
    }

    private String rooflines() {
        String each = forEach((one, _) -> {
            StringBuilder html = new StringBuilder();
            one.plots().rooflines().forEach(roofline -> html.append(new RooflinePlot(one, roofline).html()));
            return html.toString();
        });
        return each.isEmpty() ? "" : "<p class=\"hint\">" + RooflinePlot.HINT + "</p>\n" + each;
    }

    private String composed(String id) {
        return forEach((one, colours) -> {
            StringBuilder html = new StringBuilder();
            one.plots().compositions().stream()
                    .filter(composed ->
                            composed.id().equals(id) && composed.whole().value() > 0)
                    .forEach(composed -> html.append("<p class=\"what\">")
                            .append(Markup.text(composed.title()))
                            .append("</p>\n")
                            .append(new IciclePlot(one, composed, colours).html()));
            return html.toString();
        });
    }

    /** One block for each candidate; the scripts show that of the candidate picked. */
    private String forEach(BiFunction<Series, Map<String, String>, String> plot) {
        StringBuilder html = new StringBuilder();
        Map<String, String> colours = new LinkedHashMap<>();
        for (Series one : series) {
            String content = plot.apply(one, colours);
            if (!content.isEmpty()) {
                html.append("<div class=\"of\" data-of=\"")
                        .append(one.index())
                        .append("\">\n<h4>")
                        .append(one.swatch())
                        .append(Markup.text(one.rank() + " " + one.name()))
                        .append("</h4>\n")
                        .append(content)
                        .append("</div>\n");
            }
        }
        return html.toString();
    }
}
