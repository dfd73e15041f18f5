package dev.toile.app;

import dev.toile.catalog.Engines;
import dev.toile.catalog.entry.EngineEntry;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problem;
import dev.toile.stack.evaluation.ServiceSimulation.Choices;
import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import dev.toile.stack.serving.simulation.EngineSoftware;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the simulated engines are set, beyond what is planned. */
final class EngineArguments {

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "Version of a serving engine, whose scheduler, host and kernels count: see toile catalog engine"
                            + " (default: the kernels of the candidate's software, no time of the host).")
    private @Nullable String engine;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            converter = PolicyName.class,
            description = "Scheduler: vllm, tensorrt-llm or prompts-first (default: the engine's, else vllm).")
    private @Nullable Policy policy;

    @Option(
            names = "--token-budget",
            paramLabel = "N",
            description = "Tokens of a step, prompts and decoding together (default: as planned).")
    private @Nullable Integer tokenBudget;

    @Option(
            names = "--max-sequences",
            paramLabel = "N",
            description = "Sequences that an engine runs at once (default: as planned, with room for crowds).")
    private @Nullable Integer maxSequences;

    @Option(names = "--block", paramLabel = "N", description = "Tokens of a KV block (default: ${DEFAULT-VALUE}).")
    private int block = 16;

    @Option(names = "--no-prefix-cache", description = "Prompts that begin alike share nothing.")
    private boolean noPrefixCache;

    @Option(
            names = "--host-cache",
            paramLabel = "GB",
            description = "Host memory of each accelerator for blocks that leave the prefix cache (default: none).")
    private double hostCache;

    @Option(
            names = "--host-step",
            paramLabel = "US",
            description = "Processor time between steps in microseconds, nothing being decided ahead (default: the"
                + " engine's, else none, the next step is prepared while one runs, so that a request misses the step"
                + " after that in which it comes).")
    private @Nullable Double hostStep;

    @Option(
            names = "--draft",
            paramLabel = "N",
            description = "Tokens that a small model guesses for each sequence and step (default: none); needs"
                    + " --policy tensorrt-llm.")
    private int draft;

    @Option(
            names = "--acceptance",
            paramLabel = "A",
            description = "Chance that a guess is right when those before it were (default: ${DEFAULT-VALUE}).")
    private double acceptance = 0.7;

    @Option(
            names = "--draft-share",
            paramLabel = "S",
            description = "Time of a pass of the small model over a step of the large one (default: ${DEFAULT-VALUE}).")
    private double draftShare = 0.05;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "Replicas that are simulated together (default: ${DEFAULT-VALUE}).")
    private int replicas = 1;

    @Option(
            names = "--routing",
            paramLabel = "ROUTING",
            converter = RoutingName.class,
            description = "round-robin, least-outstanding or prefix-aware (default: least-outstanding).")
    private RoutingPolicy routing = RoutingPolicy.LEAST_OUTSTANDING;

    /** Names as they are typed: in small letters, with dashes. */
    private static <E extends Enum<E>> E named(Class<E> type, String text) {
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return each;
            }
        }
        throw new TypeConversionException("'" + text + "' is not known");
    }

    static final class PolicyName implements ITypeConverter<Policy> {
        @Override
        public Policy convert(String text) {
            return named(Policy.class, text);
        }
    }

    static final class RoutingName implements ITypeConverter<RoutingPolicy> {
        @Override
        public RoutingPolicy convert(String text) {
            return named(RoutingPolicy.class, text);
        }
    }

    /** Refuses what no engine can do. */
    void check() throws BadInput {
        if (engine != null) {
            software(engine);
        }
        boolean counts = block >= 1 && replicas >= 1 && hostCache >= 0 && (hostStep == null || hostStep >= 0);
        boolean limits = (tokenBudget == null || tokenBudget >= 1) && (maxSequences == null || maxSequences >= 1);
        boolean guesses = draft >= 0 && acceptance >= 0 && acceptance < 1 && draftShare >= 0;
        if (draft > 0 && policy() != Policy.TENSORRT_LLM) {
            throw new BadInput(new Problem(
                    Location.ofFile("simulate"),
                    "speculation is modelled with blocks reserved at admission",
                    "--draft " + draft + " with the policy "
                            + policy().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    "--policy tensorrt-llm",
                    "add --policy tensorrt-llm"));
        }
        if (!counts || !limits || !guesses) {
            throw new BadInput(new Problem(
                    Location.ofFile("simulate"),
                    "an engine's option is out of range",
                    "--block " + block + ", --replicas " + replicas + ", --token-budget " + tokenBudget
                            + ", --max-sequences " + maxSequences + ", --draft " + draft + ", --acceptance "
                            + acceptance,
                    "numbers above zero, an acceptance below 1",
                    "leave them out"));
        }
    }

    private @Nullable EngineSoftware software() throws BadInput {
        return engine == null ? null : software(engine);
    }

    private static EngineSoftware software(String id) throws BadInput {
        SequencedMap<String, EngineEntry> known = Engines.bundled().engines();
        EngineEntry found = known.get(id);
        if (found == null) {
            throw new BadInput(new Problem(
                    Location.ofFile("simulate"),
                    "the catalog has no engine of this name",
                    "'" + id + "'",
                    "one of " + String.join(", ", known.keySet()),
                    Names.nearest(id, known.keySet()).orElse("")));
        }
        return found.engine();
    }

    private Policy policy() throws BadInput {
        EngineSoftware software = software();
        return policy != null ? policy : software == null ? Policy.VLLM : software.policy();
    }

    private HostTime host() throws BadInput {
        EngineSoftware software = software();
        HostTime usual = software == null ? HostTime.AHEAD : software.host();
        return hostStep == null ? usual : new HostTime(hostStep * 1e-6, usual.perSequence(), false, usual.every());
    }

    Choices choices() throws BadInput {
        return new Choices(
                policy(),
                tokenBudget,
                maxSequences,
                block,
                !noPrefixCache,
                hostCache * 1e9,
                host(),
                software(),
                new Speculation(draft, acceptance, draftShare),
                replicas,
                routing);
    }
}
