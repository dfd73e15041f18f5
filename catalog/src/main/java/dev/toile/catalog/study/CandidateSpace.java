package dev.toile.catalog.study;

import dev.toile.catalog.bind.Binder;
import dev.toile.catalog.bind.Choice;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.catalog.text.ScalarNode;
import dev.toile.stack.evaluation.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One candidate of a study with its open choices: a point of its space is a candidate.
 *
 * @param name in the results
 * @param tree the candidate as written, choices of one option replaced by it
 * @param axes its open choices, with paths inside the tree
 * @param labels what results call each axis, all different
 * @param conditions under which each axis is open, all of which must hold
 * @param assembler that turns a specification into a candidate
 */
public record CandidateSpace(
        String name,
        MapNode tree,
        List<Choice> axes,
        List<String> labels,
        List<List<Condition>> conditions,
        CandidateAssembler assembler) {

    /** Choices that a name lists. */
    private static final int MOST_NAMED = 6;

    private static final Set<Object> NOT_OF_THE_CHIP = Set.of("name", "volume", "software");

    /** Parts of a chip of which more takes more area. */
    private static final Set<Object> GROWING =
            Set.of("tensor-units", "rows", "columns", "sram", "stacks", "scale-up", "scale-out");

    private record Holder(CandidateSpec candidate) {}

    /** Copies the lists. */
    public CandidateSpace {
        axes = List.copyOf(axes);
        labels = List.copyOf(labels);
        conditions = conditions.stream().map(List::copyOf).toList();
    }

    /**
     * That an earlier axis takes one of some options.
     *
     * @param axis index of the axis
     * @param options of it
     */
    public record Condition(int axis, List<Integer> options) {
        /** Copies the list. */
        public Condition {
            options = List.copyOf(options);
        }
    }

    /** The space of a candidate as written; what is wrong with its conditions goes to the problems. */
    static CandidateSpace of(
            String name, MapNode written, List<Choice> choices, CandidateAssembler assembler, Problems problems) {
        MapNode tree = written;
        List<Choice> axes = new ArrayList<>();
        for (Choice choice : choices) {
            if (choice.options().size() == 1 && choice.when().isEmpty()) {
                tree = tree.replace(choice.path(), choice.options().getFirst());
            } else {
                axes.add(choice);
            }
        }
        List<String> labels = labels(axes);
        List<List<Condition>> conditions = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            List<Condition> own = new ArrayList<>();
            for (Choice.When when : axes.get(i).when()) {
                Condition condition = condition(when, axes.subList(0, i), labels.subList(0, i), problems);
                if (condition != null) {
                    own.add(condition);
                }
            }
            conditions.add(own);
        }
        return new CandidateSpace(name, tree, axes, labels, conditions, assembler);
    }

    private static @Nullable Condition condition(
            Choice.When when, List<Choice> earlier, List<String> names, Problems problems) {
        int axis = names.indexOf(when.choice());
        if (axis < 0) {
            problems.add(
                    when.location(),
                    "'when' names no choice that is written before this one",
                    "'" + when.choice() + "'",
                    names.isEmpty() ? "a choice of several options" : "one of " + String.join(", ", names),
                    Names.nearest(when.choice(), names).orElse(""));
            return null;
        }
        List<String> texts =
                earlier.get(axis).options().stream().map(ScalarNode::text).toList();
        for (String option : when.options()) {
            if (!texts.contains(option)) {
                problems.add(
                        when.location(),
                        "'" + when.choice() + "' has no such option",
                        "'" + option + "'",
                        "one of " + String.join(", ", texts.subList(0, Math.min(20, texts.size()))),
                        Names.nearest(option, texts).orElse(""));
                return null;
            }
        }
        return new Condition(
                axis, when.options().stream().map(texts::indexOf).sorted().toList());
    }

    /** The shortest ends of the paths that tell the axes apart. */
    private static List<String> labels(List<Choice> axes) {
        List<String> labels = new ArrayList<>();
        for (Choice axis : axes) {
            Object last = axis.path().getLast();
            int keys = last.equals("stacks") || last.equals("generation") ? 2 : 1;
            String label = end(axis, keys);
            while (shared(label, axis, keys, axes) && keys < axis.path().size()) {
                label = end(axis, ++keys);
            }
            labels.add(label);
        }
        return labels;
    }

    private static boolean shared(String label, Choice axis, int keys, List<Choice> axes) {
        return axes.stream()
                .anyMatch(other ->
                        !other.path().equals(axis.path()) && end(other, keys).equals(label));
    }

    private static String end(Choice axis, int keys) {
        int size = axis.path().size();
        return axis.path().subList(Math.max(0, size - keys), size).stream()
                .map(Object::toString)
                .collect(Collectors.joining("-"));
    }

    /** How many options each axis has. */
    public int[] sizes() {
        return axes.stream().mapToInt(axis -> axis.options().size()).toArray();
    }

    /** Such as {@code compute-dies = 2}, for every axis of a point that is open there. */
    public SequencedMap<String, String> settings(int[] point) {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < point.length; i++) {
            if (open(i, point)) {
                settings.put(labels.get(i), axes.get(i).options().get(point[i]).text());
            }
        }
        return Collections.unmodifiableSequencedMap(settings);
    }

    /** Whether an axis is open at a point. */
    public boolean open(int axis, int[] point) {
        for (Condition condition : conditions.get(axis)) {
            if (!open(condition.axis(), point) || !condition.options().contains(point[condition.axis()])) {
                return false;
            }
        }
        return true;
    }

    /** Whether an axis changes the chip that is built. */
    public boolean shapesChip(int axis) {
        List<Object> path = axes.get(axis).path();
        return path.getFirst().equals("build") && !NOT_OF_THE_CHIP.contains(path.get(1));
    }

    /** Whether later options of an axis mean a chip with more of something, and so a larger one. */
    public boolean growsWith(int axis) {
        Choice choice = axes.get(axis);
        return shapesChip(axis)
                && GROWING.contains(choice.path().getLast())
                && choice.ordered()
                && leadingNumber(choice.options().getFirst())
                        <= leadingNumber(choice.options().getLast());
    }

    private static double leadingNumber(ScalarNode option) {
        return Double.parseDouble(option.text().replaceFirst("[^0-9.eE+-].*", ""));
    }

    /**
     * The name of a point: that of the candidate, with its settings when there are any, or with the point's number in
     * base 36 when there are too many to be read.
     */
    public String name(int[] point) {
        if (axes.isEmpty()) {
            return name;
        }
        if (axes.size() > MOST_NAMED) {
            long number = 0;
            for (int i = 0; i < point.length; i++) {
                number = number * axes.get(i).options().size() + point[i];
            }
            return name + " " + Long.toString(number, 36);
        }
        return settings(point).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" ", name + " ", ""));
    }

    /**
     * The candidate at a point.
     *
     * @param point the index of the option of every axis
     * @throws IllegalStateException when the point cannot be bound, which the check of the study rules out
     */
    public Candidate at(int[] point) {
        Problems problems = new Problems();
        CandidateSpec spec = spec(point, problems);
        if (spec == null || !problems.isEmpty()) {
            throw new IllegalStateException("a checked study does not bind: " + problems.list());
        }
        Candidate candidate = assembler.assemble(name(point), spec, problems);
        if (candidate == null || !problems.isEmpty()) {
            throw new IllegalStateException("a checked study does not assemble: " + problems.list());
        }
        return candidate;
    }

    /**
     * The candidate at a point, its one-time cost spread over another number of packages. A candidate that is not built
     * is the same at any volume.
     *
     * @param point the index of the option of every axis
     * @param volume packages
     */
    public Candidate at(int[] point, double volume) {
        Problems problems = new Problems();
        if (spec(point, problems) instanceof CandidateSpec.Build build) {
            Candidate candidate = assembler.assemble(name(point), build.at(volume), problems);
            if (candidate != null) {
                return candidate;
            }
        }
        return at(point);
    }

    /** The specification at a point; null when it does not bind, and the problems say why. */
    @Nullable
    CandidateSpec spec(int[] point, Problems problems) {
        MapNode replaced = tree;
        for (int i = 0; i < point.length; i++) {
            Choice axis = axes.get(i);
            replaced = replaced.replace(axis.path(), value(i, point));
        }
        SequencedMap<String, MapNode.Entry> wrapped = new LinkedHashMap<>();
        wrapped.put("candidate", new MapNode.Entry(tree.location(), replaced));
        Node document = new MapNode(tree.location(), wrapped);
        Holder holder = Binder.plain().bind(document, Holder.class, problems);
        return holder == null ? null : holder.candidate();
    }

    private ScalarNode value(int axis, int[] point) {
        Choice choice = axes.get(axis);
        if (open(axis, point)) {
            return choice.options().get(point[axis]);
        }
        return choice.otherwise() != null ? choice.otherwise() : new ScalarNode(choice.location(), "", false);
    }
}
