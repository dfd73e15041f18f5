package dev.toile.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;

/** The tree of one figure out of the graph in a results file. A figure that many formulas read is spelled out once. */
final class ExplanationTree {
    private final JsonNode nodes;
    private final int depth;
    private final Set<Integer> printed = new HashSet<>();

    /**
     * The trees of a graph.
     *
     * @param nodes of the graph, each at the index of its id
     * @param depth levels to show
     */
    ExplanationTree(JsonNode nodes, int depth) {
        this.nodes = nodes;
        this.depth = depth;
    }

    /**
     * Prints a tree.
     *
     * @param about what is said behind its root; may be empty
     */
    void print(PrintWriter out, int root, String about) {
        print(out, root, "", "", 0, about);
    }

    private void print(PrintWriter out, int id, String first, String rest, int level, String about) {
        JsonNode node = nodes.path(id);
        boolean derived = node.path("formula").isTextual();
        boolean again = derived && !printed.add(id);
        out.println(first + line(node) + (about.isEmpty() ? "" : "  " + about) + (again ? "  (as above)" : ""));
        if (again || level >= depth) {
            return;
        }
        JsonNode inputs = node.path("inputs");
        for (int i = 0; i < inputs.size(); i++) {
            boolean last = i == inputs.size() - 1;
            print(
                    out,
                    inputs.path(i).asInt(),
                    rest + (last ? "└─ " : "├─ "),
                    rest + (last ? "   " : "│  "),
                    level + 1,
                    "");
        }
    }

    private static String line(JsonNode node) {
        StringBuilder line = new StringBuilder(node.path("name").asText());
        line.append(" = ").append(node.path("text").asText());
        if (node.path("formula").isTextual()) {
            line.append("  [").append(node.path("formula").asText()).append(']');
        }
        line.append("  ").append(node.path("label").asText());
        JsonNode source = node.path("source");
        if (source.isObject()) {
            line.append("; ").append(source.path("title").asText());
            append(line, ", ", source.path("date").asText());
            append(line, ", ", source.path("url").asText());
        }
        append(line, " -- ", node.path("note").asText(""));
        return line.toString();
    }

    private static void append(StringBuilder line, String before, String text) {
        if (!text.isEmpty() && !text.equals("null")) {
            line.append(before).append(text);
        }
    }

    /** The tree as nested JSON. */
    ObjectNode json(int id) {
        return json(id, 0);
    }

    private ObjectNode json(int id, int level) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        JsonNode node = nodes.path(id);
        for (String key : new String[] {"name", "label", "value", "unit", "text", "formula", "source", "note"}) {
            if (!node.path(key).isNull() && !node.path(key).isMissingNode()) {
                copy.set(key, node.path(key));
            }
        }
        if (level < depth && !node.path("inputs").isEmpty()) {
            var inputs = copy.putArray("inputs");
            node.path("inputs").forEach(input -> inputs.add(json(input.asInt(), level + 1)));
        }
        return copy;
    }
}
