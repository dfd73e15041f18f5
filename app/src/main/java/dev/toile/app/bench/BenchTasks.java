package dev.toile.app.bench;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.study.StudyReader;
import dev.toile.catalog.text.BadInput;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Evaluator;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.evaluation.Workload;
import dev.toile.stack.mapping.ChipMapper;
import dev.toile.stack.mapping.Conditions;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.parallel.Step;
import dev.toile.stack.workload.Lengths;
import dev.toile.stack.workload.Shard;
import dev.toile.stack.workload.StepOperations;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Traffic;
import dev.toile.stack.workload.Transformer;
import dev.toile.stack.workload.Transformer.LayerRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The units of work that are measured: whole evaluations from chip to dollar, parts of the mapping floor, one collective. */
public final class BenchTasks {

    /** Spaces, not a fixed chip: tensor units, stacks and links differ from unit to unit, so nothing can be reused. */
    private static final String STUDY = """
        toile: 1
        study: Serve Llama 3.1 70B
        workload:
          model: llama-3.1-70b
          precision: {weights: fp8, activations: fp8, kv-cache: fp8}
          serving: colocated
          traffic:
            rate: 1000 requests/s
            prompt: {mean: 1155 tokens, p90: 2734 tokens}
            output: {mean: 211 tokens, p90: 424 tokens}
          service-level: {ttft-p99: 2 s, tpot-p99: 100 ms}
        candidates:
          - build:
              chip:
                process: n3e
                compute-dies: 2
                tensor-units: {choose: 100..163}
                hbm: {generation: hbm3e, stacks: {choose: [4, 5, 6, 7, 8]}}
                scale-up: {choose: [400 GB/s, 600 GB/s, 800 GB/s]}
        """;

    /** Names of all tasks, in their order. */
    public static final List<String> NAMES = List.of(
            "evaluate-new-chip",
            "evaluate-same-chip",
            "map-gemm",
            "map-gemm-new-chip",
            "decode-layer",
            "collective",
            "simulate-requests");

    /** Chips of the tasks of the mapping floor; each time one comes again its laws are made anew. */
    private static final int CHIPS = 256;

    /** Multiples of it modulo one never repeat and fill the interval evenly (Weyl). */
    private static final double GOLDEN = 0.6180339887498949;

    /** Each matrix shared by eight chips. */
    private static final Shard DECODING = new Shard(8, 1, false);

    private BenchTasks() {}

    /** All tasks. */
    public static List<BenchTask> all() {
        Study study = study();
        CandidateSpace space = study.candidates().getFirst();
        Candidate fixed = space.at(new int[space.axes().size()]);
        return List.of(
                newChip(study, space),
                sameChip(study, fixed),
                matmul(fixed),
                newMatmul(space),
                decodeLayer((Workload.Serving) study.workload(), space),
                collective(fixed),
                SimulationBench.requests());
    }

    private static Study study() {
        try {
            return new StudyReader(Catalog.bundled()).parse("bench", STUDY, Path.of("."));
        } catch (BadInput e) {
            throw new IllegalStateException("the benchmark's own study is broken", e);
        }
    }

    private static BenchTask newChip(Study study, CandidateSpace space) {
        Evaluator evaluator = new Evaluator(study.workload());
        int[] sizes = space.sizes();
        return new BenchTask(
                "evaluate-new-chip",
                "one whole evaluation of a chip not seen before, from its parts over parallelism and batch to USD per "
                        + "million tokens; Llama 3.1 70B, chat traffic with service levels",
                i -> cost(evaluator.evaluate(space.at(point(sizes, i)))));
    }

    private static int[] point(int[] sizes, int i) {
        int[] point = new int[sizes.length];
        int rest = i;
        for (int axis = 0; axis < sizes.length; axis++) {
            point[axis] = rest % sizes[axis];
            rest /= sizes[axis];
        }
        return point;
    }

    /** Chips that differ, put together beforehand: what is measured on them is the mapping floor alone. */
    private static List<Candidate> chips(CandidateSpace space) {
        int[] sizes = space.sizes();
        List<Candidate> chips = new ArrayList<>();
        for (int i = 0; i < CHIPS; i++) {
            chips.add(space.at(point(sizes, i)));
        }
        return chips;
    }

    private static ChipMapper mapper(Candidate candidate) {
        return new ChipMapper(candidate.chip(), candidate.profile(), Conditions.DEPLOYED);
    }

    private static BenchTask sameChip(Study study, Candidate candidate) {
        Workload.Serving serving = (Workload.Serving) study.workload();
        Evaluator evaluator = new Evaluator(serving);
        return new BenchTask(
                "evaluate-same-chip",
                "one whole evaluation of the same chip under another rate of requests and other lengths",
                i -> {
                    Traffic t = serving.traffic();
                    Traffic other = new Traffic(
                            t.meanRate() * (1 + i % 97),
                            t.peakToAverage(),
                            new Lengths(
                                    t.prompt().mean() + longer(i), t.prompt().p90() + longer(i)),
                            t.output(),
                            t.cachedShare(),
                            t.provenance());
                    Workload changed = new Workload.Serving(
                            serving.model(),
                            serving.precision(),
                            other,
                            false,
                            serving.serviceLevel(),
                            serving.prices());
                    return cost(evaluator.under(changed).evaluate(candidate));
                });
    }

    /** Up to 89 tokens, never the same twice, so that no length can be remembered. */
    private static double longer(int i) {
        double turns = i * GOLDEN;
        return 89 * (turns - Math.floor(turns));
    }

    private static double cost(Evaluation evaluation) {
        return Figures.value(evaluation, "usd-per-million-tokens");
    }

    private static BenchTask matmul(Candidate candidate) {
        ChipMapper mapper = mapper(candidate);
        return new BenchTask(
                "map-gemm",
                "the mapping of one matrix product of a new shape",
                i -> mapper.map(product(i)).seconds());
    }

    private static Operation product(int i) {
        return new Operation.Matmul(
                "bench", 1 + i % 4096, 8192, 1024 + i % 7 * 512, DataType.FP8, DataType.FP8, DataType.BF16);
    }

    private static BenchTask newMatmul(CandidateSpace space) {
        List<Candidate> chips = chips(space);
        return new BenchTask(
                "map-gemm-new-chip",
                "the mapping of one matrix product of a new shape on another chip, whose laws are made first",
                i -> mapper(chips.get(i % CHIPS)).map(product(i)).seconds());
    }

    private static Transformer oneLayer(Transformer m) {
        LayerRun run = m.layers().getFirst();
        LayerRun once = new LayerRun(1, run.attention(), run.feedForward(), run.norms());
        return new Transformer(
                m.name(),
                m.architecture(),
                m.hidden(),
                m.vocabulary(),
                m.tiedEmbeddings(),
                m.positions(),
                m.normParameters(),
                List.of(once));
    }

    private static BenchTask decodeLayer(Workload.Serving serving, CandidateSpace space) {
        List<Candidate> chips = chips(space);
        Transformer model = serving.model();
        Transformer layer = oneLayer(model);
        return new BenchTask(
                "decode-layer",
                "all operations and collectives of one decode layer of " + model.name()
                        + " under TP8, batch and context " + "new, on another chip, whose laws are made first",
                i -> {
                    Candidate candidate = chips.get(i % CHIPS);
                    StepShape shape = StepShape.decode(1 + i % 509, 500 + i % 4093);
                    StepOperations pass = new StepOperations(layer, serving.precision(), DECODING, shape);
                    double seconds = 0;
                    for (Step.Part part :
                            candidate.timer(layer, serving.precision()).parts(pass.layers())) {
                        seconds += part.seconds();
                    }
                    return seconds;
                });
    }

    private static BenchTask collective(Candidate candidate) {
        Collectives collectives = new Collectives(candidate.fabric());
        return new BenchTask(
                "collective",
                "the time of one all-reduce of a new size",
                i -> collectives
                        .time(new Collective("bench", Collective.Kind.ALL_REDUCE, 1024 + i % 4096 * 512.0, 8, 1))
                        .seconds());
    }
}
