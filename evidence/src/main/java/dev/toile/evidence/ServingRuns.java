package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.Engines;
import dev.toile.catalog.model.Models;
import dev.toile.catalog.text.BadInput;
import dev.toile.evidence.RowTable.Row;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.parallel.Parallelism;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.parallel.StepTimer;
import dev.toile.stack.serving.simulation.Deployment;
import dev.toile.stack.serving.simulation.EngineOptions;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import dev.toile.stack.serving.simulation.EngineSoftware;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import dev.toile.stack.serving.simulation.Served;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.Transformer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measured replays of request traces, replayed in the simulation with the engine's own settings. The requests of a run
 * lie beside the table, in {@code serving_requests/HARDWARE_MODEL_PARALLELISM.csv}.
 *
 * <p>The engine's clock begins when the engine sees a request, at the end of the step under way; so does ours here.
 */
public final class ServingRuns {

    /** Rows that describe the run instead of how it went. */
    private static final Set<String> SETTINGS = Set.of("requests", "total_input_tokens", "total_output_tokens");

    private static final Pattern LATENCY = Pattern.compile("(ttft|tpot|e2e)_(mean|p50|p90|p95|p99)");
    /** Column with the usable GB/s between two accelerators, where a table has it. */
    private static final String LINK = "link_gb_per_s";

    /**
     * Bytes/s between two cards in the machines of published runs: 16 GB/s in the cluster configuration of
     * casys-kaist/LLMServingSim@5daddb2, beside the memory's 1,597 GB/s. The catalog's server has PCIe 5.0 with direct
     * access, three times as fast.
     */
    private static final Map<String, Double> LINKS = Map.of("rtxpro6000", 16e9);

    private static final Pattern LAYOUT = Pattern.compile("(TP|PP|DP|EP)(\\d+)");

    private final Catalog catalog;
    private final Path directory;

    /** Runs that were simulated, or why they could not be. */
    private final Map<List<String>, Run> runs = new HashMap<>();

    private ServingRuns(Catalog catalog, Path directory) {
        this.catalog = catalog;
        this.directory = directory;
    }

    /** A simulated run, or the reason why there is none. */
    private record Run(@Nullable Served served, String reason) {}

    /**
     * Replays the runs of a table.
     *
     * @param table with model, hardware, metric and value; and parallelism, max_num_seqs, max_num_batched_tokens
     * @param catalog that knows the chips
     * @throws BadInput when a column is missing
     */
    public static Comparison of(RowTable table, Catalog catalog) throws BadInput {
        table.require(List.of("model", "hardware", "metric", "value"));
        Path parent = Path.of(table.file()).toAbsolutePath().getParent();
        ServingRuns each = new ServingRuns(catalog, parent == null ? Path.of(".") : parent);
        List<Prediction> predictions = new ArrayList<>();
        for (Row row : table.rows()) {
            predictions.add(each.predict(row));
        }
        return new Comparison(
                "serving",
                table,
                "pred_value",
                predictions,
                List.of("replayed with the engine's settings and its machine's links; no constant was fitted to these"
                        + " runs"));
    }

    private Prediction predict(Row row) throws BadInput {
        String metric = row.text("metric");
        if (SETTINGS.contains(metric)) {
            return Prediction.skipped(row, "a setting of the run, not a result");
        }
        try {
            Served served = run(row);
            double predicted = value(served, metric);
            SequencedMap<String, String> groups = new LinkedHashMap<>();
            groups.put("model", row.text("model"));
            groups.put("metric", metric);
            Matcher latency = LATENCY.matcher(metric);
            if (latency.matches()) {
                groups.put("statistic", latency.group(2));
            }
            return Prediction.of(row, row.number("value"), predicted, groups);
        } catch (Unpredictable e) {
            return Prediction.skipped(row, e.reason());
        }
    }

    private Served run(Row row) throws BadInput, Unpredictable {
        List<String> key = List.of(
                row.text("model"),
                row.text("hardware"),
                row.textIfAny("parallelism"),
                row.textIfAny("max_num_seqs"),
                row.textIfAny("max_num_batched_tokens"));
        Run known = runs.get(key);
        if (known == null) {
            known = attempt(row);
            runs.put(key, known);
        }
        if (known.served() == null) {
            throw new Unpredictable(known.reason());
        }
        return known.served();
    }

    private Run attempt(Row row) throws BadInput {
        try {
            return new Run(simulate(row), "");
        } catch (Unpredictable e) {
            return new Run(null, e.reason());
        }
    }

    private Served simulate(Row row) throws BadInput, Unpredictable {
        ChipNames names = new ChipNames(catalog);
        Candidate candidate = new Bought(catalog).candidate(names.system(names.chip(row.text("hardware"))));
        Layout layout = Layout.of(row.textIfAny("parallelism"));
        Requests requests = requests(row);
        EngineSoftware engine = engine(row);
        Precision precision = precision(row);
        StepTimer timer = candidate.timer(model(row.text("model")), precision, engine, true);
        StepCosts costs = new StepCosts(timer.over(linked(row, timer.collectives())));
        Deployment deployment =
                new Deployment(costs, engine.on(candidate.profile()), layout.parallelism(), options(row, engine));
        if (!deployment.fits()) {
            throw new Unpredictable("the model does not fit in the memory under "
                    + layout.parallelism().label());
        }
        return deployment
                .simulation(deployment.times(), layout.replicas(), RoutingPolicy.LEAST_OUTSTANDING)
                .run(requests);
    }

    /** As stated; engines keep a cache of 16 bits unless they are told otherwise. */
    private static Precision precision(Row row) throws BadInput, Unpredictable {
        String cache = row.has("kv_cache") ? row.text("kv_cache") : "bf16";
        return row.has("precision") ? Precisions.of(row.text("precision"), cache) : Precision.BF16;
    }

    /** The version that a row names; where it names none that is known, vLLM's. */
    private static EngineSoftware engine(Row row) {
        Engines known = Engines.bundled();
        return known.named(row.textIfAny("engine"))
                .or(() -> known.named("vLLM"))
                .orElseThrow()
                .engine();
    }

    /** The network with the links that the machine of the runs is said to have; else the catalog's. */
    private static Collectives linked(Row row, Collectives network) throws BadInput {
        double link = row.has(LINK)
                ? row.positive(LINK) * 1e9
                : LINKS.getOrDefault(row.text("hardware").toLowerCase(Locale.ROOT), 0.0);
        return link == 0
                ? network
                : new Collectives(
                        network.fabric().sharing(link / network.fabric().scaleUp()));
    }

    private static EngineOptions options(Row row, EngineSoftware engine) throws BadInput {
        int sequences = row.has("max_num_seqs") ? row.count("max_num_seqs") : 256;
        int budget = row.has("max_num_batched_tokens") ? row.count("max_num_batched_tokens") : 2048;
        return new EngineOptions(
                engine.policy(),
                Math.max(budget, sequences),
                sequences,
                engine.policy() != Policy.PROMPTS_FIRST,
                16,
                true,
                0,
                engine.host(),
                Speculation.NONE);
    }

    /** The catalog's model whose id the name begins with, whoever published it: the longest such. */
    static Transformer model(String name) throws Unpredictable {
        String last = name.substring(name.lastIndexOf('/') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^llama(?=\\d)", "llama-");
        Models models = Models.bundled();
        String id = models.names().stream()
                .filter(known -> last.equals(known) || last.startsWith(known + "-"))
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElseThrow(() -> new Unpredictable("the catalog has no model '" + name + "'"));
        return models.find(id).orElseThrow().model().transformer();
    }

    /**
     * How a deployment is written: {@code TP2}, {@code DP2xEP2}.
     *
     * @param parallelism of a replica
     * @param replicas of it
     */
    private record Layout(Parallelism parallelism, int replicas) {
        static Layout of(String text) throws Unpredictable {
            Map<String, Integer> degrees = new HashMap<>();
            Matcher matcher = LAYOUT.matcher(text);
            while (matcher.find()) {
                degrees.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
            }
            int tensor = degrees.getOrDefault("TP", 1);
            int data = degrees.getOrDefault("DP", 1);
            int expert = degrees.getOrDefault("EP", 1);
            if (expert > tensor * data || (expert > 1 && (tensor * data) % expert != 0)) {
                throw new Unpredictable("experts over " + expert + " chips do not divide a layout of " + text);
            }
            Parallelism parallelism = new Parallelism(tensor, degrees.getOrDefault("PP", 1), expert);
            return new Layout(parallelism, tensor * data / parallelism.stageChips());
        }
    }

    private Requests requests(Row row) throws BadInput, Unpredictable {
        String model = row.text("model");
        String name = row.text("hardware") + "_" + model.substring(model.lastIndexOf('/') + 1) + "_"
                + row.textIfAny("parallelism") + ".csv";
        Path file = directory.resolve("serving_requests").resolve(name);
        if (!file.toFile().isFile()) {
            throw new Unpredictable("its requests are not there: serving_requests/" + name);
        }
        RowTable table = RowTable.read(file);
        table.require(List.of("workload_arrival_ms", "input_tokens", "output_tokens"));
        int count = table.rows().size();
        double[] arrivals = new double[count];
        int[] prompts = new int[count];
        int[] outputs = new int[count];
        for (int i = 0; i < count; i++) {
            Row each = table.rows().get(i);
            arrivals[i] = each.number("workload_arrival_ms") / 1000;
            prompts[i] = each.count("input_tokens");
            outputs[i] = each.count("output_tokens");
        }
        return Requests.of(arrivals, prompts, outputs);
    }

    private static double value(Served served, String metric) throws Unpredictable {
        Matcher latency = LATENCY.matcher(metric);
        if (latency.matches()) {
            return 1000 * latency(served, latency.group(1), latency.group(2));
        }
        double seconds = makespan(served);
        Requests requests = served.requests();
        return switch (metric) {
            case "makespan" -> seconds;
            case "request_throughput" -> requests.size() / seconds;
            case "output_token_throughput" -> requests.size() * requests.meanOutput() / seconds;
            case "input_token_throughput" -> requests.size() * requests.meanPrompt() / seconds;
            default -> throw new Unpredictable("the metric " + metric + " depends on how its time series was sampled");
        };
    }

    private static double latency(Served served, String quantity, String statistic) {
        var values = served.distribution(
                switch (quantity) {
                    case "ttft" -> i -> served.firstToken(i) - served.seen(i);
                    case "tpot" -> served::tpot;
                    default -> i -> served.finished(i) - served.seen(i);
                });
        return statistic.equals("mean")
                ? values.mean()
                : values.quantile(Integer.parseInt(statistic.substring(1)) / 100.0);
    }

    /** From the first request an engine sees to the last token. */
    private static double makespan(Served served) {
        double first = Double.POSITIVE_INFINITY;
        double last = 0;
        for (int i = 0; i < served.requests().size(); i++) {
            first = Math.min(first, served.seen(i));
            last = Double.isNaN(served.finished(i)) ? last : Math.max(last, served.finished(i));
        }
        return last - first;
    }
}
