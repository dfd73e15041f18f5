package dev.toile.stack.training;

import dev.toile.stack.figure.Unit;
import dev.toile.stack.workload.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the layout with the shortest iteration for a number of chips.
 *
 * @param trainer of the job
 * @param chips there are
 */
public record TrainingPlanner(Trainer trainer, int chips) {

    /** What comes of looking for a layout. */
    public sealed interface Result {
        /**
         * A layout that fits.
         *
         * @param iteration under the best layout
         */
        record Works(Iteration iteration) implements Result {}

        /**
         * None fits.
         *
         * @param reason in words, with numbers
         */
        record Fails(String reason) implements Result {}
    }

    /** The best layout among those that fit in memory. */
    public Result plan() {
        @Nullable Iteration best = null;
        double least = Double.POSITIVE_INFINITY;
        double limit =
                trainer.timer().chip().memoryCapacity() * trainer.profile().memoryFraction();
        for (TrainingLayout layout : layouts()) {
            double bytes = new TrainingMemory(trainer.timer().model(), trainer.job(), layout).bytes();
            least = Math.min(least, bytes);
            if (bytes <= limit) {
                Iteration tried = trainer.iteration(layout);
                if (best == null || tried.seconds() < best.seconds()) {
                    best = tried;
                }
            }
        }
        if (best != null) {
            return new Result.Works(best);
        }
        return new Result.Fails(
                least == Double.POSITIVE_INFINITY
                        ? "no layout divides " + chips + " chips and a batch of "
                                + Unit.ONE.format(trainer.job().batch()) + " sequences evenly"
                        : "training needs at least " + Unit.BYTE.format(least) + " a chip; " + Unit.BYTE.format(limit)
                                + " may be filled");
    }

    List<TrainingLayout> layouts() {
        Transformer model = trainer.timer().model();
        int domain = trainer.timer().collectives().fabric().domain();
        List<TrainingLayout> out = new ArrayList<>();
        for (int tensor = 1; tensor <= Math.min(Math.min(domain, 8), model.fewestHeads()); tensor *= 2) {
            for (int pipeline = 1; pipeline <= model.layerCount(); pipeline++) {
                if (chips % (tensor * pipeline) == 0) {
                    addMicroBatches(out, tensor, pipeline, chips / (tensor * pipeline));
                }
            }
        }
        return out;
    }

    /** Groups of layers that a stage may have; more were not seen in use. */
    private static final int MOST_GROUPS = 8;

    private void addMicroBatches(List<TrainingLayout> out, int tensor, int pipeline, int data) {
        double perReplica = trainer.job().batch() / data;
        for (int micro = 1; micro <= Math.min(8, perReplica); micro *= 2) {
            if (perReplica % micro == 0) {
                int layersPerStage = trainer.timer().model().layerCount() / pipeline;
                for (int interleave = 1;
                        interleave <= (pipeline == 1 ? 1 : Math.min(MOST_GROUPS, layersPerStage));
                        interleave++) {
                    // Groups take turns over rounds of as many microbatches as there are stages.
                    if (interleave == 1 || perReplica / micro % pipeline == 0) {
                        out.add(new TrainingLayout(tensor, pipeline, data, micro, interleave));
                    }
                }
            }
        }
    }
}
