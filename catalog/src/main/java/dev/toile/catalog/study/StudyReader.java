package dev.toile.catalog.study;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.bind.Binder;
import dev.toile.catalog.bind.Choice;
import dev.toile.catalog.bind.Choices;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.ListNode;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.evaluation.Workload;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.workload.Traffic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a study and checks all of it before anything runs: form, units, names, and every option of every choice.
 *
 * @param catalog that knows the names
 */
public record StudyReader(Catalog catalog) {

    /** Options of one axis that are bound one by one beforehand; a longer axis is a range of numbers, alike in form. */
    private static final int MOST_CHECKED_OPTIONS = 10_000;

    /**
     * Reads a study file.
     *
     * @throws BadInput with every problem found, each with file and line
     */
    public Study read(Path file) throws BadInput {
        return read(file.toString(), Documents.read(file), file.toAbsolutePath().getParent());
    }

    /**
     * Reads a study from text.
     *
     * @param file its name, for messages
     * @param text of the study
     * @param directory against which paths in it are resolved
     * @throws BadInput with every problem found
     */
    public Study parse(String file, String text, Path directory) throws BadInput {
        return read(file, Documents.parse(file, text), directory);
    }

    private Study read(String file, Node document, @Nullable Path directory) throws BadInput {
        Problems problems = new Problems();
        List<Choice> choices = Choices.find(document, problems);
        problems.throwIfAny();
        StudySpec spec = Binder.plain().bind(firstPoint(document, choices), StudySpec.class, problems);
        choices.forEach(choice -> allowed(choice, problems));
        problems.throwIfAny();
        if (spec == null || !(document instanceof MapNode root)) {
            throw new IllegalStateException("a document without problems does not bind");
        }
        Path beside = directory == null ? Path.of(".") : directory;
        Catalog known = catalog;
        for (String own : spec.catalog()) {
            known = known.with(beside.resolve(own));
        }
        WorkloadReader reader = new WorkloadReader(file, beside);
        Workload workload = reader.read(spec.workload(), problems);
        checkObjectives(spec, problems);
        if (spec.candidates().isEmpty()) {
            problems.add(
                    spec.location(), "there are no candidates", "[]", "at least one", "candidates: [{buy: hgx-h100}]");
        }
        Traffic traffic = workload instanceof Workload.Serving serving ? serving.traffic() : null;
        CandidateAssembler assembler = CandidateAssembler.of(
                known, spec.economics(), spec.limits(), spec.workload().serving(), traffic, file);
        List<CandidateSpace> spaces = spaces(root, spec, choices, assembler);
        checkNames(spaces, spec, problems);
        spaces.forEach(space -> checkOptions(space, problems));
        problems.throwIfAny();
        if (workload == null) {
            throw new IllegalStateException("a workload without problems is missing");
        }
        return new Study(
                file,
                spec.study(),
                workload,
                WorkloadLines.of(workload),
                limitLines(spec),
                spec.objectives(),
                spaces,
                WrittenValue.of(document));
    }

    private static Node firstPoint(Node document, List<Choice> choices) {
        Node point = document;
        for (Choice choice : choices) {
            if (point instanceof MapNode map) {
                point = map.replace(choice.path(), choice.options().getFirst());
            }
        }
        return point;
    }

    private static void allowed(Choice choice, Problems problems) {
        if (choice.path().size() < 3 || !choice.path().getFirst().equals("candidates")) {
            problems.add(
                    choice.location(),
                    "choose is not allowed here",
                    "",
                    "a value",
                    "choose inside a candidate: what a workload or the economics are is not Toile's to decide");
        }
    }

    private static void checkObjectives(StudySpec spec, Problems problems) {
        for (String objective : spec.objectives()) {
            if (!Figures.all().contains(objective)) {
                problems.add(
                        spec.location(),
                        "no figure of this name can be an objective",
                        "'" + objective + "'",
                        "one of " + String.join(", ", Figures.all()),
                        Names.nearest(objective, Figures.all()).orElse(""));
            }
        }
        if (spec.objectives().isEmpty()) {
            problems.add(
                    spec.location(), "there are no objectives", "[]", "at least one figure", "usd-per-million-tokens");
        }
    }

    private static List<CandidateSpace> spaces(
            MapNode root, StudySpec spec, List<Choice> choices, CandidateAssembler assembler) {
        ListNode list = (ListNode) Objects.requireNonNull(root.get("candidates"));
        List<CandidateSpace> spaces = new ArrayList<>();
        for (int i = 0; i < spec.candidates().size(); i++) {
            Integer index = i;
            List<Choice> axes = choices.stream()
                    .filter(choice -> choice.path().get(1).equals(index))
                    .map(choice -> new Choice(
                            choice.path().subList(2, choice.path().size()), choice.location(), choice.options()))
                    .toList();
            MapNode tree = (MapNode) list.items().get(i);
            spaces.add(new CandidateSpace(name(spec.candidates().get(i)), tree, axes, assembler));
        }
        return spaces;
    }

    private static String name(CandidateSpec spec) {
        return switch (spec) {
            case CandidateSpec.Buy buy -> buy.name() == null ? buy.buy() : buy.name();
            case CandidateSpec.Rent rent -> rent.name() == null ? rent.rent() : rent.name();
            case CandidateSpec.Build build -> build.build().name();
        };
    }

    private static void checkNames(List<CandidateSpace> spaces, StudySpec spec, Problems problems) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < spaces.size(); i++) {
            if (!seen.add(spaces.get(i).name())) {
                Location location = spec.candidates().get(i).location();
                String name = spaces.get(i).name();
                problems.add(
                        location,
                        "two candidates have the same name",
                        "'" + name + "'",
                        "a name for each",
                        "name: " + name + "-2");
            }
        }
    }

    /** Binds and assembles the first point, then every other option with the rest at their first. */
    private static void checkOptions(CandidateSpace space, Problems problems) {
        int[] point = new int[space.axes().size()];
        check(space, point, problems);
        for (int axis = 0; axis < point.length; axis++) {
            if (space.axes().get(axis).options().size() > MOST_CHECKED_OPTIONS) {
                continue;
            }
            for (int option = 1; option < space.axes().get(axis).options().size(); option++) {
                point[axis] = option;
                check(space, point, problems);
            }
            point[axis] = 0;
        }
    }

    private static void check(CandidateSpace space, int[] point, Problems problems) {
        CandidateSpec spec = space.spec(point, problems);
        if (spec != null) {
            space.assembler().assemble(space.name(), spec, problems);
        }
    }

    private static List<String> limitLines(StudySpec spec) {
        List<String> lines = new ArrayList<>();
        StudySpec.LimitsSpec limits = spec.limits();
        if (limits != null) {
            if (limits.itPower() != null) {
                lines.add("IT power at most " + Unit.WATT.format(limits.itPower()));
            }
            if (limits.capex() != null) {
                lines.add("capex at most " + Unit.USD.format(limits.capex()));
            }
            if (limits.chips() != null) {
                lines.add("at most " + Unit.ONE.format(limits.chips()) + " accelerators");
            }
        }
        return lines;
    }
}
