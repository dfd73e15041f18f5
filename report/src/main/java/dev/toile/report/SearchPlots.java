package dev.toile.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every design by its first two objectives: what was tried, the front, and the candidates it races. */
final class SearchPlots {

    private static final String HINT =
            "Each dot is a design that was tried and works; marks have all their figures in this report. Point at one"
                    + " to see its choices; choose a mark to see where its first objective comes from.";

    /** Designs that are drawn of what was tried without reaching the front. */
    private static final int DRAWN = 250;

    private final Results results;
    private final Objectives objectives;
    private final Map<String, Series> byName = new HashMap<>();

    private SearchPlots(Results results, List<Series> series) {
        this.results = results;
        this.objectives = Objectives.of(results);
        series.forEach(one -> byName.put(one.name(), one));
    }

    /** Empty for studies without choices or with a single objective. */
    static String of(Results results, List<Series> series) {
        boolean tried =
                results.searches().stream().anyMatch(search -> search.points().size() > 1);
        return results.objectives().size() < 2 || !tried ? "" : new SearchPlots(results, series).html();
    }

    private String html() {
        StringBuilder out = new StringBuilder("<p class=\"hint\">" + HINT + "</p>\n<div class=\"pair\">\n");
        out.append(PlotFigure.of("", frame -> drawing(frame, 0, 1)));
        if (results.objectives().size() > 2) {
            out.append(PlotFigure.of("", frame -> drawing(frame, 0, 2)));
        }
        return out.append("</div>\n").append(searches()).append(values()).toString();
    }

    /** What each search did, in a sentence. */
    private String searches() {
        StringBuilder out = new StringBuilder();
        for (Searched search : results.searches()) {
            out.append("<p class=\"hint\">")
                    .append(Markup.text("%s: %,.0f designs, %s; %,d tried, %,d of them work%s, %,d on its front."
                            .formatted(
                                    search.candidate(),
                                    search.designs(),
                                    search.method(),
                                    search.trials(),
                                    search.feasible(),
                                    search.ruledOut() > 0
                                            ? ", %,.0f ruled out by bounds".formatted(search.ruledOut())
                                            : "",
                                    search.front())))
                    .append("</p>\n");
        }
        return out.toString();
    }

    private String drawing(Frame frame, int across, int up) {
        List<Searched.Tried> tried = results.searches().stream()
                .flatMap(search -> search.points().stream())
                .toList();
        Axis x = axis(across, tried, frame.left(), frame.innerRight());
        Axis y = axis(up, tried, frame.innerBottom(), frame.top());
        Svg svg = new Svg(frame, objectives.name(up) + " against " + objectives.name(across) + " of all designs");
        svg.axes(x, y, objectives.title(across), objectives.title(up), PlotFigure::count, PlotFigure::count);
        for (Searched search : results.searches()) {
            dots(svg, x, y, search, across, up);
        }
        Labels labels = new Labels(svg);
        for (Series one : byName.values().stream()
                .sorted(Comparator.comparingInt(Series::rank).reversed())
                .toList()) {
            mark(svg, x, y, one, across, up);
            labels.avoid(x.at(value(one, across)), y.at(value(one, up)), 7);
        }
        List<Series> named = byName.values().stream()
                .sorted(Comparator.comparingInt(Series::rank))
                .filter(one -> one.rank() == 1 || searchOf(one) == null)
                .toList();
        named.forEach(one -> labels.write(one.style(), x.at(value(one, across)), y.at(value(one, up)), 6, one.label()));
        return svg.done();
    }

    private Axis axis(int objective, List<Searched.Tried> tried, double from, double to) {
        Stream<Double> designs = tried.stream().map(point -> point.values().get(objective));
        Stream<Double> candidates = byName.values().stream().map(one -> value(one, objective));
        return Axis.log(Stream.concat(designs, candidates).mapToDouble(v -> v), from, to);
    }

    private double value(Series one, int objective) {
        Results.Value value = one.candidate().figures().get(results.objectives().get(objective));
        return value == null || value.value() == null ? Double.NaN : Objects.requireNonNull(value.value());
    }

    private @Nullable Searched searchOf(Series one) {
        return results.searches().stream()
                .filter(search -> search.trials() > 2 && one.name().startsWith(search.candidate() + " "))
                .findFirst()
                .orElse(null);
    }

    private void dots(Svg svg, Axis x, Axis y, Searched search, int across, int up) {
        List<Searched.Tried> rest =
                search.points().stream().filter(point -> !point.front()).toList();
        double step = Math.max(1, rest.size() / (double) DRAWN);
        List<Searched.Tried> drawn = new ArrayList<>();
        for (double i = 0; i < rest.size(); i += step) {
            drawn.add(rest.get((int) i));
        }
        search.points().stream()
                .filter(point -> point.front() && point.entry() == null)
                .forEach(drawn::add);
        for (Searched.Tried point : drawn) {
            svg.raw("<circle role=\"img\" class=\"point dot %s\" aria-label=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
                    .formatted(
                            point.front() ? "i1" : "s0",
                            Markup.text(says(search, point)),
                            Svg.number(x.at(point.values().get(across))),
                            Svg.number(y.at(point.values().get(up))),
                            point.front() ? "3.2" : "1.8"));
        }
    }

    private void mark(Svg svg, Axis x, Axis y, Series one, int across, int up) {
        String why = one.why(results.objectives().get(across));
        List<Double> values = new ArrayList<>();
        for (int k = 0; k < results.objectives().size(); k++) {
            values.add(value(one, k));
        }
        svg.point("own " + one.style(), one.name() + ": " + objectives.all(values), why)
                .mark(one.shape(), x.at(values.get(across)), y.at(values.get(up)), one.named() ? 6 : 4)
                .end();
    }

    private String says(Searched search, Searched.Tried point) {
        return search.candidate() + " " + choices(search, point) + ": " + objectives.all(point.values());
    }

    /** Such as {@code compute-dies=2 tensor-units=192}. */
    static String choices(Searched search, Searched.Tried point) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < search.axes().size(); i++) {
            int option = point.options().get(i);
            if (option >= 0) {
                Searched.Choice axis = search.axes().get(i);
                texts.add(axis.name() + "=" + axis.options().get(option));
            }
        }
        return String.join(" ", texts);
    }

    private String values() {
        List<String> heads = new ArrayList<>(List.of("Design on a front"));
        for (int k = 0; k < results.objectives().size(); k++) {
            heads.add(objectives.name(k));
        }
        List<List<String>> rows = new ArrayList<>();
        for (Searched search : results.searches()) {
            for (Searched.Tried point : search.points()) {
                if (point.front()) {
                    List<String> row = new ArrayList<>(List.of(search.candidate() + " " + choices(search, point)));
                    for (int k = 0; k < point.values().size(); k++) {
                        row.add(objectives.text(k, point.values().get(k)));
                    }
                    rows.add(row);
                }
            }
        }
        return DataTable.folded("Designs on the fronts", heads, rows);
    }
}
