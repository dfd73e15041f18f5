package dev.toile.catalog;

import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.MapNode.Entry;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problem;
import dev.toile.catalog.text.ScalarNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Constants of generations that nobody measured, told as what differs from a measured one. They are read from the same
 * tree as the fitted constants, so a new fit reaches them, too.
 *
 * <p>A part that says {@code like: hopper.kernels.paths.fp8} takes what stands there, and what is written beside it
 * instead of its own. A value may say why it differs: {@code {value: 2 us, source: id, note: "..."}}.
 *
 * @param document the file of relatives
 */
record Relatives(MapNode document) {

    private static final String LIKE = "like";
    private static final String VALUE = "value";
    private static final String SOURCES = "sources";

    /**
     * A file of fitted constants with the relatives of a section after its own generations.
     *
     * @param fitted the file
     * @param generations key of its generations
     * @param section key of the relatives
     * @throws BadInput when a relative is like something that is not there, or names an unknown source
     */
    MapNode after(MapNode fitted, String generations, String section) throws BadInput {
        SequencedMap<String, Entry> all = new LinkedHashMap<>(map(fitted.get(generations)));
        for (Map.Entry<String, Entry> relative : map(document.get(section)).entrySet()) {
            Entry entry = relative.getValue();
            all.put(relative.getKey(), new Entry(entry.keyLocation(), resolved(entry.value(), null, all)));
        }
        SequencedMap<String, Entry> sources = new LinkedHashMap<>(map(fitted.get(SOURCES)));
        map(document.get(SOURCES)).forEach(sources::putIfAbsent);
        MapNode changed = replaced(fitted, generations, all);
        return replaced(changed, SOURCES, sources);
    }

    private static MapNode replaced(MapNode in, String key, SequencedMap<String, Entry> by) {
        Node old = in.get(key);
        return in.replace(List.of(key), new MapNode(old == null ? in.location() : old.location(), by));
    }

    private static SequencedMap<String, Entry> map(@Nullable Node node) {
        return node instanceof MapNode map ? map.entries() : new LinkedHashMap<>();
    }

    private Node resolved(Node change, @Nullable Node base, Map<String, Entry> generations) throws BadInput {
        if (!(change instanceof MapNode map)) {
            return change;
        }
        Node value = map.get(VALUE);
        if (value != null) {
            checkSource(map);
            return value;
        }
        Node like = map.get(LIKE);
        SequencedMap<String, Entry> entries =
                new LinkedHashMap<>(map(like == null ? base : at((ScalarNode) like, generations)));
        for (Map.Entry<String, Entry> each : map.entries().entrySet()) {
            if (!each.getKey().equals(LIKE)) {
                Entry own = entries.get(each.getKey());
                Node part = resolved(each.getValue().value(), own == null ? null : own.value(), generations);
                entries.put(each.getKey(), new Entry(each.getValue().keyLocation(), part));
            }
        }
        return new MapNode(map.location(), entries);
    }

    private static Node at(ScalarNode path, Map<String, Entry> generations) throws BadInput {
        @Nullable Node found = new MapNode(path.location(), new LinkedHashMap<>(generations));
        for (String key : path.text().split("\\.", -1)) {
            found = found instanceof MapNode map ? map.get(key) : null;
        }
        if (found == null) {
            throw bad(path, "there are no such constants", "a generation and a path in it");
        }
        return found;
    }

    private void checkSource(MapNode value) throws BadInput {
        Node source = value.get("source");
        if (!(source instanceof ScalarNode scalar)
                || !map(document.get(SOURCES)).containsKey(scalar.text())) {
            throw bad(source == null ? value : source, "the value has no known source", "one of the file's sources");
        }
    }

    private static BadInput bad(Node node, String what, String expected) {
        return new BadInput(new Problem(node.location(), what, node.seen(), expected, ""));
    }
}
