package dev.toile.evidence;

import dev.toile.catalog.bind.Binder;
import dev.toile.catalog.bind.Default;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Sources;
import dev.toile.catalog.bind.Unit;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.figure.Source;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import dev.toile.stack.workload.ServiceLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmarks of MLPerf Inference ask, from {@code mlperf.yaml}.
 *
 * @param sources by id
 * @param engines that submitters ran
 * @param benchmarks by the name of the benchmark without its accuracy
 */
record MlperfBenchmarks(Map<String, Source> sources, List<Engine> engines, Map<String, Benchmark> benchmarks) {

    /**
     * The engine that a submitter ran.
     *
     * @param chip id in the catalog
     * @param benchmark without its accuracy
     * @param precision of the weights
     * @param software of the rows that this is true of: regular expression for the beginning of its name
     * @param tensor parallelism
     * @param pipeline stages
     * @param policy of its scheduler where it is not the usual one of the software
     * @param routing of requests to replicas where it is not by fewest outstanding
     * @param offline how it is set when all requests are there at once
     * @param server how it is set where latency is limited
     * @param interactive how it is set where latency is limited further; absent where it is not known
     * @param source id of where this was published
     * @param note what was not published and taken otherwise
     */
    record Engine(
            String chip,
            String benchmark,
            DataType precision,
            String software,
            int tensor,
            @Default("1") int pipeline,
            @Nullable Policy policy,
            @Nullable RoutingPolicy routing,
            Setting offline,
            Setting server,
            @Nullable Setting interactive,
            String source,
            @Default("") String note) {

        Setting setting(String scenario) {
            return switch (scenario) {
                case "Offline" -> offline;
                case "Interactive" -> interactive == null ? server : interactive;
                default -> server;
            };
        }
    }

    /**
     * How an engine is set in one scenario.
     *
     * @param sequences most that run at once
     * @param tokens of a step
     * @param steps that the host decides at once
     * @param memoryPercent that may be filled: of all memory, or of what weights leave, as the engine defines it
     * @param cache format of keys and values where it is not that of the weights
     */
    record Setting(
            int sequences,
            int tokens,
            @Default("1") int steps,
            @Default("90") int memoryPercent,
            @Nullable DataType cache) {

        EngineRun.Setting setting() {
            return new EngineRun.Setting(sequences, tokens, steps, memoryPercent / 100.0);
        }
    }

    /**
     * One benchmark.
     *
     * @param model id in the catalog
     * @param samples of the data set: an offline run has as many at least
     * @param prompt mean tokens
     * @param promptSpread P90 of prompts over their mean
     * @param output mean tokens
     * @param outputSpread P90 of answers over their mean
     * @param server limits of the Server scenario
     * @param interactive limits of the Interactive scenario
     */
    record Benchmark(
            String model,
            int samples,
            @Unit("1") Sourced prompt,
            @Unit("1") Sourced promptSpread,
            @Unit("1") Sourced output,
            @Unit("1") Sourced outputSpread,
            @Nullable Limits server,
            @Nullable Limits interactive) {

        ServiceLevel serviceLevel(String scenario) throws Unpredictable {
            Limits limits = switch (scenario) {
                case "Offline" -> null;
                case "Server" -> server;
                case "Interactive" -> interactive;
                default -> throw new Unpredictable("unknown scenario '" + scenario + "'");
            };
            if (limits != null) {
                return new ServiceLevel(limits.ttft().mid(), limits.tpot().mid());
            }
            if (!scenario.equals("Offline")) {
                throw new Unpredictable("no limits on latency are known for the scenario " + scenario);
            }
            return ServiceLevel.NONE;
        }
    }

    /**
     * Limits at the 99th percentile.
     *
     * @param ttft to the first token
     * @param tpot for each token after it
     */
    record Limits(@Unit("s") Sourced ttft, @Unit("s") Sourced tpot) {}

    static MlperfBenchmarks bundled() {
        String file = "mlperf.yaml";
        try (InputStream in = Objects.requireNonNull(MlperfBenchmarks.class.getResourceAsStream(file), file)) {
            Node document = Documents.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Problems problems = new Problems();
            MlperfBenchmarks bound = Binder.forCatalog(Sources.read(document, problems))
                    .bind(document, MlperfBenchmarks.class, problems);
            problems.throwIfAny();
            return Objects.requireNonNull(bound);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BadInput e) {
            throw new IllegalStateException("the bundled table of benchmarks is broken:\n" + e.getMessage(), e);
        }
    }

    /** The engine that was run for a benchmark on a chip; empty where none is published. */
    Optional<Engine> engine(String chip, String benchmark, DataType precision, String software) {
        return engines.stream()
                .filter(engine -> engine.chip().equals(chip)
                        && engine.benchmark().equals(base(benchmark))
                        && engine.precision() == precision
                        && Pattern.compile(engine.software()).matcher(software).lookingAt())
                .findFirst();
    }

    /** The name of a benchmark without its accuracy. */
    static String base(String name) {
        return name.replaceFirst("-99(\\.9)?$", "");
    }

    /** The benchmark of a name such as {@code llama2-70b-99.9}. */
    Benchmark of(String name) throws Unpredictable {
        Benchmark found = benchmarks.get(base(name));
        if (found == null) {
            throw new Unpredictable("the benchmark '" + name + "' is not modelled");
        }
        return found;
    }
}
