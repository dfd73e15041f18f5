package dev.toile.stack.evaluation;

import java.util.List;

/**
 * A total taken apart, and its parts again, for an icicle.
 *
 * @param id such as {@code money}
 * @param title in words
 * @param unit of all values
 * @param whole the total
 */
public record Composition(String id, String title, String unit, Node whole) {

    /**
     * A sum, or a part that is not taken apart further.
     *
     * @param name in words
     * @param value in the composition's unit
     * @param why where its explanation is: names of figures, from one of the evaluation's figures through the inputs,
     *     with slashes between; empty when there is none. What is explained may be scaled otherwise, such as USD for
     *     the whole fleet.
     * @param parts that add up to it; empty for a leaf
     */
    public record Node(String name, double value, String why, List<Node> parts) {

        /** Leaves out parts that are nothing. */
        public Node {
            parts = parts.stream().filter(part -> part.value() != 0).toList();
        }

        /** A part that is not taken apart. */
        static Node leaf(String name, double value, String why) {
            return new Node(name, value, why, List.of());
        }

        /** A sum of its parts. */
        static Node sum(String name, String why, List<Node> parts) {
            return new Node(name, parts.stream().mapToDouble(Node::value).sum(), why, parts);
        }
    }
}
