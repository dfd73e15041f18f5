package dev.toile.stack.parallel;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.Mapper;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.StepOperations;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Transformer;
import dev.toile.stack.workload.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * Times the operations of a model on a chip and a network.
 *
 * @param model that runs
 * @param precision of its deployment
 * @param chip it runs on
 * @param mapper of operations to the chip
 * @param collectives over the network
 */
public record StepTimer(Transformer model, Precision precision, Chip chip, Mapper mapper, Collectives collectives) {

    /** One pass with all its parts. */
    public Step step(String name, Parallelism parallelism, StepShape shape) {
        return new Step(name, shape, parallelism, this, StepCost.of(parts(parallelism, shape), chip));
    }

    /** The operations of one pass, in order, with their times. */
    List<Step.Part> parts(Parallelism parallelism, StepShape shape) {
        List<Step.Part> parts = parts(operations(parallelism, shape).list());
        send(parts, parallelism, shape);
        return List.copyOf(parts);
    }

    /** What the operations of one term cost: those by tokens include the sends between stages. */
    StepCost cost(Work.Term term, Parallelism parallelism, StepShape shape) {
        List<Step.Part> parts = parts(operations(parallelism, shape).list(term));
        if (term == Work.Term.TOKENS) {
            send(parts, parallelism, shape);
        }
        return StepCost.of(parts, chip);
    }

    private StepOperations operations(Parallelism parallelism, StepShape shape) {
        return new StepOperations(model, precision, parallelism.shard(), shape);
    }

    private void send(List<Step.Part> parts, Parallelism parallelism, StepShape shape) {
        if (parallelism.pipeline() > 1) {
            double bytes = (double) shape.wholeTokens() * model.hidden() * 2 / parallelism.tensor();
            Collective send = new Collective("stage-send", Collective.Kind.SEND, bytes, 2, parallelism.stageChips());
            parts.add(new Step.Part(new Timed.OnNetwork(collectives.time(send)), parallelism.pipeline() - 1));
        }
    }

    /** Operations with their times; the list may be added to. */
    public List<Step.Part> parts(List<Work> work) {
        List<Step.Part> parts = new ArrayList<>(work.size() + 1);
        for (Work each : work) {
            parts.add(new Step.Part(timed(each), each.count()));
        }
        return parts;
    }

    private Timed timed(Work work) {
        return work.operation() instanceof Collective collective
                ? new Timed.OnNetwork(collectives.time(collective))
                : new Timed.OnChip(mapper.map(work.operation()));
    }
}
