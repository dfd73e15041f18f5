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
import dev.toile.stack.evaluation.Mix;
import dev.toile.stack.evaluation.Workload;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.workload.Traffic;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a study and checks all of it before anything runs: form, units, names, and every option of every choice.
 *
 * @param catalog that knows the names
 */
public record StudyReader(Catalog catalog) {

    /** Options of one axis that are bound one by one beforehand; a longer axis is a range of numbers, alike in form. */
    private static final int MOST_CHECKED_OPTIONS = 10_000;

    private static final Pattern WORKLOAD_NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

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
        List<Mix.Share> shares = shares(spec, new WorkloadReader(file, beside), problems);
        checkObjectives(spec, problems);
        if (spec.candidates().isEmpty()) {
            problems.add(
                    spec.location(), "there are no candidates", "[]", "at least one", "candidates: [{buy: hgx-h100}]");
        }
        Traffic traffic = !shares.isEmpty() && shares.getFirst().workload() instanceof Workload.Serving serving
                ? serving.traffic()
                : null;
        ServingPlanner.Modes modes =
                shares.isEmpty() ? ServingPlanner.Modes.BOTH : shares.getFirst().modes();
        CandidateAssembler assembler =
                CandidateAssembler.of(known, spec.economics(), spec.limits(), modes, traffic, file);
        List<CandidateSpace> spaces = spaces(root, spec, choices, assembler, problems);
        checkDeployments(spec, problems);
        checkNames(spaces, spec, problems);
        spaces.forEach(space -> checkOptions(space, problems));
        problems.throwIfAny();
        return new Study(
                file,
                spec.study(),
                shares.getFirst().workload(),
                new Mix(shares),
                workloadLines(shares),
                limitLines(spec),
                spec.objectives(),
                spaces,
                WrittenValue.of(document));
    }

    /** The workloads; those that could not be read have left problems. */
    private static List<Mix.Share> shares(StudySpec spec, WorkloadReader reader, Problems problems) {
        if ((spec.workload() == null) == spec.workloads().isEmpty()) {
            problems.add(
                    spec.location(),
                    "a study needs either a workload or workloads, and not both",
                    "",
                    "",
                    "workloads: [{name: chat, model: ...}, {name: agents, model: ...}]");
        }
        List<Mix.Share> shares = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (WorkloadSpec each : spec.works()) {
            if (!WORKLOAD_NAME.matcher(each.name()).matches() || !names.add(each.name())) {
                problems.add(
                        each.location(),
                        "each workload of a mix needs a name of its own in small letters",
                        "'" + each.name() + "'",
                        "",
                        "name: chat");
            }
            Workload workload = reader.read(each, problems);
            if (workload != null) {
                shares.add(new Mix.Share(each.name(), each.weight(), workload, each.serving()));
            }
        }
        return shares;
    }

    private static List<String> workloadLines(List<Mix.Share> shares) {
        if (shares.size() == 1) {
            return WorkloadLines.of(shares.getFirst().workload());
        }
        return shares.stream()
                .map(share -> share.name() + ", weight " + Unit.ONE.format(share.weight()) + ": "
                        + share.workload().model().name() + "; "
                        + String.join("; ", WorkloadLines.of(share.workload())))
                .toList();
    }

    private static void checkDeployments(StudySpec spec, Problems problems) {
        List<String> names = spec.works().stream().map(WorkloadSpec::name).toList();
        for (CandidateSpec candidate : spec.candidates()) {
            for (String name : candidate.deployFor().keySet()) {
                if (!names.contains(name)) {
                    problems.add(
                            candidate.location(),
                            "deploy-for names a workload that is not there",
                            "'" + name + "'",
                            "one of " + String.join(", ", names),
                            Names.nearest(name, names).orElse(""));
                }
            }
        }
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
            MapNode root, StudySpec spec, List<Choice> choices, CandidateAssembler assembler, Problems problems) {
        ListNode list = (ListNode) Objects.requireNonNull(root.get("candidates"));
        List<CandidateSpace> spaces = new ArrayList<>();
        for (int i = 0; i < spec.candidates().size(); i++) {
            Integer index = i;
            List<Choice> axes = choices.stream()
                    .filter(choice -> choice.path().get(1).equals(index))
                    .map(choice -> choice.below(2))
                    .toList();
            MapNode tree = (MapNode) list.items().get(i);
            spaces.add(CandidateSpace.of(name(spec.candidates().get(i)), tree, axes, assembler, problems));
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
            int[] open = opened(axis, space);
            for (int option = 0; option < space.axes().get(axis).options().size(); option++) {
                open[axis] = option;
                check(space, open, problems);
            }
        }
    }

    /** A point at which an axis is open, the rest at their first option. */
    private static int[] opened(int axis, CandidateSpace space) {
        int[] point = new int[space.axes().size()];
        Deque<Integer> axes = new ArrayDeque<>(List.of(axis));
        while (!axes.isEmpty()) {
            for (CandidateSpace.Condition condition : space.conditions().get(axes.pop())) {
                point[condition.axis()] = condition.options().getFirst();
                axes.push(condition.axis());
            }
        }
        return point;
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
