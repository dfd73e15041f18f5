package dev.toile.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toile.stack.chip.Floorplan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code results.json}, as far as the page writes it out; the explanations' inner nodes are left to the scripts. */
record Results(
        String version,
        String study,
        long seed,
        @Nullable Workload workload,
        List<String> objectives,
        List<String> limits,
        List<String> front,
        long evaluations,
        List<Candidate> candidates,
        List<Map<String, JsonNode>> simulated,
        List<Searched> searches,
        @Nullable BreakEven breakEven,
        @Nullable Robust robust) {

    Results {
        version = orEmpty(version);
        study = orEmpty(study);
        objectives = orEmpty(objectives);
        limits = orEmpty(limits);
        front = orEmpty(front);
        candidates = orEmpty(candidates);
        simulated = orEmpty(simulated);
        searches = orEmpty(searches);
    }

    /** The candidates that can do the job, best first. */
    List<Candidate> feasible() {
        return candidates.stream().filter(Candidate::feasible).toList();
    }

    /** What a figure is called, from the first candidate that explains it. */
    String label(String figure) {
        return candidates.stream()
                .map(candidate -> candidate.explanation().root(figure))
                .flatMap(Optional::stream)
                .map(Node::label)
                .filter(label -> !label.isEmpty())
                .findFirst()
                .orElseGet(() -> FigureName.words(figure));
    }

    /** What has to be done. */
    record Workload(String model, List<String> lines) {
        Workload {
            model = orEmpty(model);
            lines = orEmpty(lines);
        }
    }

    /** One design and what was found of it. */
    record Candidate(
            String name,
            String kind,
            boolean feasible,
            @Nullable String reason,
            List<String> notes,
            Map<String, Value> figures,
            @Nullable JsonNode design,
            @Nullable Floorplan floorplan,
            Map<String, Breakdown> breakdowns,
            @Nullable Bands bands,
            Plots plots,
            Explanation explanation) {
        Candidate {
            name = orEmpty(name);
            kind = orEmpty(kind);
            notes = orEmpty(notes);
            figures = orEmpty(figures);
            breakdowns = orEmpty(breakdowns);
            plots = plots == null ? Plots.NONE : plots;
            explanation = explanation == null ? new Explanation(List.of(), Map.of()) : explanation;
        }

        /** The link to a figure's explanation, without the hash sign; the scripts build the same. */
        String address(String figure) {
            return Markup.address(name) + "/" + Markup.address(figure);
        }

        boolean explains(String figure) {
            return explanation.root(figure).isPresent();
        }
    }

    /** A number with its unit; {@code style} may say how to print it, see {@link Quantity}. */
    record Value(
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            String unit,
            @Nullable String style) {
        Value {
            unit = orEmpty(unit);
        }

        /** The band of 80 % for a reader, such as {@code 1.1 to 1.3 USD/Mtoken}; empty where there is none. */
        String band(String name) {
            if (low == null || high == null) {
                return "";
            }
            String from = Quantity.of(low, unit, style, name).text();
            String to = Quantity.of(high, unit, style, name).text();
            int space = from.lastIndexOf(' ');
            boolean same = space > 0 && to.endsWith(from.substring(space));
            return (same ? from.substring(0, space) : from) + " to " + to;
        }

        Quantity of(String name) {
            return Quantity.of(value, unit, style, name);
        }
    }

    /** How sure the times of steps are. */
    record Bands(double share, String note, List<StepBand> steps) {
        Bands {
            note = orEmpty(note);
            steps = orEmpty(steps);
        }
    }

    /** Factors on the time of a step that hold 80 % of measurements. */
    record StepBand(String step, double low, double high, List<ClassBand> classes) {
        StepBand {
            step = orEmpty(step);
            classes = orEmpty(classes);
        }
    }

    /** The same of one class of operations. */
    record ClassBand(String of, double share, double low, double high, String reason) {
        ClassBand {
            of = orEmpty(of);
            reason = orEmpty(reason);
        }
    }

    /** A sum and its parts, of one kind. */
    record Breakdown(String title, String unit, List<Group> groups) {
        Breakdown {
            title = orEmpty(title);
            unit = orEmpty(unit);
            groups = orEmpty(groups);
        }
    }

    /** One sum of a breakdown. */
    record Group(String name, List<Part> parts) {
        Group {
            name = orEmpty(name);
            parts = orEmpty(parts);
        }

        double total() {
            return parts.stream().mapToDouble(Part::drawn).sum();
        }
    }

    /** One part of a sum. */
    record Part(String name, double value) {
        Part {
            name = orEmpty(name);
        }

        /** What a bar can show of it: a credit or a missing number has no length. */
        double drawn() {
            return Double.isFinite(value) ? Math.max(0, value) : 0;
        }
    }

    /** The figures behind the figures. */
    record Explanation(List<Node> nodes, Map<String, Integer> roots) {
        Explanation {
            nodes = orEmpty(nodes);
            roots = orEmpty(roots);
        }

        Optional<Node> root(String figure) {
            Integer id = roots.get(figure);
            return id == null
                    ? Optional.empty()
                    : nodes.stream().filter(node -> node.id() == id).findFirst();
        }
    }

    /** One figure of an explanation; {@code text} is its value for a reader. */
    record Node(
            int id,
            String name,
            String label,
            @Nullable Double value,
            String unit,
            @Nullable String style,
            @Nullable String text) {
        Node {
            name = orEmpty(name);
            label = orEmpty(label);
            unit = orEmpty(unit);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        // Not Map.copyOf: its order changes from run to run, and the page's bytes must not.
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
