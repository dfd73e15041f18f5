package dev.toile.app;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.study.StudyReader;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problem;
import dev.toile.catalog.trace.Trace;
import dev.toile.report.ChromeTrace;
import dev.toile.report.SimulationJson;
import dev.toile.report.SimulationReport;
import dev.toile.report.SimulationResults;
import dev.toile.report.StudyResults;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Fleet;
import dev.toile.stack.evaluation.ServiceSimulation;
import dev.toile.stack.evaluation.SimulatedService;
import dev.toile.stack.evaluation.Workload;
import dev.toile.stack.serving.simulation.CapacitySearch.Capacity;
import dev.toile.stack.serving.simulation.RequestClass;
import dev.toile.stack.serving.simulation.Requests;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code toile simulate}: serves requests one by one on the candidates of a study. */
@Command(
        name = "simulate",
        description = "Simulates serving on the candidates of a study, request by request: what users feel.",
        footer = {
            "",
            "The layout of each candidate is planned as in toile run; then requests arrive at its replicas one by one,",
            "as the study states them or as a trace has them. A trace is a CSV file with the columns TIMESTAMP,",
            "ContextTokens, GeneratedTokens (Azure) or arrival, prompt_tokens, output_tokens and maybe class; or JSON",
            "lines with timestamp, input_length, output_length, hash_ids (Mooncake).",
            "Writes simulation.html and simulation.json into the directory.",
            "Example: toile simulate studies/chat-70b.yaml --candidate hgx-h100 --requests 20000"
        })
final class SimulateCommand implements Callable<Integer> {

    private static final int PROBES = 10;
    private static final int MAP_REQUESTS = 1000;

    @Parameters(paramLabel = "STUDY", description = "The study file, such as studies/chat-70b.yaml.")
    private Path study = Path.of("study.yaml");

    @Option(names = "--trace", paramLabel = "FILE", description = "Requests to replay (default: made up as stated).")
    private @Nullable Path trace;

    @Option(
            names = "--candidate",
            paramLabel = "NAME",
            description = "Only this one (default: the best of the study, as many as --top says).")
    private @Nullable String candidate;

    @Option(names = "--top", paramLabel = "N", description = "How many candidates (default: ${DEFAULT-VALUE}).")
    private int top = 3;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "How many requests, made up or of the trace (default: 10,000, or the whole trace).")
    private @Nullable Integer requests;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Requests per second at the simulated replicas (default: as planned, or as the trace has).")
    private @Nullable Double rate;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of made-up requests (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory to write into (default: toile-out/, then the study's name).")
    private @Nullable Path out;

    @Option(
            names = "--timeline",
            paramLabel = "FILE",
            description = "Write the requests of the best candidate as a Chrome trace, for ui.perfetto.dev.")
    private @Nullable Path timeline;

    @Option(
            names = "--probe-requests",
            paramLabel = "N",
            description =
                    "Requests of each of the ten runs that look for the capacity; the default gives a P99 within a"
                            + " few percent (default: ${DEFAULT-VALUE}).")
    private int probeRequests = 4000;

    @Option(names = "--json", description = "Print the results as JSON instead of the table.")
    private boolean json;

    @Option(names = "--no-map", description = "Leave out the map of the service level over rate and kind of request.")
    private boolean noMap;

    @Mixin
    private EngineArguments engine = new EngineArguments();

    @Mixin
    private SessionArguments sessions = new SessionArguments();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInput, IOException {
        PrintWriter terminal = Objects.requireNonNull(spec).commandLine().getOut();
        check();
        long begun = CpuTime.nanos();
        Study read = new StudyReader(Catalog.bundled()).read(study);
        if (!(read.workload() instanceof Workload.Serving serving)) {
            throw bad("this study trains a model; only serving can be simulated", "", "a workload with traffic", "");
        }
        read = narrowed(read);
        StudyRun.refuseTooLarge(read);
        @Nullable Requests replayed = trace == null ? null : replayed(trace, serving);
        StudyResults planned = planned(read);
        SimulationResults results = simulate(planned, replayed);
        Path directory = out != null ? out : Path.of("toile-out", RunCommand.stem(study));
        OutputFiles.write(directory, "simulation.json", new SimulationJson(results).text());
        OutputFiles.write(directory, "simulation.html", new SimulationReport(results).html());
        if (timeline != null && !results.entries().isEmpty()) {
            Path file = timeline.toAbsolutePath();
            OutputFiles.write(
                    Objects.requireNonNull(file.getParent()),
                    String.valueOf(file.getFileName()),
                    new ChromeTrace(results.entries().getFirst().service().served()).json());
        }
        if (json) {
            terminal.print(new SimulationJson(results).brief((CpuTime.nanos() - begun) / 1e9));
            terminal.flush();
        } else {
            SimulationTable.print(terminal, results);
            terminal.println();
            terminal.println("Report: " + directory.resolve("simulation.html"));
        }
        return 0;
    }

    private StudyResults planned(Study read) throws BadInput {
        SearchPlan plan = new SearchPlan(seed, Runtime.getRuntime().availableProcessors(), null, null, 0);
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        try (SearchWatch watch = new SearchWatch(null, Progress.of(plan.trials(read), err))) {
            StudyResults results = new StudyRun(read, plan, watch).results();
            watch.searched();
            return results;
        }
    }

    /** Only the candidate that was asked for, so that no other is planned; all when there is none of that name. */
    private Study narrowed(Study read) {
        if (candidate == null) {
            return read;
        }
        List<CandidateSpace> asked = read.candidates().stream()
                .filter(space -> candidate.equals(space.name()) || candidate.startsWith(space.name() + " "))
                .toList();
        return asked.isEmpty()
                ? read
                : new Study(
                        read.file(),
                        read.title(),
                        read.workload(),
                        read.mix(),
                        read.workloadLines(),
                        read.limitLines(),
                        read.objectives(),
                        asked,
                        read.values());
    }

    private void check() throws BadInput {
        boolean countWorks = requests == null || requests > 0;
        boolean rateWorks = rate == null || (rate > 0 && Double.isFinite(rate));
        if (!countWorks || !rateWorks || top < 1 || probeRequests < 1) {
            throw new BadInput(new Problem(
                    Location.ofFile("simulate"),
                    "an option is out of range",
                    "--requests " + requests + ", --rate " + rate + ", --top " + top + ", --probe-requests "
                            + probeRequests,
                    "numbers above zero",
                    "leave them out"));
        }
        engine.check();
        sessions.check();
    }

    private Requests replayed(Path file, Workload.Serving serving) throws BadInput {
        Requests all = Trace.read(file);
        Requests some = requests == null ? all : all.first(requests);
        RequestClass promised = new RequestClass("all", serving.serviceLevel(), Double.POSITIVE_INFINITY);
        return rate == null || Double.isNaN(some.rate())
                ? some.promised(promised)
                : some.promised(promised).faster(rate / some.rate());
    }

    private SimulationResults simulate(StudyResults planned, @Nullable Requests replayed) throws BadInput {
        List<SimulationResults.Entry> entries = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (StudyResults.Entry entry : chosen(planned)) {
            switch (entry.evaluation()) {
                case Evaluation.Serves(Fleet fleet) -> one(entry.name(), fleet, replayed, entries, reasons);
                case Evaluation.Infeasible(var _, String reason) -> reasons.add(entry.name() + ": " + reason);
                case Evaluation.Trains _ -> reasons.add(entry.name() + ": it trains");
                case Evaluation.Mixed _ -> reasons.add(entry.name() + ": it serves a mix of workloads");
            }
        }
        return new SimulationResults(
                Version.NUMBER,
                planned.study(),
                seed,
                planned.model(),
                planned.workload(),
                trace == null ? "" : String.valueOf(trace.getFileName()),
                entries,
                reasons);
    }

    private void one(
            String name,
            Fleet fleet,
            @Nullable Requests replayed,
            List<SimulationResults.Entry> entries,
            List<String> reasons)
            throws BadInput {
        if (fleet.plan().mode().equals("measured")) {
            reasons.add(name + ": its rates are stated, not predicted, so that there are no steps to simulate");
            return;
        }
        ServiceSimulation simulation = new ServiceSimulation(fleet, engine.choices());
        if (!simulation.obstacle().isEmpty()) {
            reasons.add(name + ": " + simulation.obstacle());
            return;
        }
        double offered = rate != null ? rate : simulation.plannedRate();
        if (sessions.asked() && !simulation.servesSessions()) {
            reasons.add(name + ": sessions whose turns wait for answers need prompts and decoding on the same chips");
            return;
        }
        Requests served = replayed != null ? replayed : madeUp(simulation, offered);
        SimulatedService service = simulation.run(served);
        Capacity capacity = simulation.capacity(probeRequests, PROBES, seed);
        entries.add(new SimulationResults.Entry(name, service, capacity, heat(simulation, capacity.rate())));
    }

    private Requests madeUp(ServiceSimulation simulation, double offered) {
        int count = requests == null ? 10_000 : requests;
        return sessions.asked()
                ? simulation.sessions(count, offered, sessions.shape(), seed)
                : simulation.synthetic(count, offered, seed);
    }

    /** Around the capacity and around the study's own kind of request. */
    private SimulationResults.@Nullable Heat heat(ServiceSimulation simulation, double capacity) {
        if (noMap || capacity == 0) {
            return null;
        }
        double own = simulation.fleet().traffic().prompt().mean()
                / simulation.fleet().traffic().output().mean();
        double[] ratios = DoubleStream.of(0.0625, 0.125, 0.25, 0.5, 1, 2, 4)
                .map(factor -> factor * own)
                .toArray();
        double[] rates = DoubleStream.of(0.25, 0.5, 0.75, 1, 1.25, 1.5, 2)
                .map(factor -> factor * capacity)
                .toArray();
        List<List<Double>> shares = Arrays.stream(simulation.attainment(ratios, rates, MAP_REQUESTS, seed))
                .map(row -> DoubleStream.of(row).boxed().toList())
                .toList();
        return new SimulationResults.Heat(
                DoubleStream.of(ratios).boxed().toList(),
                DoubleStream.of(rates).boxed().toList(),
                shares);
    }

    private List<StudyResults.Entry> chosen(StudyResults planned) throws BadInput {
        if (candidate == null) {
            return planned.entries().stream().limit(top).toList();
        }
        List<StudyResults.Entry> found = planned.entries().stream()
                .filter(entry -> entry.name().equals(candidate))
                .limit(1)
                .toList();
        if (found.isEmpty()) {
            List<String> names = planned.entries().stream()
                    .map(StudyResults.Entry::name)
                    .distinct()
                    .toList();
            throw bad(
                    "the study has no candidate of this name",
                    "'" + candidate + "'",
                    "one of " + String.join(", ", names),
                    Names.nearest(candidate, names).orElse(""));
        }
        return found;
    }

    private BadInput bad(String what, String seen, String expected, String maybe) {
        return new BadInput(new Problem(Location.ofFile(study.toString()), what, seen, expected, maybe));
    }
}
