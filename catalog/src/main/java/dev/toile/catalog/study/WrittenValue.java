package dev.toile.catalog.study;

import dev.toile.catalog.text.ListNode;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.ScalarNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One value of a study as its author wrote it, so that results can name the line it stands on.
 *
 * @param path of keys that lead to it, such as {@code economics.power-price}; items of lists by number, from 1
 * @param text as written, unit included
 * @param location of the value
 */
public record WrittenValue(String path, String text, Location location) {

    /** All values of a document, in the order in which they were written. */
    static List<WrittenValue> of(Node document) {
        List<WrittenValue> values = new ArrayList<>();
        collect("", document, values);
        return List.copyOf(values);
    }

    private static void collect(String path, Node node, List<WrittenValue> values) {
        switch (node) {
            case ScalarNode scalar -> values.add(new WrittenValue(path, scalar.text(), scalar.location()));
            case ListNode list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    collect(join(path, String.valueOf(i + 1)), list.items().get(i), values);
                }
            }
            case MapNode map -> map.entries().forEach((key, entry) -> collect(join(path, key), entry.value(), values));
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
