package dev.toile.app;

import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Problem;
import dev.toile.stack.evaluation.ServiceSimulation.Choices;
import dev.toile.stack.serving.simulation.EngineSettings.HostTime;
import dev.toile.stack.serving.simulation.EngineSettings.Policy;
import dev.toile.stack.serving.simulation.EngineSettings.Speculation;
import dev.toile.stack.serving.simulation.RoutingPolicy;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the simulated engines are set, beyond what is planned. */
final class EngineArguments {

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            converter = PolicyName.class,
            description = "Scheduler: vllm, tensorrt-llm or prompts-first (default: vllm).")
    private Policy policy = Policy.VLLM;

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
            description = "Processor time between steps in microseconds (default: none, the next step is prepared while"
                    + " one runs, so that a request misses the step after that in which it comes).")
    private double hostStep;

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
        boolean counts = block >= 1 && replicas >= 1 && hostCache >= 0 && hostStep >= 0;
        boolean limits = (tokenBudget == null || tokenBudget >= 1) && (maxSequences == null || maxSequences >= 1);
        boolean guesses = draft >= 0 && acceptance >= 0 && acceptance < 1 && draftShare >= 0;
        if (draft > 0 && policy != Policy.TENSORRT_LLM) {
            throw new BadInput(new Problem(
                    Location.ofFile("simulate"),
                    "speculation is modelled with blocks reserved at admission",
                    "--draft " + draft + " with --policy vllm",
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

    Choices choices() {
        return new Choices(
                policy,
                tokenBudget,
                maxSequences,
                block,
                !noPrefixCache,
                hostCache * 1e9,
                hostStep == 0 ? HostTime.AHEAD : new HostTime(hostStep * 1e-6, 0, false),
                new Speculation(draft, acceptance, draftShare),
                replicas,
                routing);
    }
}
