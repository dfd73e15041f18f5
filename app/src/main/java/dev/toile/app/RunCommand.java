package dev.toile.app;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.study.StudyReader;
import dev.toile.catalog.text.BadInput;
import dev.toile.report.ResultsJson;
import dev.toile.report.Robust;
import dev.toile.report.Searched;
import dev.toile.report.StudyResults;
import dev.toile.search.Method;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.FigureBands;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.figure.Unit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code toile run}: evaluates a study, prints the ranked table, writes the report and the results. */
@Command(
        name = "run",
        description = "Evaluates a study: prints the ranked candidates, writes a report and the results.",
        footer = {
            "",
            "Writes report.html, results.json, results.csv, results.parquet and results.xlsx into the directory.",
            "A search of many designs also writes trials.parquet, and search.duckdb, from which --resume goes on.",
            "In results.xlsx the figures are formulas: change an input, and they follow.",
            "Example: toile run studies/chat-70b.yaml --out chat"
        })
final class RunCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of(
            "usd-per-million-tokens",
            "joules-per-token",
            "tokens-per-second-per-chip",
            "iteration-time",
            "training-time",
            "ttft-p99",
            "tpot-p99",
            "batch",
            "mfu",
            "chips",
            "it-power",
            "capex");

    @Parameters(paramLabel = "STUDY", description = "The study file, such as studies/chat-70b.yaml.")
    private Path study = Path.of("study.yaml");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory to write into (default: toile-out/, then the study's name).")
    private @Nullable Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the run, named in the results (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that evaluate (default: one per core). The results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--budget",
            paramLabel = "N",
            description = "Designs to try in all (default: every design of spaces of up to 10,000, 20,000 of larger"
                    + " ones).")
    private @Nullable Long budget;

    @Option(
            names = "--optimizer",
            paramLabel = "METHOD",
            description = "How to search: ${COMPLETION-CANDIDATES} (default: what suits the space).")
    private @Nullable Method optimizer;

    @Option(
            names = "--robust",
            paramLabel = "N",
            description = "Evaluate the listed designs again in N scenarios of prices and technology, drawn from the"
                    + " ranges of the catalog.")
    private int robust;

    @Option(
            names = "--resume",
            description = "Go on from what an earlier run of the same study and seed has tried in the same directory.")
    private boolean resume;

    @Option(
            names = "--formats",
            paramLabel = "FORMAT",
            split = ",",
            description = "What to write, of html, json, csv, parquet, xlsx (default: all of them).")
    private Set<ResultFormat> formats = EnumSet.allOf(ResultFormat.class);

    @Option(
            names = "--simulate",
            paramLabel = "N",
            description =
                    "How many of the best candidates to simulate, request by request (default: ${DEFAULT-VALUE}).")
    private int finalists = 3;

    @Option(names = "--json", description = "Print the results as JSON instead of the table.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInput, IOException {
        PrintWriter terminal = Objects.requireNonNull(spec).commandLine().getOut();
        if (threads < 1) {
            return outOfRange("--threads", threads);
        }
        if (robust < 0) {
            return outOfRange("--robust", robust);
        }
        if (budget != null && budget < 1) {
            return outOfRange("--budget", budget);
        }
        if (finalists < 0) {
            return outOfRange("--simulate", finalists);
        }
        long begun = CpuTime.nanos();
        Study read = new StudyReader(Catalog.bundled()).read(study);
        StudyRun.refuseTooLarge(read);
        SearchPlan plan = new SearchPlan(seed, threads, budget, optimizer, robust);
        Path directory = out != null ? out : Path.of("toile-out", stem(study));
        StudyResults results;
        try (TrialFile trials = TrialFile.of(read, plan, directory, resume);
                SearchWatch watch = new SearchWatch(
                        trials.store(),
                        Progress.of(plan.trials(read), spec.commandLine().getErr()))) {
            if (plan.trials(read) >= Progress.WORTH_SHOWING) {
                spaces(spec.commandLine().getErr(), read, plan);
            }
            if (resume) {
                long known = trials.known(read);
                spec.commandLine().getErr().printf(Locale.ROOT, "Going on from %,d trials of an earlier run%n", known);
            }
            results = new StudyRun(read, plan, watch).results();
            results = results.with(new Finalists(results, seed).simulated(finalists));
            watch.searched();
            trials.export(read);
            ResultFormat.write(formats, read, results, directory);
            if (watch.stopped()) {
                spec.commandLine().getErr().println("Interrupted: what was found so far is in " + directory);
            }
        }
        double cpuSeconds = (CpuTime.nanos() - begun) / 1e9;
        if (json) {
            terminal.print(new ResultsJson(results).brief(cpuSeconds));
            terminal.flush();
        } else {
            print(terminal, results);
            terminal.println();
            terminal.println(
                    formats.contains(ResultFormat.HTML)
                            ? "Report: " + directory.resolve(ResultFormat.HTML.file())
                            : "Results: " + directory);
        }
        return 0;
    }

    private int outOfRange(String option, long seen) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        err.println(option + " is out of range, seen " + seen + ", expected 1 or more");
        err.println("Maybe leave it out");
        return Main.BAD_INPUT;
    }

    /** How large the spaces are, where one is too large to be enumerated without a word. */
    private static void spaces(PrintWriter err, Study study, SearchPlan plan) {
        for (CandidateSpace candidate : study.candidates()) {
            StudyProblem problem = StudyProblem.of(study, candidate);
            double designs = problem.space().designs();
            if (designs > 1) {
                long share = plan.budget(study, candidate);
                err.printf(
                        Locale.ROOT,
                        "%s: %,.0f designs in %d choices; %s, at most %,.0f of them%n",
                        candidate.name(),
                        designs,
                        candidate.axes().size(),
                        plan.method(problem, share).name().toLowerCase(Locale.ROOT),
                        Math.min(designs, (double) share));
            }
        }
    }

    static String stem(Path study) {
        String name = String.valueOf(study.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static void print(PrintWriter out, StudyResults results) {
        out.println(results.study());
        out.println(results.model() + ": " + String.join("; ", results.workload()));
        results.limits().forEach(out::println);
        out.println();
        Set<String> columns = new LinkedHashSet<>(results.objectives());
        columns.addAll(COLUMNS);
        columns.removeIf(name ->
                results.entries().stream().allMatch(entry -> Double.isNaN(Figures.value(entry.evaluation(), name))));
        Table table = new Table();
        List<String> header = new ArrayList<>(List.of("candidate"));
        columns.forEach(name -> header.add(heading(name)));
        table.row(header);
        for (StudyResults.Entry entry : results.entries()) {
            if (!(entry.evaluation() instanceof Evaluation.Infeasible)) {
                table.row(row(entry, columns, results.front().contains(entry.name())));
            }
        }
        table.print(out);
        for (StudyResults.Entry entry : results.entries()) {
            if (entry.evaluation() instanceof Evaluation.Infeasible(var _, String reason)) {
                out.println(entry.name() + ": cannot work: " + reason);
            }
        }
        out.println();
        out.printf(
                Locale.ROOT,
                "* on the front of %s. %,d evaluation%s.%n",
                String.join(", ", results.objectives()),
                results.evaluations(),
                results.evaluations() == 1 ? "" : "s");
        results.searches().forEach(search -> searched(out, search));
        settings(out, results);
        if (results.robust() != null) {
            robust(out, results, results.robust());
        }
        Finalists.print(out, results);
        notes(out, results);
    }

    /** The choices of listed designs whose names do not list them. */
    private static void settings(PrintWriter out, StudyResults results) {
        for (StudyResults.Entry entry : results.entries()) {
            String choices = entry.settings().entrySet().stream()
                    .map(choice -> choice.getKey() + "=" + choice.getValue())
                    .collect(Collectors.joining(" "));
            if (!entry.name().endsWith(choices)) {
                out.println(entry.name() + ": " + choices);
            }
        }
    }

    private static void robust(PrintWriter out, StudyResults results, Robust robust) {
        out.println();
        out.printf(Locale.ROOT, "Over %,d scenarios of prices and technology:%n", robust.scenarios());
        Table table = new Table();
        List<String> header = new ArrayList<>(List.of("design", "works", "front"));
        results.objectives().forEach(name -> header.addAll(List.of(heading(name) + " P50", "P90")));
        table.row(header);
        for (Robust.Design design : robust.designs()) {
            List<String> row =
                    new ArrayList<>(List.of(design.name(), percent(design.works()), percent(design.front())));
            for (int k = 0; k < results.objectives().size(); k++) {
                row.add(published(results.objectives().get(k), design.p50(), k));
                row.add(published(results.objectives().get(k), design.p90(), k));
            }
            table.row(row);
        }
        table.print(out);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String published(String name, @Nullable List<Double> values, int objective) {
        return values == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.3g %s",
                        values.get(objective),
                        Figures.unit(name).orElse(Unit.ONE).publishedSymbol());
    }

    private static void searched(PrintWriter out, Searched search) {
        out.printf(
                Locale.ROOT,
                "%s: %,.0f designs, %s: %,d tried, %,d of them work%s, %,d on its front%n",
                search.candidate(),
                search.designs(),
                search.method(),
                search.trials(),
                search.feasible(),
                search.ruledOut() > 0
                        ? String.format(Locale.ROOT, ", %,.0f ruled out by bounds", search.ruledOut())
                        : "",
                search.front());
    }

    /** Below the table: where the first objective is expected, and notes; one of a whole space is said once. */
    private static void notes(PrintWriter out, StudyResults results) {
        Set<String> said = new HashSet<>();
        for (StudyResults.Entry entry : results.entries()) {
            results.objectives().stream()
                    .limit(1)
                    .forEach(objective -> FigureBands.of(entry.evaluation())
                            .flatMap(bands -> bands.of(objective))
                            .ifPresent(band -> out.println(entry.name() + ": 80 % band of " + heading(objective) + " "
                                    + band(band, Figures.unit(objective).orElse(Unit.ONE)))));
            for (String note : entry.evaluation().candidate().notes()) {
                if (said.add(entry.name().split(" ", 2)[0] + note)) {
                    out.println(entry.name() + ": " + note);
                }
            }
        }
    }

    private static String band(FigureBands.Range band, Unit unit) {
        String from = unit.format(band.low());
        String to = unit.format(band.high());
        int space = from.lastIndexOf(' ');
        boolean same = space > 0 && to.endsWith(from.substring(space));
        return (same ? from.substring(0, space) : from) + " to " + to + ", by kernel times alone";
    }

    private static List<String> row(StudyResults.Entry entry, Set<String> columns, boolean onFront) {
        List<String> row = new ArrayList<>(List.of((onFront ? "* " : "  ") + entry.name()));
        for (String name : columns) {
            double value = Figures.value(entry.evaluation(), name);
            row.add(
                    Double.isNaN(value)
                            ? ""
                            : Figures.unit(name).orElse(Unit.ONE).format(value));
        }
        return row;
    }

    private static String heading(String name) {
        return switch (name) {
            case "usd-per-million-tokens" -> "cost";
            case "usd-per-million-input-tokens" -> "input cost";
            case "joules-per-token" -> "energy";
            case "tokens-per-second-per-chip" -> "per chip";
            default -> name.replace('-', ' ').replace("ttft p", "TTFT P").replace("tpot p", "TPOT P");
        };
    }
}
