package dev.toile.catalog.bind;

import dev.toile.catalog.text.ListNode;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.catalog.text.ScalarNode;
import dev.toile.catalog.unit.BadQuantity;
import dev.toile.catalog.unit.Quantities;
import java.util.OptionalDouble;

/**
 * The place at which a value is read.
 *
 * @param key the key under which it stands
 * @param unit the unit of its quantities; {@code 1} where none is given
 * @param bounds the numbers allowed
 * @param problems where to report
 */
public record LeafSite(String key, String unit, Bounds bounds, Problems problems) {

    /** The key that stands for a choice in a study. */
    static final String CHOOSE = "choose";

    /** Under which other choices a choice is open. */
    static final String WHEN = "when";

    /** What stands in place of a choice that is not open. */
    static final String OTHERWISE = "otherwise";

    /**
     * Reads a quantity in the unit and within the bounds of this place.
     *
     * @param node where it is written
     * @return its value in SI, or nothing after a problem was added
     */
    public OptionalDouble quantity(Node node) {
        if (!(node instanceof ScalarNode scalar) || scalar.isNull()) {
            wrongKind(node, Quantities.describe(unit));
            return OptionalDouble.empty();
        }
        try {
            double value = Quantities.parse(scalar.text(), unit);
            if (bounds.allow(value)) {
                return OptionalDouble.of(value);
            }
            outOfRange(scalar);
        } catch (BadQuantity e) {
            problems.add(e.at(node.location(), key));
        }
        return OptionalDouble.empty();
    }

    void outOfRange(ScalarNode scalar) {
        problem(scalar, "this is out of range", bounds.describe(unit), "");
    }

    /**
     * Reports a node of the wrong kind.
     *
     * @param node the node
     * @param expected what was expected in its place
     */
    public void wrongKind(Node node, String expected) {
        if (node instanceof MapNode map && map.get(CHOOSE) != null) {
            problem(map, "choose is not allowed here", expected, "");
            return;
        }
        String what = switch (node) {
            case ListNode _ -> "a list has no place here";
            case MapNode _ -> "a mapping has no place here";
            case ScalarNode scalar when scalar.isNull() -> "the value is missing";
            case ScalarNode _ -> "this is the wrong kind of value";
        };
        problem(node, what, expected, "");
    }

    /**
     * Reports a problem with a node.
     *
     * @param node the node
     * @param what what is wrong
     * @param expected what was expected, or empty
     * @param maybe a guess at what was meant, or empty
     */
    public void problem(Node node, String what, String expected, String maybe) {
        problems.add(node.location(), key + ": " + what, node.seen(), expected, maybe);
    }
}
