package dev.toile.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toile.app.bench.BenchTask;
import dev.toile.app.bench.BenchTasks;
import dev.toile.app.bench.EnumeratedSpace;
import dev.toile.app.bench.Measurement;
import dev.toile.app.bench.SearchHypervolume;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code toile bench}: how fast Toile itself is, per CPU second of one core. */
@Command(
        name = "bench",
        description = {
            "Measures how fast Toile itself is: units of work per CPU second of one core, after warm-up.",
            "evaluate-new-chip: a whole evaluation, from chip to USD per million tokens, of a chip not seen before",
            "evaluate-same-chip: the same for one chip under other traffic",
            "map-gemm: the mapping of one matrix product of a new shape",
            "map-gemm-new-chip: the same, each time on another chip",
            "decode-layer: all operations of one decode layer of a 70B model, each time on another chip",
            "collective: the time of one all-reduce of a new size",
            "simulate-requests: one request served in a simulation with all its figures; Llama 3.1 8B on one A100 in",
            "bf16, lengths of Azure's conversation trace, 6.45 Poisson requests/s, steps of 512 tokens and 128"
                    + " sequences",
            "search-hypervolume: the share of the exhaustive hypervolume that the search finds with 2 %% of the",
            "  evaluations of a space of 103,680 designs, median of ten seeds; the whole space is evaluated first"
        },
        footer = "%nExample: toile bench map-gemm collective")
final class BenchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Benchmarks to run (default: all).")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "CPU seconds of one of the seven runs (default: ${DEFAULT-VALUE}).")
    private double seconds = 1;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BadInput, IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<String> known = new ArrayList<>(BenchTasks.NAMES);
        known.add(SearchHypervolume.NAME);
        checkNames(known);
        List<BenchTask> tasks = BenchTasks.all().stream()
                .filter(task -> names.isEmpty() || names.contains(task.name()))
                .toList();
        Map<String, Object> results = new LinkedHashMap<>();
        for (BenchTask task : tasks) {
            Measurement measured = Measurement.of(task, seconds);
            if (json) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("per_cpu_second", measured.median());
                result.put("median", measured.median());
                result.put("runs", measured.runs());
                results.put(task.name(), result);
            } else {
                out.printf(
                        Locale.ROOT,
                        "%-20s %,12.0f per CPU second  %s%n",
                        task.name(),
                        measured.median(),
                        task.description());
                out.flush();
            }
        }
        if (names.isEmpty() || names.contains(SearchHypervolume.NAME)) {
            searchHypervolume(out, results);
        }
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(results));
        }
        return 0;
    }

    private void searchHypervolume(PrintWriter out, Map<String, Object> results) {
        SearchHypervolume searched = SearchHypervolume.run(Runtime.getRuntime().availableProcessors());
        EnumeratedSpace space = searched.space();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("per_cpu_second", space.trials().size() / space.cpuSeconds());
            result.put("median", searched.median());
            result.put("runs", searched.shares());
            result.put("designs", space.designs());
            result.put("trials", space.budget());
            results.put(SearchHypervolume.NAME, result);
        } else {
            out.printf(
                    Locale.ROOT,
                    "%-20s %11.2f %% of the hypervolume of %,d designs with %,d trials, median of %d seeds (worst"
                            + " %.2f %%)%n",
                    SearchHypervolume.NAME,
                    100 * searched.median(),
                    space.designs(),
                    space.budget(),
                    searched.shares().size(),
                    100 * SearchHypervolume.quantile(searched.shares(), 0));
            out.flush();
        }
    }

    private void checkNames(List<String> known) throws BadInput {
        for (String name : names) {
            if (!known.contains(name)) {
                throw new BadInput(new Problem(
                        Location.ofFile("bench"),
                        "there is no benchmark of this name",
                        "'" + name + "'",
                        "one of " + String.join(", ", known),
                        Names.nearest(name, known).orElse("")));
            }
        }
    }
}
