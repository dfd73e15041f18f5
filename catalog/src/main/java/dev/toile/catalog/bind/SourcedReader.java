package dev.toile.catalog.bind;

import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.ScalarNode;
import dev.toile.stack.figure.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code {value: ..., source: ...}} and {@code {low: ..., mid: ..., high: ..., source: ...}}. */
final class SourcedReader implements LeafReader<Sourced> {

    static final Map<String, Object> SCHEMA = schema();

    private static final SequencedSet<String> KEYS =
            new LinkedHashSet<>(List.of("value", "low", "mid", "high", "source", "note", "date"));
    private static final List<String> RANGE = List.of("low", "mid", "high");

    private final Map<String, Source> sources;

    private final Draw draw;

    SourcedReader(Map<String, Source> sources, Draw draw) {
        this.sources = sources;
        this.draw = draw;
    }

    @Override
    public @Nullable Sourced read(Node node, LeafSite site) {
        if (!(node instanceof MapNode map)) {
            String maybe = node instanceof ScalarNode scalar ? "{value: " + scalar.text() + ", source: ...}" : "";
            String expected = "a mapping with value and source, or with low, mid, high and source";
            site.problem(node, "this value has no source", expected, maybe);
            return null;
        }
        boolean known = MapKeys.check(map, KEYS, site.problems());
        double[] values = map.get("value") != null ? single(map, site) : range(map, site);
        Source source = source(map, site);
        String note = map.get("note") == null ? "" : Sources.text(map, "note", site);
        if (!known || values == null || source == null || note == null) {
            return null;
        }
        return new Sourced(values[0], drawn(values, site), values[2], source, note);
    }

    /** Counts stay whole. */
    private double drawn(double[] values, LeafSite site) {
        double drawn = draw.of(values[0], values[1], values[2]);
        return site.bounds().whole() ? Math.rint(drawn) : drawn;
    }

    private static double @Nullable [] single(MapNode map, LeafSite site) {
        for (String key : RANGE) {
            if (map.get(key) != null) {
                site.problem(map, "value and " + key + " exclude each other", "value, or low and high", "");
                return null;
            }
        }
        OptionalDouble value = number(map, "value", site);
        return value.isEmpty() ? null : three(value.getAsDouble(), value.getAsDouble(), value.getAsDouble());
    }

    private static double @Nullable [] range(MapNode map, LeafSite site) {
        if (map.get("low") == null && map.get("high") == null) {
            site.problem(map, "value is missing", "value, or low and high", "");
            return null;
        }
        OptionalDouble low = number(map, "low", site);
        OptionalDouble high = number(map, "high", site);
        boolean given = map.get("mid") != null;
        OptionalDouble mid = given ? number(map, "mid", site) : OptionalDouble.empty();
        if (low.isEmpty() || high.isEmpty() || (given && mid.isEmpty())) {
            return null;
        }
        double middle = mid.orElse(low.getAsDouble() + (high.getAsDouble() - low.getAsDouble()) / 2);
        boolean lowFits = low.getAsDouble() <= middle;
        if (!lowFits || middle > high.getAsDouble()) {
            Node wrong = Objects.requireNonNull(map.get(lowFits ? "high" : "low"));
            site.problem(wrong, "low, mid and high are not in order", "low <= mid <= high", "exchange two of them");
            return null;
        }
        return three(low.getAsDouble(), middle, high.getAsDouble());
    }

    private static double[] three(double low, double mid, double high) {
        return new double[] {low, mid, high};
    }

    private static OptionalDouble number(MapNode map, String key, LeafSite site) {
        Node node = map.get(key);
        if (node == null) {
            site.problem(map, key + " is missing", "low and high", "");
            return OptionalDouble.empty();
        }
        return site.quantity(node);
    }

    private @Nullable Source source(MapNode map, LeafSite site) {
        String id = Sources.text(map, "source", site);
        Node node = map.get("source");
        if (id == null || node == null) {
            return null;
        }
        Source source = sources.get(id);
        if (source == null) {
            String maybe = Names.nearest(id, sources.keySet()).orElse("");
            site.problem(node, "unknown source", "an id declared under sources", maybe);
            return null;
        }
        if (map.get("date") == null) {
            return source;
        }
        String date = Sources.date(map, site);
        return date == null ? null : new Source(source.id(), source.title(), source.url(), date);
    }

    private static Map<String, Object> schema() {
        Map<String, Object> number = Json.object("type", List.of("string", "number"));
        Map<String, Object> text = Json.object("type", "string");
        Map<String, Object> date = Json.object("type", List.of("string", "integer"));
        Map<String, Object> single = Json.object(
                "type",
                "object",
                "properties",
                Json.object("value", number, "source", text, "note", text, "date", date),
                "required",
                List.of("value", "source"),
                "additionalProperties",
                false);
        Map<String, Object> range = Json.object(
                "type",
                "object",
                "properties",
                Json.object("low", number, "mid", number, "high", number, "source", text, "note", text, "date", date),
                "required",
                List.of("low", "high", "source"),
                "additionalProperties",
                false);
        return Json.object("description", "a value with its source", "oneOf", List.of(single, range));
    }
}
