package dev.toile.evidence;

import dev.toile.catalog.bind.Binder;
import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.bind.Sources;
import dev.toile.catalog.bind.Unit;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.figure.Source;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.serving.simulation.EngineSettings;
import dev.toile.stack.workload.ServiceLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
     * @param tensor parallelism
     * @param offlineSequences most that run at once, Offline
     * @param serverSequences most that run at once, where latency is limited
     * @param policy of its scheduler
     * @param source id of where this was published
     */
    record Engine(
            String chip,
            String benchmark,
            DataType precision,
            int tensor,
            int offlineSequences,
            int serverSequences,
            EngineSettings.Policy policy,
            String source) {}

    /**
     * One benchmark.
     *
     * @param model id in the catalog
     * @param prompt mean tokens
     * @param output mean tokens
     * @param spread P90 of both over their mean
     * @param server limits of the Server scenario
     * @param interactive limits of the Interactive scenario
     */
    record Benchmark(
            String model,
            @Unit("1") Sourced prompt,
            @Unit("1") Sourced output,
            @Unit("1") Sourced spread,
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
    Optional<Engine> engine(String chip, String benchmark, DataType precision) {
        return engines.stream()
                .filter(engine -> engine.chip().equals(chip)
                        && engine.benchmark().equals(base(benchmark))
                        && engine.precision() == precision)
                .findFirst();
    }

    private static String base(String name) {
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
