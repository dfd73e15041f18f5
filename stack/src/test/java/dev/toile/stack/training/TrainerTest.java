package dev.toile.stack.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.stack.Examples;
import dev.toile.stack.Trees;
import dev.toile.stack.Worlds;
import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.parallel.Timed;
import dev.toile.stack.workload.AttentionLayer;
import dev.toile.stack.workload.FeedForward;
import dev.toile.stack.workload.TrainingJob;
import dev.toile.stack.workload.TrainingJob.Recompute;
import dev.toile.stack.workload.Transformer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Percentage ROUNDING = Percentage.withPercentage(1e-9);

    @Provide
    Arbitrary<Chip> chips() {
        return Worlds.chips();
    }

    @Provide
    Arbitrary<Transformer> models() {
        return Worlds.models();
    }

    @Provide
    Arbitrary<TrainingJob> jobs() {
        return Combinators.combine(
                        Arbitraries.of(512, 2048, 4096),
                        Arbitraries.of(Recompute.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((sequence, recompute, parallel, fused, overlap) ->
                        new TrainingJob(1e12, sequence, 512, recompute, parallel, fused, overlap));
    }

    @Provide
    Arbitrary<TrainingLayout> layouts() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 8),
                        Arbitraries.of(1, 2, 4),
                        Arbitraries.of(1, 4, 16),
                        Arbitraries.of(1, 2, 4),
                        Arbitraries.of(1, 2))
                .as((tensor, pipeline, data, micro, interleave) ->
                        new TrainingLayout(tensor, pipeline, data, micro, pipeline == 1 ? 1 : interleave));
    }

    private static Iteration iteration(Transformer model, Chip chip, TrainingJob job, TrainingLayout layout) {
        return new Trainer(Examples.timer(model, chip), Examples.profile(), job).iteration(layout);
    }

    private static TrainingJob with(TrainingJob job, double batch, Recompute recompute) {
        return new TrainingJob(
                job.tokens(),
                job.sequence(),
                batch,
                recompute,
                job.sequenceParallel(),
                job.fusedAttention(),
                job.overlapGradients());
    }

    @Property(tries = 200)
    void anIterationIsItsSlotsOfTheSlowestStageAndWhatNothingHides(
            @ForAll("models") Transformer model,
            @ForAll("chips") Chip chip,
            @ForAll("jobs") TrainingJob job,
            @ForAll("layouts") TrainingLayout layout) {
        Iteration i = iteration(model, chip, job, layout);
        double p = layout.pipeline();
        double microBatches = job.batch() / layout.data() / layout.microBatch();
        double slots = microBatches + (p - 1) / layout.interleave();
        double stage = (i.forward() + i.backward()) / p
                + i.headSeconds()
                + 2 * layout.interleave() * i.send().seconds();
        double exchange =
                i.exchange().scatter().seconds() + i.exchange().gather().seconds();
        double exposed = job.overlapGradients() ? Math.max(0, exchange - i.backward() / p) : exchange;
        double update = i.optimiserBytes() / (0.9 * chip.memoryBandwidth());
        assertThat(i.seconds()).isCloseTo(slots * stage + exposed + update, ROUNDING);
        assertThat(i.trainingSeconds()).isCloseTo(job.tokens() / job.batch() / job.sequence() * i.seconds(), ROUNDING);
        Trees.explains(i.explain(), i.seconds());
    }

    @Property(tries = 200)
    void moreMicrobatchesRaiseTheUtilisation(
            @ForAll("models") Transformer model,
            @ForAll("chips") Chip chip,
            @ForAll("jobs") TrainingJob job,
            @ForAll("layouts") TrainingLayout layout) {
        double now = iteration(model, chip, job, layout).mfu();
        double more = iteration(model, chip, with(job, 2 * job.batch(), job.recompute()), layout)
                .mfu();
        assertThat(more).isGreaterThan(now);
        assertThat(more).isLessThan(1);
    }

    @Property(tries = 200)
    void computingMoreAgainIsSlowerAndSavesMemory(
            @ForAll("models") Transformer model,
            @ForAll("chips") Chip chip,
            @ForAll("jobs") TrainingJob any,
            @ForAll("layouts") TrainingLayout layout) {
        TrainingJob unfused = new TrainingJob(
                any.tokens(), any.sequence(), any.batch(), any.recompute(), any.sequenceParallel(), false, false);
        double[] seconds = new double[3];
        double[] bytes = new double[3];
        for (Recompute recompute : Recompute.values()) {
            TrainingJob job = with(unfused, any.batch(), recompute);
            seconds[recompute.ordinal()] = iteration(model, chip, job, layout).seconds();
            bytes[recompute.ordinal()] = new TrainingMemory(model, job, layout).bytes();
        }
        assertThat(seconds[Recompute.FULL.ordinal()]).isGreaterThan(seconds[Recompute.SELECTIVE.ordinal()]);
        assertThat(seconds[Recompute.SELECTIVE.ordinal()]).isGreaterThan(seconds[Recompute.NONE.ordinal()]);
        assertThat(bytes[Recompute.FULL.ordinal()]).isLessThan(bytes[Recompute.SELECTIVE.ordinal()]);
        assertThat(bytes[Recompute.SELECTIVE.ordinal()]).isLessThan(bytes[Recompute.NONE.ordinal()]);
    }

    @Property(tries = 200)
    void aLayerInTurnsShrinksTheBubble(
            @ForAll("models") Transformer model, @ForAll("chips") Chip chip, @ForAll("jobs") TrainingJob job) {
        Iteration plain = iteration(model, chip, job, new TrainingLayout(2, 4, 4, 1, 1));
        Iteration turns = iteration(model, chip, job, new TrainingLayout(2, 4, 4, 1, 2));
        // A bubble of p - 1 stages is divided by the number of turns (Narayanan et al., SC 2021, section 2.2.2).
        assertThat(plain.slots() - 128).isEqualTo(3);
        assertThat(turns.slots() - 128).isEqualTo(1.5);
        // Every turn sends its activations on, so it is the time without sends that must shrink.
        double send = plain.send().seconds();
        assertThat(turns.slots() * (turns.stage() - 4 * send)).isLessThan(plain.slots() * (plain.stage() - 2 * send));
    }

    @Test
    void anIterationOfADenseModelDoesSixFlopsPerTokenAndParameter() {
        // Forward 2, back 4; all query-key pairs count, as in Narayanan et al.; the embedding has no
        // multiplications.
        Transformer model = Examples.dense8b();
        TrainingJob job = new TrainingJob(1e12, 2048, 64, Recompute.NONE, false, true, false);
        Iteration i = iteration(model, Examples.h100(), job, new TrainingLayout(1, 1, 8, 1, 1));
        double tokens = 64 * 2048.0;
        double norms = 65 * 4096.0;
        double matrices = model.parameters() - model.embeddingParameters() - norms;
        // Twice the causal pairs: s (s + 1) for each sequence, two flops, each feature twice, three passes.
        double attention = 3 * 32 * 64 * (2048.0 * 2049) * 2 * 2 * 4096;
        assertThat(i.modelFlops()).isCloseTo(6 * matrices * tokens + attention, ROUNDING);
    }

    @Test
    void thePlannerFindsNoSlowerLayoutThanAnyThatFits() {
        Transformer model = Examples.dense8b();
        TrainingJob job = new TrainingJob(1e12, 2048, 64, Recompute.SELECTIVE, true, true, true);
        Trainer trainer = new Trainer(Examples.timer(model, Examples.h100()), Examples.profile(), job);
        TrainingPlanner planner = new TrainingPlanner(trainer, 16);
        double limit = 0.9 * Examples.h100().memoryCapacity();
        double least = Double.POSITIVE_INFINITY;
        for (TrainingLayout layout : planner.layouts()) {
            assertThat(layout.chips()).isEqualTo(16);
            if (new TrainingMemory(model, job, layout).bytes() <= limit) {
                least = Math.min(least, trainer.iteration(layout).seconds());
            }
        }
        double fastest = least;
        assertThat(planner.plan())
                .isInstanceOfSatisfying(
                        TrainingPlanner.Result.Works.class,
                        works -> assertThat(works.iteration().seconds()).isEqualTo(fastest));
    }

    @Test
    void aModelTooLargeToTrainIsRefusedWithTheBytes() {
        TrainingJob job = new TrainingJob(1e12, 2048, 64, Recompute.NONE, false, true, true);
        Trainer trainer = new Trainer(Examples.timer(Examples.dense70b(), Examples.h100()), Examples.profile(), job);
        assertThat(new TrainingPlanner(trainer, 2).plan())
                .isInstanceOfSatisfying(
                        TrainingPlanner.Result.Fails.class,
                        fails -> assertThat(fails.reason()).contains("GB"));
    }

    @Test
    void chipsThatNoLayoutDividesAreRefused() {
        TrainingJob job = new TrainingJob(1e12, 2048, 3, Recompute.NONE, false, true, true);
        Trainer trainer = new Trainer(Examples.timer(Examples.dense8b(), Examples.h100()), Examples.profile(), job);
        assertThat(new TrainingPlanner(trainer, 97).plan())
                .isInstanceOfSatisfying(
                        TrainingPlanner.Result.Fails.class,
                        fails -> assertThat(fails.reason()).contains("97"));
    }

    @Test
    void statesOfAdamTakeSixteenBytesAParameterLessWhatReplicasShare() {
        // bf16 weight and gradient on every chip; fp32 master weight and two moments spread over the replicas.
        TrainingJob job = new TrainingJob(1e12, 2048, 64, Recompute.NONE, false, true, true);
        Transformer model = Examples.dense8b();
        TrainingMemory alone = new TrainingMemory(model, job, new TrainingLayout(1, 1, 1, 1, 1));
        TrainingMemory many = new TrainingMemory(model, job, new TrainingLayout(1, 1, 4, 1, 1));
        assertThat(alone.states()).isCloseTo(16.0 * model.parameters(), ROUNDING);
        assertThat(many.states()).isCloseTo(7.0 * model.parameters(), ROUNDING);
    }

    @Test
    void spreadGradientsAreHeldWholeForOneGroupOfLayers() {
        // Weight 2, gradient 4 / 8 and its share 4 / 64, master weight and moments 12 / 64 bytes a parameter.
        Transformer model = Examples.dense8b();
        TrainingLayout layout = new TrainingLayout(1, 2, 64, 1, 8);
        TrainingMemory spread = new TrainingMemory(model, job(4, true), layout);
        TrainingMemory whole = new TrainingMemory(model, job(4, false), layout);
        double each = model.parameters() / 2.0;
        assertThat(spread.states()).isCloseTo(each * (2 + 0.5 + 16.0 / 64), ROUNDING);
        assertThat(whole.states()).isCloseTo(each * (2 + 4 + 12.0 / 64), ROUNDING);
    }

    private static TrainingJob job(double gradientBytes, boolean spread) {
        return new TrainingJob(1e12, 2048, 512, Recompute.NONE, true, true, true, gradientBytes, spread);
    }

    @Test
    void activationsAreThoseOfThePassesInFlight() {
        // Llama 3 8B: a token keeps 8 h in the norms, 4 d (heads + key-value heads) in attention, 6 f in the gated
        // feed-forward part: 8 x 4096 + 4 x 128 x 40 + 6 x 14336 B = 139,264 B, 32 times.
        Transformer model = Examples.dense8b();
        double kept = 32 * 139_264.0 * 2048;
        // One microbatch a replica; four stages of which only one is full; sixteen microbatches fill all four.
        assertThat(new TrainingMemory(model, job(2, false), new TrainingLayout(1, 1, 512, 1, 1)).activations())
                .isCloseTo(kept, ROUNDING);
        assertThat(new TrainingMemory(model, job(2, false), new TrainingLayout(1, 4, 512, 1, 1)).activations())
                .isCloseTo(kept / 4, ROUNDING);
        assertThat(new TrainingMemory(model, job(2, false), new TrainingLayout(1, 4, 32, 1, 1)).activations())
                .isCloseTo(kept, ROUNDING);
        // Two groups in turns hold 1 + 3 / 8 of it.
        assertThat(new TrainingMemory(model, job(2, false), new TrainingLayout(1, 4, 32, 1, 2)).activations())
                .isCloseTo(kept * 11 / 8, ROUNDING);
    }

    @Test
    void aGptKeepsThirtyFourBytesPerFeatureAsKorthikantiSays() {
        // Without fused attention, its core computed again: 34 s b h / t with the sequence cut, 10 + 24 / t without.
        Transformer gpt = new Transformer(
                "example GPT",
                "example",
                12_288,
                51_200,
                true,
                2048,
                2,
                List.of(new Transformer.LayerRun(
                        96,
                        new AttentionLayer.GroupedQuery(96, 96, 128, true, true, false),
                        new FeedForward.Dense(4 * 12_288, false, true))));
        for (boolean cut : new boolean[] {true, false}) {
            TrainingJob job = new TrainingJob(1e12, 2048, 512, Recompute.SELECTIVE, cut, false, false);
            double kept = new TrainingMemory(gpt, job, new TrainingLayout(8, 1, 64, 1, 1)).activations();
            double perFeature = cut ? 34 / 8.0 : 10 + 24 / 8.0;
            assertThat(kept).isCloseTo(2048.0 * gpt.hidden() * gpt.layerCount() * perFeature, ROUNDING);
        }
    }

    @Property(tries = 100)
    void cuttingTheSequenceScattersSumsInsteadOfSharingThem(@ForAll("models") Transformer model) {
        TrainingLayout layout = new TrainingLayout(2, 1, 8, 1, 1);
        Iteration cut = iteration(model, Examples.h100(), job(2, false), layout);
        List<Collective> sums = cut.layers().stream()
                .map(pass -> pass.part().work())
                .filter(Timed.OnNetwork.class::isInstance)
                .map(work -> ((Timed.OnNetwork) work).collective().collective())
                .toList();
        assertThat(sums).noneMatch(sum -> sum.kind() == Collective.Kind.ALL_REDUCE);
        assertThat(sums.stream()
                        .filter(sum -> sum.kind() == Collective.Kind.REDUCE_SCATTER)
                        .count())
                .isEqualTo(sums.stream()
                        .filter(sum -> sum.kind() == Collective.Kind.ALL_GATHER)
                        .count());
    }
}
