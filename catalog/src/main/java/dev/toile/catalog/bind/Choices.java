package dev.toile.catalog.bind;

import dev.toile.catalog.text.ListNode;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.catalog.text.ScalarNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the points at which a document chooses: {@code {choose: [a, b]}}, {@code {choose: 64..256 step
 * 16}}, {@code {choose: 1..8}}, {@code {choose: 0.5..2 log 9}}, {@code {choose: 1..4 TB/s step 1 TB/s}}. With {@code
 * when: {name: option}} it is open only where another choice is as stated, else {@code otherwise} stands there.
 */
public final class Choices {

    static final int MAX_OPTIONS = 1_000_000;

    private static final Pattern LEADING_NUMBER = Pattern.compile("([+-]?\\d+(?:\\.\\d+)?)(\\D*)");

    private final Problems problems;
    private final List<Choice> found = new ArrayList<>();

    private Choices(Problems problems) {
        this.problems = problems;
    }

    /**
     * Finds all points.
     *
     * @param root the document
     * @param problems where to report points that are not sound
     * @return the sound ones in document order
     */
    public static List<Choice> find(Node root, Problems problems) {
        Choices choices = new Choices(problems);
        choices.walk(root, List.of());
        return List.copyOf(choices.found);
    }

    private void walk(Node node, List<Object> path) {
        switch (node) {
            case MapNode map when map.get(LeafSite.CHOOSE) != null -> choice(map, path);
            case MapNode map -> map.entries().forEach((key, entry) -> walk(entry.value(), below(path, key)));
            case ListNode list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    walk(list.items().get(i), below(path, i));
                }
            }
            case ScalarNode _ -> {}
        }
    }

    private static List<Object> below(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private void choice(MapNode map, List<Object> path) {
        if (path.isEmpty()) {
            problem(map, "the whole document cannot be chosen", "choose in place of a single value", "");
            return;
        }
        Node what = map.get(LeafSite.CHOOSE);
        Set<String> strangers = new LinkedHashSet<>(map.entries().sequencedKeySet());
        strangers.removeAll(Set.of(LeafSite.CHOOSE, LeafSite.WHEN, LeafSite.OTHERWISE));
        if (!strangers.isEmpty()) {
            String others = String.join(", ", map.entries().sequencedKeySet());
            problems.add(map.location(), "choose stands next to other keys", others, "choose alone", "");
            return;
        }
        List<ScalarNode> options = switch (what) {
            case ListNode list -> fromList(list);
            case ScalarNode scalar when !scalar.isNull() -> fromRange(scalar);
            case null, default -> {
                problem(
                        what == null ? map : what,
                        "this is not a choice",
                        "a list or a range such as 64..256 step 16",
                        "");
                yield List.of();
            }
        };
        List<Choice.When> when = when(map);
        ScalarNode otherwise = otherwise(map);
        if (!options.isEmpty()) {
            boolean ordered = !(what instanceof ListNode) || rising(options);
            found.add(new Choice(path, map.location(), options, ordered, when, otherwise));
        }
    }

    private List<Choice.When> when(MapNode map) {
        Node when = map.get(LeafSite.WHEN);
        List<Choice.When> conditions = new ArrayList<>();
        if (when instanceof MapNode others) {
            others.entries().forEach((choice, entry) -> {
                List<String> options = new ArrayList<>();
                List<Node> items = entry.value() instanceof ListNode list ? list.items() : List.of(entry.value());
                for (Node item : items) {
                    if (item instanceof ScalarNode scalar && !scalar.isNull()) {
                        options.add(scalar.text());
                    } else {
                        problem(item, "this cannot be a condition", "an option of '" + choice + "', or a list", "");
                    }
                }
                conditions.add(new Choice.When(choice, options, entry.keyLocation()));
            });
        } else if (when != null) {
            problem(when, "'when' is no mapping", "another choice with its option", "when: {compute-dies: 2}");
        }
        return conditions;
    }

    private @Nullable ScalarNode otherwise(MapNode map) {
        Node otherwise = map.get(LeafSite.OTHERWISE);
        if (otherwise == null) {
            return null;
        }
        if (map.get(LeafSite.WHEN) == null) {
            problem(otherwise, "'otherwise' without 'when' is never used", "", "leave it out");
        }
        if (otherwise instanceof ScalarNode scalar) {
            return scalar;
        }
        problem(otherwise, "'otherwise' is no single value", "a single value", "");
        return null;
    }

    /** Whether the numbers that options begin with rise or fall, so that neighbours are alike. */
    private static boolean rising(List<ScalarNode> options) {
        List<Double> numbers = new ArrayList<>();
        Set<String> units = new HashSet<>();
        for (ScalarNode option : options) {
            Matcher number = LEADING_NUMBER.matcher(option.text());
            if (!number.matches()) {
                return false;
            }
            numbers.add(Double.valueOf(number.group(1)));
            units.add(number.group(2).strip());
        }
        List<Double> sorted = numbers.stream().sorted().toList();
        return units.size() == 1 && (numbers.equals(sorted) || numbers.equals(sorted.reversed()));
    }

    private List<ScalarNode> fromList(ListNode list) {
        if (list.items().isEmpty()) {
            problem(list, "there is nothing to choose from", "at least one option", "");
            return List.of();
        }
        if (list.items().size() > MAX_OPTIONS) {
            problem(list, "there are too many options", "at most " + MAX_OPTIONS, "");
            return List.of();
        }
        Set<String> texts = new HashSet<>();
        List<ScalarNode> options = new ArrayList<>();
        for (Node item : list.items()) {
            if (!(item instanceof ScalarNode scalar) || scalar.isNull()) {
                problem(item, "this cannot be an option", "a single value", "");
            } else if (!texts.add(scalar.text())) {
                problem(item, "this option is listed twice", "different options", "");
            } else {
                options.add(scalar);
            }
        }
        return options.size() == list.items().size() ? options : List.of();
    }

    private List<ScalarNode> fromRange(ScalarNode scalar) {
        Optional<ChoiceRange> range = ChoiceRange.read(scalar.text());
        if (range.isEmpty()) {
            String maybe = scalar.text().contains(",") ? "[" + scalar.text() + "]" : "";
            problem(scalar, "this is not a range", "a list or a range such as 64..256 step 16", maybe);
            return List.of();
        }
        String fault = range.get().fault();
        if (!fault.isEmpty()) {
            problem(scalar, fault, "", range.get().remedy());
            return List.of();
        }
        return range.get()
                .texts()
                .map(text -> new ScalarNode(scalar.location(), text, false))
                .toList();
    }

    private void problem(Node node, String what, String expected, String maybe) {
        problems.add(node.location(), LeafSite.CHOOSE + ": " + what, node.seen(), expected, maybe);
    }
}
