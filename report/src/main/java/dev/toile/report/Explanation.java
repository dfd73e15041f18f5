package dev.toile.report;

import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trees of many figures as one graph: a figure that many formulas read is kept once. */
final class Explanation {

    /** One figure of the graph; its inputs by their ids. */
    record Node(int id, Figure figure, List<Integer> inputs) {}

    /** What makes two figures the same: all but their inputs, and the same inputs. */
    private record Key(
            String name,
            String label,
            double value,
            Object formula,
            Object source,
            String note,
            List<Integer> inputs) {}

    private final List<Node> nodes = new ArrayList<>();
    private final Map<Key, Integer> ids = new HashMap<>();
    private final Map<String, Integer> roots = new LinkedHashMap<>();

    /** All that an evaluation can explain. */
    static Explanation of(Evaluation evaluation) {
        Explanation explanation = new Explanation();
        for (String name : Figures.names(evaluation)) {
            Figures.explain(evaluation, name).ifPresent(tree -> explanation.roots.put(name, explanation.add(tree)));
        }
        return explanation;
    }

    /** Adds a tree and gives the id of its root. */
    private int add(Figure figure) {
        List<Integer> inputs = new ArrayList<>(figure.inputs().size());
        for (Figure input : figure.inputs()) {
            inputs.add(add(input));
        }
        Key key = new Key(
                figure.name(),
                figure.label(),
                figure.value(),
                figure.formula() == null ? "" : figure.formula().text(),
                figure.source() == null ? "" : figure.source(),
                figure.note(),
                List.copyOf(inputs));
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        int id = nodes.size();
        nodes.add(new Node(id, figure, key.inputs()));
        ids.put(key, id);
        return id;
    }

    List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /** The ids of the figures that a reader asks for, by their names. */
    Map<String, Integer> roots() {
        return Collections.unmodifiableMap(roots);
    }
}
